"""What the plan of a night is made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from suitecrm_bridge.catalogue.conditions import Audience

REACH = (
    "no_email",
    "opted_out",
    "invalid_email",
    "no_phone",
    "do_not_call",
    "no_address",
    "bad_address",
    "bad_postcode",
    "withdrawn",
    "no_profiling",
    "unreadable",
    "serious",
    "no_owner",
    "owner_away",
)
"""What may stand between a person and a channel, each true or false of everybody."""

AUDIENCE_COLUMNS = ("person", "occasion", "product", "worth")
ENROLLED_COLUMNS = (
    "programme", "person", "arm", "since", "occasion", "product", "wave", "wave_since", "ended",
)  # fmt: skip
WAITING_COLUMNS = ("programme", "person", "occasion", "since")
MADE_COLUMNS = ("programme", "person", "day")
GIVEN_COLUMNS = ("programme", "wave", "owner")


def frame(columns: Collection[str]) -> pd.DataFrame:
    """Return a table without a row."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})


@dataclass(frozen=True)
class Situation:
    """What is known when a night is planned; days are counted since 1970.

    `audience` holds by programme who is in its audience: person, occasion (what begins it now; None
    where nothing does), product ("" for none), worth (who comes first where not all can), and
    `if_<wave>`, whether a wave's condition holds, and `exits`, whether they leave before the end.
    `reach` holds by kind of people the columns of `REACH` and `owner`, the user whose record it is,
    with the person as index. `unknown` is what nobody can tell of the time since a wave,
    `unreadable` are channels of which something that must be asked could not be read. `enrolled`
    are all who ever entered (ended: missing while they are in), `resets` entries (programme,
    person, since) that keep nobody from entering again, `waiting` who was put off, `made` every
    contact that was made, `given` the calls and tasks that count for the quotas of today.
    """

    as_of: int
    salt: str
    audience: Mapping[str, pd.DataFrame]
    reach: Mapping[Audience, pd.DataFrame]
    unreadable: Mapping[Audience, Collection[str]] = field(default_factory=dict)
    unknown: Mapping[Audience, Collection[str]] = field(default_factory=dict)
    enrolled: pd.DataFrame = field(default_factory=lambda: frame(ENROLLED_COLUMNS))
    resets: Collection[tuple[str, str, int]] = ()
    waiting: pd.DataFrame = field(default_factory=lambda: frame(WAITING_COLUMNS))
    made: pd.DataFrame = field(default_factory=lambda: frame(MADE_COLUMNS))
    given: pd.DataFrame = field(default_factory=lambda: frame(GIVEN_COLUMNS))
