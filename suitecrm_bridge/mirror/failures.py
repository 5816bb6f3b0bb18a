"""The words for what goes wrong in DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.i18n import text

# DuckDB passes the system's own words on; in another language than these, people read them whole.
_FULL = re.compile(
    r"no space left|not enough space|disk full|disk quota|file too large|offload data block", re.I
)


def explained(error: duckdb.Error) -> StoreError:
    """Return the error that tells people what to do about DuckDB's."""
    words = str(error)
    if _FULL.search(words):
        return StoreError(text("mirror.full", error=words))
    return StoreError(text("mirror.failed", error=words))


@contextmanager
def store_errors() -> Iterator[None]:
    """Raise a StoreError in the place of any error of DuckDB's."""
    try:
        yield
    except duckdb.Error as error:
        raise explained(error) from error
