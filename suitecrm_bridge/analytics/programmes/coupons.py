"""Codes of coupons: nobody can guess them, safe to type, known again however typed."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterator

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that nobody takes for one another; a prime number of them, so that the check
character tells every single letter that is wrong, and every two that changed places."""
LENGTH = 7
"""Characters between prefix and check character: some 27,000 million codes a prefix."""
_APART = re.compile(r"[\s\-‐-―_.,;:/]+")


def code(prefix: str, salt: str, programme: str, person: str, attempt: int = 0) -> str:
    """Return the code of a person for a programme: prefix, `LENGTH` letters, and a check character.

    Args:
        prefix: what it begins with.
        salt: the secret that only this installation makes codes with.
        programme: the programme's key.
        person: the person's id.
        attempt: another number makes another code, where somebody else has this one.
    """
    told = "/".join([prefix, programme, person, *([str(attempt)] if attempt else [])])
    number = int.from_bytes(hmac.new(salt.encode(), told.encode(), hashlib.sha256).digest())
    body = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        body += LETTERS[place]
    return prefix + body + check(body)


def check(body: str) -> str:
    """Return the check character of the letters between prefix and it."""
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(body, 1))
    return LETTERS[total % len(LETTERS)]


def is_code(text: str, prefix: str) -> bool:
    """Return whether a text is a code with this prefix, as codes are made."""
    body, end = text[len(prefix) : -1], text[-1:]
    right = text.startswith(prefix) and len(body) == LENGTH and {*body} <= {*LETTERS}
    return right and end == check(body)


def found_in(text: str, prefixes: Collection[str]) -> Iterator[str]:
    """Yield the codes that a text may hold, in capitals without blanks, hyphens and points."""
    plain = _APART.sub("", text).upper()
    for prefix in prefixes:
        size = len(prefix) + LENGTH
        start = plain.find(prefix)
        while start >= 0:
            body = plain[start + len(prefix) : start + size]
            whole = len(body) == LENGTH and all(letter in LETTERS for letter in body)
            if whole and plain[start + size : start + size + 1] == check(body):
                yield plain[start : start + size + 1]
            start = plain.find(prefix, start + 1)
