"""The bridge in a process of its own, as `suitecrm-bridge` runs, with other clocks.

Nothing but the time differs: the bridge's clock may be ahead, and its pauses are short.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

LONGEST_PAUSE = 0.005
"""Seconds."""
DIES_AT = "CHAOS_DIES_AT"
"""Before which step of programmes and deliveries the process dies, as if it were killed there."""


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
        if name.startswith(("SUITECRM_", "BRIDGE_", "CHAOS_")):
            del os.environ[name]
    os.environ.update(environment)
    _redirect(output)

    from suitecrm_bridge.cli import main
    from suitecrm_bridge.crm import Timing
    from suitecrm_bridge.jobs import context

    def hurried(*, sleep: Callable[[float], None], **others: Any) -> Timing:
        return Timing(sleep=lambda seconds: sleep(min(seconds, LONGEST_PAUSE)), **others)

    context.Timing = hurried
    context.Context = partial(context.Context, clock=lambda: datetime.now(UTC) + ahead)
    if DIES_AT in environment:
        _die_at(int(environment[DIES_AT]))
    main(list(arguments), prog_name="suitecrm-bridge")


def _die_at(step: int) -> None:
    """Let the process die right before one of the steps that no request goes with."""
    from suitecrm_bridge.jobs import delivery_files, webhooks
    from suitecrm_bridge.mirror.programmes.coupons import Coupons
    from suitecrm_bridge.mirror.programmes.deliveries import Deliveries
    from suitecrm_bridge.mirror.programmes.lists import TargetLists
    from suitecrm_bridge.mirror.programmes.states import Programmes
    from suitecrm_bridge.report import rendering

    left = count(step, -1)

    def dying(way: Callable[..., Any]) -> Callable[..., Any]:
        def step_or_die(*given: Any, **named: Any) -> Any:
            if next(left) == 0:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
            return way(*given, **named)

        return step_or_die

    places: Sequence[tuple[Any, Sequence[str]]] = (
        (Deliveries, ("sending", "made")),
        (TargetLists, ("answered", "note", "place")),
        (Programmes, ("accept",)),
        (Coupons, ("give",)),
        (delivery_files, ("finish", "_settle")),
        (rendering, ("write_file",)),
        (webhooks, ("write_whole",)),
    )
    for place, names in places:
        for name in names:
            setattr(place, name, dying(getattr(place, name)))


def _redirect(output: Path) -> None:
    for stream, file in ((sys.stdout, output), (sys.stderr, output.with_suffix(".err"))):
        opened = file.open("w", encoding="utf-8")
        os.dup2(opened.fileno(), stream.fileno())
        stream.reconfigure(encoding="utf-8", errors="replace")
