"""Run the programmes: decide, keep what was decided, and bring SuiteCRM's target lists to it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.crm import Wishes
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import (
    deliveries,
    marks,
    refusals,
    returning,
    segment_lists,
    switches,
    user_records,
)
from suitecrm_bridge.jobs.asked_fields import require_fields
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.list_readings import read_again
from suitecrm_bridge.jobs.messages import look_after, look_at
from suitecrm_bridge.jobs.paths import on_either_path
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.switches import NO_WISHES
from suitecrm_bridge.jobs.target_lists import fill, make, require_filled, running
from suitecrm_bridge.mirror.programmes.states import HARM

if TYPE_CHECKING:
    from suitecrm_bridge.insights.programmes import Planned

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Decided:
    """Which programmes were planned, what SuiteCRM's switches ask, and how many enter each wave."""

    programmes: Sequence[Programme]
    asked: Wishes
    entering: Mapping[tuple[str, str], int] = field(default_factory=dict)


@on_either_path
def run(
    context: Context, summary: Summary, *, dry_run: bool = False, decided: Decided | None = None
) -> None:
    """Obey SuiteCRM's switches, plan the programmes that run, and bring its lists to that.

    What was decided is kept before anything is sent, and each answer as it comes: a run that is
    cut off is continued by the next.

    Args:
        context: whose mirror and CRM.
        summary: what is counted in.
        dry_run: only say what would be.
        decided: what `decide` returned, where it was called already.

    Raises:
        CatalogueError: a programme file cannot be used.
        WriteBackError: some failed; everything else was done.
        ApiError: the lists cannot be made or filled.
    """
    if decided is None:
        decided = decide(context, summary, dry_run=dry_run)
    failed = 0
    if _any(context):
        with summary.timed("programmes"):
            if dry_run:
                look_after(context, summary, decided.entering, dry_run=True)
                return
            read_again(context)
            make(context, decided.programmes)
            segment_lists.place(context)
            returning.place(context)
            failed = fill(context, summary)
            look_after(context, summary, {}, prepare=lambda: _prepared(context, summary))
    if not dry_run:
        switches.tell(context, decided.asked)
        deliveries.deliver(context, summary)
    # Whoever cannot be put on a list keeps nobody else from getting what is meant for them.
    require_filled(summary, failed)


def _prepared(context: Context, summary: Summary) -> bool:
    """Prepare copies of messages for those who come back; return whether somebody gets one now."""
    if not returning.prepare(context):
        return False
    returning.place(context)
    fill(context, summary)
    return True


def decide(context: Context, summary: Summary, *, dry_run: bool = False) -> Decided:
    """Obey SuiteCRM's switches, decide on everybody, and keep it.

    Raises:
        CatalogueError: a programme file cannot be used.
        ApiError: the switches cannot be read now.
    """
    asked = NO_WISHES if dry_run else switches.carry_out(context)
    if dry_run:
        summary.switches = [
            {"programme": one.programme, "will": "start" if one.running else "stop", "by": one.by}
            for one in switches.foreseen(context)
        ]
    if not _any(context):
        return Decided((), asked)
    with summary.timed("programmes"):
        require_fields(context, running(context))
        refusals.look(context)
        if not dry_run:
            _stop_unknown(context)
            _measure(context)
            user_records.know_users(context, running(context))
            # With a new mirror SuiteCRM's lists tell who has had what.
            make(context, [one for one in running(context) if one.has_begun(context.today())])
        plan = _plan(context, summary, dry_run=dry_run) if _any_runs(context) else None
        if not dry_run:
            deliveries.give_codes(context, running(context))
    return Decided(plan.programmes, asked, _entering(plan)) if plan else Decided((), asked)


def _any(context: Context) -> bool:
    """Return whether there is anything to do."""
    wanted = context.rules.addressing.segment_lists
    return bool(_any_runs(context) or wanted or context.mirror.programmes.lists.known())


def _any_runs(context: Context) -> bool:
    return any(state.running for state in context.mirror.programmes.states().values())


def start(context: Context, keys: Sequence[str]) -> None:
    """Start programmes: the next sync runs them. One that runs already goes on as it is.

    Raises:
        NotFound: there is no such programme; none was started.
        CatalogueError: a programme file cannot be used.
    """
    from suitecrm_bridge.insights.programmes import find

    found = [find(context.rules, key) for key in keys]
    with context.mirror.whole():
        for one in found:
            switches.start(context, one, context.clock())
    switches.tell_now(context, keys)


@recorded
def stop(context: Context, summary: Summary, keys: Sequence[str], *, dry_run: bool = False) -> None:
    """Stop programmes: everybody leaves them, and their lists are emptied and stay.

    Raises:
        NotFound: a programme was never started; none was stopped.
        OtherBridge: another bridge writes there.
        WriteBackError: some members could not be taken off; the next sync tries again.
        ApiError: the lists cannot be emptied now; the next sync does it.
    """
    if dry_run:
        return
    states = context.mirror.programmes.states()
    for key in keys:
        if key not in states:
            raise NotFound(text("programmes.never_ran", key=key, known=", ".join(states) or "–"))
    for key in keys:
        summary.programmes[key] = {"left": switches.stop(context, key, context.clock())}
    marks.check_holder(context)
    failed = _filled(context, summary)
    look_at(context, keys)
    switches.tell_now(context, keys)
    require_filled(summary, failed)


@on_either_path
def _filled(context: Context, summary: Summary) -> int:
    returning.place(context)
    # Nothing was read anew: who opted out meanwhile must not be put on a list.
    return fill(context, summary, adding=False)


def _plan(context: Context, summary: Summary, *, dry_run: bool) -> Planned:
    from suitecrm_bridge.analytics.programmes.plan import counts
    from suitecrm_bridge.insights.programmes import planned, words

    found = planned(context.mirror, context.rules, context.today())
    for one in found.programmes:
        own = found.plan[found.plan["programme"] == one.key]
        summary.programmes[one.key] = dict(counts(own))
    if dry_run:
        summary.deliveries = deliveries.foreseen(context, found.plan, found.channels)
    else:
        for one in found.programmes:
            people = found.plan.loc[found.plan["programme"] == one.key, "person"].nunique()
            context.mirror.programmes.verdicts.expect(one.key, people)
        context.mirror.programmes.say(words(found.programmes, context.written_lang))
        context.mirror.programmes.accept(found.plan, found.channels, found.insides, context.today())
    return found


def _entering(plan: Planned) -> dict[tuple[str, str], int]:
    """Return how many a plan puts on the list of each programme and wave."""
    entering = plan.plan[plan.plan["decision"] == "enters"]
    return dict(Counter(zip(entering["programme"], entering["wave"], strict=True)))


def _measure(context: Context) -> None:
    """Once a day keep what can be told of the programmes by now, and stop those that do harm."""
    kept, today = context.mirror.programmes, context.today()
    if all(one.looked == today for one in kept.verdicts.held().values()):
        return
    from suitecrm_bridge.insights.programme_effects import brought

    for key, one in brought(context.mirror, context.rules, context.choices).found.items():
        kept.verdicts.note(key, one.stands, today)
        harmful = one.stands == "does_harm" and context.rules.programmes[key].stop.harm
        if harmful and kept.states()[key].running:
            logger.warning("%s", text("programmes.harmful", key=key, said=one.said))
            switches.stop(context, key, context.clock(), why=HARM)


def _stop_unknown(context: Context) -> None:
    """Stop what has no file any more."""
    for key, state in context.mirror.programmes.states().items():
        if state.running and key not in context.rules.programmes:
            logger.warning("%s", text("programmes.file_gone", key=key))
            switches.stop(context, key, context.clock())
