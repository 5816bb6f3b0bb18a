"""The only writer to the CRM."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    BridgeError,
    CrmDown,
    RecordExists,
    RequestRefused,
    RetriableApiError,
    Stopped,
    ValueNotKept,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.push.plan import Change, not_kept

STOP = (AuthenticationError, CrmDown, Stopped)
"""What no other record would escape."""
ANNOUNCED_AT_ONCE = 200
"""Records of one request whose change of segment the package announces to hooks and workflows."""
GIVE_UP_AFTER = 20
"""Requests in a row that fail in passing, each tried again in vain, after which no more is sent."""


@dataclass(frozen=True)
class Outcome:
    """What became of a change: the record as SuiteCRM answered it, the error, or both.

    Both when SuiteCRM stored another value than was sent.
    """

    change: Change
    record: Mapping[str, Any] | None
    error: BridgeError | None


def never() -> bool:
    """Nobody asks to stop."""
    return False


def ignored(batch: Sequence[Change]) -> None:
    """Nobody wants to know what is sent."""


def apply(
    crm: SuiteCRM,
    changes: Iterable[Change],
    parallel: int,
    *,
    stop: Callable[[], bool] = never,
) -> Iterator[Outcome]:
    """Write each change by a PATCH of its record, `parallel` at a time, as they complete.

    A record that fails does not stop the others. Once `stop` says so nothing more is sent.

    Raises:
        AuthenticationError, CrmDown, Stopped: every further record would fail too; after the
            writes under way were yielded.
    """
    waiting = iter(changes)
    end: BridgeError | None = None
    with ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="push") as pool:
        under_way: set[Future[Outcome]] = set()
        try:
            while True:
                wanted = 0 if end or stop() else 2 * parallel - len(under_way)
                under_way |= {pool.submit(_write, crm, c) for c in islice(waiting, wanted)}
                if not under_way:
                    break
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    if isinstance(outcome.error, STOP):
                        end = outcome.error
                    else:
                        yield outcome
        finally:
            for future in under_way:
                future.cancel()
    if end is not None:
        raise end


def create(
    crm: SuiteCRM,
    wanted: Iterable[Change],
    *,
    sending: Callable[[Sequence[Change]], None] = ignored,
) -> Iterator[Outcome]:
    """Create each record under the id that it is wanted with, one after the other.

    One that SuiteCRM has by that id already, or had before it was deleted, counts as created, with
    neither record nor error: it was, and the answer got lost. `sending` is told beforehand.

    Raises:
        AuthenticationError, CrmDown, Stopped: every further record would fail too.
    """
    for change in wanted:
        sending([change])
        try:
            record = crm.module(change.module).create(change.attributes, change.record_id)
        except RecordExists:
            yield Outcome(change, None, None)
        except STOP:
            raise
        except ApiError as error:
            yield Outcome(change, None, error)
        else:
            yield Outcome(change, record, None)


def _write(crm: SuiteCRM, change: Change) -> Outcome:
    try:
        record = crm.module(change.module).update(change.record_id, change.attributes)
    except (ApiError, Stopped) as error:
        return Outcome(change, None, error)
    stored = not_kept(change, record)
    if not stored:
        return Outcome(change, record, None)
    listed = "; ".join(f"{name}: {change.attributes[name]!s} → {stored[name]!s}" for name in stored)
    reason = text("push.not_kept", module=change.module, id=change.record_id, fields=listed)
    return Outcome(change, record, ValueNotKept(reason, module=change.module))


def apply_fast(
    routes: FastRoutes,
    changes: Sequence[Change],
    *,
    notify: bool,
    stop: Callable[[], bool] = never,
    sending: Callable[[Sequence[Change]], None] = ignored,
) -> Iterator[Outcome]:
    """Write the changes over the package's routes, many records a request.

    A request that fails as a whole is halved until the record at fault stands alone. Once `stop`
    says so nothing more is sent. `sending` is told of the changes of each request beforehand.

    Raises:
        ApiError, Stopped: what another request would not escape either.
    """
    waiting = deque(_batches(changes, routes.most_writes, notify=notify))
    faults = 0
    while waiting and not stop():
        batch = waiting.popleft()
        sending(batch)
        try:
            outcomes = _write_batch(routes, batch, notify=notify)
        except AccessDenied:
            raise
        except (RequestRefused, RetriableApiError) as error:
            faults = faults + 1 if isinstance(error, RetriableApiError) else 0
            if faults == GIVE_UP_AFTER:
                raise
            middle = len(batch) // 2
            if middle:
                waiting.extendleft((batch[middle:], batch[:middle]))
            else:
                yield Outcome(batch[0], None, error)
        else:
            faults = 0
            yield from outcomes


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
    rejected = routes.write(batch[0].module, fields, rows, notify=notify)
    reasons = {one.id: one.message for one in rejected}
    return (_outcome(change, reasons.get(change.record_id)) for change in batch)


def _outcome(change: Change, reason: str | None) -> Outcome:
    if reason is None:
        return Outcome(change, {"id": change.record_id, **change.attributes}, None)
    # The routes do not tell a record that is gone from one that the user may not edit; a deleted
    # one leaves the mirror by its tombstone.
    message = f"{change.module} {change.record_id}: {reason}"
    return Outcome(change, None, RequestRefused(message, module=change.module))
