"""What counts as a complaint, how soon it is to be answered, and which path it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue.alarms import Alarms, read_alarms
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

FILE = "complaints.toml"
TABLES = ("rule", "targets", "serious", "path", "waiting", "surveys", "alarms")

STEPS = ("received", "acknowledged", "investigated", "answered", "closed", "learnt_from")
"""The path of a complaint (ISO 10002:2018, clause 7), with what is learnt from it at the end."""

OTHER_PRIORITY = "other"
_LONGEST = 10_000_000


@dataclass(frozen=True)
class Rule:
    """Which cases are complaints: those ticked, those of some types, or all.

    Cases whose status is in `left_out` are none; those whose status is in `rejected` are, but
    the customer was found to be wrong.
    """

    counts: str
    types: tuple[str, ...]
    left_out: tuple[str, ...]
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """The longest that an answer may take, in business minutes."""

    first_response: int
    resolution: int


@dataclass(frozen=True)
class Serious:
    """Which open complaints are serious: one of these is enough."""

    priorities: tuple[str, ...]
    causes: tuple[str, ...]
    late: bool
    reopened: bool


@dataclass(frozen=True)
class SurveyRules:
    """Which questions measure what; words are lower case, pairs are (expectation, perception)."""

    recommend: tuple[str, ...]
    expectation: tuple[str, ...]
    perception: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    satisfied: int


@dataclass(frozen=True)
class ComplaintRules:
    """Everything that complaints.toml holds.

    `targets` are by priority, "other" for every other; `path` maps each of `STEPS` to statuses.
    `waiting` are the statuses in which a case waits for the customer.
    """

    rule: Rule
    targets: Mapping[str, Target]
    serious: Serious
    path: Mapping[str, tuple[str, ...]]
    open_states: tuple[str, ...]
    closed_states: tuple[str, ...]
    waiting: tuple[str, ...]
    surveys: SurveyRules
    alarms: Alarms

    @property
    def closed_statuses(self) -> tuple[str, ...]:
        """Statuses of a complaint that is closed."""
        return (*self.path["closed"], *self.path["learnt_from"], *self.rule.left_out)

    def told_to_package(self) -> dict[str, Any]:
        """Return what the package goes by: which cases are complaints, which of them closed."""
        return {
            "counts": self.rule.counts,
            "types": list(self.rule.types),
            "left_out": list(self.rule.left_out),
            "open_states": list(self.open_states),
            "closed_states": list(self.closed_states),
            "closed_statuses": list(self.closed_statuses),
        }


def complaint_rules(folder: Traversable | None = None, own: Path | None = None) -> ComplaintRules:
    """Return what the figures about complaints go by, from complaints.toml.

    Args:
        folder: where the shipped file is; default, the package.
        own: the installation's file, which wins; one that is not there changes nothing.

    Raises:
        CatalogueError: a table or key lacks, is unknown, or contradicts another.
    """
    if folder is None and (own is None or not own.is_file()):
        return _shipped()
    return _load(folder or data_folder(), own)


@cache
def _shipped() -> ComplaintRules:
    return _load(data_folder(), None)


def _load(folder: Traversable, own: Path | None) -> ComplaintRules:
    source = merged(folder / FILE, own)
    source.allow(TABLES)
    path, waiting = source.table("path"), source.table("waiting")
    waiting.allow({"statuses"})
    rules = ComplaintRules(
        rule=_rule(source.table("rule")),
        targets=_targets(source.tables("targets")),
        serious=_serious(source.table("serious")),
        path=_path(path),
        open_states=_texts(path, "open_states"),
        closed_states=_texts(path, "closed_states"),
        waiting=_texts(waiting, "statuses"),
        surveys=_surveys(source.table("surveys")),
        alarms=read_alarms(source.table("alarms")),
    )
    both = sorted({*rules.waiting} & {*rules.closed_statuses})
    if both:
        raise waiting.fail(f"{', '.join(both)} is closed, and waits for nobody")
    return rules


def _rule(table: Table) -> Rule:
    table.allow({"counts", "types", "left_out", "rejected"})
    counts, types = table.choice("counts", ("ticked", "types", "all")), _texts(table, "types")
    if (counts == "types") != bool(types):
        raise table.fail('types are for counts = "types", which needs one')
    left_out, rejected = _texts(table, "left_out"), _texts(table, "rejected")
    both = sorted({*left_out} & {*rejected})
    if both:
        raise table.fail(f"{', '.join(both)} cannot be both left_out and rejected")
    return Rule(counts, types, left_out, rejected)


def _targets(tables: Mapping[str, Table]) -> dict[str, Target]:
    found = {}
    for priority, own in tables.items():
        own.allow({"first_response", "resolution"})
        found[priority] = Target(_minutes(own, "first_response"), _minutes(own, "resolution"))
    if OTHER_PRIORITY not in found:
        raise CatalogueError(f"{FILE} needs [targets.{OTHER_PRIORITY}]")
    return found


def _serious(table: Table) -> Serious:
    table.allow({"priorities", "causes", "late", "reopened"})
    return Serious(
        priorities=_texts(table, "priorities"),
        causes=_texts(table, "causes"),
        late=table.get("late", bool),
        reopened=table.get("reopened", bool),
    )


def _path(table: Table) -> dict[str, tuple[str, ...]]:
    table.allow({*STEPS, "open_states", "closed_states"})
    path = {step: _texts(table, step) for step in STEPS}
    statuses = [status for step in STEPS for status in path[step]]
    twice = sorted({status for status in statuses if statuses.count(status) > 1})
    if twice:
        raise table.fail(f"{', '.join(twice)} stands in several steps")
    return path


def _surveys(table: Table) -> SurveyRules:
    table.allow({"recommend", "expectation", "perception", "pairs", "satisfied"})
    pairs = table.get("pairs", list)
    if not all(isinstance(pair, list) and len(pair) == 2 and _are_texts(pair) for pair in pairs):
        raise table.fail("pairs must be lists of two names of questions")
    satisfied = table.get("satisfied", int)
    if not 1 <= satisfied <= 100:
        raise table.fail(f"satisfied must be from 1 to 100, not {satisfied}")
    recommend, expectation, perception = (
        tuple(word.lower() for word in _texts(table, key))
        for key in ("recommend", "expectation", "perception")
    )
    return SurveyRules(
        recommend=recommend,
        expectation=expectation,
        perception=perception,
        pairs=tuple((pair[0], pair[1]) for pair in pairs),
        satisfied=satisfied,
    )


def _texts(table: Table, key: str) -> tuple[str, ...]:
    values = table.get(key, list)
    if not _are_texts(values):
        raise table.fail(f"{key} must be a list of texts, none of them empty or twice")
    return tuple(values)


def _are_texts(values: list[object]) -> bool:
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    return len(set(texts)) == len(values)


def _minutes(table: Table, key: str) -> int:
    value: int = table.get(key, int)
    if not 1 <= value <= _LONGEST:
        raise table.fail(f"{key} must be from 1 to {_LONGEST} minutes, not {value}")
    return value
