"""The languages of the bridge's own texts, and a text in each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from suitecrm_bridge.errors import CatalogueError

FILE = "languages.toml"

Language = str
"""The key of a language in languages.toml."""


@dataclass(frozen=True)
class Manner:
    """How a language is written; languages.toml says what each word means."""

    suitecrm: str
    thousands: str
    decimal: str
    percent: str
    day: str
    month: str
    spreadsheet_day: str
    between: str
    sign_first: bool
    none_is_one: bool
    unbreakable: re.Pattern[str] | None

    def printed(self, words: str) -> str:
        """Return words with the spaces at which no line may break."""
        return self.unbreakable.sub("\u00a0", words) if self.unbreakable else words


@cache
def manners() -> Mapping[Language, Manner]:
    """Return how each language is written, in the order in which they are shown.

    Raises:
        CatalogueError: languages.toml lacks something, or has what is not known.
    """
    file = files("suitecrm_bridge.catalogue") / "data" / FILE
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {lang: _manner(lang, table) for lang, table in data.items()}


def _manner(lang: Language, table: dict[str, object]) -> Manner:
    wanted = {field.name: bool if field.type == "bool" else str for field in fields(Manner)}
    if {name: type(value) for name, value in table.items()} != wanted:
        raise CatalogueError(f"{FILE}: [{lang}] needs exactly {', '.join(wanted)}")
    pattern = str(table["unbreakable"])
    return Manner(**{**table, "unbreakable": re.compile(pattern) if pattern else None})  # type: ignore[arg-type]


LANGUAGES: tuple[Language, ...] = tuple(manners())


@dataclass(frozen=True)
class Translated:
    """One text in every language, in the order of `LANGUAGES`."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, **texts: str) -> Translated:
        """Return a text from what it is in each language."""
        return cls(tuple(manners()[lang].printed(texts[lang]) for lang in LANGUAGES))

    @classmethod
    def joined(cls, parts: Iterable[Translated]) -> Translated:
        """Return texts as one, with spaces between them."""
        return cls(tuple(map(" ".join, zip(*(part.texts for part in parts), strict=True))))

    def __getitem__(self, lang: Language) -> str:
        """Return the text in a language."""
        return self.texts[LANGUAGES.index(lang)]
