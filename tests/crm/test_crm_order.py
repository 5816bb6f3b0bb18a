"""Whether a reading by ids moves on."""

import pytest

from suitecrm_bridge.crm import PageTrail
from suitecrm_bridge.crm.order import is_beyond
from suitecrm_bridge.errors import BrokenAnswer
from tests.crm.conftest import uuid


@pytest.mark.parametrize(
    ("after", "id"),
    [
        (uuid(1), uuid(2)),
        ("1", "2"),
        ("9", "a"),
        ("9", "A"),
        ("a", "b"),
        ("A", "B"),
        ("a", "aa"),
        ("1", "10"),
        ("10", "2"),
        ("a-1", "a-2"),
        # Databases do not agree about these.
        ("B", "a"),
        ("a", "B"),
        ("a", "A"),
        ("A", "a"),
        ("a_", "a-"),
        ("a-", "a_"),
        ("a-b", "ab"),
        ("ab", "a-b"),
        ("é", "z"),
        ("z", "é"),
        ("a b", "ab"),
    ],
)
def test_an_id_that_may_come_later_is_beyond(after, id):
    assert is_beyond(id, after)


@pytest.mark.parametrize(
    ("after", "id"),
    [
        (uuid(2), uuid(1)),
        (uuid(1), uuid(1)),
        ("2", "1"),
        ("a", "9"),
        ("A", "9"),
        ("b", "a"),
        ("B", "A"),
        ("aa", "a"),
        ("10", "1"),
        ("2", "10"),
        ("é", "é"),
        ("a-2", "a-1"),
    ],
)
def test_an_id_that_comes_before_in_every_order_is_not(after, id):
    assert not is_beyond(id, after)


def test_a_way_goes_on_as_long_as_no_id_comes_twice():
    way = PageTrail("Contacts")
    for id in ("a", "A", "a-", "a_"):
        way.step(id)
    with pytest.raises(BrokenAnswer, match="Contacts"):
        way.step("a-")


@pytest.mark.parametrize("id", ["", None])
def test_a_page_that_leads_nowhere_is_told(id):
    with pytest.raises(BrokenAnswer):
        PageTrail("Contacts").step(id)
