"""The catalogue as constants of a PHP class, which the package's own code works from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import (
    LEAVING,
    ActionRules,
    Catalogue,
    Field,
    Module,
    Rules,
    Screen,
    Segment,
    manners,
    screens,
)
from suitecrm_bridge.package.fields import WRITTEN
from suitecrm_bridge.package.php import GUARD, NOTE, literal

LEAVING_ACTIONS = ("call_now", "win_back")
"""Actions of the customers that the dashlet of those who leave names first."""

PACKAGE = "SuiteCRMBridge"
NAMESPACE = "SuiteCRM\\Custom\\SuiteCRMBridge"
_OPTIONS = (
    "dropdown",
    "length",
    "digits",
    "scale",
    "related_module",
    "id_name",
    "min",
    "max",
)


def catalogue_class(rules: Rules) -> str:
    """Return the source of the class `Catalogue`, with an installation's own rules."""
    lines = [f"    public const {name} = {literal(v, 1)};" for name, v in _constants(rules)]
    body = "\n\n".join(lines)
    return (
        f"<?php\n{NOTE}\n\nnamespace {NAMESPACE};\n\n{GUARD}\n\n"
        "/** What has a name: fields, dropdowns, segments, modules and links. */\n"
        f"final class Catalogue\n{{\n{body}\n}}\n"
    )


def _constants(rules: Rules) -> list[tuple[str, Any]]:
    catalogue = rules.catalogue
    return [
        ("PACKAGE", PACKAGE),
        ("VERSION", __version__),
        ("FINGERPRINT", catalogue.fingerprint),
        ("RULES", rules.fingerprint),
        ("LANGUAGES", [manner.suitecrm for manner in manners().values()]),
        ("FIELDS", _fields(catalogue)),
        ("WRITTEN", WRITTEN),
        ("DROPDOWNS", {name: list(values) for name, values in catalogue.dropdowns.items()}),
        ("SEGMENTS", {key: _segment(segment) for key, segment in catalogue.segments.items()}),
        ("MODULES", {key: _module(module) for key, module in catalogue.modules.items()}),
        ("LINKS", {name: _present(vars(link)) for name, link in catalogue.links.items()}),
        ("COMPLAINTS", rules.complaints.told_to_package()),
        ("LEAVING", list(LEAVING)),
        ("TO_CALL", list(LEAVING_ACTIONS)),
        ("ACTION_RULES", _action_rules(rules.actions)),
        ("ACTION_LIMITS", dict(rules.actions.limits)),
        ("SCREENS", {key: _screen(screen) for key, screen in screens(catalogue).items()}),
    ]


def _action_rules(rules: ActionRules) -> dict[str, dict[str, Any]]:
    return {
        rule.key: {
            "action": rule.action,
            **{name: list(words) for name, words in rule.conditions.items()},
        }
        for rule in rules.rules
    }


def _fields(catalogue: Catalogue) -> dict[str, dict[str, dict[str, Any]]]:
    by_module = {
        module: {field.name: _field(field) for field in catalogue.fields_of(module)}
        for module in catalogue.modules
    }
    return {module: fields for module, fields in by_module.items() if fields}


def _field(field: Field) -> dict[str, Any]:
    options = {name: getattr(field, name) for name in _OPTIONS}
    indexed = {"indexed": True} if field.indexed else {}
    return {"type": field.type, "writer": field.writer, **_present(options), **indexed}


def _module(module: Module) -> dict[str, Any]:
    parent = module.parent and {"module": module.parent.module, "column": module.parent.column}
    facts = {name: getattr(module, name) for name in ("object", "table", "changed")}
    lists = {"columns": dict(module.columns), "history": list(module.history)}
    return {**facts, **_present({"parent": parent}), **lists}


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "rank": segment.rank,
        "colour": segment.colour,
        "cells": [list(cell) for cell in sorted(segment.cells)],
        "when": segment.when,
        **_present({"role": segment.role}),
    }


def _screen(screen: Screen) -> dict[str, Any]:
    keys = ("detail", "groups", "edit", "list", "search", "advanced")
    return {"card": screen.card} | {key: getattr(screen, key) for key in keys}


def _present(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
