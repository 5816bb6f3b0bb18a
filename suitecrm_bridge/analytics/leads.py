"""Who of those who asked will become a customer, learnt from those who did.

A logistic regression on what is known of a lead on a day: the logarithm of the odds is a sum of
points, one a trait, each drawn towards nothing the more the fewer leads tell of it.
So a score can be taken apart into what speaks for somebody and what against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array, hstack
from scipy.special import expit, logit

from suitecrm_bridge.analytics.fitting import Floats

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine

KINDS = ("leads", "targets")
TRAITS = ("source", "campaign", "country", "industry", "talks", "clicks", "age")
AGES = (0, 7, 14, 30, 60, 90, 180, 365)
"""Days after their entry on which leads are looked at, while they are no customers."""
HORIZON = 180
"""Within this many days somebody becomes a customer, or counts as one who did not."""
FEWEST_EARLY = 50
FEWEST_LATE = 15
"""Of fewer customers won nothing is learnt, or nothing can be held against what came."""
FEWEST_VALUES = 20
VALUE_PULL = 10.0
"""This many customers of the usual value are added to those of a source."""
MOST_LEVELS = 200
FEWEST_OF_LEVEL = 5
PULL = 3.0
"""A point is taken as if it had been drawn from a normal distribution with this precision."""

_ROUNDS = 60
_SMALL_STEP = 1e-9
_LONGEST_STEP = 3.0
_FAINT = 1e-6
_MILLION = 1_000_000


def compute(engine: SqlEngine, as_of: date) -> None:
    """Score open leads and targets, into `lead_scores`, `lead_points` and `lead_trials`.

    Tables in: `purchases` and what it is made of; `lead_facts`: kind, lead_id, day, source,
    campaign, country, industry, contact_id, account_id ("" where unknown), closed, rival, silent
    (1 or 0); `lead_touches`: kind, lead_id, day, talked (1 for a call or meeting held, 0 for a link
    followed).

    Args:
        engine: holds the tables.
        as_of: the day to look from; what comes later does not exist yet.

    Raises:
        DataError: a table is missing, or a sum is out of range.

    Reference:
        van Houwelingen, H. C. (2007), Dynamic prediction by landmarking in event history analysis,
        Scandinavian Journal of Statistics 34(1), for looking at people on several days.
    """
    _look(engine, as_of)
    engine.make("lead_scores", "lead_trials")


def compare(engine: SqlEngine, as_of: date, referred: Sequence[str]) -> pd.DataFrame:
    """Return where customers came from, compared; what `lead_sources` makes.

    Tables in: those of `compute`; `campaign_costs`: campaign, name, cost_cents (null where it is
    not known); what `profit.compute` is given, for the margin.

    Args:
        engine: holds the tables.
        as_of: the day to look from; what comes later does not exist yet.
        referred: lead sources of people that others sent.
    """
    _look(engine, as_of)
    engine.values("lead_months", *({"days": days} for days in (*range(0, 361, 30), 365)))
    engine.values("referred_sources", *({"source": source} for source in referred))
    return engine.fetch("lead_sources")


def _look(engine: SqlEngine, as_of: date) -> None:
    engine.look_from(as_of)
    engine.values("lead_steps", *({"age": age} for age in AGES))
    known = {"horizon_days": HORIZON, "fewest_values": FEWEST_VALUES, "value_pull": VALUE_PULL}
    engine.values("lead_parameters", known)


@dataclass(frozen=True)
class Points:
    """What each level of each trait adds to the logarithm of the odds, and what all have."""

    usual: float
    of: Mapping[str, Mapping[str, float]]

    def odds(self, looks: pd.DataFrame) -> Floats:
        """Return the logarithm of the odds of each row; a level never seen adds nothing."""
        found = np.full(len(looks), self.usual)
        for trait, points in self.of.items():
            found += looks[trait].astype(str).map(points).fillna(0.0).to_numpy(np.float64)
        return found

    def stretched(self, shift: float, stretch: float) -> Points:
        """Return the same, with other odds for everybody and more or less between them."""
        of = {t: {level: one * stretch for level, one in p.items()} for t, p in self.of.items()}
        return Points(shift + self.usual * stretch, of)

    def centred(self, looks: pd.DataFrame) -> Points:
        """Return the same odds, in which the points of each trait are nothing on average."""
        usual, of = self.usual, {}
        for trait, points in self.of.items():
            counts = looks.groupby(looks[trait].astype(str))["looks"].sum()
            known = counts[counts.index.isin(list(points))]
            mean = sum(points[str(k)] * n for k, n in known.items()) / max(float(known.sum()), 1.0)
            of[trait] = {level: one - mean for level, one in points.items()}
            usual += mean
        return Points(usual, of)


@dataclass(frozen=True)
class Trial:
    """How well the customers of later days were forecast from those of earlier ones.

    `reason` says why nothing is scored: too_few or nothing_told, "" where it is. `leads` and
    `customers` are those that it was learnt from, `late_leads` and `late_customers` those that it
    was tried on. `auc` is the probability that one who became a customer had a higher score than
    one who did not, `top` the share of the customers among the fifth with the highest scores; both
    come for the newest first and for the average of the source, too. `loss` is the mean
    logarithmic loss, `usual_loss` that of saying the same of all. `shift` and
    `stretch` put the odds right.
    """

    kind: str
    reason: str
    leads: int
    customers: int
    late_leads: int
    late_customers: int
    auc: float | None = None
    auc_newest: float | None = None
    auc_source: float | None = None
    top: float | None = None
    top_newest: float | None = None
    top_source: float | None = None
    loss: float | None = None
    usual_loss: float | None = None
    shift: float = 0.0
    stretch: float = 1.0


def fit(looks: pd.DataFrame) -> Points:
    """Return the points that make what came most likely, each drawn towards nothing.

    Columns in: the traits; looks (how many are alike), won (of those).
    """
    columns, names = [csr_array(np.ones((len(looks), 1)))], []
    for trait in TRAITS:
        values = looks[trait].astype(str)
        counts = looks.groupby(values)["looks"].sum().sort_values(ascending=False, kind="stable")
        levels = list(counts[counts >= FEWEST_OF_LEVEL].index[:MOST_LEVELS])
        codes = pd.Index(levels, dtype=object).get_indexer(values.astype(object))
        rows = np.flatnonzero(codes >= 0)
        shape = (len(looks), len(levels))
        columns.append(csr_array((np.ones(len(rows)), (rows, codes[rows])), shape=shape))
        names += [(trait, str(level)) for level in levels]
    pulls = np.array([_FAINT, *[PULL] * len(names)])
    found = _most_likely(hstack(columns, format="csr"), looks, pulls, np.zeros(len(looks)))
    of: dict[str, dict[str, float]] = {trait: {} for trait in TRAITS}
    for (trait, level), one in zip(names, found[1:], strict=True):
        of[trait][level] = float(one)
    return Points(float(found[0]), of)


def _most_likely(x: Any, looks: pd.DataFrame, pulls: Floats, offset: Floats) -> Floats:
    """Newton's method; several looks at a lead count as much as one, for they tell the same."""
    share = _leads(looks) / max(float(looks["looks"].sum()), 1.0)
    count = looks["looks"].to_numpy(np.float64) * share
    won = looks["won"].to_numpy(np.float64) * share
    at = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        sure = expit(x @ at + offset)
        gradient = x.T @ (count * sure - won) + pulls * at
        curves = (x.T @ diags_array(count * sure * (1 - sure)) @ x).toarray() + np.diag(pulls)
        step = np.linalg.solve(curves, gradient)
        at = at - step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), _FAINT))
        if np.abs(step).max() < _SMALL_STEP:
            break
    return at


def _leads(looks: pd.DataFrame) -> float:
    return float(looks.loc[looks["age"] == AGES[0], "looks"].sum())


def try_out(kind: str, looks: pd.DataFrame) -> tuple[Trial, pd.DataFrame]:
    """Learn from the early looks and hold it against the late ones; return them with `odds`.

    Columns in: those of `lead_histories`, of one kind. The odds of the late looks are put right by
    those of the other half of leads, so that they are judged by what they have not seen.
    """
    early, late = (looks[looks["part"] == part] for part in ("early", "late"))
    first, later = (part[part["age"] == AGES[0]] for part in (early, late))
    sizes = [int(part[name].sum()) for part in (first, later) for name in ("looks", "won")]
    if sizes[1] < FEWEST_EARLY or sizes[3] < FEWEST_LATE:
        return Trial(kind, "too_few", *sizes), late.assign(odds=np.nan)
    odds = fit(early).odds(late)
    judged = np.empty(len(late))
    for fold in (0, 1):
        own = (late["fold"] == fold).to_numpy()
        shift, stretch = _put_right(late[~own], odds[~own])
        judged[own] = shift + stretch * odds[own]
    late = late.assign(odds=judged)
    shift, stretch = _put_right(late, odds)
    loss, usual = _loss(late, judged), _loss(late, np.full(len(late), _usual(late)))
    trial = Trial(kind, "" if loss < usual else "nothing_told", *sizes)
    told: dict[str, Any] = {"loss": loss, "usual_loss": usual, "shift": shift, "stretch": stretch}
    return replace(trial, **_ranked(early, late), **told), late


def learn(looks: pd.DataFrame, trial: Trial) -> Points:
    """Return the points from all looks that are over, put right as the trial says."""
    return fit(looks).stretched(trial.shift, trial.stretch).centred(looks)


def millionths(value: float) -> int:
    """Return points as they are added up: whole, so that their sum is the same in any order."""
    return round(value * _MILLION)


def _put_right(looks: pd.DataFrame, odds: Floats) -> tuple[float, float]:
    x = csr_array(np.column_stack([np.ones(len(odds)), odds]))
    shift, more = _most_likely(x, looks, np.array([_FAINT, PULL]), odds)
    return float(shift), 1.0 + float(more)


def _usual(looks: pd.DataFrame) -> float:
    return float(logit(looks["won"].sum() / looks["looks"].sum()))


def _loss(looks: pd.DataFrame, odds: Floats) -> float:
    count, won = (looks[name].to_numpy(np.float64) for name in ("looks", "won"))
    total = (count * np.logaddexp(0, odds) - won * odds).sum()
    return float(total / count.sum())


def _ranked(early: pd.DataFrame, late: pd.DataFrame) -> dict[str, Any]:
    by_source = early.groupby("source")[["looks", "won"]].sum()
    usual = float(early["won"].sum() / early["looks"].sum())
    rates = (by_source["won"] + usual * VALUE_PULL) / (by_source["looks"] + VALUE_PULL)
    ways: Sequence[tuple[str, Floats]] = (
        ("", late["odds"].to_numpy(np.float64)),
        ("_newest", -late["age"].to_numpy(np.float64)),
        ("_source", late["source"].map(rates).fillna(usual).to_numpy(np.float64)),
    )
    found = {}
    for name, order in ways:
        found[f"auc{name}"], found[f"top{name}"] = _order_of(late, order)
    return found


def _order_of(looks: pd.DataFrame, order: Floats) -> tuple[float, float]:
    """Return the area under the curve, and the share of the customers in the top fifth."""
    by = looks.assign(order=order).groupby("order")[["looks", "won"]].sum().sort_index()
    won, lost = by["won"].to_numpy(np.float64), (by["looks"] - by["won"]).to_numpy(np.float64)
    below = np.cumsum(lost) - lost
    auc = float((won * (below + lost / 2)).sum() / (won.sum() * lost.sum()))
    count, gained = (by[name].to_numpy(np.float64)[::-1] for name in ("looks", "won"))
    # Of those who are alike as many count as there is room for.
    top = float(np.interp(count.sum() / 5, np.r_[0, count.cumsum()], np.r_[0, gained.cumsum()]))
    return auc, top / float(won.sum())
