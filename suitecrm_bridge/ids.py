"""When two ids are the same.

SuiteCRM's database compares ids without regard to case, accents and blanks at the end, so that an
invoice may name its contact otherwise than the contact names itself. A record keeps the spelling
that SuiteCRM gives it; whoever refers to it is recognised by what this makes of both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

_MARKS = range(0x300, 0x370)
_LETTERS = range(0xC0, 0x2000)
_ALIKE = {"ß": "s", "ẞ": "s", "ſ": "s", "ı": "i", "µ": "μ", "ς": "σ", "Σ": "σ"}
_APART = "Йй"
"""A letter of its own for the database, though Unicode makes it of И and a mark."""


def canonical(id: str) -> str:
    """Return what all spellings of an id have in common."""
    bare = id.rstrip(" ")
    return (bare if bare.isascii() else bare.translate(_table())).lower()


def canonical_sql(expression: str) -> str:
    """Return the same as an expression of SQL, for DuckDB and Spark."""
    bare = f"trim(trailing ' ' from {expression})"
    letters, plain = _lists()
    folded = f"translate({bare}, '{letters}', '{plain}')"
    # Bytes and characters are as many where nothing has an accent, which is nearly everywhere.
    return f"lower(CASE WHEN bit_length({bare}) = 8 * length({bare}) THEN {bare} ELSE {folded} END)"


def order_sql(expression: str) -> str:
    """Return an expression of SQL that sorts ids as SuiteCRM's database does, `_` after letters."""
    return f"upper({canonical_sql(expression)})"


SHORTEST = 8
"""Characters of a shortened id."""


def short_ids(ids: Sequence[str]) -> list[str]:
    """Return the beginnings of ids, as long as it takes to tell these apart."""
    known = set(ids)
    for length in range(SHORTEST, max(map(len, known), default=0)):
        if len({id[:length] for id in known}) == len(known):
            return [id[:length] for id in ids]
    return list(ids)


@cache
def _table() -> dict[int, str]:
    """Return what the database compares each letter with an accent as; marks alone are dropped."""
    found = {code: _base(chr(code)) for code in _LETTERS if chr(code).isalpha()}
    table = {code: base for code, base in found.items() if base != chr(code)}
    table |= {ord(letter): base for letter, base in _ALIKE.items()}
    return table | dict.fromkeys(_MARKS, "")


@cache
def _lists() -> tuple[str, str]:
    """Return the letters of the table and, in the same order, what becomes of them."""
    table = sorted(_table().items(), key=lambda pair: not pair[1])
    return "".join(chr(code) for code, _ in table), "".join(base for _, base in table)


def _base(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    has_accents = letter not in _APART and all(ord(mark) in _MARKS for mark in parts[1:])
    return parts[0] if has_accents else letter
