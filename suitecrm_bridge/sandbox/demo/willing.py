"""Who may be written to and called, and when people were born, drawn from the ids alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from suitecrm_bridge.sandbox.demo.values import Ints, dates, keep, take

BASES = {
    "^legitimate_interest^": 80,
    "^contract^": 40,
    "^consent^": 60,
    "": 14,
    "^consent^,^withdrawn^": 6,
}
"""Lawful bases as SuiteCRM stores them, with how many of 200 people have each."""
_BORN = (-12_000, 13_000)
"""The epoch days between which people were born: 1937 to 2005."""


def addresses(ids: Sequence[str]) -> dict[str, list[Any]]:
    """Return what is known of the e-mail addresses of records: some opted out, some are wrong."""
    numbers = _numbers(ids)
    return {
        "email_opt_out": (numbers % 40 == 0).astype(np.int64).tolist(),
        "invalid_email": (numbers % 61 == 1).astype(np.int64).tolist(),
    }


def people(ids: Sequence[str]) -> dict[str, list[Any]]:
    """Return what people allow, and the birthdays of two thirds of them."""
    numbers = _numbers(ids)
    edges = np.cumsum(list(BASES.values()))
    basis = np.searchsorted(edges, numbers // 7 % edges[-1], side="right")
    born = _BORN[0] + numbers // 11 % (_BORN[1] - _BORN[0])
    return {
        **addresses(ids),
        "do_not_call": (numbers // 13 % 25 == 0).astype(np.int64).tolist(),
        "lawful_basis": take(list(BASES), basis),
        "birthdate": keep(dates(born), numbers // 17 % 3 > 0),
    }


def home(country: Sequence[str | None]) -> Mapping[str, list[Any]]:
    """Return the address of people when no more than the country is known."""
    unknown: list[Any] = [None] * len(country)
    names = ("street", "city", "postalcode")
    return {f"primary_address_{name}": unknown for name in names} | {
        "primary_address_country": list(country)
    }


def _numbers(ids: Sequence[str]) -> Ints:
    return np.array([int(id[:8], 16) for id in ids], dtype=np.int64)
