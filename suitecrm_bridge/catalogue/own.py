"""Data files of two parts: the shipped one, and the installation's own, which wins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError


class Source:
    """The tables of two files as one; a complaint names the file, and the line of the table."""

    def __init__(self, files: list[tuple[str, str]], instead: Collection[str] = ()) -> None:
        self._instead = frozenset(instead)
        self._data = [(shown, text, _parsed(shown, text)) for shown, text in files]

    def names(self) -> list[str]:
        """Return the names of the tables, each once."""
        return list(dict.fromkeys(name for _, _, data in self._data for name in data))

    def allow(self, keys: Collection[str]) -> None:
        """Refuse every table that is not in `keys`."""
        for shown, text, data in self._data:
            for key in data:
                if key not in keys:
                    raise CatalogueError(
                        f"{_at(shown, text, key)}: [{key}] is unknown; allowed are {sorted(keys)}"
                    )

    def table(self, name: str) -> Table:
        """Return a table, each key as the last file that has it says."""
        found: dict[str, Any] = {}
        where = name
        for shown, text, data in self._data:
            if name in data:
                where = _at(shown, text, name)
                given = dict(Table(where, name, data[name]).items())
                if self._instead & given.keys():
                    found = {key: one for key, one in found.items() if key not in self._instead}
                found |= given
        return Table(where, name, found)

    def tables(self, name: str, *, new_first: bool = False) -> dict[str, Table]:
        """Return the tables in a table: `[name.key]`, each as the last file that has it says.

        Those that only a later file has come last, or with `new_first` first.
        """
        found: dict[str, Table] = {}
        for shown, text, data in self._data:
            new: dict[str, Table] = {}
            for key, value in Table(_at(shown, text, name), name, data.get(name, {})).items():
                table = Table(_at(shown, text, f"{name}.{key}"), f"{name}.{key}", value)
                (found if key in found else new)[key] = table
            found = {**new, **found} if new_first else {**found, **new}
        return found


def merged(shipped: Traversable | None, own: Path | None, instead: Collection[str] = ()) -> Source:
    """Read a shipped file and the installation's own; one that is not there adds nothing.

    Args:
        shipped: the file of the package; None where the installation's own stands alone.
        own: the installation's.
        instead: keys that say the same in several ways: a table with one of them has none of the
            shipped others.

    Raises:
        CatalogueError: a file is no TOML, or cannot be read.
    """
    files = [] if shipped is None else [(shipped.name, _text(shipped.name, shipped))]
    if own is not None and own.is_file():
        files.append((str(own), _text(str(own), own)))
    return Source(files, instead)


def _text(shown: str, file: Traversable | Path) -> str:
    try:
        # Windows' editors may put a mark at the beginning.
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{shown}: {error}") from error


def _parsed(shown: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{shown}: {error}") from error


def _at(shown: str, text: str, name: str) -> str:
    """Return the file with the line on which the table begins, where it has a line of its own."""
    wanted = name.replace('"', "").replace("'", "")
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[([^\]]+)\]", line)
        if head and re.sub(r"[\"'\s]", "", head[1]) == re.sub(r"\s", "", wanted):
            return f"{shown}, line {number}"
    return shown
