"""The bytes of an answer become a JSON object that nothing later stumbles over.

Whatever comes, the outcome is an object, no object, or AnswerTooLarge. Text that no encoding has
(half of a surrogate pair, bytes that are not UTF-8) becomes U+FFFD; numbers that cannot be
calculated with stay the text they are, so that a record with one can be set apart by itself.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from reprlib import Repr
from typing import Any

from suitecrm_bridge.errors import AnswerTooLarge
from suitecrm_bridge.i18n import text

MOST_WEIGHT = 192 * 2**20
"""Bytes of memory that the values of one answer may take, roughly."""
LONGEST_NUMBER = 400
LONGEST_SHOWN = 2_000

_A_CONTAINER, _A_VALUE = 72, 56
_MOST_STARTS = 20
_FARTHEST = 400
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_MAYBE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
# Escapes are matched one after the other, so that a backslash which is itself escaped begins none.
_ESCAPE = re.compile(
    r"\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def json_of(body: bytes) -> tuple[dict[str, Any] | None, str]:
    """Return the JSON object in `body` and the text around it; None where there is no object.

    PHP may print warnings before the JSON and an error message behind it.

    Raises:
        AnswerTooLarge: its values would take too much memory.
    """
    if weight(body) > MOST_WEIGHT:
        raise AnswerTooLarge(text("crm.too_complex"))
    words = body.decode("utf-8-sig", errors="replace").strip()
    if words[:9].lower().startswith(("<!doctype", "<html")):
        return None, words
    if _MAYBE_HALF.search(words):
        words = _ESCAPE.sub(lambda found: "\\ufffd" if found[2] else found[0], words)
    start = words.find("{")
    # Inside pretty-printed JSON that was cut, only inner objects begin off the first column.
    starts = [start] if start <= 0 else [start, *_later_starts(words)]
    for position in starts:
        try:
            found, end = _DECODER.raw_decode(words, position) if position >= 0 else ({}, 0)
        except (ValueError, RecursionError):
            continue
        if found:
            return found, (words[:position] + words[end:]).strip()
    return ({}, "") if words == "{}" else (None, words)


def weight(body: bytes) -> int:
    """Return about how many bytes of memory the values in a JSON text take."""
    containers = body.count(b"[") + body.count(b"{")
    return 2 * len(body) + _A_CONTAINER * containers + _A_VALUE * body.count(b",")


def shown(value: Any) -> str:
    """Return any value of an answer as words of bounded length."""
    return value[:LONGEST_SHOWN] if isinstance(value, str) else _REPR.repr(value)


def _later_starts(words: str) -> list[int]:
    found = re.finditer(r"\n\{", words)
    return [match.end() - 1 for _, match in zip(range(_MOST_STARTS), found, strict=False)]


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _fraction(digits: str) -> Decimal | str:
    exponent = re.split("[eE]", digits)[-1] if "e" in digits.lower() else "0"
    if len(digits) > LONGEST_NUMBER or len(exponent) > 4 or abs(int(exponent)) > _FARTHEST:
        return digits
    return Decimal(digits)


_DECODER = json.JSONDecoder(parse_float=_fraction, parse_int=_whole, parse_constant=str)

_REPR = Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = 200
