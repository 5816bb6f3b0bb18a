"""Files of deliveries: one for each wave and day, in which nobody stands who stands in another.

A file appears under its name once the mirror knows that it was made. So whoever fetches it has
something that is never written again, and a run that is killed anywhere leaves either what the next
one completes or what it writes anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count, groupby
from pathlib import Path

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.programmes.deliveries import Delivery

UNFINISHED = ".unfinished"
"""Ends the name of a file that nobody may fetch yet."""


def hand_out(
    context: Context,
    due: Callable[[], Sequence[Delivery]],
    folder: Path,
    ending: str,
    write: Callable[[Path, Sequence[Delivery]], None],
) -> int:
    """Write what is due over a channel into files of a folder; return how much was.

    Args:
        context: whose mirror and clock.
        due: returns what is to be written now.
        folder: where the files go.
        ending: of their names, without a dot.
        write: writes some deliveries into a file.

    Raises:
        StoreError: a file cannot be written.
    """
    deliveries = context.mirror.programmes.deliveries
    try:
        _settle(context, folder)
        pending = sorted(due(), key=_of_wave)
        for (programme, wave), group in groupby(pending, key=_of_wave):
            context.stop.check()
            batch = list(group)
            keys = [one.key for one in batch]
            file = _fresh(context, folder, f"{programme}-{wave}-{context.today()}", ending)
            unfinished = file.with_name(file.name + UNFINISHED)
            deliveries.sending(keys, file.name, context.clock())
            write(unfinished, batch)
            deliveries.made(keys, context.today())
            finish(unfinished, file)
    except OSError as error:
        raise StoreError(text("programmes.no_file", folder=folder, error=error)) from error
    return len(pending)


def finish(unfinished: Path, file: Path) -> None:
    """Give a file the name under which it may be fetched."""
    unfinished.replace(file)


def _of_wave(delivery: Delivery) -> tuple[str, str]:
    return delivery.programme, delivery.wave


def _settle(context: Context, folder: Path) -> None:
    """Complete what a killed run has made, and take away what it has not."""
    for unfinished in sorted(folder.glob(f"*{UNFINISHED}")):
        name = unfinished.name.removesuffix(UNFINISHED)
        if context.mirror.programmes.deliveries.is_made(name):
            finish(unfinished, folder / name)
        else:
            unfinished.unlink()


def _fresh(context: Context, folder: Path, name: str, ending: str) -> Path:
    """Return a file that there was never yet."""
    for number in count(1):
        file = folder / (f"{name}.{ending}" if number == 1 else f"{name}-{number}.{ending}")
        if not file.exists() and not context.mirror.programmes.deliveries.is_made(file.name):
            return file
    raise AssertionError
