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

FEWEST = 30
"""Of fewer customers no model is fitted, unless somebody asks for it."""

_SMALL_STEP = 1e-7
_ROUNDS = 100
_DIFFERENCE = 1e-6
_FLAT = 1e-9
_PRIOR_SPREAD = 3.0
_PRIOR_CUSTOMERS = 1 / 500


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
    """Return the inner product. BLAS would start threads for it, and wait for them.

    Summed in pairs: a running sum of a million histories would lose the digits by which two
    gradients beside each other differ.
    """
    return float((one * other).sum())


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
    """Return the highest value but for the top thirtieth of customers, and for one at least.

    A thirtieth, for no model is fitted on fewer than 30: of a base and of many like it together
    the same are left out.
    """
    customers = weights(customers, values)
    count = int(customers.sum())
    if count < 2:
        return float(values.max(initial=0.0))
    order = np.argsort(values)
    up_to = np.cumsum(customers[order])
    place = count - 1 - max(1, count // FEWEST)
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
    objective: Objective, starts: Sequence[Sequence[float]], limit: float
) -> Maximum | Literal["no_convergence"]:
    """Return the maximum of the likelihood, or say that none was found.

    Newton's method, with the curvature from differences of the analytic gradient. A few rounds
    suffice, and the size of the last step says by how much the parameters may still be wrong;
    quasi-Newton methods stop where the value no longer changes, and then cannot tell.

    Where customers do not differ in something, the likelihood grows for ever while two
    parameters run away together, and the forecasts hardly change. A weak prior then stops them
    inside the limits: a logarithm is limit · tanh(φ / limit), and φ is normal with standard
    deviation 3. It weighs as much as one customer in 500, whatever their number: as much as one
    customer in all, it would be nothing beside a million, and their parameters would run over the
    limits where those of fewer with the same habits do not.

    Args:
        objective: what to minimise: an average over customers.
        starts: where to begin, tried in turn until one converges inside the limits.
        limit: parameters beyond exp(±limit) are absurd.
    """
    for start in starts:
        found = _newton(objective, np.asarray(start, dtype=np.float64), limit)
        if found is not None and (np.abs(found) < limit).all():
            return Maximum(found, prior=False)
    for start in starts:
        begin = limit * np.arctanh(np.clip(np.asarray(start) / limit, -0.9, 0.9))
        found = _newton(_with_prior(objective, limit), begin, np.inf)
        if found is not None:
            return Maximum(limit * np.tanh(found / limit), prior=True)
    return "no_convergence"


def _with_prior(objective: Objective, limit: float) -> Objective:
    weight = _PRIOR_CUSTOMERS / _PRIOR_SPREAD**2

    def penalised(free: Floats) -> tuple[float, Floats]:
        within = np.tanh(free / limit)
        value, gradient = objective(limit * within)
        held = value + weight / 2 * float((free**2).sum())
        return held, gradient * (1 - within**2) + weight * free

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
