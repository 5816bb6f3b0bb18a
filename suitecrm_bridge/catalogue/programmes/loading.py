"""Read the programme files and refuse what would not do what was meant, saying what would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from suitecrm_bridge.catalogue.conditions import LEADS, Audience, Figure, Names, names, names_since
from suitecrm_bridge.catalogue.conditions.meaning import narrowed
from suitecrm_bridge.catalogue.conditions.tokens import nearest
from suitecrm_bridge.catalogue.loader import catalogue, data_folder
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.own import Source, merged
from suitecrm_bridge.catalogue.programmes.addressing import read_cap
from suitecrm_bridge.catalogue.programmes.model import OUTCOMES, Measure, Programme, Stop
from suitecrm_bridge.catalogue.programmes.numbers import amount, share
from suitecrm_bridge.catalogue.programmes.steps import (
    asked,
    check_possible,
    leaving,
    trigger,
    waves,
)
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

FOLDER = "programmes"
_TABLES = (
    "programme", "trigger", "waves", "exit", "cap", "money", "control", "period", "measure",
    "stop", "coupon",
)  # fmt: skip
_KEYS = {
    "label", "description", "of", "audience", "priority", "product", "recovery", "again_days",
    "off",
}  # fmt: skip
_PREFIX = "[A-Z0-9]{2,6}"
_MOST_KEY, _MOST_DAYS = 40, 3_650


def programmes(
    own: Path | None = None,
    folder: Traversable | None = None,
    *,
    known: Catalogue | None = None,
) -> Mapping[str, Programme]:
    """Return every programme by its key, the most important first.

    Args:
        own: the folder of the installation's files, each of which changes the shipped one of its
            name, or adds a programme; one that is not there adds nothing.
        folder: where the shipped files are; default, the package.
        known: says which figures and segments there are; default, the catalogue in use.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key, what is
            wrong and what would be right.
    """
    known = known or catalogue()
    shipped = _files(folder or data_folder() / FOLDER)
    added = _files(own) if own is not None and own.is_dir() else {}
    found = {}
    for key in sorted(shipped | added):
        if folder is None and key not in added:
            read = _as_shipped(key, known)
        else:
            read = _programme(
                key, merged(shipped.get(key), cast("Path | None", added.get(key))), known
            )
        if read is not None:
            found[key] = read
    ranked = sorted(found.values(), key=lambda one: (-one.priority, one.key))
    return {one.key: one for one in ranked}


@lru_cache(maxsize=64)
def _as_shipped(key: str, known: Catalogue) -> Programme | None:
    """Return a programme that nobody changed: who syncs again and again reads it once."""
    return _programme(key, merged(_files(data_folder() / FOLDER)[key], None), known)


def own_programme(file: Path, known: Catalogue) -> Programme | None:
    """Return the programme of one of the installation's files, None where it takes one away.

    Raises:
        CatalogueError: it cannot be used.
    """
    key = file.name.removesuffix(".toml")
    shipped = _files(data_folder() / FOLDER).get(key)
    return _programme(key, merged(shipped, file), known)


def _files(folder: Traversable | Path) -> dict[str, Traversable]:
    return {
        file.name.removesuffix(".toml"): file
        for file in folder.iterdir()
        if file.name.endswith(".toml") and file.is_file()
    }


def _programme(key: str, source: Source, catalogue: Catalogue) -> Programme | None:
    _allow(source)
    table = source.table("programme")
    table.allow(_KEYS)
    if table.get("off", bool, False):
        return None
    table.check_identifier("the name of the file", key)
    if len(key) > _MOST_KEY:
        raise table.fail(f"the name of the file must have at most {_MOST_KEY} characters")
    of = cast(Audience, table.choice("of", ("contacts", "accounts", "leads")))
    known = names(of, catalogue)
    since = names_since(known, of)
    audience = asked(table, "audience", known)
    money, period = source.table("money"), source.table("period")
    money.allow({"cost", "budget"})
    return Programme(
        key=key,
        label=table.translated("label"),
        description=table.translated("description"),
        of=of,
        words=table.get("audience", str),
        audience=check_possible(table, "audience", audience),
        trigger=trigger(source.table("trigger"), known, audience),
        waves=waves(source, since),
        priority=table.whole("priority", 0, 100),
        product=_figure(table, "product", known) if table.has("product") else None,
        recovery=table.get("recovery", bool, False),
        again_days=_days(table, "again_days") if table.has("again_days") else None,
        cap=read_cap(source.table("cap")) if "cap" in source.names() else None,
        cost=amount(money, "cost", Decimal(0)),
        budget=amount(money, "budget") if money.has("budget") else None,
        control=_control(source.table("control")),
        begins=_day(period, "begins"),
        ends=_end(period),
        measure=_measure(source.table("measure"), of),
        stop=_stop(source.table("stop")),
        salt=source.table("control").get("salt", str, ""),
        coupon=_coupon(source, of),
        exit=leaving(source.table("exit"), since, audience),
    )


def _allow(source: Source) -> None:
    for name in source.names():
        if name not in _TABLES:
            where = source.table(name).where
            raise CatalogueError(f"{where} is unknown{nearest(name, _TABLES)}")


def _coupon(source: Source, of: Audience) -> str:
    """Return what the codes of coupons begin with, "" where nobody gets one."""
    table = source.table("coupon")
    table.allow({"prefix"})
    if "coupon" not in source.names():
        for key, wave in source.tables("waves").items():
            if "{code}" in str(dict(wave.items()).get("say")):
                raise wave.fail(f"say of {key} names a code, and there is no [coupon]")
        return ""
    if of == LEADS:
        raise table.fail("leads buy nothing under their own name, so that no code could be found")
    prefix: str = table.get("prefix", str)
    if not re.fullmatch(_PREFIX, prefix):
        raise table.fail(f"prefix is {prefix!r}; it must be 2 to 6 capital letters or digits: WB")
    return prefix


def _control(table: Table) -> Decimal:
    table.allow({"share", "salt"})
    return share(table, "share", Decimal(0))


def _measure(table: Table, of: Audience) -> Measure:
    table.allow({"outcome", "days", "least", "most"})
    usual = "conversion" if of == LEADS else "margin"
    outcome = table.choice("outcome", OUTCOMES) if table.has("outcome") else usual
    if of == LEADS and outcome != usual:
        raise table.fail(f'outcome is {outcome}: leads earn nothing as leads; it must be "{usual}"')
    days = _days(table, "days") if table.has("days") else 90
    least = amount(table, "least", Decimal(0))
    return Measure(outcome, days, least, _most(table, outcome, least))


def _most(table: Table, outcome: str, least: Decimal) -> Decimal | None:
    if not table.has("most"):
        return None
    if outcome != "margin":
        raise table.fail('most is for outcome = "margin"; whether somebody buys counts once anyway')
    most = amount(table, "most")
    if most <= least:
        raise table.fail(f"most is {most}; it must be above least, {least}: no more would be found")
    return most


def _stop(table: Table) -> Stop:
    table.allow({"harm", "after_days"})
    after = _days(table, "after_days") if table.has("after_days") else None
    return Stop(table.get("harm", bool, True), after)


def _end(period: Table) -> date | None:
    period.allow({"begins", "ends"})
    begins, ends = _day(period, "begins"), _day(period, "ends")
    if begins and ends and ends < begins:
        raise period.fail(f"ends is {ends}, before begins, {begins}")
    return ends


def _day(table: Table, key: str) -> date | None:
    value = dict(table.items()).get(key)
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise table.fail(f"{key} must be a day without quotes, such as 2026-03-31, not {value!r}")
    return value


def _days(table: Table, key: str) -> int:
    return table.whole(key, 1, _MOST_DAYS)


def _figure(table: Table, key: str, known: Names) -> Figure:
    name: str = table.get(key, str)
    found = known.find(name)
    if found is None:
        raise table.fail(f"{key}: there is no figure {name!r}{nearest(name, known.figures)}")
    return narrowed(found, "")
