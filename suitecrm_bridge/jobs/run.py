"""Every job is a run: with an id in the log, and its outcome in the history."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from suitecrm_bridge import __version__, logs
from suitecrm_bridge.errors import (
    ApiError,
    BridgeError,
    Incomplete,
    LockedError,
    OtherBridge,
    RequestRefused,
    Stopped,
    StoreError,
    WriteBackError,
    WrongClock,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.after_run import after_run
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sources import told
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Result, Run, store_errors

logger = logging.getLogger(__name__)

P = ParamSpec("P")
Job = Callable[Concatenate[Context, Summary, P], None]

FIGURES = {
    "pulled",
    "deleted",
    "scored",
    "planned",
    "written",
    "unchanged",
    "failed",
    "seconds",
    "path",
}
"""What of a summary SuiteCRM is told."""
MOMENT = "%Y-%m-%d %H:%M:%S"


def recorded(job: Job[P]) -> Job[P]:
    """Keep in the history how the job ends, under its own name, whatever happens.

    As a stage of another job it is part of that one's run. A dry run does not count.
    """

    @wraps(job)
    def run(context: Context, summary: Summary, /, *args: P.args, **options: P.kwargs) -> None:
        if context.run_id is not None:
            job(context, summary, *args, **options)
            return
        recording = _Recording(context, summary, job.__name__, dry=bool(options.get("dry_run")))
        context.run_id = recording.begin()
        error: BaseException | None = None
        try:
            with logs.run(context.run_id):
                try:
                    with store_errors():
                        _complete(job, context, summary, *args, **options)
                except BaseException as raised:
                    error = raised
                    raise
                finally:
                    recording.end(error)
        finally:
            context.run_id = None

    return run


def _complete(
    job: Job[P], context: Context, summary: Summary, /, *args: P.args, **options: P.kwargs
) -> None:
    """Do the job. That something could not be read is said when everything else is done.

    Raises:
        Incomplete: some sources of figures are stale.
    """
    failed = ""
    try:
        job(context, summary, *args, **options)
    except WriteBackError as error:
        if not summary.stale:
            raise
        failed = str(error)
    if summary.stale:
        raise Incomplete(f"{told(summary)} {failed}".rstrip())


class _Recording:
    """A run from its beginning to its end, kept in the history unless it is dry."""

    def __init__(self, context: Context, summary: Summary, command: str, *, dry: bool) -> None:
        self._context = context
        self._summary = summary
        self._command = command
        self._dry = dry
        self._began = context.clock()
        self._run_id = uuid.uuid4().hex

    def begin(self) -> str:
        """Return the run's id, that of the history where it is kept there."""
        if self._dry:
            return self._run_id
        try:
            with store_errors():
                self._run_id = self._context.mirror.runs.begin(self._command, self._began)
            self._context.mirror.sign(self._run_id)
        except LockedError:
            raise
        except StoreError as error:
            # No history can hold this run, but people are to hear of it all the same.
            after_run(self._context, self._ended(error))
            raise
        return self._run_id

    def end(self, error: BaseException | None) -> None:
        """Keep how the run ended, and tell people and SuiteCRM of it."""
        if self._dry:
            return
        try:
            _finish(self._context, self._summary, self._run_id, error)
        except StoreError as second:
            error = second
            raise
        finally:
            if self._command == "sync":
                _tell(self._context, self._summary, self._began, error)
            after_run(self._context, self._ended(error))

    def _ended(self, error: BaseException | None) -> Run:
        return Run(
            run_id=self._run_id,
            command=self._command,
            started_at=self._began,
            finished_at=self._context.clock(),
            result=result_of(self._summary, error),
            path=self._summary.path,
            figures=self._summary.as_dict(),
            error=None if error is None else _words(self._context, error),
        )


def result_of(summary: Summary, error: BaseException | None) -> Result:
    """Return in a word how a job ended; what waits for another attempt is not done."""
    if isinstance(error, Incomplete):
        return "incomplete"
    if isinstance(error, WriteBackError) or (error is None and summary.deferred):
        return "partial"
    if isinstance(error, Stopped | KeyboardInterrupt):
        return "stopped"
    return "done" if error is None else "failed"


def _finish(context: Context, summary: Summary, run_id: str, error: BaseException | None) -> None:
    try:
        with store_errors():
            context.mirror.runs.finish(
                run_id,
                context.clock(),
                result_of(summary, error),
                summary.as_dict(),
                None if error is None else _words(context, error),
            )
    except StoreError as second:
        if error is None:
            raise
        # The first error is the one to tell; the run will count as cut off.
        logger.warning("%s", second)


def _words(context: Context, error: BaseException) -> str:
    words = str(error) if isinstance(error, BridgeError) else f"{type(error).__name__}: {error}"
    return logs.Mask(context.settings.secrets())(words)


def _is_told(name: str, figure: Any) -> bool:
    return name in FIGURES or (name == "stale" and bool(figure))


def _tell(context: Context, summary: Summary, began: datetime, error: BaseException | None) -> None:
    """Let the administration page show the run, where SuiteCRM can be reached."""
    unreachable = isinstance(error, ApiError) and not isinstance(error, RequestRefused)
    if unreachable or isinstance(error, KeyboardInterrupt | OtherBridge | WrongClock):
        return
    run = {
        "started_at": began.strftime(MOMENT),
        "finished_at": context.clock().strftime(MOMENT),
        "result": result_of(summary, error),
        "figures": {name: v for name, v in summary.as_dict().items() if _is_told(name, v)}
        | {"bridge_version": __version__},
    }
    try:
        # A package with other fields is told, too: its page says which of the two is older.
        if (routes := context.fast or context.package) is not None:
            if routes.marks.told:
                run["bridge"] = context.mirror.identity.bridge
            routes.record_run(run)
    except BridgeError as second:
        # A page that cannot show the run is no reason to call it failed.
        logger.warning("%s", text("jobs.run_not_recorded", error=second))
