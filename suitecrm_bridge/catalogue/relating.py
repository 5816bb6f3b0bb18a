"""What the relation beside buying is judged by: signals of engagement, words of wishes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from suitecrm_bridge.catalogue.languages import Translated
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.own import merged
from suitecrm_bridge.catalogue.tables import Table

ENGAGEMENT, WISHES, LETTING_GO = "engagement.toml", "wishes.toml", "letting_go.toml"
MOST_POINTS = 100
_MOST_TIMES = 1_000


@dataclass(frozen=True)
class Signal:
    """A sign of engagement: how many points it brings at most, and how often brings them all."""

    points: int
    times: int


@dataclass(frozen=True)
class Theme:
    """Something that customers wish for: what it is called, and the words that tell."""

    title: Translated
    words: tuple[str, ...]


@dataclass(frozen=True)
class Wishes:
    """The words by which ideas and wants are known, and the themes of wishes by key."""

    ideas: tuple[str, ...]
    wants: tuple[str, ...]
    themes: Mapping[str, Theme]


def engagement_signals(
    folder: Traversable | None = None, own: Path | None = None
) -> Mapping[str, Signal]:
    """Return the signals of engagement, those of the installation's own file first.

    Args:
        folder: where engagement.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: a signal is unknown, a number is out of range, or all points together are
            none or more than 100.
    """
    file = (folder or data_folder()) / ENGAGEMENT
    shipped, source = merged(file, None), merged(file, own)
    source.allow(shipped.names())
    found = {}
    for name in shipped.names():
        table = source.table(name)
        table.allow({"points", "times"})
        points, times = table.whole("points", 0, MOST_POINTS), table.whole("times", 1, _MOST_TIMES)
        found[name] = Signal(points, times)
    sum_of_all = sum(signal.points for signal in found.values())
    if not 1 <= sum_of_all <= MOST_POINTS:
        raise source.table(next(iter(found))).fail(
            f"the points of all signals come to {sum_of_all}; they must come to 1 to {MOST_POINTS}"
        )
    return found


def fixed_percent(folder: Traversable | None = None, own: Path | None = None) -> int:
    """Return how much of the cost of serving a customer goes on when they leave, in percent.

    Args:
        folder: where letting_go.toml is; default, the package.
        own: the installation's file; one that is not there adds nothing.

    Raises:
        CatalogueError: it is no whole number from 0 to 100.
    """
    source = merged((folder or data_folder()) / LETTING_GO, own)
    source.allow({"assumptions"})
    table = source.table("assumptions")
    table.allow({"fixed_percent"})
    return table.whole("fixed_percent", 0, 100)


def wish_rules(folder: Traversable | None = None, own: Path | None = None) -> Wishes:
    """Return the words of ideas and wishes, those of the installation's own file first.

    Args:
        folder: where wishes.toml is; default, the package.
        own: the installation's file; it may change a theme, add one, or name other words of ideas.

    Raises:
        CatalogueError: a theme lacks its title or its words, or a word is none.
    """
    source = merged((folder or data_folder()) / WISHES, own)
    source.allow({"ideas", "wants", "themes"})
    known = [source.table(name) for name in ("ideas", "wants")]
    for table in known:
        table.allow({"words"})
    themes = {}
    for key, table in source.tables("themes").items():
        table.allow({"title", "words"})
        if table.check_identifier("the name", key) in ("ideas", "wants"):
            raise table.fail(f"{key} is no theme, but what tells a wish")
        themes[key] = Theme(table.translated("title"), _words(table))
    return Wishes(_words(known[0]), _words(known[1]), themes)


def _words(table: Table) -> tuple[str, ...]:
    words = [" ".join(_plain(word).split()) for word in table.texts("words")]
    if not words or not all(words):
        raise table.fail("words must be a list of words with a letter or digit each")
    return tuple(dict.fromkeys(words))


def _plain(word: str) -> str:
    """Return a word as texts are held against it: small letters and digits, else spaces."""
    letters = unicodedata.normalize("NFD", word.lower())
    kept = (one for one in letters if not unicodedata.combining(one))
    return "".join(one if one.isalnum() else " " for one in kept)
