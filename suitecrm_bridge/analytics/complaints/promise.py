"""Until when an open complaint is to be resolved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import Calendar, business_minutes, business_time
from suitecrm_bridge.analytics.complaints.deadline import deadline
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import ComplaintRules
from suitecrm_bridge.errors import SettingError

_OTHER = "other"


def promises(
    engine: SqlEngine, as_of: date, calendar: Calendar, rules: ComplaintRules
) -> pd.Series[Any]:
    """Return when the target for the resolution is over, after `timeline.prepare`.

    As text in UTC ("2026-11-30 10:00:00") with case_id as index, of the open complaints; None while
    one waits for the customer, for then the target moves, and where nobody works any more.

    Args:
        engine: where the timeline is.
        as_of: the day that it was made for.
        calendar: when people work.
        rules: the targets.

    Raises:
        DataError: a table is missing.
    """
    timeline = engine.fetch("complaint_timeline")
    open_ = timeline[timeline["open"] == 1]
    cutoff = calendar.midnight(as_of + timedelta(days=1))
    waits = engine.fetch("complaint_waits")
    waiting = set(waits.loc[waits["to_minute"] >= cutoff, "case_id"])
    targets = {key: target.resolution for key, target in rules.targets.items()}
    pieces = business_time(calendar, as_of)
    moments = [
        None
        if case in waiting
        else _moment(
            calendar,
            pieces,
            _passed(pieces, int(created)) + targets.get(priority, targets[_OTHER]) + int(waited),
            cutoff,
        )
        for case, created, priority, waited in zip(
            open_["case_id"],
            open_["created"],
            open_["priority"],
            open_["waited_minutes"],
            strict=True,
        )
    ]
    return pd.Series(moments, index=pd.Index(open_["case_id"], name="case_id"), dtype=object)


def _passed(pieces: pd.DataFrame, moment: int) -> int:
    """Return the business minutes from the beginning of the table to a moment."""
    place = int(np.searchsorted(pieces["from_minute"].to_numpy(), moment, "right")) - 1
    piece = pieces.iloc[place]
    return int(piece["before"] + piece["open"] * (moment - piece["from_minute"]))


def _moment(calendar: Calendar, pieces: pd.DataFrame, passed: int, cutoff: int) -> str | None:
    """Return when that number of business minutes has passed, perhaps after the table ends."""
    left = passed - business_minutes(pieces)
    if left > 0:
        try:
            return _text(deadline(calendar, datetime.fromtimestamp(60 * cutoff, UTC), left))
        except SettingError:
            return None
    place = int(np.searchsorted(pieces["before"].to_numpy(), passed, "left")) - 1
    piece = pieces.iloc[max(place, 0)]
    minute = int(piece["from_minute"] + passed - piece["before"])
    return _text(datetime.fromtimestamp(60 * minute, UTC))


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
