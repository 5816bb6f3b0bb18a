"""Who may be addressed over a channel; what cannot be read counts as no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.programmes.deciding import Mask, Words

ALWAYS = ("withdrawn", "no_profiling")
"""What forbids every channel."""
OF_CHANNEL: Mapping[str, tuple[str, ...]] = {
    "mail": ("opted_out", "invalid_email", "no_email"),
    "call": ("do_not_call", "no_phone"),
    "task": (),
    "letter": (),
    "webhook": (),
}
"""What forbids a channel, beside what forbids them all."""
PUTS_OFF: Mapping[str, tuple[str, ...]] = {
    "call": ("no_owner", "owner_away"),
    "task": ("no_owner", "owner_away"),
    "letter": ("no_address", "bad_address", "bad_postcode"),
}
"""What puts a channel off until somebody mends it on the record: nobody is lost by that."""
UNREADABLE, GONE = "unreadable", "gone"


def forbidden(
    reach: pd.DataFrame, people: pd.Series[Any], channel: str, *, unreadable: bool = False
) -> Words:
    """Return by person why they may not be addressed over a channel, "" where they may.

    Args:
        reach: what stands between people and channels, by person.
        people: who is asked about.
        channel: the channel.
        unreadable: whether something that must be asked could not be read.
    """
    if unreadable:
        return np.full(len(people), UNREADABLE, dtype=object)
    why = np.full(len(people), "", dtype=object)
    why[reach.index.get_indexer(pd.Index(people)) < 0] = GONE
    for reason in (*ALWAYS, *OF_CHANNEL[channel], UNREADABLE):
        why[holds(reach, people, reason) & (why == "")] = reason
    return why


def put_off(reach: pd.DataFrame, people: pd.Series[Any], channel: str) -> Words:
    """Return by person why they wait for something to be mended on the record, "" where none do."""
    why = np.full(len(people), "", dtype=object)
    for reason in PUTS_OFF.get(channel, ()):
        why[holds(reach, people, reason) & (why == "")] = reason
    return why


def owners(reach: pd.DataFrame, people: pd.Series[Any]) -> Words:
    """Return the user whose record each person is, "" where it is nobody's."""
    found = np.full(len(people), "", dtype=object)
    places = reach.index.get_indexer(pd.Index(people))
    found[places >= 0] = reach["owner"].to_numpy(dtype=object)[places[places >= 0]]
    return found


def holds(reach: pd.DataFrame, people: pd.Series[Any], reason: str) -> Mask:
    """Return whether a reason holds of each; of those nothing is known of it does."""
    places = reach.index.get_indexer(pd.Index(people))
    known = reach[reason].to_numpy(dtype=bool)
    found = np.ones(len(people), dtype=bool)
    found[places >= 0] = known[places[places >= 0]]
    return found
