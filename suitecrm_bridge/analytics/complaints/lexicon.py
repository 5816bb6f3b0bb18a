"""The words of a base: how much each says, and how like a theme a text is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from suitecrm_bridge.analytics.complaints.words import Reader
from suitecrm_bridge.catalogue import Theme, ThemeRules

_FEWEST = 3
_FEWEST_OF = 500
"""A word must stand in this many texts, and in one of this many, to say anything."""
_COMMONEST = 0.6
"""A word that stands in more than this share of the texts tells none of them from the others."""

Whole = np.ndarray[tuple[int], np.dtype[np.int64]]


class Lexicon:
    """What the words of texts weigh (tf-idf), learnt from a sample.

    `weights` is the sample as a sparse matrix, a row of length 1 for each text; `stems` are its
    columns, `written` tells how each is mostly written.

    Args:
        reader: turns a text into stems.
        texts: the sample.
        rules: people's own words, which count however rare they are.
    """

    def __init__(self, reader: Reader, texts: Sequence[str], rules: ThemeRules) -> None:
        # Slow to import, and only those who look for themes need it.
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.reader = reader
        self.written = reader.written(texts)
        read = [reader.stems(text) for text in texts]
        counts = Counter(stem for stems in read for stem in set(stems))
        least, most = max(_FEWEST, len(texts) // _FEWEST_OF), _COMMONEST * len(texts)
        asked = (stem for named in rules.named.values() for stem in self.asked(named.words))
        usual = (stem for stem, count in counts.items() if least <= count <= most)
        self.stems = sorted({*usual, *asked})
        self._model = TfidfVectorizer(
            analyzer=_itself, vocabulary=self.stems or [""], sublinear_tf=True
        )
        self.weights = self._model.fit_transform(read)

    def asked(self, words: Sequence[str]) -> list[str]:
        """Return the stems of people's own words."""
        return sorted({stem for word in words for stem in self.reader.stems(word)})

    def likeness(
        self, texts: Sequence[str], themes: Sequence[Theme], rules: ThemeRules
    ) -> tuple[Whole, Whole]:
        """Return of each text the place of the theme that it is most like, and how like it is.

        The likeness is the cosine of the two, in ten-thousandths; with a theme by people's words,
        the cosine with the best mixture of these words.
        """
        scores = np.zeros((len(texts), max(1, len(themes))))
        rows = self._model.transform([self.reader.stems(text) for text in texts])
        for place, theme in enumerate(themes):
            column = np.array([theme.weights.get(stem, 0.0) for stem in self.stems or [""]])
            if by_words(theme, rules):
                scores[:, place] = np.sqrt(rows.multiply(rows) @ (column > 0).astype(float))
            else:
                scores[:, place] = rows @ column
        whole = np.rint(10_000 * scores).astype(np.int64)
        best = whole.argmax(axis=1)
        return best, whole[np.arange(len(texts)), best]


def by_words(theme: Theme, rules: ThemeRules) -> bool:
    """Tell whether people said by which words a theme is known."""
    named = rules.named.get(theme.slug)
    return named is not None and bool(named.words)


def _itself(stems: Any) -> Any:
    return stems
