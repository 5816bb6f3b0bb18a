"""RFM segments: the shipped ones, and what an installation makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from itertools import pairwise, product
from pathlib import Path

from suitecrm_bridge.catalogue.model import SCORES, Segment
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

FILE = "segments.toml"
CONDITIONS = ("no_purchase",)
ROLES = ("best", "endangered")
LONGEST_KEY = 100
"""Characters of the column in which SuiteCRM keeps a segment."""

_PLACES = ("recency", "frequency", "cells", "when")
_KEYS = {"rank", "colour", "label", "role", "off", *_PLACES}


def segment_rules(folder: Traversable, own: Path | None = None) -> dict[str, Segment]:
    """Return every segment by its key, the best first where an installation has its own.

    Args:
        folder: where the shipped segments.toml is.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: a file cannot be read, a segment cannot be used, or together they leave a
            gap or overlap; the message names file and key, what is wrong and what would be right.
    """
    source = merged(folder / FILE, own, instead=_PLACES)
    tables = {name: source.table(name) for name in source.names()}
    shown = {key: table for key, table in tables.items() if not table.get("off", bool, False)}
    found = {key: _segment(key, table) for key, table in shown.items()}
    where = str(own) if own is not None and own.is_file() else FILE
    _check_cells(where, found)
    if where == FILE:
        _check_ranks(found)
        return found
    return _ranked(where, found)


def _segment(key: str, table: Table) -> Segment:
    table.allow(_KEYS)
    forms = [table.has("recency") and table.has("frequency"), table.has("cells"), table.has("when")]
    if forms.count(True) != 1 or table.has("recency") != table.has("frequency"):
        raise table.fail("needs either recency and frequency, or cells, or when")
    colour = table.get("colour", str)
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise table.fail(f"colour {colour!r} is not of the form #rrggbb")
    if len(key) > LONGEST_KEY:
        raise table.fail(f"the name must have at most {LONGEST_KEY} characters, not {len(key)}")
    return Segment(
        key=table.check_identifier("the name", key),
        rank=table.get("rank", int),
        cells=_cells(table),
        when=table.choice("when", CONDITIONS) if table.has("when") else None,
        colour=colour,
        label=table.translated("label"),
        role=table.choice("role", ROLES) if table.has("role") else None,
    )


def _cells(table: Table) -> frozenset[tuple[int, int]]:
    pairs = table.get("cells", list, [])
    crossed = [
        [recency, frequency]
        for recency in table.get("recency", list, [])
        for frequency in table.get("frequency", list, [])
    ]
    cells = []
    for pair in [*pairs, *crossed]:
        if not (isinstance(pair, list) and len(pair) == 2 and all(map(_is_score, pair))):
            raise table.fail(f"cell {pair!r} is not a pair of scores from 1 to 5")
        cells.append((pair[0], pair[1]))
    if len(cells) != len(set(cells)):
        raise table.fail("lists a cell twice")
    return frozenset(cells)


def _is_score(value: object) -> bool:
    return type(value) is int and value in SCORES


def _check_cells(where: str, segments: Mapping[str, Segment]) -> None:
    for cell in product(SCORES, SCORES):
        owners = [segment.key for segment in segments.values() if cell in segment.cells]
        place = f"the cell recency {cell[0]}, frequency {cell[1]}"
        if not owners:
            raise CatalogueError(f"{where}: no segment covers {place}; exactly one must")
        if len(owners) > 1:
            raise CatalogueError(
                f"{where}: {' and '.join(owners)} both cover {place}; exactly one segment must"
            )
    _check_roles(where, segments)
    for condition in CONDITIONS:
        count = sum(segment.when == condition for segment in segments.values())
        if count != 1:
            raise CatalogueError(
                f"{where}: when = {condition!r} stands in {count} segments, not in one"
            )


def _check_roles(where: str, segments: Mapping[str, Segment]) -> None:
    for role in ROLES:
        if not any(segment.role == role for segment in segments.values()):
            raise CatalogueError(f'{where}: no segment has role = "{role}"; at least one must')


def _check_ranks(segments: Mapping[str, Segment]) -> None:
    ranks = sorted(segment.rank for segment in segments.values())
    if ranks != list(range(1, len(ranks) + 1)):
        raise CatalogueError(f"{FILE}: ranks are {ranks}, not 1 to {len(ranks)}")


def _ranked(where: str, segments: Mapping[str, Segment]) -> dict[str, Segment]:
    """Count ranks anew from 1, so that nobody has to write all of them to add one segment."""
    ordered = sorted(segments.values(), key=lambda segment: segment.rank)
    for better, worse in pairwise(ordered):
        if better.rank == worse.rank:
            raise CatalogueError(
                f"{where}: {better.key} and {worse.key} both have the rank {better.rank};"
                " each segment needs a rank of its own"
            )
    return {one.key: replace(one, rank=rank) for rank, one in enumerate(ordered, start=1)}
