"""Tables about complaints, as the command line and reports show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS
from suitecrm_bridge.i18n import decimal, number, percent, text
from suitecrm_bridge.insights.complaints.figures import Complaints
from suitecrm_bridge.report import Part

FIGURES = (
    "number", "open", "breached", "reopened", "repeated", "response_median_hours",
    "resolution_median_hours", "per_100_sales", "per_100_customers", "satisfaction_after", "lost",
)  # fmt: skip
"""Figures of a crossing as people read it; programs get every one."""

OVERVIEW = (
    "number", "open", "age_median", "age_p90", "breached", "within", "reopened", "repeated",
    "response_median_hours", "response_p90_hours", "resolution_median_hours",
    "resolution_p90_hours", "per_100_sales", "per_100_customers", "customers", "value", "clv",
    "rated", "satisfaction_after", "watched", "lost",
)  # fmt: skip


def overview(found: Complaints) -> Part:
    """Return the figures of all complaints: one row, or none without a complaint."""
    return Part("overview", found.crossing(), OVERVIEW)


def crossing(found: Complaints, by: Sequence[str], name: str = "figures") -> Part:
    """Return the figures by some dimensions: months in their order, else the largest first."""
    asked = [name for name in DIMENSIONS if name in by]
    frame = found.crossing(by)
    if "month" in by:
        frame = frame.sort_values("month", kind="stable")
    return Part(name, frame, (*asked, *FIGURES), bar="" if len(by) > 1 else "number")


def trend(found: Complaints) -> Part:
    """Return the chart of all complaints by month."""
    columns = ("month", "number", "sales", "rate", "centre", "lower", "upper")
    frame = found.trend()
    outside = [text("complaints.outside", found.lang)] if frame["outside"].any() else []
    return Part("trend", frame, columns, outside)


def targets(found: Complaints) -> Part:
    """Return the times by priority beside their targets."""
    columns = (
        "priority", "number", "breached", "response_median_hours", "response_p90_hours",
        "response_target_hours", "resolution_median_hours", "resolution_p90_hours",
        "resolution_target_hours",
    )  # fmt: skip
    return Part("targets", found.targets(), columns)


def process(found: Complaints) -> list[Part]:
    """Return the path of ISO 10002."""
    steps, said = found.process()
    columns = ("step", "reached", "share", "timed", "median_hours", "p90_hours")
    if not steps["number"].iloc[0]:
        return [Part("process", steps.head(0), columns)]
    return [Part("process", steps, columns, said, bar="share")]


def satisfaction(
    found: Complaints, by: Sequence[str] = ("segment", "month"), name: str = "satisfaction"
) -> Part:
    """Return the index of satisfaction."""
    columns = (*by, "responses", "satisfaction", "low", "high", "satisfied", "nps", "nps_low",
               "nps_high")  # fmt: skip
    frame = found.satisfaction(by).sort_values(list(reversed(by)), kind="stable")
    return Part(name, frame, columns)


def recovery(found: Complaints) -> Part:
    """Return what handling complaints did, in a sentence; one row, none where nothing tells."""
    known = asdict(found.recovery())
    frame = pd.DataFrame([known] if known["n"] else [], columns=list(known), dtype=object)
    return Part("recovery", frame, (), [_recovered(found, known)] if known["n"] else ())


def gaps(found: Complaints) -> Part:
    """Return what was found beside what was expected."""
    columns = ("pair", "responses", "expected", "found", "gap", "low", "high")
    return Part("gaps", found.gaps(), columns)


def causes(found: Complaints) -> list[Part]:
    """Return what most complaints come of: causes, themes and products by Pareto."""
    columns = ("number", "share", "cumulative", "open", "customers", "value")
    themes = found.known.themes.missing(found.lang)
    return [
        Part(f"pareto_{by}", found.pareto(by), (by, *columns), said, bar="share")
        for by, said in (("cause", ()), ("theme", [themes] if themes else ()), ("product", ()))
    ]


def alarms(found: Complaints) -> list[Part]:
    """Return what is in alarm, and where customers wait longer than elsewhere."""
    raised, said = found.alarms()
    columns = (
        "dimension", "what", "since", "number", "expected_number", "ratio", "z", "sure", "cases",
    )  # fmt: skip
    slow = (
        "country", "measure", "number", "median_hours", "elsewhere_hours", "ratio", "z", "sure",
    )  # fmt: skip
    none = [] if len(raised) else [text("complaints.no_alarm", found.lang)]
    return [Part("alarms", raised, columns, [*none, *said]), Part("slow", found.slow(), slow)]


def themes(found: Complaints) -> list[Part]:
    """Return the themes of the texts."""
    said = found.known.themes.missing(found.lang)
    columns = ("theme", "words", "number", "share", "open", "examples")
    return [Part("themes", found.themed(), columns, [said] if said else (), bar="share")]


def competitors(found: Complaints) -> list[Part]:
    """Return which competitors are named, and for what."""
    columns = (
        "competitor", "records", "complaints", "notes", "opportunities", "won", "lost_deals",
        "won_value", "lost_value", "first", "last",
    )  # fmt: skip
    summary, about = found.competitors(), found.competitors_about()
    none = [] if len(summary) else [text("complaints.no_competitor", found.lang)]
    return [
        Part("competitors", summary, columns, none, bar="records"),
        Part("about", about, ("competitor", "dimension", "what", "number")),
    ]


def _recovered(found: Complaints, known: Mapping[str, Any]) -> str:
    lang = found.lang
    points = {
        name: "–" if known[name] is None else decimal(known[name], 1, lang)
        for name in ("before", "after", "change", "low", "high")
    }
    share, shown = percent(known["recovered"], lang), number(known["n"], lang)
    return text("complaints.recovery", lang, count=known["n"], shown=shown, share=share, **points)


_REPORTED = {
    "products": "product", "countries": "country", "segments": "segment", "channels": "channel",
}  # fmt: skip


def report_parts(found: Complaints) -> list[Part]:
    """Return what a report shows, of a year; of the chart and the alarms what they look at."""
    year = found.last_months(12)
    return [
        overview(year),
        *alarms(found),
        trend(found.last_months(24)),
        *causes(year)[:1],
        *themes(year),
        *(crossing(year, [dimension], name) for name, dimension in _REPORTED.items()),
        targets(year),
        *process(year),
        satisfaction(year, ("segment",), "satisfaction_segments"),
        satisfaction(year, ("month",), "satisfaction_months"),
        recovery(found),
        gaps(found),
        *competitors(found),
    ]


VIEWS: Mapping[str, Callable[[Complaints], list[Part]]] = {
    "process": process,
    "satisfaction": lambda found: [satisfaction(found), recovery(found), gaps(found)],
    "causes": causes,
    "themes": themes,
    "alarms": alarms,
    "competitors": competitors,
}
