"""Write the scores that differ back into SuiteCRM, and open the tasks that are wanted."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_FIELD, Field, catalogue
from suitecrm_bridge.errors import (
    RecordNotFound,
    RequestRefused,
    TooManyVanished,
    UnknownField,
    WriteBackError,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import brake, cards, complaint_tasks, days, deliveries, marks
from suitecrm_bridge.jobs.clocks import require_right_clock
from suitecrm_bridge.jobs.columns import columns_to_write, require_scores
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.paths import on_either_path
from suitecrm_bridge.jobs.reconcile import most_vanished
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.sources import note, stale_sources
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.logs import masked
from suitecrm_bridge.mirror import SCORED_MODULES, AnsweredWrite, DeadLetter, Scored, as_json
from suitecrm_bridge.push import Change, Outcome, apply, apply_fast, plan

logger = logging.getLogger(__name__)

NAMED = 3
"""Fields of a module that are named where more are missing."""
COMMIT_EVERY = 200
"""Answered writes that are recorded together; a kill repeats at most these, without harm.

Over the fast routes those of a request are."""


@recorded
@on_either_path
def push(
    context: Context,
    summary: Summary,
    *,
    dry_run: bool = False,
    accept: bool = False,
    past: bool = False,
    take_over: bool = False,
    deciding: Callable[[], None] = lambda: None,
) -> None:
    """Write every score field that differs from the mirrored value, and open tasks.

    `deciding` is called before fields are compared, once it is known that they may be written.

    Raises:
        OtherBridge: another bridge writes there, and is not to be taken over from.
        WrongClock: SuiteCRM's clock and this machine's are a day or more apart.
        NotFound: there are no scores yet.
        WrongDay: the scores are those of a past day, and it was not said that this is meant.
        NotBelieved: too much would be taken away; nothing was written.
        UnknownField: the CRM lacks fields, or the package segments; nothing was written.
        WriteBackError: some records failed; the dead letters say which and why.
        TooManyVanished: SuiteCRM finds too few of the records that are to be written.
    """
    with summary.timed("push"):
        summary.path = context.path
        require_right_clock(context)
        require_scores(context)
        days.require_current(context, past=past)
        brake.check_push(context, accept=accept, dry_run=dry_run)
        stale = _stale(context, summary)
        columns = columns_to_write(context, summary, stale, also_missing=dry_run)
        if not dry_run:
            _require_complete(context, summary)
            marks.claim(context, take_over=take_over)
            deciding()
        differences = _differences(context, summary, columns)
        changes = _due(context, summary, differences)
        tasks = complaint_tasks.planned(context, summary, stale)
        if dry_run:
            marks.check_holder(context, dry_run=True)
            summary.tasks = complaint_tasks.named(context, stale)
        else:
            _settle(context, differences)
            _write(context, summary, changes)
            if not summary.failed and not summary.deferred:
                brake.pushed(context)
            context.mirror.reconciliation.own_fields.forget_segments()
            complaint_tasks.react(context, summary, tasks)
            cards.tell(context)
            if changes or tasks:
                marks.claim(context)
    if summary.failed:
        raise WriteBackError(text("jobs.writes_failed", count=summary.failed))


def _settle(context: Context, differences: Sequence[Change]) -> None:
    """Let go of the failures of which nothing is wanted any more.

    A write may have arrived although its answer failed, or a person put it right.
    """
    wanted = ((change.module, change.record_id) for change in differences)
    context.mirror.dead_letters.settle_but("write", [*wanted, *deliveries.wanted_ids(context)])


def _require_complete(context: Context, summary: Summary) -> None:
    if summary.missing:
        raise UnknownField(missing_fields(summary.missing))
    if unknown := context.unknown_segments():
        raise UnknownField(text("jobs.segments_unknown", segments=", ".join(unknown)))


def planned(context: Context, summary: Summary) -> list[Change]:
    """Return every change that a push would make, and note what the CRM lacks.

    What failed before is left out until its next attempt is due, or other values are wanted.

    Raises:
        NotFound: there are no scores yet.
    """
    stale = _stale(context, summary)
    columns = columns_to_write(context, summary, stale, also_missing=True)
    changes = _due(context, summary, _differences(context, summary, columns))
    return [*changes, *complaint_tasks.planned(context, summary, stale).values()]


def _stale(context: Context, summary: Summary) -> Collection[str]:
    """Return the sources that the scores were made from, or stand against, as they once were."""
    stale = {**context.mirror.sources.stale_when_scored(), **stale_sources(context)}
    return note(context, summary, stale).keys()


def _due(context: Context, summary: Summary, changes: Sequence[Change]) -> list[Change]:
    waiting = context.mirror.dead_letters.waiting("write", context.clock())
    due = [
        change
        for change in changes
        if (letter := waiting.get((change.module, change.record_id))) is None
        or letter != as_json(_lasting(change.attributes))
    ]
    summary.planned = len(due)
    summary.deferred = len(changes) - len(due)
    return due


def _differences(
    context: Context, summary: Summary, wanted: Mapping[Scored, Mapping[Field, str]]
) -> list[Change]:
    changes: list[Change] = []
    for entity, columns in wanted.items():
        if not columns:
            continue
        module = SCORED_MODULES[entity]
        names = {field.name: column for field, column in columns.items()}
        rows = context.mirror.writeback.compare(entity, module, names)
        unanswered = context.mirror.writeback.unanswered.fields(module)
        different = list(plan(module, list(columns), rows, unanswered))
        summary.unchanged += context.mirror.scores.count(entity) - len(different)
        changes += different
    return changes


def _lasting(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written without that which is another every day."""
    fields = catalogue().fields
    return {
        name: value
        for name, value in attributes.items()
        if not (fields[name].accompanies or fields[name].drift)
    }


def missing_fields(missing: dict[str, list[str]]) -> str:
    """Return what is missing in the CRM, and the remedy, in words."""
    listed = "; ".join(f"{module}: {_some(names)}" for module, names in missing.items())
    return text("jobs.fields_missing", fields=listed)


def _some(names: Sequence[str]) -> str:
    """Return names, of many only the first."""
    shown, left = names[:NAMED], len(names) - NAMED
    return ", ".join(shown) + (f" {text('jobs.and_more', count=left)}" if left > 0 else "")


def _write(context: Context, summary: Summary, changes: Sequence[Change]) -> None:
    context.progress.begin(text("jobs.writing"), len(changes))
    waiting: list[Outcome] = []
    lost: Counter[str] = Counter()
    answered = 0

    def record() -> None:
        if waiting:
            batch = [*waiting]
            waiting.clear()
            _record(context, summary, batch, lost)

    try:
        for outcome in _outcomes(context, changes, record):
            waiting.append(outcome)
            answered += 1
            context.progress.advance(1)
            if context.fast is None and len(waiting) >= COMMIT_EVERY:
                record()
    finally:
        record()
        context.progress.end()
    if answered < len(changes):
        context.stop.check()


def _outcomes(
    context: Context, changes: Sequence[Change], record: Callable[[], None]
) -> Iterator[Outcome]:
    """Write the changes; `record` keeps what was answered before the next request is sent."""
    if context.fast is None:
        return apply(context.crm, changes, context.settings.parallel, stop=context.stop.is_set)
    # A first load would announce every customer at once, and tell nobody anything new.
    notify = context.mirror.runs.completed(("sync", "push"))

    def sending(batch: Sequence[Change]) -> None:
        record()
        ids = [change.record_id for change in batch]
        context.mirror.writeback.unanswered.note(batch[0].module, ids, [*batch[0].attributes])

    options: dict[str, Any] = {"stop": context.stop.is_set, "sending": sending}
    known = context.mirror.reconciliation.own_fields.remembered_segments()
    lost: list[Change] = []
    changed: list[Change] = []
    for change in changes:
        segment = change.attributes.get(SEGMENT_FIELD)
        is_lost = segment and segment == known.get((change.module, change.record_id))
        (lost if is_lost else changed).append(change)
    return chain(
        apply_fast(context.fast, lost, notify=False, **options),
        apply_fast(context.fast, changed, notify=notify, **options),
    )


def _record(
    context: Context, summary: Summary, outcomes: Sequence[Outcome], lost: Counter[str]
) -> None:
    gone = [o.change for o in outcomes if isinstance(o.error, RecordNotFound)]
    written = [
        AnsweredWrite(o.change.module, o.change.record_id, o.change.attributes, o.record)
        for o in outcomes
        if o.record is not None and o.error is None
    ]
    failed = [
        DeadLetter(
            o.change.module,
            o.change.record_id,
            _lasting(o.change.attributes),
            masked(str(o.error)),
            o.record,
        )
        for o in outcomes
        if o.error is not None and o.change not in gone
    ]
    for letter in failed:
        logger.warning("not written: %s %s: %s", letter.module, letter.record_id, letter.reason)
    context.mirror.writeback.record(context.clock(), written, failed)
    for o in outcomes:
        if isinstance(o.error, RequestRefused):
            context.mirror.writeback.unanswered.settle(o.change.module, [o.change.record_id])
    summary.written += len(written)
    summary.failed += len(failed)
    _forget(context, summary, gone, lost)


def _forget(context: Context, summary: Summary, gone: Sequence[Change], lost: Counter[str]) -> None:
    """Take records that SuiteCRM no longer has out of the mirror, so that none is tried again.

    Raises:
        TooManyVanished: more than is believable; the others stay in the mirror.
    """
    for change in gone:
        lost[change.module] += 1
        if lost[change.module] > most_vanished(
            context, context.mirror.records.count(change.module)
        ):
            raise TooManyVanished(text("jobs.too_many_not_found", module=change.module))
        logger.info("gone from SuiteCRM: %s %s", change.module, change.record_id)
        context.mirror.records.forget(change.module, change.record_id)
        summary.deleted[change.module] = summary.deleted.get(change.module, 0) + 1
