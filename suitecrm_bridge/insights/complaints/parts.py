"""Tables about complaints, as the command line and reports show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from suitecrm_bridge.i18n import decimal, number, percent, text
from suitecrm_bridge.insights.complaints.figures import DIMENSIONS, Complaints
from suitecrm_bridge.insights.complaints.shown import FIGURES, OVERVIEW
from suitecrm_bridge.tables import Column, Kind, Table, of_dimension, words

TIMES = ("median", "p90", "target")

_NAMES = {
    "product": "product_name",
    "theme": "theme_title",
    "owner": "owner_name",
    "what": "what_name",
}
"""Columns of keys, with the column that holds their names."""


def overview(found: Complaints) -> Table:
    """Return the figures of all complaints: one row, or none without a complaint."""
    return _table("overview", found.crossing(), OVERVIEW, found.waiting())


def crossing(found: Complaints, by: Sequence[str], name: str = "figures") -> Table:
    """Return the figures by some dimensions: months in their order, else the largest first."""
    asked = [name for name in DIMENSIONS if name in by]
    frame = found.crossing(by)
    if "month" in by:
        frame = frame.sort_values("month", kind="stable")
    kinds = {**_dimensions(asked), **FIGURES}
    return _table(name, frame, kinds, found.waiting(), bar="" if len(by) > 1 else "number")


def trend(found: Complaints) -> Table:
    """Return the chart of all complaints by month."""
    kinds: Mapping[str, Kind] = {
        "month": "month",
        "number": "count",
        "sales": "count",
        **dict.fromkeys(("rate", "centre", "lower", "upper"), "decimal"),
    }
    frame = found.trend()
    outside = [text("complaints.outside", found.lang)] if frame["outside"].any() else []
    return _table("trend", frame, kinds, outside)


def targets(found: Complaints) -> Table:
    """Return the times by priority beside their targets."""
    kinds: Mapping[str, Kind] = {
        "priority": "key",
        "number": "count",
        "breached": "count",
        **dict.fromkeys((f"response_{name}_hours" for name in TIMES), "decimal"),
        **dict.fromkeys((f"resolution_{name}_hours" for name in TIMES), "decimal"),
    }
    return _table("targets", found.targets(), kinds, found.waiting())


def teams(found: Complaints) -> Table:
    """Return how often each user who looks after complaints keeps the target, and how fast.

    The bridge reads no security groups, so a user stands for their team.
    """
    kinds: Mapping[str, Kind] = {
        "owner": "key",
        "number": "count",
        "open": "count",
        "within": "count",
        "breached": "count",
        "within_share": "share",
        "response_median_hours": "decimal",
        "resolution_median_hours": "decimal",
    }
    frame = found.crossing(["owner"])
    judged = frame["within"] + frame["breached"]
    shares = [
        None if not whole else float(kept / whole)
        for kept, whole in zip(frame["within"].tolist(), judged.tolist(), strict=True)
    ]
    shown = frame.assign(within_share=pd.Series(shares, index=frame.index, dtype=object))
    said = [text("complaints.teams_are_users", found.lang)] if len(frame) else []
    return _table("teams", shown, kinds, said)


def process(found: Complaints) -> list[Table]:
    """Return the path of ISO 10002."""
    steps, said = found.process()
    kinds: Mapping[str, Kind] = {
        "step": "step",
        "reached": "count",
        "share": "share",
        "timed": "count",
        **dict.fromkeys(("median_hours", "p90_hours"), "decimal"),
    }
    if not steps["number"].iloc[0]:
        return [_table("process", steps.head(0), kinds)]
    whole = [text("complaints.path_whole", found.lang)] if found.waiting() else []
    return [_table("process", steps, kinds, [*whole, *said], bar="share")]


def satisfaction(
    found: Complaints, by: Sequence[str] = ("segment", "month"), name: str = "satisfaction"
) -> Table:
    """Return the index of satisfaction."""
    kinds: Mapping[str, Kind] = {
        **_dimensions(by),
        "responses": "count",
        **dict.fromkeys(("satisfaction", "low", "high"), "points"),
        "satisfied": "share",
        **dict.fromkeys(("nps", "nps_low", "nps_high"), "points"),
    }
    frame = found.satisfaction(by).sort_values(list(reversed(by)), kind="stable")
    return _table(name, frame, kinds)


def recovery(found: Complaints) -> Table:
    """Return what handling complaints did, in a sentence; one row, none where nothing tells."""
    known = asdict(found.recovery())
    frame = pd.DataFrame([known] if known["n"] else [], columns=list(known), dtype=object)
    return _table("recovery", frame, {}, [_recovered(found, known)] if known["n"] else ())


def gaps(found: Complaints) -> Table:
    """Return what was found beside what was expected."""
    kinds: Mapping[str, Kind] = {
        "pair": "key",
        "responses": "count",
        **dict.fromkeys(("expected", "found", "gap", "low", "high"), "points"),
    }
    return _table("gaps", found.gaps(), kinds)


def causes(found: Complaints) -> list[Table]:
    """Return what most complaints come of: causes, themes and products by Pareto."""
    kinds: Mapping[str, Kind] = {
        "number": "count",
        "share": "share",
        "cumulative": "share",
        "open": "count",
        "customers": "count",
        "value": "money",
    }
    themes = found.known.themes.missing(found.lang)
    return [
        _table(f"pareto_{by}", found.pareto(by), {**_dimensions([by]), **kinds}, said, bar="share")
        for by, said in (("cause", ()), ("theme", [themes] if themes else ()), ("product", ()))
    ]


def alarms(found: Complaints) -> list[Table]:
    """Return what is in alarm, and where customers wait longer than elsewhere."""
    raised, said = found.alarms()
    kinds: Mapping[str, Kind] = {
        "dimension": "dimension",
        "what": "dimension_value",
        "since": "date",
        "number": "count",
        **dict.fromkeys(("expected_number", "ratio", "z"), "decimal"),
        "sure": "sure",
        "cases": "cases",
    }
    slow: Mapping[str, Kind] = {
        "country": "key",
        "measure": "measure",
        "number": "count",
        **dict.fromkeys(("median_hours", "elsewhere_hours", "ratio", "z"), "decimal"),
        "sure": "sure",
    }
    none = [] if len(raised) else [text("complaints.no_alarm", found.lang)]
    waits, left_out = found.slow()
    return [
        _table("alarms", raised, kinds, [*none, *said]),
        _table("slow", waits, slow, left_out),
    ]


def themes(found: Complaints) -> list[Table]:
    """Return the themes of the texts."""
    said = found.known.themes.missing(found.lang)
    kinds: Mapping[str, Kind] = {
        "theme": "key",
        "words": "prose",
        "number": "count",
        "share": "share",
        "open": "count",
        "examples": "cases",
    }
    return [_table("themes", found.themed(), kinds, [said] if said else (), bar="share")]


def competitors(found: Complaints) -> list[Table]:
    """Return which competitors are named, and for what."""
    counted = ("records", "complaints", "notes", "opportunities", "won", "lost_deals")
    kinds: Mapping[str, Kind] = {
        "competitor": "key",
        **dict.fromkeys(counted, "count"),
        "won_value": "money",
        "lost_value": "money",
        "first": "date",
        "last": "date",
    }
    named: Mapping[str, Kind] = {
        "competitor": "key",
        "dimension": "dimension",
        "what": "dimension_value",
        "number": "count",
    }
    summary, about = found.competitors(), found.competitors_about()
    none = [] if len(summary) else [text("complaints.no_competitor", found.lang)]
    return [
        _table("competitors", summary, kinds, none, bar="records"),
        _table("about", about, named),
    ]


def _dimensions(names: Sequence[str]) -> dict[str, Kind]:
    return {name: of_dimension(name) for name in names}


def _table(
    name: str,
    frame: pd.DataFrame,
    kinds: Mapping[str, Kind],
    said: Sequence[str] = (),
    bar: str = "",
) -> Table:
    columns = tuple(
        Column(column, kind, words(f"complaints.column_{column}"), names=_NAMES.get(column, ""))
        for column, kind in kinds.items()
    )
    # Figures that were asked for by themselves need no title.
    title = None if name == "figures" else words(f"complaints.part_{name}")
    return Table(name, frame, columns, title, said, bar)


def _recovered(found: Complaints, known: Mapping[str, Any]) -> str:
    lang = found.lang
    points = {
        name: "–" if known[name] is None else decimal(known[name], 1, lang)
        for name in ("before", "after", "change", "low", "high")
    }
    share, shown = percent(known["recovered"], lang), number(known["n"], lang)
    return text("complaints.recovery", lang, count=known["n"], shown=shown, share=share, **points)
