"""What an interval of 95 % holds, counted exactly: the probability of every outcome is summed."""

from pathlib import Path

import numpy as np
import pytest
from intervals_counted import KINDS, SHOWN, lowest
from scipy import special, stats

from suitecrm_bridge.analytics.complaints.intervals import balance, mean, poisson, share

NUMBERS = (*range(1, 13), 15, 20, 30, 40, 50)


def floats(*values):
    return [np.atleast_1d(np.asarray(value, dtype=float)) for value in values]


@pytest.mark.parametrize(
    ("kind", "n"),
    [(name, n) for name, kind in KINDS.items() for n in NUMBERS if n <= 12 or len(kind.values) < 5],
)
def test_an_interval_holds_the_truth_in_95_of_100_cases_for_few_answers_and_many(kind, n):
    assert lowest(KINDS[kind], n) >= 0.95


@pytest.mark.parametrize("n", range(1, 51))
def test_the_limits_of_a_share_are_those_of_the_books(n):
    hits = np.arange(n + 1)
    low, high = share(*floats(hits, np.full(n + 1, n)))
    known = [stats.binomtest(int(k), n).proportion_ci() for k in hits]
    assert low == pytest.approx([one.low for one in known])
    assert high == pytest.approx([one.high for one in known])


@pytest.mark.parametrize("n", [1, 2, 5, 50])
def test_equal_answers_make_nobody_certain(n):
    _, low, high = mean(*floats(80 * n, 6_400 * n, n), (0.0, 100.0))
    assert low[0] < 80 < high[0]
    assert high[0] - low[0] > 60 / (n + 1)


def test_all_promoters_may_have_been_chance():
    known, low, high = balance(*floats(4, 0, 4))
    assert (known[0], high[0]) == (1, 1)
    # As for a share: with 0.025 nobody of four is one of those who are many below that.
    assert low[0] == pytest.approx(2 * 0.025 ** (1 / 4) - 1, abs=0.1)


def test_limits_narrow_as_answers_become_more():
    widths = []
    for n in (4, 8, 16, 32, 400):
        _, low, high = mean(*floats(50 * n, 3_000 * n, n), (0.0, 100.0))
        widths.append(high[0] - low[0])
    assert widths == sorted(widths, reverse=True)
    # With many, what everybody would say: 1.96 standard errors.
    assert widths[-1] == pytest.approx(2 * 1.96 * np.sqrt(500 / 400), rel=0.15)


def test_the_limits_of_a_count_are_exact():
    low, high = poisson(*floats([0, 1, 10]))
    assert low == pytest.approx([0, special.gammaincinv(1, 0.025), 4.795], abs=1e-3)
    assert high == pytest.approx([3.689, 5.572, 18.390], abs=1e-3)


@pytest.mark.parametrize("kind", ["share", "recommendation (NPS)", "survival"])
def test_the_page_shows_how_often_intervals_hold(kind):
    page = Path(__file__).parents[3] / "docs" / "indicators.md"
    figures = " | ".join(f"{100 * lowest(KINDS[kind], n):.1f}" for n in SHOWN)
    assert f"| {kind} | shown | {figures} |" in page.read_text(encoding="utf-8")
