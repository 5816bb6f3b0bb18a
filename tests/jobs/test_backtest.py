"""The page of what forecasts were worth, over whole demo bases."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from truths_base import mirrored

from suitecrm_bridge.analytics.held_out import FIGURES
from suitecrm_bridge.catalogue import ENTITY_MODULES, LANGUAGES
from suitecrm_bridge.insights.portfolio import forecasts
from suitecrm_bridge.jobs.report import backtest_page
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.report import backtest as told
from suitecrm_bridge.report.words import Words
from tests.places import places

DAY = date(2026, 3, 8)
BASES = {1: 300, 2: 250, 3: 220}
"""Customers by seed."""


@pytest.fixture(scope="module", params=places(list(BASES)))
def base(request, tmp_path_factory):
    """A scored demo base."""
    with ExitStack() as stack:
        home = tmp_path_factory.mktemp("base")
        context = stack.enter_context(mirrored(home, BASES[request.param], request.param, DAY))
        score(context, Summary(), DAY)
        yield context


@pytest.fixture(scope="module")
def found(base):
    """What was forecast of each kind of customer."""
    return {name: forecasts(base.mirror, base.choices, name) for name in ENTITY_MODULES}


def test_a_year_is_held_out_and_every_figure_is_told(found):
    for held in found.values():
        assert (held.until, held.as_of) == (DAY - timedelta(days=365), DAY)
        assert all(held.of(figure) for figure in FIGURES)


def test_each_verdict_is_that_of_its_interval(found):
    judged = [line for held in found.values() for line in held.lines if line.verdict]
    assert judged
    for line in judged:
        assert line.forecast is not None
        assert line.naive is not None
        ahead = line.forecast - line.naive
        if line.measure == "missed":
            ahead = 1 - line.forecast / line.naive
        assert line.low <= ahead <= line.high
        if line.verdict == "better":
            assert line.low > 0
        if line.verdict == "no_better":
            assert line.low <= 0


def test_what_came_is_what_the_customers_of_then_brought_since(base, found):
    sales = next(line for line in found["contacts"].lines if line.measure == "sales")
    split = (DAY - date(1970, 1, 1)).days - 365
    days = base.mirror.connection.execute(
        "SELECT contact_id, day, sum(cents) FROM invoice_facts"
        " WHERE status <> 'Cancelled' AND contact_id IS NOT NULL GROUP BY ALL"
    ).fetchall()
    known = {who for who, day, cents in days if day <= split and cents > 0}
    since = [cents for who, day, cents in days if who in known and split < day <= split + 365]
    assert sales.customers == len(known)
    assert sales.came == sum(since)


def test_the_customers_told_apart_are_all_of_them(found):
    lines = found["contacts"].lines
    (right,) = [line for line in lines if line.measure == "right"]
    bands = [line for line in lines if line.measure.startswith("band")]
    assert sum(band.customers for band in bands) == right.customers
    back = sum(round(band.came * band.customers) for band in bands)
    assert 0 < back < right.customers


def test_what_is_offered_is_what_the_page_calls_better(base, found):
    for entity, held in found.items():
        better = {line.measure for line in held.of("offer") if line.verdict == "better"}
        offered = base.mirror.connection.execute(
            f"SELECT DISTINCT offer_basis FROM scores_{entity} WHERE next_offer IS NOT NULL"
        ).fetchall()
        assert {basis for (basis,) in offered} <= better


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_each_figure_with_its_verdict(base, found, tmp_path, lang):
    for entity, held in found.items():
        parts = told.parts(held, Words(lang))
        assert [part.figure for part in parts] == list(FIGURES)
        assert all(part.headline and part.notes for part in parts)
        assert not [text for part in parts for text in (part.headline, *part.notes) if "{" in text]
        file = backtest_page(base, held, entity, tmp_path)
        assert file.stat().st_size > 3000
