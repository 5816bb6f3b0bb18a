"""The follow-up figures of complaints as somebody would write them with pandas alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

DAY, OPENS, CLOSES = 1440, 540, 1080
"""Minutes; business time is Monday to Friday, 9 to 18 in UTC."""
CELL = ["product", "country", "month"]


def crossing(
    frames: Mapping[str, pd.DataFrame], as_of: date, targets: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the figures by product, country and month (its first day), in that order."""
    cutoff = (as_of.toordinal() - date(1970, 1, 1).toordinal() + 1) * DAY
    cases = _timed(frames, cutoff, targets)
    cells = cases.groupby(CELL)
    found = pd.DataFrame(
        {
            "number": cells.size(),
            "open": cells["open"].sum(),
            "answered": cells["response"].count(),
            "resolved": cells["resolution"].count(),
            "breached": cells["breached"].sum(),
            "within": cells["within"].sum(),
        }
    )
    for measure in ("response", "resolution"):
        for name, part in (("median", 0.5), ("p90", 0.9)):
            found[f"{measure}_{name}"] = _least(cases, measure, part)
    found["sales"] = _sales(frames).reindex(found.index).fillna(0)
    found["per_100_sales"] = 100 * found["number"] / found["sales"].where(found["sales"] > 0)
    return found


def _timed(
    frames: Mapping[str, pd.DataFrame], cutoff: int, targets: Mapping[str, Any]
) -> pd.DataFrame:
    cases = frames["case_facts"].merge(frames["case_customers"], on="case_id", how="left")
    country = frames["customer_traits"].set_index("customer_id")["country"]
    cases["country"] = cases["customer_id"].map(country)
    answers = frames["case_answers"].merge(cases[["case_id", "created"]], on="case_id")
    answers = answers[(answers["moment"] >= answers["created"]) & (answers["moment"] < cutoff)]
    cases["answered"] = cases["case_id"].map(answers.groupby("case_id")["moment"].min())
    changes = frames["case_changes"]
    closings = changes[(changes["value_after"] == "Closed") & (changes["moment"] < cutoff)]
    cases["resolved"] = cases["case_id"].map(closings.groupby("case_id")["moment"].max())
    cases["month"] = _month(cases["created"] // DAY)
    begun = _worked(cases["created"])
    cases["response"] = _worked(cases["answered"]) - begun
    cases["resolution"] = _worked(cases["resolved"]) - begun
    cases["open"] = cases["resolved"].isna()
    age = (_worked(pd.Series([float(cutoff)])).iloc[0] - begun).where(cases["open"])
    ended = cases["resolution"].fillna(age)
    first = cases["response"].fillna(ended)
    due = {
        name: cases["priority"].map(lambda key, n=name: getattr(targets[key], n))
        for name in ("first_response", "resolution")
    }
    cases["breached"] = (first > due["first_response"]) | (ended > due["resolution"])
    cases["within"] = ~cases["open"] & ~cases["breached"]
    return cases


def _worked(moment: pd.Series[Any]) -> pd.Series[Any]:
    """Return the business minutes from a Monday long ago to each moment."""
    day = np.floor(moment / DAY) + 3
    week, weekday = day // 7, day % 7
    today = (moment % DAY).clip(OPENS, CLOSES) - OPENS
    full = CLOSES - OPENS
    return week * 5 * full + np.minimum(weekday, 5) * full + today.where(weekday < 5, 0)


def _month(day: pd.Series[Any]) -> pd.Series[Any]:
    dates = pd.to_datetime(day, unit="D")
    return dates.dt.to_period("M").dt.to_timestamp()


def _least(cases: pd.DataFrame, measure: str, part: float) -> pd.Series[Any]:
    """Return the least value of each cell that a part of its cases do not exceed."""
    known = cases[[*CELL, measure]].dropna().sort_values([*CELL, measure])
    cells = known.groupby(CELL)
    size = cells[measure].transform("size")
    wanted = np.ceil(size * part - 1e-9) - 1
    return known[cells.cumcount() == wanted].set_index(CELL)[measure]


def _sales(frames: Mapping[str, pd.DataFrame]) -> pd.Series[Any]:
    sold = frames["purchases"][frames["purchases"]["cents"] > 0]
    lines = frames["line_facts"][["invoice_id", "product_id"]].drop_duplicates()
    sold = sold.merge(lines, left_on="purchase_id", right_on="invoice_id")
    country = frames["customer_traits"].set_index("customer_id")["country"]
    cell = {"product": sold["product_id"], "country": sold["customer_id"].map(country)}
    own = sold.assign(**cell, month=_month(sold["day"]))
    return own.groupby(CELL)["purchase_id"].nunique()
