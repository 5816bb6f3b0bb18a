"""What an installation chose for every figure: what is a purchase, what it costs, when it works."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from suitecrm_bridge.catalogue import Language, Rules, Source
from suitecrm_bridge.mirror import Mirror

# The analytics are imported where they run: a sync that changes nothing needs none.
if TYPE_CHECKING:
    from suitecrm_bridge.analytics.complaints.calendar import Calendar
    from suitecrm_bridge.analytics.profit import Rates


AmountsAre = Literal["net", "gross", "as_entered"]
"""Without tax and shipping, with both, or what people entered."""


COUNTED = "counted"
"""Under this name the mirror notes what was a purchase when it was scored, and by which amounts."""


@dataclass(frozen=True)
class Hours:
    """When people work; the fields are those of `analytics.complaints.calendar.Calendar`."""

    week: tuple[tuple[tuple[int, int], ...], ...]
    dates: tuple[date, ...]
    yearly: tuple[tuple[int, int], ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class Choices:
    """What decides figures beside the mirror.

    Args:
        today: the day it is for the people who work there.
        purchases: what counts as a purchase; "auto" is invoices where there are any.
        min_buyers: the fewest buyers that are ranked.
        discount_rate: a year's, in percent.
        case_cost: of a case, in hundredths of the base currency.
        hour_cost: of an hour of work, the same.
        late_rate: of what is paid late, a year, in percent.
        hours: when people work.
        lang: language of sentences and names.
        rules: the rules of the catalogue, with the installation's own.
    """

    today: date
    purchases: str
    min_buyers: int
    discount_rate: float
    case_cost: int
    hour_cost: int
    late_rate: int
    hours: Hours
    lang: Language = "en"
    rules: Rules = field(default_factory=Rules)

    @property
    def calendar(self) -> Calendar:
        """When people work, as the analytics count it."""
        from suitecrm_bridge.analytics.complaints.calendar import Calendar

        return Calendar(self.hours.week, self.hours.dates, self.hours.yearly, self.hours.zone)

    @property
    def rates(self) -> Rates:
        """What serving costs."""
        from suitecrm_bridge.analytics.profit import Rates

        return Rates(self.case_cost, self.hour_cost, self.late_rate)

    def source(self, mirror: Mirror) -> Source:
        """Return what counts as a purchase: as chosen, or invoices where there are any."""
        if self.purchases == "auto":
            return "invoices" if mirror.facts.has_invoices() else "opportunities"
        return "invoices" if self.purchases == "invoices" else "opportunities"

    def counted(self, mirror: Mirror) -> str:
        """Return what counts as a purchase, and by which amounts where those are not the usual."""
        source = self.source(mirror)
        return f"{source}, gross" if self.amounts(mirror) == "gross" else source

    def scored_otherwise(self, mirror: Mirror) -> bool:
        """Return whether the scores that stand were counted in another way than is chosen now."""
        return mirror.believing.made_by(COUNTED) not in (None, self.counted(mirror))

    def amounts(self, mirror: Mirror) -> AmountsAre:
        """Return what amounts are: of invoices as chosen, of opportunities as they were entered."""
        return mirror.facts.counting.amounts if self.source(mirror) == "invoices" else "as_entered"
