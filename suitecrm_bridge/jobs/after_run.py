"""What happens when a run has ended, however it ended: figures for monitoring, notifications."""

from __future__ import annotations

import logging

from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import metrics, notices, report_document, report_mail
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Run

logger = logging.getLogger(__name__)


def after_run(context: Context, run: Run) -> None:
    """Write the metrics file and tell who wants to know, where the settings ask for it.

    Nothing that goes wrong here changes how the run ended: it is logged.
    """
    for step in (metrics.write, notices.tell, report_mail.send, report_document.keep):
        try:
            step(context, run)
        except Exception as error:
            kind = type(error).__name__
            logger.exception("%s", text("jobs.after_run_failed", kind=kind))
