"""Documents as Markdown, made from what the code and the catalogue say. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import Field as SettingRow
from typing import Any

from suitecrm_bridge.catalogue import (
    SCORES,
    ActionRule,
    ActionRules,
    Catalogue,
    Field,
    Indicator,
    Language,
    Routes,
    Segment,
    Standings,
    Translated,
)

CONDITIONS = {
    "no_purchase": "has never bought",
}


FAULTS: dict[Language, tuple[list[str], dict[str, str]]] = {
    "en": (
        ["What you see", "Likely causes", "What to do"],
        {
            "network": "On the way to the server",
            "proxy": "From a proxy",
            "web_server": "From the web server, or something in front of it",
            "suitecrm": "From SuiteCRM",
            "package": "From the bridge's package in SuiteCRM",
        },
    ),
    "fr": (
        ["Ce qui apparaît", "Causes probables", "Que faire"],
        {
            "network": "En chemin vers le serveur",
            "proxy": "D'un proxy",
            "web_server": "Du serveur web, ou de ce qui se trouve devant lui",
            "suitecrm": "De SuiteCRM",
            "package": "Du paquet de SuiteCRM Bridge, dans SuiteCRM",
        },
    ),
}


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    # Not `split()`: a space at which no line may break stays.
    return re.sub(r"[ \t\n]+", " ", str(value)).strip(" ").replace("|", "\\|")


def settings_example(rows: Iterable[SettingRow[Any]]) -> str:
    """Return the settings file to copy: what must be told is open, the rest commented out."""
    blocks = ["# Settings of SuiteCRM Bridge. Copy this file to config.env and fill it in.\n"]
    for row in rows:
        about = row.metadata
        filled = f"{about['name']}={about['example'] or about['default']}"
        line = f"#{filled}" if about["default"] else filled
        blocks.append(f"# {about['help']['en']}\n# {about['help']['fr']}\n{line}\n")
    return "\n".join(blocks)


def settings_table(rows: Iterable[SettingRow[Any]]) -> str:
    """Return the table of settings in English."""
    return table(
        ["Setting", "Default", "Meaning"],
        (
            [
                f"`{about['name']}`",
                f"`{about['default']}`" if about["default"] else "",
                help_["en"],
            ]
            for about, help_ in ((row.metadata, row.metadata["help"]) for row in rows)
        ),
    )


def fields(catalogue: Catalogue) -> str:
    """Return the fields module by module, then the values of their dropdowns."""
    header = ["Field", "Type", "Filled in by", "English", "Français", "Meaning"]
    parts = []
    for modules, own in _modules_by_fields(catalogue):
        parts.append(f"## {' and '.join(modules)}")
        parts.append(table(header, map(_field, own)))
    parts.append("## Dropdown values")
    for name, values in catalogue.dropdowns.items():
        parts.append(f"### {name}")
        parts.append(_labels(values.items()))
    return "\n\n".join(parts)


def _modules_by_fields(catalogue: Catalogue) -> list[tuple[list[str], tuple[Field, ...]]]:
    """Group the modules that have the very same fields."""
    groups: list[tuple[list[str], tuple[Field, ...]]] = []
    for module in catalogue.modules:
        own = catalogue.fields_of(module)
        same = next((modules for modules, other in groups if other == own), None)
        if same is not None:
            same.append(module)
        elif own:
            groups.append(([module], own))
    return groups


def _field(field: Field) -> list[str]:
    writer = {"bridge": "the bridge"}.get(field.writer, field.writer)
    label = field.label
    return [
        f"`{field.name}`",
        _type(field),
        writer,
        label["en"],
        label["fr"],
        field.help["en"],
    ]


def _type(field: Field) -> str:
    details = {
        "varchar": f"varchar({field.length})",
        "decimal": f"decimal({field.digits},{field.scale})",
        "enum": f"dropdown {field.dropdown}",
        "relate": f"relate to {field.related_module}",
    }
    return details.get(field.type, field.type)


def _labels(values: Iterable[tuple[str, Translated]]) -> str:
    rows = ([f"`{value}`", label["en"], label["fr"]] for value, label in values)
    return table(["Value", "English", "Français"], rows)


def segments(catalogue: Catalogue) -> str:
    """Return the grid of cells and, for each segment, what to do in both languages."""
    ranked = sorted(catalogue.segments.values(), key=lambda segment: segment.rank)
    return "\n\n".join(
        [
            "## Which customer belongs where",
            _grid(catalogue),
            "## The segments",
            table(
                ["", "English", "Français", "Recency and frequency"],
                ([s.rank, s.label["en"], s.label["fr"], _who(s)] for s in ranked),
            ),
            "What to do next is each customer's own, not the segment's: see [actions](actions.md).",
        ]
    )


def actions(catalogue: Catalogue, rules: ActionRules) -> str:
    """Return the rules of actions in the order in which they are tried, in both languages."""
    labels = catalogue.dropdowns["next_action"]
    english = (
        [
            n,
            f"`{r.key}`",
            _conditions(r),
            labels[r.action]["en"],
            _due(r),
            r.say["en"],
        ]
        for n, r in enumerate(rules.rules, 1)
    )
    french = (
        [n, f"`{r.key}`", labels[r.action]["fr"], r.say["fr"]] for n, r in enumerate(rules.rules, 1)
    )
    return "\n\n".join(
        [
            table(["", "Rule", "Conditions", "Action", "Due in", "Reason"], english),
            "### Les règles",
            table(["", "Règle", "Action", "Motif"], french),
            "### The limits",
            table(["Limit", "Value"], ([f"`{name}`", n] for name, n in rules.limits.items())),
        ]
    )


def standings(rules: Standings) -> str:
    """Return what makes a customer lost, or at risk."""
    rows = (
        [f"`{standing}`", " or ".join(_words(name, words) for name, words in own.items() if words)]
        for standing, own in rules.items()
    )
    return table(["Standing", "When"], rows)


def _conditions(rule: ActionRule) -> str:
    said = "; ".join(_words(name, words) for name, words in rule.conditions.items())
    return said or "everybody else"


def _words(name: str, words: Iterable[str]) -> str:
    return f"{name}: {', '.join(words)}"


def _due(rule: ActionRule) -> str:
    if rule.days is None:
        return "–"
    return "1 day" if rule.days == 1 else f"{rule.days} days"


def _grid(catalogue: Catalogue) -> str:
    def label(recency: int, frequency: int) -> str:
        return catalogue.segments[catalogue.segment_of_cell[recency, frequency]].label["en"]

    return table(
        ["", *(f"frequency {frequency}" for frequency in SCORES)],
        ([f"**recency {r}**", *(label(r, f) for f in SCORES)] for r in reversed(SCORES)),
    )


def _who(segment: Segment) -> str:
    if segment.when is not None:
        return CONDITIONS[segment.when]
    return ", ".join(f"{recency}{frequency}" for recency, frequency in sorted(segment.cells))


def indicators(known: Iterable[Indicator]) -> str:
    """Return the indicators with their formulas, in both languages."""
    rows = list(known)
    english = ([f"`{i.key}`", i.label["en"], i.unit, i.better, i.formula["en"]] for i in rows)
    french = ([f"`{i.key}`", i.label["fr"], i.formula["fr"]] for i in rows)
    return "\n\n".join(
        [
            table(["Key", "Indicator", "Unit", "Better", "Formula"], english),
            "### Les indicateurs",
            table(["Clé", "Indicateur", "Formule"], french),
        ]
    )


def faults(catalogue: Catalogue, lang: Language) -> str:
    """Return the faults by who says it, each with what is seen, why, and what to do."""
    header, speakers = FAULTS[lang]
    told = [message.fault for message in catalogue.messages.values() if message.fault]
    parts = []
    for who, title in speakers.items():
        rows = [[fault.seen, fault.why, fault.remedy] for fault in told if fault.who == who]
        words = ([_open(part, lang) for part in row] for row in rows)
        parts += [f"### {title}", table(header, words)]
    return "\n\n".join(parts)


def _open(part: Translated | None, lang: Language) -> str:
    """Return a text whose placeholders show as names."""
    return re.sub(r"\{(\w+)\}", r"*\1*", part[lang]) if part else ""


def refusals(contract: Routes) -> str:
    """Return what the fast routes answer where they refuse, and their limits."""
    rows = ([code.status, f"`{name}`", code.when] for name, code in contract.codes.items())
    numbers = ([f"`{name}`", f"{number:,}"] for name, number in contract.limits.items())
    return "\n\n".join([table(["Status", "Code", "When"], rows), table(["Limit", "Most"], numbers)])
