"""One table of a data file, and the rules that every table obeys."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Collection
from importlib.resources.abc import Traversable
from typing import Any

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.errors import CatalogueError


class Table:
    """One table of a data file: takes its keys out and complains with file and key."""

    def __init__(self, file: str, key: str, data: Any) -> None:
        self.where = f"{file}: [{key}]"
        if not isinstance(data, dict):
            raise CatalogueError(f"{self.where} must be a table, not {data!r}")
        self._data = dict(data)

    def fail(self, problem: str) -> CatalogueError:
        """Return the error that names the file and this table."""
        return CatalogueError(f"{self.where}: {problem}")

    def allow(self, keys: Collection[str]) -> None:
        """Refuse every key that is not in `keys`."""
        unknown = sorted(set(self._data) - set(keys))
        if unknown:
            raise self.fail(f"unknown key {', '.join(unknown)}; allowed are {sorted(keys)}")

    def get(self, key: str, kind: type, default: Any = ...) -> Any:
        """Return a value of the type `kind`; without a default it must be there."""
        value = self._data.get(key, default)
        if value is ...:
            raise self.fail(f"{key} is missing")
        if value is not default and (
            not isinstance(value, kind) or isinstance(value, bool) != (kind is bool)
        ):
            raise self.fail(f"{key} must be of type {kind.__name__}, not {value!r}")
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of `allowed`."""
        value: str = self.get(key, str)
        if value not in allowed:
            raise self.fail(f"{key} is {value!r}; allowed are {sorted(allowed)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty or twice."""
        values = self.get(key, list)
        good = {value for value in values if isinstance(value, str) and value.strip()}
        if len(good) != len(values):
            raise self.fail(f"{key} must be a list of texts, none of them empty or twice")
        return tuple(values)

    def whole(self, key: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        value: int = self.get(key, int)
        if not least <= value <= most:
            raise self.fail(f"{key} must be from {least} to {most}, not {value}")
        return value

    def translated(self, key: str) -> Translated:
        """Return a text in every language."""
        return translated(f"{self.where}: {key}", self.get(key, dict))

    def items(self) -> list[tuple[str, Any]]:
        """Return every key with its value."""
        return list(self._data.items())

    def is_list(self, key: str) -> bool:
        """Return whether a value is there and is a list."""
        return isinstance(self._data.get(key), list)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return key in self._data

    def identifier(self, key: str) -> str:
        """Return a name that may stand in SQL as it is."""
        return self.check_identifier(key, self.get(key, str))

    def check_identifier(self, key: str, name: str) -> str:
        """Return `name` where it may stand in SQL as it is."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise self.fail(f"{key} {name!r} is not lower case letters, digits and _")
        return name


def read(file: Traversable) -> dict[str, Any]:
    """Return what a data file holds."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{file.name}: {error}") from error


def translated(where: str, data: Any) -> Translated:
    """Return the text in `data`, which must hold every language and nothing else."""
    if not isinstance(data, dict) or set(data) != set(LANGUAGES):
        raise CatalogueError(f"{where} needs exactly the languages {', '.join(LANGUAGES)}")
    for lang, text in data.items():
        if not isinstance(text, str) or not text.strip() or text != text.strip():
            raise CatalogueError(f"{where}.{lang} must be a text without spaces around it")
    placeholders = {lang: _placeholders(where, text) for lang, text in data.items()}
    first, *others = LANGUAGES
    for lang in others:
        if placeholders[lang] != placeholders[first]:
            raise CatalogueError(
                f"{where}: {first} has the placeholders {sorted(placeholders[first])}, "
                f"{lang} has {sorted(placeholders[lang])}"
            )
    return Translated.of(**data)


def _placeholders(where: str, text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CatalogueError(f"{where}: {error} in {text!r}") from error
