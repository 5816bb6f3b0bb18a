"""Who is addressed and who is left out to compare with, drawn by a hash and not by a dice.

The same person has the same arm on every machine and on every night, and what they have in one
programme or wave tells nothing about the next. Nothing has to be kept for that but the salt, a
text of the installation's own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from scipy.special import chdtrc

Arm = Literal["treated", "control"]
TREATED: Arm = "treated"
CONTROL: Arm = "control"

UNSOUND = 1e-4
"""A split that chance makes this rarely is none. It is looked at every night: in a year of nights
chance alone makes a sound split look unsound in fewer than one of a hundred programmes."""

_DIGITS = 13
_PLACES: int = 16**_DIGITS
_ALL = "global control"


def arm(salt: str, programme: str, wave: str, person: str, control_share: float) -> Arm:
    """Return the arm of a person in a wave of a programme.

    Args:
        salt: of the installation; another salt is another draw.
        programme: its key.
        wave: its key within the programme.
        person: the id of a record.
        control_share: which share is left out, from 0 to 1.

    Raises:
        ValueError: the share is no share, or a key holds the end of a line.
    """
    limit = _limit(control_share)
    return CONTROL if _place(_head(salt, programme, wave), person) < limit else TREATED


def arms(
    salt: str, programme: str, wave: str, people: pd.Series[Any], control_share: float
) -> pd.Series[Any]:
    """Return the arm of many people, with their index; see `arm`."""
    limit, head = _limit(control_share), _head(salt, programme, wave)
    found = [CONTROL if _place(head, person) < limit else TREATED for person in people]
    return pd.Series(found, index=people.index, name="arm", dtype="string")


def arm_sql(salt: str, programme: str, wave: str, person: str, control_share: float) -> str:
    """Return the arm as an expression of DuckDB's SQL, where `person` is one for their id."""
    within = _between(_head(salt, programme, wave), person, 0, _limit(control_share))
    return f"CASE WHEN {within} THEN '{CONTROL}' ELSE '{TREATED}' END"


def held_out(salt: str, period: int, person: str, share: float) -> bool:
    """Return whether a person is left out of every programme in a period.

    The control over all programmes rotates: nobody is in it again before everybody was, and in
    each period it is as large.

    Args:
        salt: of the installation.
        period: its number, such as of a quarter.
        person: the id of a record.
        share: which share is left out, from 0 to 1.

    Raises:
        ValueError: the share is no share.
    """
    width = _limit(share)
    place = _place(_head(salt, _ALL, ""), person)
    return (place - period * width) % _PLACES < width


def held_out_sql(salt: str, period: int, person: str, share: float) -> str:
    """Return the same as an expression of DuckDB's SQL, where `person` is one for their id."""
    width, head = _limit(share), _head(salt, _ALL, "")
    first = period * width % _PLACES
    last = first + width
    found = _between(head, person, first, min(last, _PLACES))
    if last > _PLACES:
        return f"({found} OR {_between(head, person, 0, last - _PLACES)})"
    return found


def period_of(day: int, days: int) -> int:
    """Return the number of the period of that many days in which a day lies."""
    return day // days


@dataclass(frozen=True)
class Split:
    """How many are in each arm, how probably chance splits as unevenly, and whether it is sound."""

    treated: int
    control: int
    chance: float

    @property
    def sound(self) -> bool:
        """Whether the split is as planned; where it is not, no verdict counts."""
        return self.chance >= UNSOUND


def split(treated: int, control: int, control_share: float) -> Split:
    """Hold the arms against the planned shares by a chi-square test of one degree of freedom."""
    total = treated + control
    expected = total * control_share
    room = expected * (1 - control_share)
    if room <= 0:
        as_planned = control == round(expected)
        return Split(treated, control, 1.0 if as_planned else 0.0)
    return Split(treated, control, float(chdtrc(1, (control - expected) ** 2 / room)))


def _limit(share: float) -> int:
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share")
    return round(share * _PLACES)


def _head(*names: str) -> str:
    """Return what comes before the person; a line each, so that no two heads read alike."""
    if any("\n" in name for name in names):
        raise ValueError("a key holds the end of a line")
    return "\n".join((*names, ""))


def _place(head: str, person: str) -> int:
    digest = hashlib.sha256(f"{head}{person}".encode()).hexdigest()
    return int(digest[:_DIGITS], 16)


def _between(head: str, person: str, first: int, end: int) -> str:
    """Return a condition on the digits, which as text of one length sort as their number."""
    quoted = head.replace("'", "''")
    digits = f"left(sha256(concat('{quoted}', {person})), {_DIGITS})"
    over = f"{digits} >= '{first:0{_DIGITS}x}'"
    return over if end >= _PLACES else f"({over} AND {digits} < '{end:0{_DIGITS}x}')"
