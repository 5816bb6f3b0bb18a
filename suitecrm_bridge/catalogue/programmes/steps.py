"""What begins a programme, and its waves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

from suitecrm_bridge.catalogue.conditions import (
    Both,
    Condition,
    Figure,
    Moment,
    Names,
    Problem,
    parse,
    possible,
)
from suitecrm_bridge.catalogue.conditions.meaning import DATES, narrowed
from suitecrm_bridge.catalogue.conditions.tokens import nearest
from suitecrm_bridge.catalogue.languages import Translated
from suitecrm_bridge.catalogue.own import Source
from suitecrm_bridge.catalogue.programmes.addressing import MOST_CALLS
from suitecrm_bridge.catalogue.programmes.model import (
    CHANNELS,
    OF_USERS,
    PREFERRED,
    SAID,
    Trigger,
    Wave,
)
from suitecrm_bridge.catalogue.tables import Table

MOST_WAVES = 6
"""Steps of a journey: who needs more needs another tool."""
_MOST_DAYS = 3_650
_USUAL_GRACE = 7
_OF_EVENT = {"event", "where", "at", "within_days"}
_OF_DATE = {"date", "every", "days_before", "days_after", "within_days"}
_KINDS = ("enters", "event", "date")


def asked(table: Table, key: str, known: Names) -> Condition:
    """Return the condition that a key holds.

    Raises:
        CatalogueError: it is none.
    """
    try:
        return parse(table.get(key, str), known)
    except Problem as problem:
        raise table.fail(f"{key}: {problem}") from problem


def check_possible(
    table: Table, key: str, condition: Condition, audience: Condition | None = None
) -> Condition:
    """Return the condition, which must be able to hold of somebody, of an audience if one is given.

    Raises:
        CatalogueError: it contradicts itself, or the audience.
    """
    if not possible(condition):
        raise table.fail(f"{key} can never hold of anybody: it contradicts itself")
    if audience is not None and not possible(Both((audience, condition))):
        raise table.fail(f"{key} can never hold of anybody in the audience: one excludes the other")
    return condition


def trigger(table: Table, known: Names, audience: Condition) -> Trigger:
    """Return what begins a programme.

    Raises:
        CatalogueError: it is not one of the kinds, or can never happen.
    """
    given = [kind for kind in _KINDS if table.has(kind)]
    if len(given) > 1:
        raise table.fail(f"{' and '.join(given)} exclude each other; it needs one of them, or none")
    if not given:
        table.allow({*_KINDS})
        return Trigger()
    if given == ["enters"]:
        table.allow({"enters"})
        begun = check_possible(table, "enters", asked(table, "enters", known), audience)
        return Trigger("enters", begun)
    return _event(table, known) if given == ["event"] else _date(table, known)


def _event(table: Table, known: Names) -> Trigger:
    table.allow(_OF_EVENT)
    module: str = table.get("event", str)
    if module not in known.modules:
        raise table.fail(
            f"event: {known.whose} has no records of {module!r}{nearest(module, known.modules)}"
        )
    of_event = known.modules[module]
    where = None
    if table.has("where"):
        where = check_possible(table, "where", asked(table, "where", of_event))
    return Trigger(
        kind="event",
        condition=where,
        module=module,
        at=_day_of(table, "at", of_event),
        within_days=_within(table),
    )


def _date(table: Table, known: Names) -> Trigger:
    table.allow(_OF_DATE)
    if table.has("days_before") and table.has("days_after"):
        raise table.fail("days_before and days_after exclude each other")
    before = table.whole("days_before", 0, _MOST_DAYS) if table.has("days_before") else 0
    after = table.whole("days_after", 0, _MOST_DAYS) if table.has("days_after") else 0
    if table.has("every"):
        table.choice("every", ("year",))
    return Trigger(
        kind="date",
        figure=_day_of(table, "date", known),
        yearly=table.has("every"),
        shift=after - before,
        within_days=_within(table),
    )


def _within(table: Table) -> int:
    return table.whole("within_days", 1, _MOST_DAYS) if table.has("within_days") else _USUAL_GRACE


def _day_of(table: Table, key: str, known: Names) -> Figure:
    name: str = table.get(key, str)
    figure = known.find(name)
    if figure is not None:
        figure = narrowed(figure, Moment())
    days = {name for name, one in known.figures.items() if one.kind in DATES}
    if figure is None or figure.kind not in DATES:
        raise table.fail(f"{key}: {name!r} is no day of {known.whose}{nearest(name, days)}")
    return figure


def leaving(table: Table, known: Names, audience: Condition) -> Condition | None:
    """Return who leaves before the end, None where nobody does.

    Raises:
        CatalogueError: it can hold of nobody in the audience.
    """
    table.allow({"when", "off"})
    if not table.has("when") or table.get("off", bool, False):
        return None
    return check_possible(table, "when", asked(table, "when", known), audience)


def waves(source: Source, known: Names) -> tuple[Wave, ...]:
    """Return the waves in their order.

    Raises:
        CatalogueError: there is none, there are too many, or one cannot be used.
    """
    listed = source.tables("waves")
    tables = {key: table for key, table in listed.items() if not table.get("off", bool, False)}
    whole = source.table("waves")
    if not 1 <= len(tables) <= MOST_WAVES:
        raise whole.fail(
            f"there are {len(tables)} waves; a programme has from 1 to {MOST_WAVES}, each a table"
            " such as [waves.first]"
        )
    found: list[Wave] = []
    for key, table in tables.items():
        own = list(_step(key, table, known))
        for wave in own:
            if wave.condition is not None:
                check_possible(table, "if", wave.condition)
        if not found and (own[0].after_days or own[0].condition is not None):
            raise table.fail("the first wave begins at once: no after_days, no if, and one channel")
        found += own
    if len({wave.key for wave in found}) < len(found):
        raise whole.fail("two waves have one name: a wave over several channels adds theirs to it")
    return tuple(found)


def _step(key: str, table: Table, known: Names) -> Iterator[Wave]:
    """Yield the wave, or one for each of its channels; the first channel is everybody else's."""
    if not table.is_list("channel"):
        yield _wave(key, table, known, table.get("channel", str))
        return
    first, *others = channels = table.texts("channel")
    if not others or not {*channels} <= {*PREFERRED}:
        raise table.fail(f"channel: a list names two or three of {', '.join(PREFERRED)}")
    prefers = {one: f'preferred_channel = "{PREFERRED[one]}"' for one in others}
    after = None
    for channel in others:
        wave = _wave(f"{key}_{channel}", table, known, channel, prefers[channel])
        yield replace(wave, choice=key, after_days=wave.after_days if after is None else 0)
        after = wave.after_days
    rest = f"not ({' or '.join(prefers.values())})"
    yield replace(_wave(key, table, known, first, rest), choice=key, after_days=0)


def _wave(key: str, table: Table, known: Names, channel: str, only: str = "") -> Wave:
    table.allow({"channel", "label", "after_days", "if", "off", "say", "a_day"})
    if channel not in CHANNELS:
        raise table.fail(f"channel is {channel!r}{nearest(channel, CHANNELS)}")
    named = table.texts("channel") if table.is_list("channel") else (channel,)
    for name in ("say", "a_day"):
        if table.has(name) and not {*named} & {*OF_USERS}:
            raise table.fail(f"{name} is for the channels {' and '.join(OF_USERS)}, not {channel}")
    spoken = channel in OF_USERS
    parts = [asked(table, "if", known)] if table.has("if") else []
    parts += [_preferring(table, only, known)] if only else []
    return Wave(
        key=table.check_identifier("the name", key),
        channel=channel,
        label=table.translated("label"),
        after_days=table.whole("after_days", 0, _MOST_DAYS) if table.has("after_days") else 0,
        condition=None if not parts else parts[0] if len(parts) == 1 else Both(tuple(parts)),
        say=_said(table) if spoken and table.has("say") else None,
        a_day=table.whole("a_day", 1, MOST_CALLS) if spoken and table.has("a_day") else None,
    )


def _preferring(table: Table, words: str, known: Names) -> Condition:
    try:
        return parse(words, known)
    except Problem as problem:
        raise table.fail(f"channel: a list is for customers only: {problem}") from problem


def _said(table: Table) -> Translated:
    said = table.translated("say")
    for words in said.texts:
        for _, name, form, way in Formatter().parse(words):
            if name is not None and (name not in SAID or form or way):
                known = ", ".join(f"{{{one}}}" for one in SAID)
                raise table.fail(f"say: {{{name}}} is unknown; what may stand in braces: {known}")
    return said
