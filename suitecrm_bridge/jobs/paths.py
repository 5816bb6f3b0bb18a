"""Go on over the stock API where the package's routes fail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from suitecrm_bridge.errors import PackageFailed
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Job = Callable[Concatenate[Context, Summary, P], T]


def on_either_path(job: Job[P, T]) -> Job[P, T]:
    """Begin the job again over the stock API where the package fails; a job can be begun again."""

    @wraps(job)
    def run(context: Context, summary: Summary, /, *args: P.args, **options: P.kwargs) -> T:
        try:
            return job(context, summary, *args, **options)
        except PackageFailed as error:
            if context.fast is None:
                raise
            logger.warning("%s", text("jobs.package_failed", error=error))
            context.leave_the_fast_routes()
            return job(context, summary, *args, **options)

    return run
