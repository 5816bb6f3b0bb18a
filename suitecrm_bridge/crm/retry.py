"""When to try again, and how long to wait before."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from suitecrm_bridge import patience
from suitecrm_bridge.errors import RetriableApiError

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """The clock, the pause and the dice, so that tests neither wait nor gamble.

    `stopping` tells whether the run is asked to stop.
    """

    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random
    monotonic: Callable[[], float] = time.monotonic
    stopping: Callable[[], bool] = lambda: False


class Retry:
    """Repeats what failed temporarily, as often and after such pauses as `patience.py` says.

    Args:
        times: how often to try again after the first failure.
        timing: clock, pause and chance.
        asked_to_wait: told the seconds when the server itself asks for a pause.
    """

    def __init__(
        self,
        times: int,
        timing: Timing,
        asked_to_wait: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._times = times
        self._timing = timing
        self._asked_to_wait = asked_to_wait

    def __call__(self, attempt: Callable[[], T], what: str) -> T:
        """Return what `attempt` returns, trying again after a RetriableApiError."""
        for done in range(self._times):
            try:
                return self._attempt(attempt)
            except RetriableApiError as error:
                if error.most_again is not None and done >= error.most_again:
                    raise
                pause = self._pause(error, done)
                log.info(
                    "%s: %s Trying again in %.1f s (%d of %d).",
                    what,
                    error,
                    pause,
                    done + 1,
                    self._times,
                )
            self._timing.sleep(pause)
        return self._attempt(attempt)

    def _attempt(self, attempt: Callable[[], T]) -> T:
        try:
            return attempt()
        except RetriableApiError as error:
            if error.retry_after is not None:
                self._asked_to_wait(_asked(error.retry_after))
            raise

    def _pause(self, error: RetriableApiError, done: int) -> float:
        if error.retry_after is not None:
            return _asked(error.retry_after)
        return patience.request_pause(done, self._timing.random())


def _asked(seconds: float) -> float:
    return min(max(seconds, 0.0), patience.LONGEST_ASKED)
