"""What the texts of complaints are about: the names that people gave, and the words that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.own import Source, merged
from suitecrm_bridge.catalogue.tables import Table

FILE = "themes.toml"
LONGEST_TITLE = 100
"""Characters of the field `complaint_theme_c`."""

_BOUNDS = {
    "fewest": (2, 1_000_000),
    "most": (1, 50),
    "sample": (100, 1_000_000),
    "strength": (1, 100),
}


@dataclass(frozen=True)
class Theme:
    """A theme as it is kept from run to run.

    `weights` says how much each word stem speaks for it, as a vector of length 1; `words` are the
    strongest of them as people write them.
    """

    slug: str
    title: str
    weights: Mapping[str, float]
    words: tuple[str, ...]


@dataclass(frozen=True)
class NamedTheme:
    """What people say of a theme: its title, what it is about, or which one it belongs to."""

    title: str | None
    words: tuple[str, ...]
    into: str | None


@dataclass(frozen=True)
class ThemeRules:
    """Everything that themes.toml holds; `strength` is in hundredths."""

    named: Mapping[str, NamedTheme]
    words: Mapping[str, tuple[str, ...]]
    stop: frozenset[str]
    fewest: int
    most: int
    sample: int
    strength: int

    def place(self, slug: str) -> str:
        """Return the theme under which the cases of `slug` count."""
        named = self.named.get(slug)
        return slug if named is None or named.into is None else named.into


def theme_rules(own: Path | None = None, folder: Traversable | None = None) -> ThemeRules:
    """Return the rules of themes.toml, those of the installation's own file first.

    Args:
        own: the installation's file; one that is not there adds nothing.
        folder: where the shipped file is; default, the package.

    Raises:
        CatalogueError: a file cannot be read or used; the message names file, line and key.
    """
    return _rules(merged((folder or data_folder()) / FILE, own))


def _rules(source: Source) -> ThemeRules:
    source.allow({"themes", "finding", "words", "stop"})
    finding = source.table("finding")
    finding.allow(_BOUNDS)
    stop, words = source.table("stop"), source.table("words")
    named = {key: _named(key, table) for key, table in source.tables("themes").items()}
    for key, theme in named.items():
        if theme.into is not None and (theme.into == key or _goes_on(named.get(theme.into))):
            raise source.tables("themes")[key].fail(
                f"into must name a theme that counts itself, not {theme.into!r}"
            )
    return ThemeRules(
        named=named,
        words={key: words.texts(key) for key, _ in words.items()},
        stop=frozenset(word for key, _ in stop.items() for word in stop.texts(key)),
        **{name: finding.whole(name, *bounds) for name, bounds in _BOUNDS.items()},
    )


def _goes_on(theme: NamedTheme | None) -> bool:
    return theme is not None and theme.into is not None


def _named(key: str, table: Table) -> NamedTheme:
    table.allow({"title", "words", "into"})
    title, into = table.get("title", str, None), table.get("into", str, None)
    if (title is None) == (into is None):
        raise table.fail("needs either title or into")
    if title is not None and not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise table.fail(f"title must have 1 to {LONGEST_TITLE} characters")
    if into is not None and table.has("words"):
        raise table.fail("words are for a theme that counts itself, not for one with into")
    words = table.texts("words") if table.has("words") else ()
    if table.has("words") and not words:
        raise table.fail("words must not be empty; leave the line out to let the bridge find them")
    return NamedTheme(title.strip() if title else None, words, into)
