"""The only writer to the CRM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD
from suitecrm_bridge.crm import FastRoutes, SuiteCRM
from suitecrm_bridge.errors import (
    AccessDenied,
    ApiError,
    AuthenticationError,
    CrmUnreachable,
    RequestRefused,
    RetriableApiError,
    ValueNotKept,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.push.plan import Change, not_kept

STOP = (AuthenticationError, CrmUnreachable)
"""Errors that no other record would escape."""
ANNOUNCED_AT_ONCE = 200
"""Records of one request whose change of segment the package announces to hooks and workflows."""
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


def apply_fast(routes: FastRoutes, changes: Sequence[Change], *, notify: bool) -> Iterator[Outcome]:
    """Write the changes over the package's routes, many records a request.

    A request that is refused as a whole is halved until the record at fault stands alone.

    Raises:
        ApiError: what another request would not escape either.
    """
    for batch in _batches(changes, routes.most_writes, notify=notify):
        yield from _write_batch(routes, batch, notify=notify)


def _batches(changes: Sequence[Change], most: int, *, notify: bool) -> Iterator[Sequence[Change]]:
    """Yield changes of the same module and fields together, announced ones in small numbers."""
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.module, tuple(change.attributes)), []).append(change)
    for (_, fields), group in groups.items():
        # Each changed segment is saved as a record, which takes SuiteCRM a tenth of a second.
        size = min(most, ANNOUNCED_AT_ONCE) if notify and SEGMENT_FIELD in fields else most
        yield from (group[start : start + size] for start in range(0, len(group), size))


def _write_batch(routes: FastRoutes, batch: Sequence[Change], *, notify: bool) -> Iterator[Outcome]:
    fields = tuple(batch[0].attributes)
    rows = {change.record_id: tuple(change.attributes.values()) for change in batch}
    try:
        rejected = routes.write(batch[0].module, fields, rows, notify=notify)
    except AccessDenied:
        raise
    except RequestRefused as error:
        if len(batch) == 1:
            yield Outcome(batch[0], None, error)
            return
        middle = len(batch) // 2
        yield from _write_batch(routes, batch[:middle], notify=notify)
        yield from _write_batch(routes, batch[middle:], notify=notify)
        return
    reasons = {one.id: one.message for one in rejected}
    for change in batch:
        if change.record_id in reasons:
            # The routes do not tell a record that is gone from one that the user may not edit;
            # a deleted one leaves the mirror by its tombstone.
            message = f"{change.module} {change.record_id}: {reasons[change.record_id]}"
            yield Outcome(change, None, RequestRefused(message, module=change.module))
        else:
            yield Outcome(change, {"id": change.record_id, **change.attributes}, None)
