"""Whether the home folder can be written, and its mirror be used."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from suitecrm_bridge.errors import LockedError, StoreError
from suitecrm_bridge.files import closing_command, open_to_others, private_folder
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.checks.finding import Finding, passed, title, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import MIRROR_FILE

FREE_SPACE_NEEDED = 1_000_000_000


def disk(context: Context) -> Iterator[Finding]:
    """Write a file, and look at the space that is left.

    Raises:
        StoreError: nothing can be written there.
    """
    home = context.settings.home
    try:
        private_folder(home)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"x")
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise StoreError(text("doctor.home_unusable", home=home, error=error)) from error
    size = number(free // 1_000_000)
    if free < FREE_SPACE_NEEDED:
        yield warned("disk", "disk_full", home=home, size=size)
    else:
        yield passed("disk", "disk_fine", home=home, size=size)
    yield from _rights(home)


def _rights(home: Path) -> Iterator[Finding]:
    try:
        wide = open_to_others(home)
    except OSError as error:
        yield warned("rights", "rights_unknown", home=home, error=error)
        return
    if wide:
        command = closing_command(home)
        yield warned("rights", "rights_wide", path=wide[0], count=len(wide), command=command)


def mirror(context: Context) -> Iterator[Finding]:
    """Open the mirror, where there is one already.

    Raises:
        StoreError: a sync could not use it.
    """
    if not (context.settings.home / MIRROR_FILE).exists():
        yield passed("mirror", "mirror_absent")
        return
    try:
        last = context.mirror.runs.last()
    except LockedError as error:
        yield warned("mirror", "mirror_in_use", error=error)
        return
    if last is None:
        yield passed("mirror", "mirror_absent")
    else:
        yield passed("mirror", "mirror_used", command=last.command, result=last.result)
        yield from _strangers(context)


def _strangers(context: Context) -> Iterator[Finding]:
    """Purchases that count for nobody make a customer look worse than they are."""
    source = context.choices.source(context.mirror)
    left_out = context.mirror.facts.skipped(source)
    for why in ("without_customer", "unknown_customer"):
        if count := left_out.get(why, 0):
            words = text(f"report.skipped_{source}_{why}", count=count, number=number(count))
            yield Finding("WARN", title("purchases"), words)
