"""What a job did, in numbers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Summary:
    """Counts of one run; a stage fills in what it did.

    * `pulled`: new or changed records by module; `deleted`: those that SuiteCRM no longer has;
      `rejected`: those whose values could not be understood
    * `scored`: customers by entity; `skipped`: purchases that could not be used, by why;
      `only_totals`: invoices of which only the total is known; `unbearable`: records with a value
      that figures cannot bear, by module
    * `deferred`: records that failed in an earlier run and wait for their next attempt
    * `reactions`: tasks about complaints that are opened; `reactions_left`: those that wait for the
      next run
    * `seconds`: time by stage; `module_seconds`: that of reading each module
    * `tasks`, of a dry run: those that the run would open, and the first of those that would be
      left: title, module and id of what each is about, and will (open or wait)
    * `unreadable`: modules that the API user may not read; `missing`: the fields, by module, that
      the CRM does not have
    * `stale`: sources of figures that are not known as they are now, with the day of their last
      complete reading ("" for none); `withheld`: the fields, by module, that are not written
      because of them
    * `programmes`: people by programme and by what was decided on them; `members_added`,
      `members_removed`, `members_left`: members of target lists, the last those that wait for the
      next run; `deliveries`: what programmes delivered, or would, by channel
    * `messages`: those of campaigns that newcomers on a list have not had: programme, wave,
      campaign, name, lacking (people), and stands: again (SuiteCRM sends it to them) or press (a
      person is to press send)
    * `switches`, of a dry run: what administrators asked for in SuiteCRM and the next run does:
      programme, will (start or stop) and by whom
    """

    pulled: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    scored: dict[str, int] = field(default_factory=dict)
    planned: int = 0
    written: int = 0
    unchanged: int = 0
    failed: int = 0
    deferred: int = 0
    reactions: int = 0
    reactions_left: int = 0
    tasks: list[dict[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    module_seconds: dict[str, float] = field(default_factory=dict)
    path: str = "stock"
    purchases: str | None = None
    rejected: dict[str, int] = field(default_factory=dict)
    amounts: str | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    only_totals: int = 0
    unbearable: dict[str, int] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    withheld: dict[str, list[str]] = field(default_factory=dict)
    programmes: dict[str, dict[str, int]] = field(default_factory=dict)
    members_added: int = 0
    members_removed: int = 0
    members_left: int = 0
    deliveries: dict[str, int] = field(default_factory=dict)
    messages: list[dict[str, str | int]] = field(default_factory=list)
    switches: list[dict[str, str]] = field(default_factory=list)

    def timed(self, stage: str) -> AbstractContextManager[None]:
        """Add the time of the block to `seconds`."""
        return _timed(self.seconds, stage)

    def timed_module(self, module: str) -> AbstractContextManager[None]:
        """Add the time of the block to `module_seconds`."""
        return _timed(self.module_seconds, module)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


@contextmanager
def _timed(seconds: dict[str, float], key: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        passed = time.perf_counter() - began
        seconds[key] = round(seconds.get(key, 0.0) + passed, 3)
