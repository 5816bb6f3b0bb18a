"""Values that a MySQL which is not strict holds, and how the API answers them."""

import pytest

from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.sandbox.answers import Answers
from suitecrm_bridge.sandbox.schema import schema


@pytest.fixture
def sandbox():
    with Sandbox() as opened:
        yield opened


def answered(sandbox, module, **values):
    sandbox.store.load(module, [{"id": "r1", **values}])
    known = schema(True)
    bean = known.beans[module]
    answers: Answers = sandbox.app.answers
    return answers.attributes(bean, [sandbox.store.row(module, "r1")])[0]


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("0000-00-00 00:00:00", "-0001-11-30T00:00:00+00:00"),
        ("2026-00-00 10:00:00", "2025-11-30T10:00:00+00:00"),
        ("2026-02-31 10:00:00", "2026-03-03T10:00:00+00:00"),
        ("2026-05-00 00:00:00", "2026-04-30T00:00:00+00:00"),
        ("0202-06-01 10:30:59", "0202-06-01T10:30:00+00:00"),
        ("9999-12-31 23:59:59", "9999-12-31T23:59:00+00:00"),
    ],
)
def test_a_moment_that_never_was_is_answered_as_php_makes_it(sandbox, held, shown):
    assert answered(sandbox, "Cases", date_entered=held)["date_entered"] == shown


@pytest.mark.parametrize("held", ["0000-00-00", "0202-06-01", "9999-12-31", "2026-02-31"])
def test_a_day_is_answered_as_it_is_held(sandbox, held):
    assert answered(sandbox, "AOS_Invoices", invoice_date=held)["invoice_date"] == held


def test_an_amount_of_twenty_digits_is_answered_with_six_decimals(sandbox):
    found = answered(sandbox, "AOS_Invoices", total_amount="90000000000000000")
    assert found["total_amount"] == "90000000000000000.000000"


def test_numbers_are_answered_in_the_form_that_was_asked_for(sandbox):
    sandbox.show_numbers(lambda number: number.replace(".", ","))
    found = answered(sandbox, "AOS_Invoices", total_amount="101")
    assert found["total_amount"] == "101,000000"
