"""What to do next: rules of which the first that fits is the customer's."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.own import Source, merged
from suitecrm_bridge.catalogue.standings import STANDINGS
from suitecrm_bridge.catalogue.tables import Table

FILE = "actions.toml"
DROPDOWN = "next_action"

THANKING = ("thank",)
SELLING = ("offer", "develop")

TRAITS: Mapping[str, tuple[str, ...]] = {
    "standings": STANDINGS,
    "complaints": ("serious", "open", "none"),
    "satisfactions": ("low", "middle", "high", "unknown"),
    "offers": ("yes", "no"),
    "reviews": ("yes", "no"),
    "stakes": ("some", "none"),
    "attempts": ("spent", "left"),
}
"""Conditions whose words are not those of a dropdown, with the words."""
DROPDOWNS = {"segments": "segment", "lifecycles": "lifecycle", "churn_risks": "churn_risk"}
CONDITIONS = (*DROPDOWNS, *TRAITS)
FIGURES = ("last", "expected", "overdue", "stake", "kept", "attempts", "complaints", "offer")
"""What a sentence may hold."""

_BOUNDS = {
    "attempts": (1, 100),
    "half_life_days": (1, 36_500),
    "worth_an_attempt": (0, 1_000_000_000),
    "dissatisfied_below": (0, 100),
    "satisfied_from": (0, 100),
}
_MOST_DAYS = 3_650


@dataclass(frozen=True)
class ActionRule:
    """The action of whoever meets every condition; `days` is None where nothing is due."""

    key: str
    action: str
    conditions: Mapping[str, tuple[str, ...]]
    days: int | None
    say: Translated


@dataclass(frozen=True)
class ActionRules:
    """Everything that actions.toml holds, the rules in the order in which they are tried.

    `limits` are those of the table of this name.
    """

    rules: tuple[ActionRule, ...]
    limits: Mapping[str, int]


def action_rules(
    catalogue: Catalogue, own: Path | None = None, folder: Traversable | None = None
) -> ActionRules:
    """Return the rules of actions.toml, with those of the installation's own file.

    Args:
        catalogue: says which actions, segments, lifecycles and risks there are.
        own: the installation's file; one that is not there adds nothing.
        folder: where the shipped file is; default, the package.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key, what
            is wrong and what would be right.
    """
    source = merged((folder or data_folder()) / FILE, own)
    source.allow({"limits", "rules"})
    known = _known(catalogue)
    tables = source.tables("rules", new_first=True)
    rules = tuple(
        _rule(key, table, known, catalogue)
        for key, table in tables.items()
        if not table.get("off", bool, False)
    )
    _check_order(rules, tables, source.table("rules"))
    return ActionRules(rules, _limits(source))


def _known(catalogue: Catalogue) -> dict[str, Collection[str]]:
    words = {name: set(catalogue.dropdowns[list_]) for name, list_ in DROPDOWNS.items()}
    return {**words, **TRAITS}


def _limits(source: Source) -> dict[str, int]:
    table = source.table("limits")
    table.allow(_BOUNDS)
    limits = {name: table.whole(name, *bounds) for name, bounds in _BOUNDS.items()}
    if limits["satisfied_from"] < limits["dissatisfied_below"]:
        raise table.fail("satisfied_from must not be below dissatisfied_below")
    return limits


def _rule(
    key: str, table: Table, known: Mapping[str, Collection[str]], catalogue: Catalogue
) -> ActionRule:
    table.allow({"action", "days", "say", "off", *CONDITIONS})
    rule = ActionRule(
        key=table.check_identifier("the name", key),
        action=table.choice("action", catalogue.dropdowns[DROPDOWN]),
        conditions={n: _some(table, n, known[n]) for n in CONDITIONS if table.has(n)},
        days=table.whole("days", 0, _MOST_DAYS) if table.has("days") else None,
        say=_say(table),
    )
    if rule.action in THANKING and rule.conditions.get("standings") != ("here",):
        raise table.fail(
            f'{rule.action} is for customers who are here; it needs standings = ["here"]'
        )
    complaints = rule.conditions.get("complaints", ("serious",))
    if rule.action in SELLING and "serious" in complaints:
        raise table.fail(
            f"{rule.action} is not for customers with a serious complaint;"
            ' it needs complaints = ["none"], or ["none", "open"]'
        )
    return rule


def _check_order(rules: tuple[ActionRule, ...], tables: Mapping[str, Table], whole: Table) -> None:
    if not rules or rules[-1].conditions:
        raise whole.fail(
            "the last rule must have no condition, so that every customer has an action"
        )
    for rule in rules[:-1]:
        if not rule.conditions:
            raise tables[rule.key].fail(
                "only the last rule may be without a condition: those after it would never be"
                f" reached; it needs one of {', '.join(CONDITIONS)}"
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


def _say(table: Table) -> Translated:
    words = table.translated("say")
    for lang in LANGUAGES:
        for _, name, form, conversion in string.Formatter().parse(words[lang]):
            if name is None:
                continue
            if name not in FIGURES:
                raise table.fail(f"say has {{{name}}}; allowed are {sorted(FIGURES)}")
            if form or conversion:
                raise table.fail(f"say gives {{{name}}} a form; it must be {{{name}}} alone")
    return words
