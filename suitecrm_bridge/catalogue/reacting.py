"""Which complaints and alarms get a task, who gets it, and what to say first."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.tables import Table

FILE = "reactions.toml"
WHO = ("case", "customer", "user")
ALARMS = ("product", "country", "theme")
PRIORITIES = ("High", "Medium", "Low")

_WORDS = ("segments", "lifecycles", "churn_risks", "priorities")
_OF_CASES = {*_WORDS, "unanswered", "complaints", "within_days"}
_KEYS = {*_OF_CASES, "alarms", "to", "due", "priority", "title", "say", "off"}
_IN_TEXTS = {True: {"customer", "number"}, False: {"value"}}
_MOST_MINUTES, _MOST_DAYS = 100_000, 3_650


@dataclass(frozen=True)
class Reaction:
    """A rule: a task for each complaint of which all conditions hold, or for each alarm.

    `words` holds, of segments, lifecycles, churn_risks and priorities, the conditions there are.
    `complaints` in `within_days` is 0 where it is none. `due` is in business minutes.
    """

    key: str
    words: Mapping[str, tuple[str, ...]]
    unanswered: bool
    complaints: int
    within_days: int
    alarms: tuple[str, ...]
    to: str
    due: int
    priority: str
    title: Translated
    say: Translated


@dataclass(frozen=True)
class Reactions:
    """Everything that reactions.toml holds: the rules in their order, and how old things may be."""

    rules: tuple[Reaction, ...]
    days: int
    quiet_days: int


def reaction_rules(
    catalogue: Catalogue, own: Path | None = None, folder: Traversable | None = None
) -> Reactions:
    """Return the rules of reactions.toml, with those of the installation's own file.

    Args:
        catalogue: says which segments, lifecycles and risks there are.
        own: the installation's file; one that is not there adds nothing.
        folder: where the shipped file is; default, the package.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key.
    """
    source = merged((folder or data_folder()) / FILE, own)
    source.allow({"limits", "rules"})
    limits = source.table("limits")
    limits.allow({"days", "quiet_days"})
    known = {
        "segments": set(catalogue.segments),
        "lifecycles": set(catalogue.dropdowns["lifecycle"]),
        "churn_risks": set(catalogue.dropdowns["churn_risk"]),
    }
    rules = source.tables("rules").items()
    return Reactions(
        rules=tuple(_rule(key, table, known) for key, table in rules if not _is_off(table)),
        days=limits.whole("days", 1, _MOST_DAYS),
        quiet_days=limits.whole("quiet_days", 1, _MOST_DAYS),
    )


def _is_off(table: Table) -> bool:
    off: bool = table.get("off", bool, False)
    return off


def _rule(key: str, table: Table, known: Mapping[str, Collection[str]]) -> Reaction:
    table.allow(_KEYS)
    alarms = _some(table, "alarms", ALARMS)
    given = [name for name in sorted(_OF_CASES) if table.has(name)]
    if bool(given) == bool(alarms):
        raise table.fail(f"needs either alarms or some of {', '.join(sorted(_OF_CASES))}")
    if table.has("complaints") != table.has("within_days"):
        raise table.fail("complaints and within_days go together")
    return Reaction(
        key=table.check_identifier("the name", key),
        words={n: _some(table, n, known.get(n)) for n in _WORDS if table.has(n)},
        unanswered=table.get("unanswered", bool, False),
        complaints=table.whole("complaints", 2, 1_000) if table.has("complaints") else 0,
        within_days=table.whole("within_days", 1, _MOST_DAYS) if table.has("complaints") else 0,
        alarms=alarms,
        to=table.choice("to", WHO),
        due=table.whole("due", 1, _MOST_MINUTES),
        priority=table.choice("priority", PRIORITIES),
        title=_words_of(table, "title", of_case=not alarms),
        say=_words_of(table, "say", of_case=not alarms),
    )


def _some(table: Table, key: str, known: Collection[str] | None) -> tuple[str, ...]:
    if not table.has(key):
        return ()
    words = table.texts(key)
    if not words:
        raise table.fail(f"{key} needs a word; without this condition leave it out")
    for word in words:
        if known is not None and word not in known:
            raise table.fail(f"{key} has no {word!r}; allowed are {sorted(known)}")
    return words


def _words_of(table: Table, key: str, *, of_case: bool) -> Translated:
    words, allowed = table.translated(key), _IN_TEXTS[of_case]
    for lang in LANGUAGES:
        named = {name for _, name, _, _ in string.Formatter().parse(words[lang])}
        if unknown := sorted(name for name in named - allowed if name is not None):
            raise table.fail(f"{key} has {{{unknown[0]}}}; allowed are {sorted(allowed)}")
    return words
