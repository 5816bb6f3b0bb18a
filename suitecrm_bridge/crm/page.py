"""What one request brings."""

from __future__ import annotations

from dataclasses import dataclass, field

from suitecrm_bridge.crm.schema import Record, Rejected


@dataclass(frozen=True)
class Page:
    """The records of one request, in the order of their ids.

    `complete` tells that no record follows. `last_id` is where to go on, None on an empty page;
    it counts the rejected records too. `deleted` holds the ids of deleted records, where the
    path tells them.
    """

    records: list[Record]
    rejected: list[Rejected]
    last_id: str | None
    complete: bool
    deleted: list[str] = field(default_factory=list)
