"""The words of a condition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

_WORD = re.compile(
    r"""\s*(?:
        (?P<text>"[^"]*"|'[^']*')
      | (?P<day>\d{4}-\d{2}-\d{2})
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_.]*)
      | (?P<sign><=|>=|!=|<>|[=<>()\[\],])
    )""",
    re.VERBOSE,
)
MOST_CHARACTERS = 10_000
"""Of a condition; nobody reads a longer one."""


class Problem(ValueError):
    """What is wrong with a condition, and what would be right."""


@dataclass(frozen=True)
class Token:
    """A word: `kind` is text, day, number, name, sign or end; `place` counts characters from 1."""

    kind: str
    value: str
    place: int


def tokens(words: str) -> Iterator[Token]:
    """Yield the words of a condition, and its end.

    Raises:
        Problem: a character has no meaning here.
    """
    if len(words) > MOST_CHARACTERS:
        raise Problem(f"it has more than {MOST_CHARACTERS} characters")
    at, end = 0, len(words.rstrip())
    while at < end:
        found = _WORD.match(words, at)
        if found is None:
            begin = at + len(words[at:]) - len(words[at:].lstrip())
            rest = words[begin:].split()[0]
            hint = "; a text stands between two quotes" if rest[0] in "\"'" else ""
            raise Problem(f"character {begin + 1}: {rest[:30]!r} means nothing here{hint}")
        kind = str(found.lastgroup)
        value = found[kind]
        yield Token(kind, value[1:-1] if kind == "text" else value, found.start(kind) + 1)
        at = found.end()
    yield Token("end", "", end + 1)


def nearest(word: str, known: Collection[str]) -> str:
    """Return what was probably meant, in words to end a sentence with."""
    close = get_close_matches(word.lower(), [*known], n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    listed = sorted(known)
    return f"; allowed are {listed}" if len(listed) <= 30 else ""
