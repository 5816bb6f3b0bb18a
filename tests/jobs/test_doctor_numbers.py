"""What doctor says of amounts, wherever in a module they are formatted."""

import pytest

from suitecrm_bridge.jobs.doctor import diagnose
from tests.places import places


def numbers(opened):
    with opened.context() as context:
        return [one for one in diagnose(context) if one.status == "WARN" and "mount" in one.text]


def invoices(opened):
    return [row["id"] for row in opened.store.rows("AOS_Invoices") if not row["deleted"]]


@pytest.mark.parametrize("place", places([50, 0, -1]))
@pytest.mark.parametrize("raw", ["1.234,56", "1,234.56", "1 234,56", "12,346", "12.346,000000"])
def test_a_formatted_amount_anywhere_in_the_module_is_found(synced, place, raw):
    ids = sorted(invoices(synced))
    synced.store.update("AOS_Invoices", ids[place], {"total_amount": raw})
    (warning,) = numbers(synced)
    assert raw in warning.text


def test_a_formatted_amount_of_long_ago_in_the_midst_is_found(synced):
    ids = sorted(invoices(synced))
    synced.clock.advance(days=90)
    bad = ids[len(ids) * 3 // 8 + 2]
    synced.store.update(
        "AOS_Invoices", bad, {"total_amount": "1.234,56", "date_modified": "2025-01-01 00:00:00"}
    )
    (warning,) = numbers(synced)
    assert bad in warning.text


def test_a_point_between_thousands_is_found(synced):
    synced.sandbox.show_numbers(
        lambda raw: f"{float(raw):,.0f}".replace(",", ".") if raw and float(raw) > 999 else raw
    )
    assert numbers(synced)


def test_plain_amounts_are_no_finding(synced):
    assert numbers(synced) == []
