"""Values as a SuiteCRM database holds them: ids, dates, times and amounts as text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

DAY = 86_400
CENT = 10_000
"""Amounts are counted in millionths of a unit; a cent has this many."""

BASE_CURRENCY = "-99"


def ids(seed: int, kind: str, first: int, count: int) -> list[str]:
    """Return the ids of the records `first`, `first + 1`, … of a kind, spread evenly."""
    digest = sha256(f"{seed}/{kind}".encode()).digest()
    keys = np.frombuffer(digest[:16], dtype=">u8").astype(np.uint64)
    numbers = np.arange(first, first + count, dtype=np.uint64)
    halves = np.stack([_mix(numbers + keys[0]), _mix(numbers ^ keys[1])], axis=1)
    text = halves.astype(">u8").tobytes().hex()
    return [
        f"{text[i : i + 8]}-{text[i + 8 : i + 12]}-{text[i + 12 : i + 16]}"
        f"-{text[i + 16 : i + 20]}-{text[i + 20 : i + 32]}"
        for i in range(0, 32 * count, 32)
    ]


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Scramble 64-bit numbers one to one (the finaliser of splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def dates(days: Ints) -> list[str]:
    """Return epoch days as YYYY-MM-DD."""
    return np.datetime_as_string(days.astype("datetime64[D]")).tolist()  # type: ignore[no-any-return]


def times(seconds: Ints) -> list[str]:
    """Return epoch seconds as YYYY-MM-DD HH:MM:SS."""
    return [
        text.replace("T", " ")
        for text in np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
    ]


def money(millionths: Ints) -> list[str]:
    """Return amounts with six decimals."""
    return [f"{amount:.6f}" for amount in (millionths / 1_000_000).tolist()]


def money_twice(cents: Ints, rate: Floats) -> tuple[list[str], list[str]]:
    """Return amounts in their own currency and in the base currency."""
    own = money(cents * CENT)
    converted = own.copy()
    foreign = np.flatnonzero(rate != 1)
    millionths = np.rint(cents[foreign] * CENT / rate[foreign]).astype(np.int64)
    for i, amount in zip(foreign.tolist(), money(millionths), strict=True):
        converted[i] = amount
    return own, converted


def take(values: Sequence[T], indices: Ints) -> list[T]:
    """Return the values at `indices`."""
    return [values[i] for i in indices.tolist()]


def take_or_none(values: Sequence[T], indices: Ints) -> list[T | None]:
    """Return the values at `indices`, None where the index is negative."""
    return [None if i < 0 else values[i] for i in indices.tolist()]


def keep(values: Sequence[T], flags: Flags) -> list[T | None]:
    """Return the values, None where the flag is off."""
    return [value if flag else None for value, flag in zip(values, flags.tolist(), strict=True)]


def pick(rng: np.random.Generator, weights: Sequence[Any], count: int) -> Ints:
    """Draw `count` indices with the given weights."""
    edges = np.cumsum(np.array(weights, dtype=np.float64))
    drawn = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return np.asarray(np.minimum(drawn, len(edges) - 1), dtype=np.int64)


def pick_any(rng: np.random.Generator, size: int, count: int) -> Ints:
    """Draw `count` indices below `size`, all alike."""
    return (rng.random(count) * size).astype(np.int64)
