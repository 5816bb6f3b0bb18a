"""Texts as words: without markup, addresses and numbers, French and English alike."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from suitecrm_bridge.catalogue import ThemeRules

_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^<>]*>", re.I | re.S)
_ADDRESS = re.compile(r"\S*@\S*|\b(?:https?://|www\.)\S*", re.I)
_WORD = re.compile(r"\w+")
_SHORTEST = 3
_ACCENT = re.compile("[\u0300-\u036f]+")
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"}


def folded(text: str) -> str:
    """Return a text in lower case, without accents and ligatures."""
    low = text.lower()
    if low.isascii():
        return low
    for joined, letters in _LIGATURES.items():
        low = low.replace(joined, letters)
    return _ACCENT.sub("", unicodedata.normalize("NFKD", low))


def plain(text: str) -> str:
    """Return a text without HTML, which SuiteCRM may keep escaped."""
    if "&" in text:
        text = html.unescape(text)
    return _MARKUP.sub(" ", text) if "<" in text else text


class Reader:
    """Turns texts into word stems: what means the same is the same, what says nothing is left out.

    Addresses, whatever holds a digit, words of fewer than three letters, the rules' stop words and
    `names` are left out; what is one of the rules' words, or of those by which people know a
    theme, stays.

    Args:
        rules: the words that mean the same, and the stop words.
        names: names, of one or more words, in any case and with any accents.
    """

    def __init__(self, rules: ThemeRules, names: Collection[str] = ()) -> None:
        self._groups: dict[str, str] = {}
        self._starts: dict[str, str] = {}
        for group, words in rules.words.items():
            for word in map(folded, words):
                known = self._starts if word.endswith("*") else self._groups
                known[word.removesuffix("*")] = group
        asked = " ".join(word for named in rules.named.values() for word in named.words)
        self._asked = set(_WORD.findall(folded(asked)))
        self._left_out = {folded(word) for word in rules.stop}
        self._names = {_singular(word) for name in names for word in _WORD.findall(folded(name))}
        self._stem = cache(self._stem_of)

    def stems(self, text: str) -> list[str]:
        """Return the stems of a text, in its order."""
        return [stem for stem, _ in self._pairs(text)]

    def written(self, texts: Iterable[str]) -> dict[str, str]:
        """Return how each stem is mostly written in some texts."""
        forms: dict[str, Counter[str]] = {}
        for text in texts:
            for stem, word in self._pairs(text):
                forms.setdefault(stem, Counter())[word] += 1
        return {
            stem: min(counts, key=lambda word: (-counts[word], word))
            for stem, counts in forms.items()
        }

    def _pairs(self, text: str) -> Iterator[tuple[str, str]]:
        for word in _WORD.findall(_ADDRESS.sub(" ", plain(text)).lower()):
            stem = self._stem(word)
            if stem:
                yield stem, word

    def _stem_of(self, word: str) -> str:
        """Return the stem of a word in lower case, "" where it does not count."""
        base = folded(word)
        if not base.isalpha() or len(base) < _SHORTEST:
            return ""
        group = self._groups.get(base) or self._group_by_start(base)
        if group:
            return group
        stem = _singular(base)
        known = base in self._left_out or stem in self._names
        return "" if known and base not in self._asked else stem

    def _group_by_start(self, base: str) -> str | None:
        lengths = range(len(base), _SHORTEST - 1, -1)
        return next((self._starts[base[:n]] for n in lengths if base[:n] in self._starts), None)


def _singular(base: str) -> str:
    return base[:-1] if len(base) > _SHORTEST + 1 and base[-1] in "sx" else base
