"""The main job: pull, score, push."""

from __future__ import annotations

import logging
from datetime import date, datetime

from suitecrm_bridge.errors import ApiError, WriteBackError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.push import push
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary

logger = logging.getLogger(__name__)

FIGURES = {
    "pulled", "deleted", "scored", "planned", "written", "unchanged", "failed", "seconds", "path",
}  # fmt: skip
"""What of a summary SuiteCRM is told."""
MOMENT = "%Y-%m-%d %H:%M:%S"


def sync(
    context: Context,
    summary: Summary,
    *,
    as_of: date | None = None,
    full: bool = False,
    dry_run: bool = False,
) -> None:
    """Pull what changed, score every customer, write back what differs.

    Where the package is installed, SuiteCRM is told what the run did.
    """
    began = context.clock()
    pull(context, summary, full=full)
    score(context, summary, as_of or context.today())
    try:
        push(context, summary, dry_run=dry_run)
    except WriteBackError:
        _tell(context, summary, began, "partial")
        raise
    if not dry_run:
        _tell(context, summary, began, "done")


def _tell(context: Context, summary: Summary, began: datetime, result: str) -> None:
    figures = {name: value for name, value in summary.as_dict().items() if name in FIGURES}
    run = {
        "started_at": began.strftime(MOMENT),
        "finished_at": context.clock().strftime(MOMENT),
        "result": result,
        "figures": figures,
    }
    try:
        if context.fast is not None:
            context.fast.record_run(run)
    except ApiError as error:
        # The work is done; a page that cannot show it is no reason to call it failed.
        logger.warning("%s", text("jobs.run_not_recorded", error=error))
