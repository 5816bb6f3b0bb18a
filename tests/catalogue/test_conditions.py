"""Conditions as people write them: what they mean, what is refused, and what can never hold."""

from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue.conditions import (
    Having,
    Moment,
    Problem,
    described,
    holds,
    names,
    parse,
    possible,
)

KNOWN = names("contacts")
TODAY = date(2026, 3, 31)


def figure(name):
    return KNOWN.figures[name]


def true(words, **values):
    record = {figure(name): value for name, value in values.items()}
    return holds(parse(words, KNOWN), record, TODAY)


@pytest.mark.parametrize(
    ("words", "record", "expected"),
    [
        ('segment in ["champions", "loyal"]', {"segment": "loyal"}, True),
        ('segment in ["champions", "loyal",]', {"segment": "new"}, False),
        ('segment not in ["champions"]', {}, True),
        ("last_purchase before 90 days ago", {"last_purchase": date(2025, 12, 30)}, True),
        ("last_purchase before 90 days ago", {"last_purchase": date(2025, 12, 31)}, False),
        ("last_purchase before 90 days ago", {}, False),
        ("last_purchase in the last 3 months", {"last_purchase": date(2026, 1, 1)}, True),
        ("next_purchase in the next 2 weeks", {"next_purchase": date(2026, 4, 14)}, True),
        ("next_purchase in the next 2 weeks", {"next_purchase": date(2026, 4, 15)}, False),
        ("birthdate after 1990-01-01", {"birthdate": date(1990, 1, 2)}, True),
        ("first_purchase on today", {"first_purchase": TODAY}, True),
        ("value_at_stake > 100", {"value_at_stake": Decimal("100.01")}, True),
        ("value_at_stake between 10 and 20", {"value_at_stake": Decimal(20)}, True),
        ('country = "fr"', {"country": "FR"}, True),
        ('country != "FR"', {}, True),
        ("country is empty", {"country": ""}, True),
        ("country is not empty", {"country": ""}, False),
        ('city contains "par"', {"city": "Paris"}, True),
        ('city starts with "aris"', {"city": "Paris"}, False),
        ("fraud = true", {"fraud": True}, True),
        ("fraud = false", {}, False),
        ('not (country = "FR" or city = "A") and purchase_count > 1', {"purchase_count": 2}, True),
        ('country = "FR" or city = "Paris" and purchase_count > 1', {"country": "FR"}, True),
        ("NOT fraud = TRUE AND Purchase_Count >= 1", {"purchase_count": 1}, True),
    ],
)  # fmt: skip
def test_a_condition_means_what_it_says(words, record, expected):
    assert true(words, **record) is expected


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "it is empty"),
        ('segmnt = "new"', "no figure or column 'segmnt' of Contacts; did you mean 'segment'?"),
        ('segment = "champion"', "did you mean 'champions'?"),
        ("shoe_size > 40", "another column of the record is written Contacts.shoe_size"),
        ("Cases.shoe_size > 40", "no figure or column 'Cases.shoe_size'"),
        ('shoe_size_c > "big"', "neither a number nor a day"),
        ("shoe_size_c > true", "neither a number nor a day"),
        ("Contacts.shoe-size = 1", "means nothing here"),
        ('segment > "new"', "neither a number nor a day"),
        ('purchase_count = "three"', "purchase_count is compared with a number"),
        ("last_purchase before 90 days", "ago or from now"),
        ("last_purchase before 90 dayz ago", "did you mean 'days'?"),
        ("last_purchase before 200 years ago", "more than a hundred years"),
        ("last_purchase after 2026-02-30", "no day"),
        ("country before today", "no day; before is for days"),
        ("purchase_count > 1 segment is empty", "goes on where it should end"),
        ("purchase_count > 1 and", "the end"),
        ("(purchase_count > 1", "here stands )"),
        ("country = FR", "a text between quotes"),
        ('country = "FR', "a text stands between two quotes"),
        ("country ; drop", "means nothing here"),
        ('city contains ""', "is not empty is meant"),
        ("has Kases", "did you mean 'Cases'?"),
        ('has Cases where (segment = "new")', "of Cases"),
        ("fraud is true", "after is stands empty"),
        ("(" * 60 + "fraud = true" + ")" * 60, "too many brackets"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(words, complaint):
    with pytest.raises(Problem) as problem:
        parse(words, KNOWN)
    assert complaint in str(problem.value)


@pytest.mark.parametrize(
    "words",
    [
        "purchase_count > 5 and purchase_count < 3",
        "purchase_count > 2 and purchase_count < 3",
        'segment = "champions" and rfm_segment_c in ["loyal", "new"]',
        "alive_probability > 1",
        "rfm_recency < 1",
        "last_purchase before 90 days ago and last_purchase after 30 days ago",
        "last_purchase before 2020-01-01 and last_purchase after 2021-01-01",
        "email is empty and email is not empty",
        'city = "Paris" and not city contains "aris"',
        'city is empty and city starts with "P"',
        'not (segment = "new" or segment != "new")',
        'has Cases and not has Cases',
        'has Cases where (state = "Open" and state = "Closed")',
        '(purchase_count < 1 or fraud = true) and purchase_count > 1 and fraud = false',
    ],
)  # fmt: skip
def test_what_contradicts_itself_can_hold_of_nobody(words):
    assert not possible(parse(words, KNOWN))


@pytest.mark.parametrize(
    "words",
    [
        "purchase_count > 2 and purchase_count < 4",
        'segment in ["champions", "loyal"] and segment != "loyal"',
        "last_purchase before 30 days ago and last_purchase after 90 days ago",
        "last_purchase after 2026-01-01 and last_purchase before 400 days ago",
        'city starts with "Pa" and not city contains "ris"',
        'city contains "a" and city contains "b" and city starts with "C"',
        "value_at_stake > 0 and value_at_stake < 0.01",
        'has Cases where (state = "Open") and has Cases where (state = "Closed")',
        "fraud != true and fraud != false",
        "purchase_count > 1 and not (purchase_count > 5) or fraud = true",
    ],
)
def test_what_can_hold_of_somebody_is_not_refused(words):
    assert possible(parse(words, KNOWN))


def test_months_end_on_the_last_day_where_they_are_shorter():
    assert Moment(months=-1).on(TODAY) == date(2026, 2, 28)
    assert Moment(months=-13).on(TODAY) == date(2025, 2, 28)
    assert Moment(days=1).on(TODAY) == date(2026, 4, 1)


def test_a_figure_has_one_meaning_under_all_its_names():
    assert figure("segment") == figure("rfm_segment") == figure("rfm_segment_c")
    assert len(described(parse('segment = "new" or rfm_segment_c = "loyal"', KNOWN))) == 1


def test_records_of_other_modules_are_asked_where_the_caller_knows_them():
    condition = parse('has Cases where (state = "Open")', KNOWN)
    asked = []
    assert holds(condition, {}, TODAY, lambda part: bool(asked.append(part) or True))
    assert isinstance(asked[0], Having)
    assert asked[0].module == "Cases"


def test_accounts_and_leads_have_their_own_names():
    assert names("accounts").figures["country"].column == "billing_address_country"
    assert "segment" not in names("leads").figures
    assert "Cases" not in names("leads").modules


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("vip_c", "bool"),
        ("not vip_c", "bool"),
        ("vip_c = false", "bool"),
        ("shoe_size_c > 40", "number"),
        ("shoe_size_c > 40 and email1 is not empty", "number"),
        ("shoe_size_c between 40 and 45", "number"),
        ("shoe_size_c in [40, 41]", "number"),
        ('newsletter_c = "weekly"', "text"),
        ('newsletter_c != "weekly"', "text"),
        ('newsletter_c in ["weekly", "daily"]', "text"),
        ('newsletter_c contains "week"', "text"),
        ("newsletter_c is empty", "text"),
        ("visit_c before 90 days ago", "date"),
        ("visit_c < 90 days ago", "date"),
        ("visit_c in the last 3 months", "date"),
        ("visit_c = 2026-01-01", "date"),
        ("visit_c on today", "date"),
        ('Contacts.department = "Sales"', "text"),
    ],
)
def test_a_column_that_is_asked_for_is_what_it_is_compared_with(words, kind):
    found = [figure for figure in described(parse(words, KNOWN)) if figure.asked]
    assert {figure.kind for figure in found} == {kind}
    assert possible(parse(words, KNOWN))


def test_a_column_that_is_mirrored_anyway_is_no_other_when_it_is_named_with_its_module():
    assert described(parse("Contacts.birthdate on today", KNOWN)) == [figure("birthdate")]
    assert not possible(parse("shoe_size_c > 40 and shoe_size_c < 30", KNOWN))
