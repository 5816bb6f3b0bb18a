"""The main job: pull, score, push, and the programmes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from suitecrm_bridge.errors import CatalogueError, WriteBackError
from suitecrm_bridge.jobs import days, marks, programmes
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
    accept: bool = False,
    past: bool = False,
    take_over: bool = False,
) -> None:
    """Pull what changed, score every customer, write back what differs, run the programmes.

    Where the package is installed, SuiteCRM is told what the run did.

    Raises:
        OtherBridge: another bridge writes there, and is not to be taken over from.
        WrongDay: the day is past, and it was not said that this is meant.
        NotBelieved: too much would be lost; a person may say that it is right.
        WriteBackError: some records failed; everything else was done.
    """
    days.require_saying(context, as_of, past=past)
    if not dry_run:
        marks.check_holder(context, take_over=take_over)
    pull(context, summary, full=full)
    context.stop.check()
    score(context, summary, as_of or context.today(), accept=accept, past=past)
    context.stop.check()
    failed: WriteBackError | None = None
    decided: list[programmes.Decided] = []

    def deciding() -> None:
        # A programme file that cannot be used keeps nobody's scores back: it is told afterwards.
        with suppress(CatalogueError):
            decided[:] = decided or [programmes.decide(context, summary)]

    options = {"dry_run": dry_run, "accept": accept, "past": past, "take_over": take_over}
    try:
        push(context, summary, **options, deciding=deciding)
    except WriteBackError as error:
        # A record that cannot be written is no reason to address nobody.
        failed = error
    context.stop.check()
    programmes.run(context, summary, dry_run=dry_run, decided=next(iter(decided), None))
    if failed is not None:
        raise failed
