"""Progress on stderr: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.progress import Silent

# Rich is imported where it shows something: a quiet run needs none of it.
if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

logger = logging.getLogger(__name__)


class Bars:
    """A bar for each stage."""

    def __init__(self, console: Console) -> None:
        from rich import progress

        self._bars = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            console=console,
        )
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int | None) -> None:
        """Show a new bar."""
        if self._task is None:
            self._bars.start()
        self._task = self._bars.add_task(stage, total=total)

    def advance(self, count: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bars.advance(self._task, count)

    def end(self) -> None:
        """Fill the bar: what was there is done, whatever the estimate said."""
        if self._task is not None:
            done = self._bars.tasks[self._task].completed
            self._bars.update(self._task, total=done, completed=done)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._bars.stop()


class Lines:
    """A line at the end of each stage."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stage = ""
        self._count = 0

    def begin(self, stage: str, total: int | None) -> None:
        """Remember the stage."""
        self._stage, self._count = stage, 0

    def advance(self, count: int) -> None:
        """Count."""
        self._count += count

    def end(self) -> None:
        """Say what was done."""
        line = in_line(text("cli.stage_done", stage=self._stage, count=number(self._count)))
        self._console.print(line, markup=False, highlight=False, emoji=False)

    def close(self) -> None:
        """Nothing is left open."""


def watching(*, quiet: bool) -> Bars | Lines | Silent:
    """Return the progress that fits where stderr goes."""
    if quiet:
        return Silent()
    from rich.console import Console

    console = Console(stderr=True)
    return Bars(console) if console.is_terminal else Lines(console)
