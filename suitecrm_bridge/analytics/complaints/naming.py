"""Names of themes that stay: what is found is matched to what is known, and people's names win."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize

from suitecrm_bridge.analytics.complaints.lexicon import Lexicon, by_words
from suitecrm_bridge.analytics.complaints.words import folded
from suitecrm_bridge.catalogue import Theme, ThemeRules

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.complaints.topics import Matrix

WORDS_KEPT = 20
_SAME = 0.5
"""Cosine from which two themes are one."""
_IN_A_TITLE, _IN_A_SLUG = 3, 2

Weights = Mapping[str, float]


def named_themes(
    lexicon: Lexicon, found: Matrix, known: Sequence[Theme], rules: ThemeRules
) -> tuple[Theme, ...]:
    """Return every theme that there now is, in the order of slugs.

    A topic that is like a known theme (cosine from 0.5, each theme one topic, so that the sum of
    the cosines is largest) keeps its slug and title and lends it its words; one that is like none
    becomes a theme of its own; a theme that no topic is like stays as it was. Titles and words
    that people gave stand above all of these.
    """
    standing = _by_people(lexicon, known, rules)
    topics = [_weights(lexicon, row) for row in found]
    likeness = np.array(
        [[_likeness(theme, topic, rules) for topic in topics] for theme in standing]
    ).reshape(len(standing), len(topics))
    pairs = _paired(likeness)
    themes = [
        _refreshed(theme, topics[pairs[place]] if place in pairs else None, lexicon, rules)
        for place, theme in enumerate(standing)
    ]
    for place, topic in enumerate(topics):
        alike = likeness[:, place].max(initial=0.0)
        if place not in pairs.values() and alike < _SAME:
            themes.append(_new(topic, lexicon, {theme.slug for theme in themes}))
    return tuple(sorted(themes, key=lambda theme: theme.slug))


def _by_people(lexicon: Lexicon, known: Sequence[Theme], rules: ThemeRules) -> list[Theme]:
    """Return the known themes with people's titles and words, and people's own themes."""
    themes = {theme.slug: theme for theme in known}
    for slug, named in rules.named.items():
        old = themes.get(slug)
        if named.words:
            stems = lexicon.asked(named.words)
            weights = dict.fromkeys(stems, 1 / math.sqrt(max(1, len(stems))))
            themes[slug] = Theme(slug, named.title or slug, weights, named.words)
        elif old is not None and named.title is not None:
            themes[slug] = replace(old, title=named.title)
    return list(themes.values())


def _weights(lexicon: Lexicon, row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Weights:
    strongest = [place for place in np.argsort(-row, kind="stable")[:WORDS_KEPT] if row[place] > 0]
    length = float(np.linalg.norm(row[strongest]))
    return {lexicon.stems[place]: round(float(row[place]) / length, 6) for place in strongest}


def _likeness(theme: Theme, topic: Weights, rules: ThemeRules) -> float:
    if by_words(theme, rules):
        return math.sqrt(sum(weight**2 for stem, weight in topic.items() if stem in theme.weights))
    return sum(weight * theme.weights.get(stem, 0.0) for stem, weight in topic.items())


def _paired(likeness: Matrix) -> dict[int, int]:
    """Return which topic each theme takes."""
    worth = np.where(likeness >= _SAME, likeness, 0.0)
    rows, columns = optimize.linear_sum_assignment(-worth)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if worth[row, column] > 0}


def _refreshed(theme: Theme, topic: Weights | None, lexicon: Lexicon, rules: ThemeRules) -> Theme:
    if topic is None or by_words(theme, rules):
        return theme
    return replace(theme, weights=topic, words=_written(topic, lexicon))


def _new(topic: Weights, lexicon: Lexicon, taken: Iterable[str]) -> Theme:
    words = _written(topic, lexicon)
    base = "-".join(folded(word) for word in words[:_IN_A_SLUG])
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, 1000))
    slug = next(name for name in names if name not in taken)
    return Theme(slug, ", ".join(words[:_IN_A_TITLE]).capitalize(), topic, words)


def _written(topic: Weights, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(lexicon.written.get(stem, stem) for stem in topic)
