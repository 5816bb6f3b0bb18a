"""Maximum likelihood over the logarithms of parameters, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import Language, number, text

Floats: TypeAlias = NDArray[np.float64]
Objective: TypeAlias = Callable[[Floats], tuple[float, Floats]]
"""Logarithms of the parameters → negative log-likelihood a customer, and its gradient."""

Reason = Literal[
    "too_few_customers", "too_few_repeat_buyers", "no_convergence", "absurd_parameters"
]

_SMALL_STEP = 1e-7
_ROUNDS = 100
_DIFFERENCE = 1e-6
_FLAT = 1e-9
_PRIOR_SPREAD = 3.0


@dataclass(frozen=True)
class NotFitted:
    """No model, and why.

    Args:
        reason: what is in the way.
        found: how many there are of what there are too few of, else of customers.
        needed: how many it takes, where there are too few.
    """

    reason: Reason
    found: int = 0
    needed: int = 0

    def sentence(self, lang: Language | None = None) -> str:
        """Return the reason in words."""
        return text(
            f"analytics.not_fitted_{self.reason}",
            lang,
            found=number(self.found, lang),
            needed=number(self.needed, lang),
        )


def floats(values: ArrayLike, name: str) -> Floats:
    """Return `values` as an array of floats.

    Raises:
        DataError: one of them is missing, infinite or negative.
    """
    if isinstance(values, pd.Series):
        values = values.to_numpy(dtype=np.float64, na_value=np.nan)
    found = np.asarray(values, dtype=np.float64)
    if not (np.isfinite(found) & (found >= 0)).all():
        raise DataError(text("analytics.bad_summary_column", column=name))
    return found


def inner(one: Floats, other: Floats) -> float:
    """Return the inner product. BLAS would start threads for it, and wait for them."""
    return float(np.einsum("i,i->", one, other))


def shared(x: Floats, tx: Floats, age: Floats, customers: ArrayLike | None) -> pd.DataFrame:
    """Return each history (x, tx, age) once, with its number of customers."""
    rows = pd.DataFrame({"x": x, "tx": tx, "age": age, "customers": weights(customers, x)})
    if customers is not None:
        return rows
    return rows.groupby(["x", "tx", "age"], as_index=False).sum()


def counted(at: NDArray[np.intp], customers: Floats) -> Floats:
    """Return how many customers have each place, from place 0 on."""
    return np.asarray(np.bincount(at, weights=customers), dtype=np.float64)


def usual_top(values: Floats, customers: Floats | None = None) -> float:
    """Return the highest value but for the top hundredth of customers, and for one at least."""
    customers = weights(customers, values)
    count = int(customers.sum())
    if count < 2:
        return float(values.max(initial=0.0))
    order = np.argsort(values)
    up_to = np.cumsum(customers[order])
    place = count - 1 - max(1, count // 100)
    return float(values[order][np.searchsorted(up_to, place, side="right")])


def weights(customers: ArrayLike | None, like: Floats) -> Floats:
    """Return how many customers each value stands for: one, unless it is said.

    Raises:
        DataError: a number is missing, infinite or negative.
    """
    if customers is None:
        return np.ones(like.shape)
    return np.broadcast_to(floats(customers, "customers"), like.shape)


@dataclass(frozen=True)
class Maximum:
    """Logarithms of the parameters where the likelihood is highest, and whether it took a prior."""

    logs: Floats
    prior: bool


def maximise(
    objective: Objective, starts: Sequence[Sequence[float]], limit: float, customers: int
) -> Maximum | Literal["no_convergence", "absurd_parameters"]:
    """Return the maximum of the likelihood, or why there is none.

    Newton's method, with the curvature from differences of the analytic gradient. A few rounds
    suffice, and the size of the last step says by how much the parameters may still be wrong;
    quasi-Newton methods stop where the value no longer changes, and then cannot tell.

    Where customers do not differ in something, the likelihood grows for ever while two
    parameters run away together, and the forecasts hardly change. A weak prior then stops them:
    each logarithm is normal with standard deviation 3, which weighs less than one customer.

    Args:
        objective: what to minimise.
        starts: where to begin, tried in turn until one converges inside the limits.
        limit: parameters beyond exp(±limit) are absurd.
        customers: how many the objective averages over.
    """
    failure: Literal["no_convergence", "absurd_parameters"] = "no_convergence"
    weighted = _with_prior(objective, 1 / (_PRIOR_SPREAD**2 * customers))
    for prior, goal in ((False, objective), (True, weighted)):
        for start in starts:
            found = _newton(goal, np.asarray(start, dtype=np.float64), limit)
            if found is not None and (np.abs(found) < limit).all():
                return Maximum(found, prior)
            if found is not None:
                failure = "absurd_parameters"
    return failure


def _with_prior(objective: Objective, weight: float) -> Objective:
    def penalised(logs: Floats) -> tuple[float, Floats]:
        value, gradient = objective(logs)
        return value + weight / 2 * float((logs**2).sum()), gradient + weight * logs

    return penalised


def _newton(objective: Objective, at: Floats, limit: float) -> Floats | None:
    """Go down from `at` to a minimum or over the limit; None when neither comes."""
    for _ in range(_ROUNDS):
        value, gradient = objective(at)
        curves, axes = np.linalg.eigh(_curvature(objective, at, gradient))
        step = axes @ ((axes.T @ gradient) / np.maximum(np.abs(curves), _FLAT))
        if (np.abs(at) >= limit).any():
            return at
        if curves.min() > _FLAT and np.abs(step).max() < _SMALL_STEP:
            return np.asarray(at - step, dtype=np.float64)
        at = _downhill(objective, at, step, value)
    return None


def _downhill(objective: Objective, at: Floats, step: Floats, value: float) -> Floats:
    """Take the step, no longer than 1 and halved until it leads down."""
    size = min(1.0, 1.0 / float(np.abs(step).max()))
    while size > 1e-3 and not objective(at - size * step)[0] <= value + 1e-13:
        size /= 2
    return at - size * step


def _curvature(objective: Objective, at: Floats, gradient: Floats) -> Floats:
    rows = [objective(at + move)[1] - gradient for move in np.eye(len(at)) * _DIFFERENCE]
    found = np.array(rows) / _DIFFERENCE
    return np.asarray((found + found.T) / 2, dtype=np.float64)
