"""The figures of the last runs in the text form of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/ describes the form.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import ENTITY_MODULES
from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import is_within, write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sources import figure_sources, stale_sources
from suitecrm_bridge.mirror import Run, store_errors

logger = logging.getLogger(__name__)

PREFIX = "suitecrm_bridge_"
RESULTS = ("done", "partial", "incomplete", "failed", "stopped")
LOOKED_BACK = 1_000
"""Runs among which the last success of each command is looked for."""

HELP: Mapping[str, str] = {
    "info": "Always 1; the version of the bridge.",
    "last_run_result": "1 for the result of the last run, 0 for the others.",
    "last_run_start_timestamp_seconds": "When the last run began.",
    "last_run_duration_seconds": "How long the last run took, from start to end.",
    "last_run_stage_seconds": "How long each stage of the last run took.",
    "last_run_records_read": "New or changed records that the last run read, by module.",
    "last_run_records_deleted": "Records that the last run found deleted, by module.",
    "last_run_records_rejected": "Records that the last run could not understand, by module.",
    "last_run_customers_scored": "Customers that the last run scored.",
    "last_run_writes": "Records by what the last run did: written, unchanged, failed, deferred.",
    "last_success_timestamp_seconds": "When the last run that did all its work ended.",
    "source_stale": "1 for what figures are made from and could not be read, 0 for the rest.",
    "source_read_timestamp_seconds": "Until when each source of figures is known as a whole.",
    "dead_letters": "Records that failed: open ones are tried again, given up ones are not.",
    "customers": "Scored customers by segment.",
    "scores_as_of_timestamp_seconds": "The day that the scores describe, its midnight in UTC.",
}
"""Every metric without its prefix, with its help."""

WRITES = ("written", "unchanged", "failed", "deferred")


@dataclass(frozen=True)
class Sample:
    """One value of a metric."""

    metric: str
    labels: Mapping[str, str]
    value: float


def write(context: Context, run: Run) -> None:
    """Write the metrics file, where the settings name one; a file that cannot is logged."""
    file = context.settings.metrics_file
    if file is None:
        return
    private = is_within(file, context.settings.home)
    try:
        write_whole(file, exposition(gather(context, run)), private=private)
    except OSError as error:
        logger.warning("%s", text("jobs.metrics_unwritable", file=file, error=error))


def gather(context: Context, run: Run) -> list[Sample]:
    """Return every sample: of this run, of other commands' last ones, and of the mirror."""
    samples = [Sample("info", {"version": __version__}, 1), *_of_run(run)]
    try:
        with store_errors():
            samples += _of_history(context, run)
            samples += _of_sources(context)
            samples += _of_letters(context)
            samples += _of_scores(context)
    except StoreError as error:
        logger.warning("%s", text("jobs.metrics_without_mirror", error=error))
    return samples


def exposition(samples: Iterable[Sample]) -> str:
    """Return samples as text, grouped by metric, each group under its help and type."""
    groups: dict[str, list[Sample]] = {name: [] for name in HELP}
    for sample in samples:
        groups[sample.metric].append(sample)
    lines = []
    for name, group in groups.items():
        if group:
            lines += [f"# HELP {PREFIX}{name} {HELP[name]}", f"# TYPE {PREFIX}{name} gauge"]
            lines += [_line(sample) for sample in group]
    return "".join(f"{line}\n" for line in lines)


def _line(sample: Sample) -> str:
    labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in sample.labels.items())
    return f"{PREFIX}{sample.metric}{{{labels}}} {sample.value}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _of_run(run: Run) -> Iterator[Sample]:
    command = {"command": run.command}
    for result in RESULTS:
        labels = {**command, "result": result}
        yield Sample("last_run_result", labels, int(run.result == result))
    yield Sample("last_run_start_timestamp_seconds", command, run.started_at.timestamp())
    if run.finished_at:
        passed = (run.finished_at - run.started_at).total_seconds()
        yield Sample("last_run_duration_seconds", command, passed)
    for metric, figure, label in (
        ("last_run_stage_seconds", "seconds", "stage"),
        ("last_run_records_read", "pulled", "module"),
        ("last_run_records_deleted", "deleted", "module"),
        ("last_run_records_rejected", "rejected", "module"),
        ("last_run_customers_scored", "scored", "entity"),
    ):
        counts: Mapping[str, Any] = run.figures.get(figure, {})
        for key, count in counts.items():
            yield Sample(metric, {**command, label: key}, count)
    if run.figures:
        for outcome in WRITES:
            labels = {**command, "outcome": outcome}
            yield Sample("last_run_writes", labels, run.figures.get(outcome, 0))


def _of_history(context: Context, run: Run) -> Iterator[Sample]:
    seen, succeeded = {run.command}, set()
    # The newest first; the run that ended now is told by `run`, whatever could be recorded of it.
    for past in [run, *context.mirror.runs.history(LOOKED_BACK)]:
        if past.command not in seen:
            seen.add(past.command)
            yield from _of_run(past)
        if past.command in succeeded or past.result != "done" or not past.finished_at:
            continue
        # One that ended in the future did so while a clock was wrong.
        if past.finished_at <= (run.finished_at or run.started_at):
            succeeded.add(past.command)
            labels = {"command": past.command}
            ended = past.finished_at.timestamp()
            yield Sample("last_success_timestamp_seconds", labels, ended)


def _of_sources(context: Context) -> Iterator[Sample]:
    if not context.mirror.records.bookmarks():
        return
    wanted = figure_sources(context)
    stale = stale_sources(context).keys() | context.mirror.sources.stale_when_scored().keys()
    for source, moment in sorted(context.mirror.sources.read_at().items()):
        if source in wanted:
            labels = {"source": source}
            yield Sample("source_stale", labels, int(source in stale))
            yield Sample("source_read_timestamp_seconds", labels, moment.timestamp())


def _of_letters(context: Context) -> Iterator[Sample]:
    letters = context.mirror.dead_letters.frame()
    for direction in ("read", "write"):
        given_up = letters.loc[letters["direction"] == direction, "given_up"]
        for state, count in (("open", (~given_up).sum()), ("given_up", given_up.sum())):
            yield Sample("dead_letters", {"direction": direction, "state": state}, int(count))


def _of_scores(context: Context) -> Iterator[Sample]:
    scores = context.mirror.scores
    for entity in ENTITY_MODULES:
        if not scores.exist(entity):
            continue
        for segment, count in scores.by_segment(entity).items():
            yield Sample("customers", {"entity": entity, "segment": segment}, count)
        as_of = scores.as_of(entity)
        if as_of:
            midnight = datetime.combine(as_of, time(), UTC).timestamp()
            yield Sample("scores_as_of_timestamp_seconds", {"entity": entity}, midnight)
