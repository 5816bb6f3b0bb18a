"""How long customers stay: the Kaplan–Meier curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from suitecrm_bridge.analytics.fitting import floats
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_TWO_SIDED_95 = 1.959963984540054


def kaplan_meier(days: ArrayLike, lost: ArrayLike, customers: ArrayLike = 1) -> pd.DataFrame:
    """Return the share of customers still there after so many days.

    Args:
        days: how long each customer stayed, or was watched.
        lost: whether he was lost then (1), or still there when the watch ended (0).
        customers: how many customers each entry stands for.

    Columns out, one row per day on which somebody was lost: days; at_risk (customers watched
    that long); lost; survival (share); low, high (95 % interval by Greenwood's variance, on the
    scale of log(−log S), which keeps it between 0 and 1).

    Raises:
        DataError: a value is missing or negative.

    References:
        Kaplan, E. L. and Meier, P. (1958), Nonparametric Estimation from Incomplete
        Observations, JASA 53, 457–481.
        Kalbfleisch, J. D. and Prentice, R. L. (1980), The Statistical Analysis of Failure Time
        Data, for the interval.
    """
    time, event, weight = np.broadcast_arrays(
        floats(days, "days"), floats(lost, "lost"), floats(customers, "customers")
    )
    if (event > 1).any():
        raise DataError(text("analytics.bad_summary_column", column="lost"))
    rows = pd.DataFrame({"days": time.ravel(), "lost": (event * weight).ravel()})
    rows["left"] = weight.ravel()
    table = rows.groupby("days").sum().reset_index()
    table["at_risk"] = table["left"][::-1].cumsum()[::-1]
    table = table[table["lost"] > 0].reset_index(drop=True)
    stay = 1 - table["lost"] / table["at_risk"]
    table["survival"] = stay.cumprod()
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (
            table["lost"] / (table["at_risk"] * (table["at_risk"] - table["lost"]))
        ).cumsum()
        logs = np.log(table["survival"])
        spread = np.exp(_TWO_SIDED_95 * np.sqrt(variance) / logs.abs())
    for name, power in (("low", spread), ("high", 1 / spread)):
        table[name] = (table["survival"] ** power).where(table["survival"] > 0, 0.0)
    counts = table[["days", "at_risk", "lost"]].astype("int64")
    return pd.concat([counts, table[["survival", "low", "high"]]], axis=1)
