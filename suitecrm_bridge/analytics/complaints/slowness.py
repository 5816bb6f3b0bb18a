"""Countries whose customers wait longer for an answer, or for the end, than those elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import complaint_rules
from suitecrm_bridge.catalogue.alarms import Alarms

MEASURES = ("response", "resolution")
MOST = 64.0
STEPS = 14
"""Halvings of the logarithms between 1 / `MOST` and `MOST`: down to a thousandth."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_COLUMNS = {
    "country": "string",
    "measure": "string",
    "number": "int64",
    "minutes": "float64",
    "elsewhere": "float64",
    "ratio": "float64",
    "z": "float64",
    "chance": "float64",
    "p_value": "float64",
}


@dataclass(frozen=True)
class Times:
    """How long each complaint took, or takes so far where it is not `done`; `stratum` from 0 on."""

    place: Ints
    stratum: Ints
    minutes: Floats
    done: Flags


def compute(engine: SqlEngine, as_of: date, rules: Alarms | None = None) -> None:
    """Find the slow countries among the complaints of the last `slow_days`, into `slow_countries`.

    Tables in: `complaint_timeline`, of `timeline.prepare` for the same day; of one entity,
    `case_customers` (case_id, customer_id) and `customer_traits` (customer_id, country).
    Columns out, a row for each country and measure, the surest first: country; measure ("response"
    or "resolution"); number (complaints); minutes, elsewhere (business minutes, medians of those
    that are done, missing where none is); ratio (how many times as long it takes as elsewhere at
    the same priorities, see `stretch`); z; chance (of a false alarm of this test); p_value (of this
    one among all tests).

    Each country is held against all others by Gehan's test within each priority: open complaints
    count by how long they are open. The chance of all tests together is `rules.chance`
    (Šidák); what takes less than `rules.slower` times as long is none.

    Raises:
        DataError: a table is missing.

    References:
        Gehan, E. A. (1965), A generalized Wilcoxon test for comparing arbitrarily singly-censored
        samples, Biometrika 52; with the variance of Mantel, N. (1967), Biometrics 23.
    """
    rules = rules or complaint_rules().alarms
    since = to_day(as_of) - rules.slow_days + 1
    engine.values("slow_parameters", {"since_day": since})
    names = engine.fetch("slow_places").set_index("place")["country"]
    times = engine.fetch("slow_times").astype("int64")
    places = times["place"].unique()
    tests = len(MEASURES) * len(places) if len(places) > 1 else 1
    chance = float(-np.expm1(np.log1p(-rules.chance) / tests))
    rows = [
        (names[place], measure, *figures, z, chance, float(-np.expm1(tests * np.log1p(-p))))
        for measure in MEASURES
        for place, z, p, figures in _slower(_times(times, measure), chance, rules.slower)
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    engine.table("slow_countries", frame.sort_values("z", ascending=False, kind="stable"))


def gehan(times: Times, own: Flags) -> float:
    """Return by how many standard deviations the times of `own` lie above the others'.

    Complaints are compared within their stratum only.
    """
    total = variance = 0.0
    for stratum in np.unique(times.stratum):
        among = times.stratum == stratum
        scores, mine = _scores(times.minutes[among], times.done[among]), own[among]
        n, m = len(scores), int(mine.sum())
        if 0 < m < n:
            total += float(scores[mine].sum())
            variance += m * (n - m) / (n * (n - 1)) * float((scores**2).sum())
    return total / variance**0.5 if variance else 0.0


def stretch(times: Times, own: Flags) -> float:
    """Return by what factor the times of `own` are longer than the others', up to `MOST`.

    Divided by it they would be alike by Gehan's test: the rank estimate of an accelerated failure
    time, which neither a few endless complaints nor those still open can move far.

    Reference:
        Tsiatis, A. A. (1990), Estimating regression parameters using linear rank tests for
        censored data, Annals of Statistics 18.
    """
    low, high = -np.log(MOST), np.log(MOST)
    for _ in range(STEPS):
        middle = (low + high) / 2
        alike = replace(times, minutes=np.where(own, times.minutes / np.exp(middle), times.minutes))
        low, high = (middle, high) if gehan(alike, own) > 0 else (low, middle)
    return float(np.exp((low + high) / 2))


def _scores(minutes: Floats, done: Flags) -> Floats:
    """Return how many of the others surely took less, less how many surely took more."""
    finished, everything = np.sort(minutes[done]), np.sort(minutes)
    up_to = np.searchsorted(finished, minutes, "right")
    shorter = np.where(done, np.searchsorted(finished, minutes, "left"), up_to)
    # Of those just as long, the ones under way will take more.
    longer = len(minutes) - np.searchsorted(everything, minutes, "left")
    longer -= up_to - np.searchsorted(finished, minutes, "left")
    return np.asarray(shorter - np.where(done, longer, 0), dtype=np.float64)


def _times(times: pd.DataFrame, measure: str) -> Times:
    return Times(
        times["place"].to_numpy(),
        times["stratum"].to_numpy(),
        times[measure].to_numpy("float64"),
        times[f"{measure}_done"].to_numpy() == 1,
    )


def _slower(
    times: Times, chance: float, least: float
) -> Iterator[tuple[int, float, float, tuple[int, float, float, float]]]:
    """Yield of each slow country its place, z, the chance of it, and its figures."""
    for place, z in _tested(times):
        p = float(stats.norm.sf(z))
        if p <= chance:
            own = times.place == place
            ratio = stretch(times, own)
            if ratio >= least:
                here, elsewhere = (_median(times.minutes[times.done & who]) for who in (own, ~own))
                yield place, z, p, (int(own.sum()), here, elsewhere, ratio)


def _tested(times: Times) -> Iterator[tuple[int, float]]:
    """Yield the place and Gehan's z of each country that can be held against others."""
    for place in np.unique(times.place):
        own = times.place == place
        if not own.all():
            yield int(place), gehan(times, own)


def _median(minutes: Floats) -> float:
    return float(np.median(minutes)) if minutes.size else np.nan
