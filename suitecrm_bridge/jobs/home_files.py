"""What else than the mirror lies in the home folder, and names a person."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from suitecrm_bridge.files import replacing
from suitecrm_bridge.mirror import MIRROR_FILE
from suitecrm_bridge.mirror.lock import HOLDER_FILE

BY_LINE = (".csv", ".log", ".txt", ".jsonl")
"""Endings of files of which a line may go and the others stay."""
KEPT = (".env", ".toml")
"""Endings of files that people write: they are named, and never changed."""
_MARK, _MARK_AT = b"DUCK", 8
"""By what a file of DuckDB is known, and after how many bytes."""
_SHORTEST = 5
"""Characters of a name or number that may be looked for."""


def naming(home: Path, words: Collection[str]) -> list[Path]:
    """Return the files below `home`, but for the mirror, in which one of the words stands.

    They are looked for as HTML, JSON and CSV write them, in compressed files too. A copy of the
    mirror, which an upgrade leaves, packs its texts and is taken to name everybody.
    """
    wanted = _forms(words)
    return [file for file in _files(home) if _is_copy(file) or _holds(file.read_bytes(), wanted)]


def take_out(home: Path, words: Collection[str]) -> list[Path]:
    """Take the words out of those files: lines where a file has such, else the whole file.

    Return those in which they still stand, because people wrote the file.
    """
    wanted, left = _forms(words), []
    for file in naming(home, words):
        if file.suffix in KEPT:
            left.append(file)
        elif file.suffix in BY_LINE:
            lines = file.read_bytes().splitlines(keepends=True)
            with replacing(file, private=True) as opened:
                opened.writelines(line for line in lines if not _holds(line, wanted))
        else:
            file.unlink()
    return left


def _files(home: Path) -> Iterator[Path]:
    own = {MIRROR_FILE, f"{MIRROR_FILE}.wal", HOLDER_FILE}
    for file in sorted(home.rglob("*")):
        if file.is_file() and not file.is_symlink() and file.name not in own:
            yield file


def _is_copy(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(_MARK_AT + len(_MARK))[_MARK_AT:] == _MARK


def _forms(words: Collection[str]) -> set[str]:
    """Return the words as files may write them, in lower case."""
    found = set()
    for word in words:
        if len(word) >= _SHORTEST:
            escaped = json.dumps(word)[1:-1]
            found |= {word, html.escape(word), escaped, word.replace('"', '""')}
    return {word.lower() for word in found}


def _holds(content: bytes, wanted: Collection[str]) -> bool:
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return any(_holds(opened.read(name), wanted) for name in opened.namelist())
    said = content.decode("utf-8", "replace").lower()
    return any(word in said for word in wanted)
