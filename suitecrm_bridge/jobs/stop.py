"""How a run is asked to stop: what is in flight is finished and recorded, then it ends."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from suitecrm_bridge.errors import Stopped
from suitecrm_bridge.i18n import text

logger = logging.getLogger(__name__)

SIGNALS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name)
]
SHORT = 1.0
"""Seconds of a pause that belongs to what is in flight and is not cut short."""


class Stop:
    """The wish to stop. Threads may look at it and wait for it."""

    def __init__(self) -> None:
        self._wish = threading.Event()
        self._signalled = False

    def is_set(self) -> bool:
        """Return whether the run is asked to stop."""
        return self._wish.is_set()

    def set(self) -> None:
        """Ask the run to stop."""
        self._wish.set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until asked to stop; return whether that was asked."""
        return self._wish.wait(seconds)

    def check(self) -> None:
        """Raise Stopped when the run is asked to stop."""
        if self.is_set():
            raise Stopped(text("jobs.stopped"))

    def sleep(self, seconds: float) -> None:
        """Pause between two requests; a long pause ends with Stopped when asked to stop."""
        if seconds <= SHORT:
            time.sleep(seconds)
        elif self.wait(seconds):
            self.check()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let SIGTERM and Ctrl-C ask to stop in the block, and end the process the second time."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._signal) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signal(self, number: int, frame: FrameType | None) -> None:
        if self._signalled:
            # The mirror's file survives that; whoever asks twice does not want to wait.
            os._exit(Stopped.exit_code)
        self._signalled = True
        # The code that was interrupted may hold the lock of the event, or of the log.
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        self.set()
        logger.warning("%s", text("jobs.stopping"))
