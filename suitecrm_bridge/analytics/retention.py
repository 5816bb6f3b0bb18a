"""How many customers and how much revenue stay, by month and by cohort.

Nobody cancels a habit of buying, so "lost" is a definition: a customer is lost on the day after
their silence exceeds the limit of lapsing (see `silence`). The limit is set on the day of the
purchase, so that a month that is over never changes, unless records are corrected. Who comes back
later counts as won back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import churn, silence
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import Engine, SqlEngine
from suitecrm_bridge.analytics.intake import purchases_table
from suitecrm_bridge.analytics.rfm import ANYBODY
from suitecrm_bridge.analytics.survival import bounds, kaplan_meier
from suitecrm_bridge.catalogue import LifecycleRules, lifecycle_rules

WINDOW_DAYS = 365


@dataclass(frozen=True)
class RevenueChurn:
    """Revenue of the last `window_days` against that of as many days before, in hundredths.

    before − lost − shrunk + grown + new = now.
    """

    window_days: int
    customers: int
    lost_customers: int
    before_cents: int
    now_cents: int
    lost_cents: int
    shrunk_cents: int
    grown_cents: int
    new_cents: int

    @property
    def churn(self) -> float | None:
        """Share of the revenue before that went with customers who buy nothing any more."""
        return self._share(self.lost_cents)

    @property
    def gross_churn(self) -> float | None:
        """The same, with what the remaining customers buy less."""
        return self._share(self.lost_cents + self.shrunk_cents)

    @property
    def net_retention(self) -> float | None:
        """What the customers of before buy now, as a share of what they bought."""
        return self._share(self.now_cents - self.new_cents)

    def _share(self, cents: int) -> float | None:
        return cents / self.before_cents if self.before_cents else None


@dataclass(frozen=True)
class Retention:
    """Who stayed and who went. Months are dates: the first of the month.

    `first_limit`: days of silence after which a customer counts as lost who bought once and on the
    as-of day. `by_month`: month, customers_at_start, new_customers, won_back, lost, churn_rate
    (lost by customers at the start, missing where there were none), provisional (whether the
    month was not over on the as-of day; of one that was, only corrected records change a figure).
    `by_cohort`: cohort (month of the first purchase), customers, ever_lost, lost (on the as-of
    day), churn_rate (lost by customers). `table`: cohort, month, months_since, customers, active,
    retention (active by customers), cents, provisional. `survival`: see `survival.bounds`, from
    the first purchase on, with at_risk (customers watched that long or longer).
    """

    first_limit: int
    by_month: pd.DataFrame
    by_cohort: pd.DataFrame
    table: pd.DataFrame
    survival: pd.DataFrame
    revenue: RevenueChurn


def retain(
    purchases: pd.DataFrame,
    as_of: date,
    *,
    rules: LifecycleRules | None = None,
    window_days: int = WINDOW_DAYS,
) -> Retention:
    """Return who stayed and who went, from purchases as `clv.summarize` takes them.

    Args:
        purchases: the purchases: customer_id, date, amount.
        as_of: the day to look from; later purchases do not exist yet.
        rules: the limits of silence; by default those of the catalogue.
        window_days: length of the two windows whose revenue is compared.

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.
    """
    engine = Engine()
    engine.table("purchases", purchases_table(purchases), ANYBODY)
    return compute(engine, as_of, rules=rules, window_days=window_days)


def compute(
    engine: SqlEngine,
    as_of: date,
    *,
    rules: LifecycleRules | None = None,
    window_days: int = WINDOW_DAYS,
) -> Retention:
    """Return the same from the table `purchases` in `engine`.

    Raises:
        DataError: the table is missing or a sum is out of range.
    """
    engine.look_from(as_of)
    silence.give(engine, rules or lifecycle_rules())
    summary = churn.summed_up(engine, as_of)
    first_day = min(summary["first_day"], default=to_day(as_of))
    engine.values("retention_parameters", {"window_days": window_days})
    engine.table("months", _months(to_date(int(first_day)), as_of))
    return Retention(
        first_limit=silence.first_limit(engine),
        by_month=_rates(_known(engine.fetch("churn_by_month"), as_of), "customers_at_start"),
        by_cohort=_rates(engine.fetch("churn_by_cohort"), "customers"),
        table=_table(_known(engine.fetch("retention"), as_of)),
        survival=_survival(engine.fetch("survival")),
        revenue=_revenue(engine.fetch("revenue_churn"), window_days),
    )


def _known(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Add whether the month was not over yet."""
    return rows.assign(provisional=(rows["month"] >= _month(as_of)).astype("bool"))


def _months(first: date, as_of: date) -> pd.DataFrame:
    """The calendar months from that of `first` to that of `as_of`, numbered 12 year + month − 1."""
    numbers = range(_month(min(first, as_of)), _month(as_of) + 1)
    starts = [to_day(_start(number)) for number in numbers]
    ends = [to_day(_start(number + 1) - timedelta(days=1)) for number in numbers]
    return pd.DataFrame({"month": list(numbers), "first_day": starts, "last_day": ends})


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _rates(rows: pd.DataFrame, of: str) -> pd.DataFrame:
    base = rows[of].astype("float64")
    rate = rows["lost"].astype("float64") / base.where(base > 0)
    return _with_dates(rows).assign(churn_rate=rate)


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    share = rows["active"].astype("float64") / rows["customers"].astype("float64")
    since = rows["month"] - rows["cohort"]
    found = _with_dates(rows).assign(months_since=since, retention=share)
    order = ["cohort", "month", "months_since", "customers", "active", "retention", "cents"]
    return found[[*order, "provisional"]]


def _with_dates(rows: pd.DataFrame) -> pd.DataFrame:
    shown = {
        name: pd.Series([_start(int(month)) for month in rows[name]], dtype=object)
        for name in ("month", "cohort")
        if name in rows
    }
    return rows.assign(**shown)


def _survival(stays: pd.DataFrame) -> pd.DataFrame:
    known = {kind: stays[stays["kind"] == kind] for kind in ("latest", "earliest")}
    found = bounds(*map(_curve, known.values()))
    watched = known["latest"]["days"].to_numpy(dtype=np.int64)
    sizes = (known["latest"]["lost"] + known["latest"]["censored"]).to_numpy(dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(sizes)])
    at_risk = before[-1] - before[np.searchsorted(watched, found["days"])]
    found.insert(1, "at_risk", at_risk)
    return found


def _curve(stays: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat(
        [
            pd.DataFrame({"days": stays["days"], "lost": lost, "customers": stays[column]})
            for column, lost in (("lost", 1), ("censored", 0))
        ]
    )
    return kaplan_meier(both["days"], both["lost"], both["customers"])


def _revenue(rows: pd.DataFrame, window_days: int) -> RevenueChurn:
    sums = {str(name): int(value) for name, value in rows.iloc[0].items()}
    return RevenueChurn(window_days=window_days, **sums)
