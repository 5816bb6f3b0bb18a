"""The main job: pull, score, push."""

from __future__ import annotations

from datetime import date

from suitecrm_bridge.jobs import marks
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.push import push
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary


@recorded
def sync(
    context: Context,
    summary: Summary,
    *,
    as_of: date | None = None,
    full: bool = False,
    dry_run: bool = False,
    take_over: bool = False,
) -> None:
    """Pull what changed, score every customer, write back what differs.

    Where the package is installed, SuiteCRM is told what the run did.

    Raises:
        OtherBridge: another bridge writes there, and is not to be taken over from.
    """
    if not dry_run:
        marks.check_holder(context, take_over=take_over)
    pull(context, summary, full=full)
    context.stop.check()
    score(context, summary, as_of or context.today())
    context.stop.check()
    push(context, summary, dry_run=dry_run, take_over=take_over)
