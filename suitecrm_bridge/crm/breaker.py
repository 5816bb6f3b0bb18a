"""When to stop asking a SuiteCRM that no longer answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from suitecrm_bridge.crm.faults import RequestInfo
from suitecrm_bridge.crm.retry import Timing
from suitecrm_bridge.errors import (
    ApiError,
    BrokenAnswer,
    CrmDown,
    CrmUnreachable,
    RateLimited,
    RetriableApiError,
    ServerFailure,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.patience import MOST_FAILURES


class Breaker:
    """Tells a request that fails from a SuiteCRM that fails.

    After a request failed for good it asks for a sign of life: without one every later request
    fails at once, so that a run ends instead of waiting for each of its records.

    Args:
        sign_of_life: sends one small request once, and raises what comes of it.
        timing: the clock.
    """

    def __init__(self, sign_of_life: Callable[[], object], timing: Timing) -> None:
        self._sign_of_life = sign_of_life
        self._clock = timing.monotonic
        self._lock = threading.Lock()
        self._judging = threading.Lock()
        self._failed: set[RequestInfo] = set()
        self._answered_at = timing.monotonic()
        self._down: CrmDown | None = None

    def check(self) -> None:
        """Refuse to go on after SuiteCRM was found to be down.

        Raises:
            CrmDown: it was.
        """
        if self._down is not None:
            raise _copy(self._down)

    @contextmanager
    def watch(self, asked: RequestInfo) -> Iterator[None]:
        """Judge what comes of a request, its repetitions included.

        Raises:
            CrmDown: in the place of a passing fault, where SuiteCRM gives no sign of life.
        """
        self.check()
        try:
            yield
        except CrmDown:
            raise
        except RetriableApiError as error:
            self._judge(asked, error)
            raise
        except ApiError:
            self._answered()
            raise
        self._answered()

    def _answered(self) -> None:
        with self._lock:
            self._failed.clear()
            self._answered_at = self._clock()

    def _judge(self, asked: RequestInfo, error: RetriableApiError) -> None:
        with self._judging:
            self.check()
            with self._lock:
                self._failed.add(asked)
                many = len(self._failed) >= MOST_FAILURES
            if many or not (isinstance(error, RateLimited) or self._lives()):
                self._down = self._verdict(asked, error, many=many)
                raise self._down from error

    def _lives(self) -> bool:
        began = self._clock()
        try:
            self._sign_of_life()
        except (CrmUnreachable, ServerFailure, BrokenAnswer):
            # Meanwhile another thread may have got an answer.
            return self._answered_at > began
        except ApiError:
            return True
        return True

    def _verdict(self, asked: RequestInfo, error: RetriableApiError, *, many: bool) -> CrmDown:
        what = f"{asked.method} {asked.where}"
        if many:
            message = text("crm.down_many", count=len(self._failed), what=what, error=error)
        else:
            seconds = round(self._clock() - self._answered_at)
            message = text("crm.down", what=what, error=error, seconds=seconds)
        return CrmDown(message, status=error.status, detail=error.detail, module=asked.module)


def _copy(error: CrmDown) -> CrmDown:
    return CrmDown(str(error), status=error.status, detail=error.detail, module=error.module)
