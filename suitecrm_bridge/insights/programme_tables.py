"""Tables about programmes: which there are, what they would do, and what they do with a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.catalogue import Language, Rules
from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.people_sought import certain
from suitecrm_bridge.insights.programme_messages import to_do
from suitecrm_bridge.insights.programmes import planned
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.people import called, found
from suitecrm_bridge.mirror.programmes.states import State
from suitecrm_bridge.tables import Column, Kind, Table
from suitecrm_bridge.tables.table import words

NAMED = ("programme", "decision", "reason", "state", "wave", "channel")
"""Columns of keys, of which a column of the same name and `_name` says what people call them."""
STATES = ("running", "stopped", "off")
QUIET = ("stays",)
"""What happens to most people on most nights, and is not listed name by name."""


def listed(mirror: Mirror, rules: Rules, lang: Language) -> Table:
    """Return every programme.

    Columns out: key, programme (the same), state (running, stopped, off), each with its name,
    since (of the state; None for one that never ran), people (who are in it), controls (of them),
    waiting, contacts (made so far), cost (of those, in units of the base currency).
    """
    states, counted = mirror.programmes.states(), mirror.programmes.counts()
    rows = []
    for key, one in rules.programmes.items():
        state = states.get(key)
        word = "off" if state is None else "running" if state.running else "stopped"
        since = None if state is None else state.since if state.running else state.stopped
        people, controls, waiting, contacts = counted.get(key, (0, 0, 0, 0))
        cost = (one.cost * contacts).quantize(Decimal("0.01"))
        rows.append([key, key, word, since, people, controls, waiting, contacts, cost])
    columns: dict[str, Kind] = {
        "key": "key",
        "programme": "key",
        "state": "key",
        "since": "date",
        "people": "count",
        "controls": "count",
        "waiting": "count",
        "contacts": "count",
        "cost": "money",
    }
    found = _table("programmes", rows, columns, rules, lang)
    running = [one for one in mirror.programmes.messages.told() if _runs(states, one.programme)]
    return replace(found, said=tuple(to_do(running, rules, lang)))


def _runs(states: Mapping[str, State], key: str) -> bool:
    return key in states and states[key].running


def preview(
    mirror: Mirror, rules: Rules, day: date, keys: Collection[str], lang: Language
) -> list[Table]:
    """Return what the next run would do: how many by decision and reason, and who.

    The programmes that run are planned together with those named; only the named ones are shown,
    or all where none is. Columns out of the first: programme, decision, reason, each with its
    name, people, cost (of the contacts). Columns out of the second: person, name, programme, wave,
    channel, decision, reason, due; without those who just stay.

    Raises:
        NotFound: there is no such programme, none runs and none is named, or nothing was scored.
    """
    plan = planned(mirror, rules, day, keys)
    chosen = {one.key: one for one in plan.programmes if not keys or one.key in keys}
    if not chosen:
        raise NotFound(text("programmes.none_runs", known=", ".join(rules.programmes)))
    rows = plan.plan[plan.plan["programme"].isin(list(chosen))]
    by = Counter((row["programme"], row["decision"], row["reason"]) for row in _dicts(rows))
    counted: list[list[Any]] = [
        [key, decision, reason, count, _cost(chosen[key], decision, count)]
        for (key, decision, reason), count in by.items()
    ]
    order = {key: place for place, key in enumerate(chosen)}
    counted.sort(key=lambda row: (order[row[0]], _ORDER[row[1]], row[2]))
    sums: dict[str, Kind] = {
        "programme": "key",
        "decision": "key",
        "reason": "key",
        "people": "count",
        "cost": "money",
    }
    return [
        _table("decisions", counted, sums, rules, lang),
        _people(mirror, rules, rows[~rows["decision"].isin(QUIET)], plan.channels, lang),
    ]


def explained(mirror: Mirror, rules: Rules, day: date, who: str, lang: Language) -> Table:
    """Return what each programme that runs has to do with a person, and what each had.

    Columns out: name, programme, wave, decision, reason, each with its name, since, due. Who is not
    in the audience has the decision "not_meant".

    Raises:
        NotFound: nobody has this id or name.
    """
    people = certain(found(mirror.connection, who), who, text("programmes.nobody", who=who))
    plan = planned(mirror, rules, day)
    rows: list[list[Any]] = []
    for person in people:
        id, module, name = person.id, person.module, person.name
        own = plan.plan[plan.plan["person"] == id]
        told = {str(row["programme"]): row for row in _dicts(own)}
        for one in plan.programmes:
            if one.module != module:
                continue
            row = told.get(one.key, _NOT_MEANT)
            known = (row["wave"], row["decision"], row["reason"])
            rows.append([name, one.key, *known, None, _due(row)])
        for key, wave, day, made in mirror.programmes.deliveries.of(id):
            rows.append([name, key, wave, "delivered" if made else "queued", "", day, None])
        for key, wave, _, since, ended, why, *_ in mirror.programmes.explained(id):
            if ended is not None:
                rows.append([name, key, wave, "left", why, since, ended])
    columns: dict[str, Kind] = {
        "name": "text",
        "programme": "key",
        "wave": "key",
        "decision": "key",
        "reason": "key",
        "since": "date",
        "due": "date",
    }
    return _table("explained", rows, columns, rules, lang)


_NOT_MEANT: Mapping[str, Any] = {"wave": "", "decision": "not_meant", "reason": "", "due": -1}
_ORDER = {
    name: place
    for place, name in enumerate(
        ("enters", "control", "deferred", "leaves", "stays", "excluded", "not_meant", "left")
    )
}


def _people(
    mirror: Mirror,
    rules: Rules,
    rows: pd.DataFrame,
    channels: Mapping[tuple[str, str], str],
    lang: Language,
) -> Table:
    names = called(mirror.connection, rows["person"].tolist())
    told: list[list[Any]] = [
        [
            row["person"],
            names.get(row["person"], ""),
            row["programme"],
            row["wave"],
            channels.get((row["programme"], row["wave"]), ""),
            row["decision"],
            row["reason"],
            _due(row),
        ]
        for row in _dicts(rows)
    ]
    told.sort(key=lambda row: _ORDER[row[5]])
    columns: dict[str, Kind] = {
        "person": "key",
        "name": "text",
        "programme": "key",
        "wave": "key",
        "channel": "key",
        "decision": "key",
        "reason": "key",
        "due": "date",
    }
    return _table("people", told, columns, rules, lang)


def _due(row: Mapping[str, Any]) -> date | None:
    return to_date(int(row["due"])) if row["due"] >= 0 else None


def _cost(programme: Programme, decision: str, count: int) -> Decimal:
    paid = count if decision == "enters" else 0
    return (programme.cost * paid).quantize(Decimal("0.01"))


def _table(
    name: str,
    rows: Sequence[Sequence[Any]],
    kinds: Mapping[str, Kind],
    rules: Rules,
    lang: Language,
) -> Table:
    frame = pd.DataFrame([list(row) for row in rows], columns=list(kinds), dtype=object)
    columns = []
    for column, kind in kinds.items():
        if column in NAMED:
            called_so = _CALLED[column]
            frame[f"{column}_name"] = [called_so(rules, row, lang) for row in _dicts(frame)]
        named = f"{column}_name" if column in NAMED else ""
        columns.append(Column(column, kind, words(f"programmes.col_{column}"), names=named))
    title = words(f"programmes.title_{name}")
    return Table(name, frame, [one for one in columns if one.name != "person"], title)


def _dicts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


def _programme(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    one = rules.programmes.get(row["programme"])
    return one.label[lang] if one else str(row["programme"])


def _wave(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    one = rules.programmes.get(row["programme"])
    waves = {wave.key: wave.label[lang] for wave in one.waves} if one else {}
    return waves.get(row["wave"], str(row["wave"]) or "–")


def _decision(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    return text(f"programmes.decision_{row['decision']}", lang)


def _reason(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    return text(f"programmes.reason_{row['reason']}", lang) if row["reason"] else "–"


def _state(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    return text(f"programmes.state_{row['state']}", lang)


def _channel(rules: Rules, row: Mapping[str, Any], lang: Language) -> str:
    return text(f"programmes.channel_{row['channel']}", lang) if row["channel"] else "–"


_CALLED: Mapping[str, Callable[[Rules, Mapping[str, Any], Language], str]] = {
    "programme": _programme,
    "wave": _wave,
    "decision": _decision,
    "reason": _reason,
    "state": _state,
    "channel": _channel,
}
