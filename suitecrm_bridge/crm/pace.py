"""How fast requests follow each other, whichever thread sends them."""

from __future__ import annotations

import math
import threading

from suitecrm_bridge.crm.retry import Timing

BURST = 4
"""Requests that may go at once after a rest; the others follow evenly spaced."""


class Pace:
    """Bounds the requests a second of all threads together, and holds them all when asked.

    Args:
        rate: requests a second.
        timing: clock and pause.
    """

    def __init__(self, rate: float, timing: Timing) -> None:
        self._interval = 1 / rate
        self._timing = timing
        self._lock = threading.Lock()
        self._next = self._held_until = -math.inf

    def wait(self) -> None:
        """Return when it is this request's turn."""
        held_until = None
        # A pause that was asked for meanwhile is meant for the requests in waiting as well.
        while held_until != self._held_until:
            pause, held_until = self._claim()
            if pause > 0:
                self._timing.sleep(pause)

    def hold(self, seconds: float) -> None:
        """Let no request begin before `seconds` have passed."""
        with self._lock:
            self._held_until = max(self._held_until, self._timing.monotonic() + seconds)
            self._next = max(self._next, self._held_until)

    @property
    def held(self) -> bool:
        """Whether a pause that was asked for is still running."""
        return self._timing.monotonic() < self._held_until

    def _claim(self) -> tuple[float, float]:
        """Take the next turn and return the seconds until then, and what is known of pauses."""
        with self._lock:
            now = self._timing.monotonic()
            earliest = max(now - (BURST - 1) * self._interval, self._held_until)
            self._next = max(self._next, earliest)
            pause = self._next - now
            self._next += self._interval
            return pause, self._held_until
