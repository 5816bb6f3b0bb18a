"""Names in texts: as whole words, whatever their case, accents and hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping

from suitecrm_bridge.analytics.complaints.words import folded, plain

_PARTS = re.compile(r"[\w]+|&")
_GAP = r"[\W_]+"
_AND = r"(?:[\W_]+(?:(?:et|and)[\W_]+)?)"


class Names:
    """Finds names in texts.

    Args:
        names: each name with its other spellings, as people write them; "&" is also "and" and
            "et". Where one spelling begins like another, the longer one is found.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        spellings = [
            (spelling, name) for name, others in names.items() for spelling in (name, *others)
        ]
        spellings.sort(key=lambda pair: (-len(pair[0]), pair))
        self._owners = [name for _, name in spellings]
        self._first = sorted({_words(spelling)[0] for spelling, _ in spellings})
        groups = "|".join(f"({_pattern(spelling)})" for spelling, _ in spellings)
        self._pattern = re.compile(rf"(?<!\w)(?:{groups})(?!\w)") if spellings else None

    def found(self, text: str) -> set[str]:
        """Return the names that a text names."""
        low = folded(plain(text))
        # Most texts name nobody, which a plain search tells a hundred times as fast.
        if self._pattern is None or not any(word in low for word in self._first):
            return set()
        matches = self._pattern.finditer(low)
        return {self._owners[match.lastindex - 1] for match in matches if match.lastindex}


def _words(spelling: str) -> list[str]:
    return [part for part in _PARTS.findall(folded(spelling)) if part != "&"]


def _pattern(spelling: str) -> str:
    """Return a spelling as an expression without groups, "&" between words as "and" or "et"."""
    pattern, gap = "", ""
    for part in _PARTS.findall(folded(spelling)):
        if part == "&":
            gap = _AND
            continue
        pattern += (gap or _GAP if pattern else "") + re.escape(part)
        gap = ""
    return pattern
