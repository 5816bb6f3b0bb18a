"""Write small files as a whole."""

from __future__ import annotations

import time
from pathlib import Path

PAUSES = (0.05, 0.2, 1.0)
"""Seconds to wait while a reader has the file open, which Windows does not let us replace."""


def write_whole(file: Path, content: str) -> None:
    """Write a file so that who reads it sees the old or the new content, never a part.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(content, encoding="utf-8", newline="\n")
    for pause in PAUSES:
        try:
            beside.replace(file)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    beside.replace(file)
