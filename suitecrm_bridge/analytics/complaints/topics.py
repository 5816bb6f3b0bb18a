"""Topics in a matrix of texts and words: how many there are, and of which words each is made."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy import optimize

FEWEST_A_TOPIC = 15
"""Texts that there must be for each topic that is looked for."""
AGREED = 0.8
_KNOWN_AGAIN = 0.5
_TRIED_ON = 4000
_TRIES, _ENOUGH = 200, 1e-3
_SEED = 0

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def topics(texts: Any, most: int) -> Matrix:
    """Return the topics of texts, a row for each, a column for each word, rows of length 1.

    Each half of the texts is looked at alone, and the topics of one half are paired with those of
    the other so that the cosines of the pairs add up to the most (stability). There are as many
    topics, up to `most`, as still agree by `AGREED` on the mean, or, where no number does, as
    agree best; one that either half does not have (cosine below 0.5) is none.

    Args:
        texts: a sparse matrix of weights, a row for each text; the rows are in random order.
        most: the largest number of topics to try.

    Reference:
        Lee, D. D. and Seung, H. S. (1999), Learning the parts of objects by non-negative matrix
        factorization, Nature 401. Greene, D., O'Callaghan, D. and Cunningham, P. (2014), How many
        topics? Stability analysis for topic models, ECML PKDD.
    """
    largest = min(most, texts.shape[0] // FEWEST_A_TOPIC, texts.shape[1] // 2)
    if largest < 2:
        return np.zeros((0, texts.shape[1]))
    tried = texts[:_TRIED_ON]
    halves = {n: (_factor(tried[::2], n), _factor(tried[1::2], n)) for n in range(2, largest + 1)}
    agreed = {n: _agreement(*pair) for n, pair in halves.items()}
    best = max(agreed.values())
    number = max(n for n, value in agreed.items() if value >= min(best, AGREED))
    found = _factor(texts, number)
    again = np.min([(found @ half.T).max(axis=1) for half in halves[number]], axis=0)
    kept: Matrix = found[again >= _KNOWN_AGAIN]
    return kept


def _agreement(one: Matrix, other: Matrix) -> float:
    cosines = one @ other.T
    rows, columns = optimize.linear_sum_assignment(-cosines)
    return float(cosines[rows, columns].mean())


def _factor(texts: Any, n: int) -> Matrix:
    # Slow to import, and only those who look for themes need it.
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n, init="nndsvda", random_state=_SEED, max_iter=_TRIES, tol=_ENOUGH)
    with warnings.catch_warnings():
        # Topics that still move in the fourth digit are good enough.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(texts)
    lengths = np.linalg.norm(model.components_, axis=1, keepdims=True)
    found: Matrix = model.components_ / np.where(lengths > 0, lengths, 1.0)
    return found
