"""Logging to stderr, as text or as JSON, with the run's id and without secrets."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from textwrap import indent
from typing import Any

from suitecrm_bridge.harmless import harmless, in_json, in_line

MASK = "********"
TEXT_FORMAT = "%(asctime)s %(levelname)s %(name)s%(run)s %(message)s"
SHORT_ID = 8
INDENT = "    "

_BUILT_IN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "run"}

# Not a ContextVar: the threads that read and write for a run would not see it.
_run_id: list[str | None] = [None]


@contextmanager
def run(run_id: str) -> Iterator[None]:
    """Let every line logged in the block, by whichever thread, carry the id of the run."""
    before, _run_id[0] = _run_id[0], run_id
    try:
        yield
    finally:
        _run_id[0] = before


class Mask:
    """Makes secrets unreadable."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first: a secret within another must not leave the rest standing.
        self._values = sorted(set(secrets) - {""}, key=len, reverse=True)

    def __call__(self, line: str) -> str:
        """Return `line` with each secret masked."""
        for value in self._values:
            line = line.replace(value, MASK)
        return line


class TextFormatter(logging.Formatter):
    """A line for people: time, level, logger, the first digits of the run's id, message."""

    def __init__(self, mask: Mask) -> None:
        super().__init__(TEXT_FORMAT)
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback indented below it where there is one."""
        record.run = f" [{_run_id[0][:SHORT_ID]}]" if _run_id[0] else ""
        # Another formatter may have left its own form of it there.
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 — the library's name
        """Return one line, whatever the message quotes."""
        return in_line(self._mask(super().formatMessage(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the traceback, no line of which begins as one of the log's own."""
        return self._indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return the stack in the same way."""
        return self._indented(super().formatStack(stack_info))

    def _indented(self, lines: str) -> str:
        return indent(harmless(self._mask(lines)), INDENT)


class JsonFormatter(logging.Formatter):
    """A JSON object a line: time (UTC), level, logger, message, run_id, exception, extras."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Return the object; values are masked before JSON escapes what is in them."""
        moment = datetime.fromtimestamp(record.created, UTC)
        entry: dict[str, str | None] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._mask(record.getMessage()),
            "run_id": _run_id[0],
        }
        if record.exc_info:
            entry["exception"] = self._mask(self.formatException(record.exc_info))
        if record.stack_info:
            entry["stack"] = self._mask(record.stack_info)
        extras = {name: value for name, value in vars(record).items() if name not in _BUILT_IN}
        entry |= {name: self._mask(str(value)) for name, value in extras.items()}
        return in_json(json.dumps(entry, ensure_ascii=False))


_mask = [Mask(())]


def masked(words: str) -> str:
    """Return words with the secrets masked that the log was set up with, for other ways out."""
    return _mask[0](words)


FORMATTERS = {"text": TextFormatter, "json": JsonFormatter}


def set_up(verbosity: int, secrets: Iterable[str] = (), form: str = "text") -> None:
    """Send the bridge's log to stderr.

    Args:
        verbosity: below 0 only errors, 0 warnings, 1 what is done, 2 or more everything.
        secrets: values that must not appear.
        form: text or json.
    """
    levels = {0: logging.WARNING, 1: logging.INFO}
    level = logging.ERROR if verbosity < 0 else levels.get(verbosity, logging.DEBUG)
    handler = logging.StreamHandler(sys.stderr)
    _mask[0] = Mask(secrets)
    handler.setFormatter(FORMATTERS[form](_mask[0]))
    root = logging.getLogger("suitecrm_bridge")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
