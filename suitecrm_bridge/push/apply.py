"""The only writer to the CRM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import (
    ApiError,
    AuthenticationError,
    CrmUnreachable,
    RetriableApiError,
    ValueNotKept,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.push.plan import Change, not_kept

STOP = (AuthenticationError, CrmUnreachable)
"""Errors that no other record would escape."""
GIVE_UP_AFTER = 20
"""Passing faults in a row, each tried again in vain, after which the CRM counts as down."""


@dataclass(frozen=True)
class Outcome:
    """What became of a change: the record as SuiteCRM answered it, the error, or both.

    Both when SuiteCRM stored another value than was sent.
    """

    change: Change
    record: Mapping[str, Any] | None
    error: ApiError | None


def apply(crm: SuiteCRM, changes: Iterable[Change], parallel: int) -> Iterator[Outcome]:
    """Write each change by a PATCH of its record, `parallel` at a time, as they complete.

    A record that fails does not stop the others.

    Raises:
        AuthenticationError, CrmUnreachable, RetriableApiError: every further record would
            fail too; after the writes under way were yielded.
    """
    waiting = iter(changes)
    stop: ApiError | None = None
    faults = 0
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
                    faults = faults + 1 if isinstance(outcome.error, RetriableApiError) else 0
                    if isinstance(outcome.error, STOP) or faults >= GIVE_UP_AFTER:
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
    stored = not_kept(change, record)
    if not stored:
        return Outcome(change, record, None)
    listed = "; ".join(f"{name}: {change.attributes[name]!s} → {stored[name]!s}" for name in stored)
    reason = text("push.not_kept", module=change.module, id=change.record_id, fields=listed)
    return Outcome(change, record, ValueNotKept(reason, module=change.module))
