from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue.drift import Drift


def test_a_number_is_an_amount():
    assert Drift.parse("0.02") == Drift(Decimal("0.02"))


def test_a_number_with_a_percent_sign_is_a_share():
    assert Drift.parse("3 %") == Drift(Decimal(3), relative=True)


@pytest.mark.parametrize("words", ["", "3%", "-1", "a lot", "1 % or so"])
def test_other_words_are_refused(words):
    with pytest.raises(ValueError, match="neither a number"):
        Drift.parse(words)


def test_a_share_is_one_of_the_greater_value():
    drift = Drift(Decimal(10), relative=True)
    assert drift.covers(Decimal(100), Decimal(90))
    assert not drift.covers(Decimal(99), Decimal(89))


def test_days_are_counted_between_dates():
    assert Drift(Decimal(2)).covers(date(2026, 3, 1), date(2026, 2, 27))
    assert not Drift(Decimal(2)).covers(date(2026, 3, 1), date(2026, 2, 26))


def test_nothing_is_close_to_nothing_alone():
    assert Drift(Decimal(5)).covers(None, None)
    assert not Drift(Decimal(5)).covers(None, Decimal(0))
