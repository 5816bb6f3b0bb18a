"""Logging to stderr, without secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from suitecrm_bridge.settings import Secret

MASK = "********"
TEXT_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class SecretFilter(logging.Filter):
    """Masks every known secret in what is logged, exceptions included."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        super().__init__()
        self._values = sorted({s.reveal() for s in secrets if s}, key=len, reverse=True)

    def mask(self, line: str) -> str:
        """Return `line` with each secret masked."""
        for value in self._values:
            line = line.replace(value, MASK)
        return line

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record in place and let it pass."""
        record.msg, record.args = self.mask(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.mask(record.exc_text)
        return True


def set_up(verbosity: int, secrets: Iterable[Secret] = ()) -> None:
    """Send the bridge's log to stderr.

    Args:
        verbosity: below 0 only errors, 0 warnings, 1 what is done, 2 or more everything.
        secrets: values that must not appear.
    """
    levels = {0: logging.WARNING, 1: logging.INFO}
    level = logging.ERROR if verbosity < 0 else levels.get(verbosity, logging.DEBUG)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(TEXT_FORMAT))
    handler.addFilter(SecretFilter(secrets))
    root = logging.getLogger("suitecrm_bridge")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
