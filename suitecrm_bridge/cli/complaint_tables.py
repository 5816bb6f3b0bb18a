"""What the command about complaints shows: frames, with the columns and words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS
from suitecrm_bridge.cli.wording import decimal, is_missing, percent
from suitecrm_bridge.i18n import current_language, number, text
from suitecrm_bridge.jobs.complaint_figures import Complaints
from suitecrm_bridge.jobs.complaint_words import worded

FIGURES = (
    "number", "open", "breached", "reopened", "repeated", "response_median_hours",
    "resolution_median_hours", "per_100_sales", "per_100_customers", "satisfaction_after", "lost",
)  # fmt: skip
"""Figures of a crossing as people read it; CSV and JSON hold every one."""

OVERVIEW = (
    "number", "open", "age_median", "age_p90", "breached", "within", "reopened", "repeated",
    "response_median_hours", "response_p90_hours", "resolution_median_hours",
    "resolution_p90_hours", "per_100_sales", "per_100_customers", "customers", "value", "clv",
    "rated", "satisfaction_after", "watched", "lost",
)  # fmt: skip

SHARES = ("share", "satisfied", "satisfied_low", "satisfied_high")
POINTS = ("satisfaction", "low", "high", "nps", "nps_low", "nps_high", "expected", "found", "gap")


@dataclass(frozen=True)
class Part:
    """A table: for programs the whole `frame`, for people `columns` of it and what is `said`."""

    name: str
    frame: pd.DataFrame
    columns: Sequence[str]
    said: Sequence[str] = ()
    title: str = ""


def crossing(found: Complaints, by: Sequence[str]) -> Part:
    """Return the figures by some dimensions, months in their order, else the largest first."""
    asked = [name for name in DIMENSIONS if name in by]
    frame = found.crossing(by)
    if "month" in by:
        frame = frame.sort_values("month", kind="stable")
    return Part("figures", frame, (*asked, *FIGURES))


def table(part: Part) -> pd.DataFrame:
    """Return a part's frame in words."""
    frame = worded(part.frame, current_language())
    words: dict[str, Callable[[Any], str]] = {
        "step": lambda step: text(f"complaints.step_{step}"),
        **dict.fromkeys(SHARES, percent),
        **dict.fromkeys(POINTS, lambda value: decimal(value, 1)),
    }
    return frame.assign(
        **{name: [words[name](value) for value in frame[name]] for name in words if name in frame}
    )


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return rows for JSON, missing values as None."""
    rows = frame.astype(object).to_dict("records")
    return [{k: None if is_missing(v) else v for k, v in row.items()} for row in rows]


def _process(found: Complaints) -> list[Part]:
    steps, said = found.process()
    columns = ("step", "reached", "share", "timed", "median_hours", "p90_hours")
    shown = steps if steps["number"].iloc[0] else steps.head(0)
    return [Part("steps", shown, columns, said)]


def _satisfaction(found: Complaints) -> list[Part]:
    index, gaps = found.satisfaction(), found.gaps()
    known = asdict(found.recovery())
    recovery = pd.DataFrame([known] if known["n"] else [], columns=list(known), dtype=object)
    columns = (
        "segment", "month", "responses", "satisfaction", "low", "high", "satisfied", "nps",
        "nps_low", "nps_high",
    )  # fmt: skip
    said = [_recovered(known)] if known["n"] else []
    return [
        Part("index", index.sort_values(["month", "segment"]), columns),
        Part("recovery", recovery, (), said),
        Part("gaps", gaps, ("pair", "responses", "expected", "found", "gap", "low", "high")),
    ]


def _recovered(known: Mapping[str, Any]) -> str:
    points = {
        name: decimal(known[name], 1) for name in ("before", "after", "change", "low", "high")
    }
    return text(
        "complaints.recovery",
        count=known["n"], shown=number(known["n"]), share=percent(known["recovered"]), **points,
    )  # fmt: skip


VIEWS: Mapping[str, Callable[[Complaints], list[Part]]] = {
    "process": _process,
    "satisfaction": _satisfaction,
}
