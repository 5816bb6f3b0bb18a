"""Which parts of the complaints a command shows at a time, and which a report has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from suitecrm_bridge.insights.complaints.figures import Complaints
from suitecrm_bridge.insights.complaints.parts import (
    alarms,
    causes,
    competitors,
    crossing,
    gaps,
    overview,
    process,
    recovery,
    satisfaction,
    targets,
    teams,
    themes,
    trend,
)
from suitecrm_bridge.tables import Table

_REPORTED = {
    "products": "product",
    "countries": "country",
    "segments": "segment",
    "channels": "channel",
    "types": "type",
}


def report_parts(found: Complaints) -> list[Table]:
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
        teams(year),
        *process(year),
        satisfaction(year, ("segment",), "satisfaction_segments"),
        satisfaction(year, ("month",), "satisfaction_months"),
        recovery(found),
        gaps(found),
        *competitors(found),
    ]


VIEWS: Mapping[str, Callable[[Complaints], list[Table]]] = {
    "process": process,
    "satisfaction": lambda found: [satisfaction(found), recovery(found), gaps(found)],
    "causes": causes,
    "themes": themes,
    "alarms": alarms,
    "competitors": competitors,
}
