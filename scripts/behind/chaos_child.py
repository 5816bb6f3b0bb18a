"""The bridge in a process of its own, as `suitecrm-bridge` runs, with other clocks.

Nothing but the time differs: the bridge's clock may be ahead, and its pauses are short.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

LONGEST_PAUSE = 0.005
"""Seconds."""


def run(
    arguments: Sequence[str], environment: Mapping[str, str], ahead: timedelta, output: Path
) -> None:
    """Run the command line and exit with its code; what it says goes to two files.

    Args:
        arguments: of the command line.
        environment: the settings.
        ahead: of the right time.
        output: standard output goes there, standard error beside it with the ending .err.
    """
    for name in list(os.environ):
        if name.startswith(("SUITECRM_", "BRIDGE_")):
            del os.environ[name]
    os.environ.update(environment)
    _redirect(output)

    from suitecrm_bridge.cli import app, main
    from suitecrm_bridge.crm import Timing
    from suitecrm_bridge.jobs import context

    def hurried(*, sleep: Callable[[float], None], **others: Any) -> Timing:
        return Timing(sleep=lambda seconds: sleep(min(seconds, LONGEST_PAUSE)), **others)

    context.Timing = hurried
    app.Context = partial(app.Context, clock=lambda: datetime.now(UTC) + ahead)
    main(list(arguments), prog_name="suitecrm-bridge")


def _redirect(output: Path) -> None:
    for stream, file in ((sys.stdout, output), (sys.stderr, output.with_suffix(".err"))):
        opened = file.open("w", encoding="utf-8")
        os.dup2(opened.fileno(), stream.fileno())
        stream.reconfigure(encoding="utf-8", errors="replace")
