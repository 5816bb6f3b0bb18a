"""Time tasks against their baselines, interleaved, and show how they compare.

A suite is a file `bench_<name>.py`: `options(parser)` adds its arguments,
`tasks(options)` yields each `Task` when the one before has been timed (so that it may open and
close what the task needs around the `yield`), `TINY` holds options for a test of the suite itself.
The docstring says what is compared.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Work = Callable[[], Any]
"""Does the work once. An int that it returns is the number of items done; a `Took` says in how many
seconds, where those of the clock do not count."""


@dataclass(frozen=True)
class Took:
    """How long a work took by its own measure, say the processor's, and how many items it did."""

    seconds: float
    items: int


class CannotDo(Exception):
    """Raised by a contender that cannot do the task at all; the words say why."""


@dataclass(frozen=True)
class Task:
    """Work that several contenders do, on the same data.

    Args:
        name: what is done.
        baseline: label and work of what the others are compared with.
        others: label and work of each other contender.
        unit: what is counted where a work returns a number of items ("records"). Contenders
            that do different numbers are compared by items a second.
    """

    name: str
    baseline: tuple[str, Work]
    others: Sequence[tuple[str, Work]]
    unit: str = "items"


@dataclass
class Timing:
    """The rounds of one contender: seconds of each, items of one (None: not counted)."""

    label: str
    seconds: list[float] = field(default_factory=list)
    items: int | None = None
    failure: str | None = None

    @property
    def best(self) -> float:
        """Seconds of the quickest round."""
        return min(self.seconds)

    @property
    def cost(self) -> float:
        """Seconds an item, or a round where nothing is counted."""
        return self.best / max(self.items or 1, 1)


@dataclass(frozen=True)
class Result:
    """What a task's contenders took; the first is the baseline."""

    task: str
    unit: str
    timings: list[Timing]

    def ratio(self, timing: Timing) -> float | None:
        """Return how many times as fast as the baseline, None where one of them failed."""
        baseline = self.timings[0]
        if not baseline.seconds or not timing.seconds:
            return None
        return baseline.cost / timing.cost

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for a JSON file."""
        return {
            "task": self.task,
            "unit": self.unit,
            "contenders": [
                asdict(one)
                | {
                    "best": one.best if one.seconds else None,
                    "median": statistics.median(one.seconds) if one.seconds else None,
                    "ratio": self.ratio(one),
                }
                for one in self.timings
            ],
        }


def run(tasks: Iterable[Task], repeat: int) -> Iterator[Result]:
    """Time each task, `repeat` rounds; a round runs every contender once (A B A B).

    So what slows the machine down for a while slows all of them.
    """
    for task in tasks:
        timings = [Timing(label) for label, _ in (task.baseline, *task.others)]
        for number in range(repeat):
            for timing, (label, work) in zip(timings, (task.baseline, *task.others), strict=True):
                print(f"{task.name}: {label}, round {number + 1} of {repeat}", file=sys.stderr)
                _round(timing, work)
        yield Result(task.name, task.unit, timings)


def _round(timing: Timing, work: Work) -> None:
    if timing.failure is not None:
        return
    began = time.perf_counter()
    try:
        items = work()
    except CannotDo as error:
        timing.failure, timing.seconds = str(error), []
        return
    seconds = time.perf_counter() - began
    if isinstance(items, Took):
        seconds, items = items.seconds, items.items
    timing.seconds.append(seconds)
    timing.items = items if isinstance(items, int) else None


def table(results: Iterable[Result]) -> str:
    """Return the results as a table of text, a task a block."""
    lines = []
    for result in results:
        lines += ["", result.task]
        lines.append(f"  {'':<34}{'best s':>10}{'median s':>10}{'items/s':>12}{'ratio':>9}")
        lines += [f"  {_line(result, timing)}" for timing in result.timings]
    return "\n".join(lines).lstrip("\n")


def _line(result: Result, timing: Timing) -> str:
    if timing.failure is not None:
        return f"{timing.label:<34}cannot: {timing.failure}"
    median = statistics.median(timing.seconds)
    rate = f"{timing.items / timing.best:,.0f}" if timing.items else ""
    ratio = result.ratio(timing)
    against = "" if ratio is None else f"{ratio:,.0f}x" if ratio >= 100 else f"{ratio:.3g}x"
    return f"{timing.label:<34}{timing.best:>10.3f}{median:>10.3f}{rate:>12}{against:>9}"
