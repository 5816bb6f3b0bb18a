"""The only writer to the CRM."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice

from suitecrm_bridge.catalogue import SEGMENT_FIELD
from suitecrm_bridge.crm import FastRoutes, NotWritten, SuiteCRM
from suitecrm_bridge.errors import (
    AccessDenied,
    ApiError,
    AuthenticationError,
    BridgeError,
    CrmDown,
    RecordExists,
    RequestRefused,
    RetriableApiError,
    ServerFailure,
    Stopped,
    ValueNotKept,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.push.outcome import Outcome
from suitecrm_bridge.push.plan import Change, not_kept
from suitecrm_bridge.push.suspects import Suspects

STOP = (AuthenticationError, CrmDown, Stopped)
"""What no other record would escape."""
ANNOUNCED_AT_ONCE = 50
"""Records of one request whose change of segment the package announces to hooks and workflows."""
NOT_REACHED, BUSY = "not_reached", "busy"
"""The package's words for a record whose turn did not come, and for one that somebody held."""
GIVE_UP_AFTER = 20
"""Requests in a row that fail in passing, each tried again in vain, after which no more is sent."""


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

    What no hook hears of is written first. A request that fails as a whole is halved until the
    record at fault stands alone; a record that somebody else held is tried once more at the end.
    Once `stop` says so nothing more is sent. `sending` is told of the changes of each request
    beforehand.

    Raises:
        ApiError, Stopped: what another request would not escape either.
    """
    waiting = deque(_batches(changes, routes, notify=notify))
    tried: set[str] = set()
    suspects = Suspects()
    faults = 0
    while waiting and not stop():
        batch = waiting.popleft()
        sending(batch)
        try:
            answer = _write_batch(routes, batch, tried, notify=notify)
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
                yield from suspects.failed(Outcome(batch[0], None, error))
        else:
            faults = 0
            answer.queue_again(waiting)
            yield from suspects.wrote(batch[0].module)
            yield from answer.outcomes
    suspects.end()


def _batches(
    changes: Sequence[Change], routes: FastRoutes, *, notify: bool
) -> Iterator[Sequence[Change]]:
    """Yield changes of the same module and fields together, announced ones last and few at once."""
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.module, tuple(change.attributes)), []).append(change)
    for announced in (False, True):
        # Each changed segment is saved as a record, which takes SuiteCRM a tenth of a second.
        few = min(routes.most_writes, routes.most_announced, ANNOUNCED_AT_ONCE)
        size = few if announced else routes.most_writes
        for (_, fields), group in groups.items():
            if (notify and SEGMENT_FIELD in fields) == announced:
                yield from (group[start : start + size] for start in range(0, len(group), size))


@dataclass(frozen=True)
class _Answered:
    """What became of a batch: what is decided, and what is to be sent again, at once or last."""

    outcomes: list[Outcome]
    not_reached: list[Change]
    held: list[Change]

    def queue_again(self, waiting: deque[Sequence[Change]]) -> None:
        """Put what is to be sent again where its turn comes."""
        if self.not_reached:
            waiting.appendleft(self.not_reached)
        if self.held:
            waiting.append(self.held)


def _write_batch(
    routes: FastRoutes, batch: Sequence[Change], tried: set[str], *, notify: bool
) -> _Answered:
    """Send a batch; `tried` are the ids of records that somebody held before."""
    fields = tuple(batch[0].attributes)
    rows = {change.record_id: tuple(change.attributes.values()) for change in batch}
    left = {one.id: one for one in routes.write(batch[0].module, fields, rows, notify=notify)}
    answered = _Answered([], [], [])
    for change in batch:
        reason = left.get(change.record_id)
        if reason is not None and reason.code == NOT_REACHED:
            answered.not_reached.append(change)
        elif reason is not None and reason.code == BUSY and change.record_id not in tried:
            tried.add(change.record_id)
            answered.held.append(change)
        else:
            answered.outcomes.append(_outcome(change, reason))
    if len(answered.not_reached) == len(batch):
        raise ServerFailure(_words(batch[0], left[batch[0].record_id]))
    return answered


def _outcome(change: Change, reason: NotWritten | None) -> Outcome:
    if reason is None:
        return Outcome(change, {"id": change.record_id, **change.attributes}, None)
    # The routes do not tell a record that is gone from one that the user may not edit; a deleted
    # one leaves the mirror by its tombstone.
    kind = ServerFailure if reason.code == BUSY else RequestRefused
    return Outcome(change, None, kind(_words(change, reason), module=change.module))


def _words(change: Change, reason: NotWritten) -> str:
    return f"{change.module} {change.record_id}: {reason.message}"
