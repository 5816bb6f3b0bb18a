"""Turn columns into rows, a portion at a time, so that a big base never lies in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Literal

import numpy as np

ROWS = 2_000
"""Most rows in one batch."""

Kind = Literal["module", "link"]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one module or of one link table, in an order in which they can be stored."""

    kind: Kind
    name: str
    rows: Rows


def batches(kind: Kind, name: str, count: int, build: Callable[[slice], Rows]) -> Iterator[Batch]:
    """Yield `count` rows, built portion by portion by `build`."""
    for start in range(0, count, ROWS):
        yield Batch(kind, name, build(slice(start, min(start + ROWS, count))))


def rows(count: int, columns: Mapping[str, Any]) -> Rows:
    """Return `count` rows from columns: a list or array gives a value each, others repeat."""
    spread = [_spread(values, count) for values in columns.values()]
    keys = tuple(columns)
    return [dict(zip(keys, row, strict=True)) for row in zip(*spread, strict=True)]


def kept_by(owner: list[str]) -> dict[str, Any]:
    """Return the columns that every record has, for records that one user looks after."""
    return {
        "description": None,
        "created_by": owner,
        "modified_user_id": owner,
        "assigned_user_id": owner,
        "deleted": 0,
    }


def _spread(values: Any, count: int) -> Any:
    if isinstance(values, np.ndarray):
        return values.tolist()
    return values if isinstance(values, list) else repeat(values, count)
