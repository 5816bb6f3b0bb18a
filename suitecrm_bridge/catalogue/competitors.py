"""Which competitors are watched for, and under which spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.own import Source, merged
from suitecrm_bridge.catalogue.tables import Table

FILE = "competitors.toml"
_MOST = 1_000_000
_SHORTEST = 2


@dataclass(frozen=True)
class CompetitorRules:
    """Everything that competitors.toml holds; `names` maps each name to its other spellings."""

    names: Mapping[str, tuple[str, ...]]
    from_field: int
    no_names: frozenset[str]


def competitor_rules(own: Path | None = None, folder: Traversable | None = None) -> CompetitorRules:
    """Return the rules of competitors.toml, those of the installation's own file first.

    Args:
        own: the installation's file; one that is not there adds nothing.
        folder: where the shipped file is; default, the package.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key.
    """
    return _rules(merged((folder or data_folder()) / FILE, own))


def _rules(source: Source) -> CompetitorRules:
    source.allow({"competitors", "finding"})
    finding = source.table("finding")
    finding.allow({"from_field", "no_names"})
    table = source.table("competitors")
    names = {name: table.texts(name) for name, _ in table.items()}
    _check(table, names)
    return CompetitorRules(
        names, finding.whole("from_field", 0, _MOST), frozenset(finding.texts("no_names"))
    )


def _check(table: Table, names: Mapping[str, tuple[str, ...]]) -> None:
    owners: dict[str, str] = {}
    for name, others in names.items():
        for spelling in (name, *others):
            if len(re.findall(r"[^\W_]", spelling)) < _SHORTEST:
                raise table.fail(f"{spelling!r} is no name: it needs two letters or digits")
            owner = owners.setdefault(spelling.casefold(), name)
            if owner != name:
                raise table.fail(f"{spelling!r} stands for both {owner!r} and {name!r}")
