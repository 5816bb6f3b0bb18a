"""The only writer to the CRM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import ApiError, AuthenticationError, CrmUnreachable
from suitecrm_bridge.push.plan import Change

STOP = (AuthenticationError, CrmUnreachable)
"""Errors that no other record would escape."""


@dataclass(frozen=True)
class Outcome:
    """What became of a change: the record as SuiteCRM answered it, or the error."""

    change: Change
    record: Mapping[str, Any] | None
    error: ApiError | None


def apply(crm: SuiteCRM, changes: Iterable[Change], parallel: int) -> Iterator[Outcome]:
    """Write each change by a PATCH of its record, `parallel` at a time, as they complete.

    A record that fails does not stop the others.

    Raises:
        AuthenticationError, CrmUnreachable: after the writes under way were yielded.
    """
    waiting = iter(changes)
    stop: ApiError | None = None
    with ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="push") as pool:
        under_way: set[Future[Outcome]] = set()
        try:
            while True:
                wanted = 2 * parallel - len(under_way) if stop is None else 0
                under_way |= {pool.submit(_write, crm, c) for c in islice(waiting, wanted)}
                if not under_way:
                    break
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    if isinstance(outcome.error, STOP):
                        stop = outcome.error
                    else:
                        yield outcome
        finally:
            for future in under_way:
                future.cancel()
    if stop is not None:
        raise stop


def _write(crm: SuiteCRM, change: Change) -> Outcome:
    try:
        record = crm.module(change.module).update(change.record_id, change.attributes)
    except ApiError as error:
        return Outcome(change, None, error)
    return Outcome(change, record, None)
