from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.push import plan, task


def planned(wanted, mirrored):
    """Plan one record of Contacts from {field: value} pairs."""
    fields = [catalogue().fields[name] for name in wanted]
    row = ("id-1", tuple(wanted.values()), tuple(mirrored.get(name) for name in wanted))
    return list(plan("Contacts", fields, [row]))


def test_a_record_that_is_as_wanted_is_not_in_the_plan():
    values = {"rfm_segment_c": "champions", "purchase_count_c": 3}
    assert planned(values, values) == []


def test_only_the_fields_that_differ_are_written():
    (change,) = planned(
        {"rfm_segment_c": "lost", "purchase_count_c": 3},
        {"rfm_segment_c": "champions", "purchase_count_c": 3},
    )
    assert change.attributes == {"rfm_segment_c": "lost"}
    assert change.mirrored == {"rfm_segment_c": "champions"}


def test_a_field_that_must_become_empty_is_written_as_missing():
    (change,) = planned({"rfm_score_c": None}, {"rfm_score_c": "111"})
    assert change.attributes == {"rfm_score_c": None}


def test_amounts_are_compared_in_the_digits_that_the_field_keeps():
    assert (
        planned({"purchase_total_c": Decimal("12.3")}, {"purchase_total_c": Decimal("12.300000")})
        == []
    )


def test_a_cent_of_difference_is_written():
    (change,) = planned(
        {"purchase_total_c": Decimal("12.31")}, {"purchase_total_c": Decimal("12.300000")}
    )
    assert change.attributes == {"purchase_total_c": Decimal("12.31")}


def test_the_stamp_alone_is_never_a_reason_to_write():
    stamps = (
        {"scored_at_c": date(2026, 3, 2)},
        {"scored_at_c": date(2026, 3, 1)},
    )
    assert planned(*stamps) == []


def test_the_stamp_goes_along_with_another_change():
    (change,) = planned(
        {"rfm_segment_c": "lost", "scored_at_c": date(2026, 3, 2)},
        {"rfm_segment_c": "new", "scored_at_c": date(2026, 3, 1)},
    )
    assert change.attributes == {
        "rfm_segment_c": "lost",
        "scored_at_c": date(2026, 3, 2),
    }


def test_a_text_is_compared_and_written_in_the_length_of_its_field():
    (change,) = planned({"rfm_score_c": "5555"}, {"rfm_score_c": None})
    assert change.attributes == {"rfm_score_c": "555"}
    assert planned({"rfm_score_c": "5555"}, {"rfm_score_c": "555"}) == []


@pytest.mark.parametrize("value", [date(2026, 3, 1), None])
def test_equal_dates_are_not_written(value):
    assert planned({"last_purchase_c": value}, {"last_purchase_c": value}) == []


def test_the_plan_of_what_a_plan_wrote_is_empty():
    wanted = {"rfm_segment_c": "lost", "purchase_total_c": Decimal("1.005"), "rfm_reason_c": " a "}
    (change,) = planned(wanted, {})
    assert planned(wanted, dict(change.attributes)) == []


def test_an_ampersand_that_the_crm_stores_encoded_is_no_difference():
    assert planned({"rfm_reason_c": "R&D\nB"}, {"rfm_reason_c": "R&amp;D\r\nB"}) == []


@pytest.mark.parametrize(
    ("name", "before", "close", "far"),
    [
        ("alive_probability_c", Decimal("0.90"), Decimal("0.88"), Decimal("0.87")),
        ("clv_c", Decimal(1000), Decimal(970), Decimal(969)),
        ("potential_score_c", 50, 53, 54),
        ("next_purchase_c", date(2026, 3, 1), date(2026, 3, 4), date(2026, 2, 25)),
    ],
)
def test_a_figure_that_only_drifted_is_no_reason_to_write(name, before, close, far):
    assert planned({name: close}, {name: before}) == []
    assert len(planned({name: far}, {name: before})) == 1


def test_what_suitecrm_lacks_is_put_back_and_nothing_else():
    wanted = {
        "rfm_segment_c": "lost",
        "clv_c": Decimal("101.00"),
        "scored_at_c": date(2026, 3, 2),
    }
    held = {"clv_c": Decimal("100.00"), "scored_at_c": date(2026, 3, 1)}
    (change,) = planned(wanted, held)
    assert (change.attributes, change.mirrored) == (
        {"rfm_segment_c": "lost"},
        {"rfm_segment_c": None},
    )


def test_what_drifted_goes_along_with_another_change():
    (change,) = planned(
        {"rfm_segment_c": "lost", "potential_score_c": 51},
        {"rfm_segment_c": "loyal", "potential_score_c": 50},
    )
    assert change.attributes == {"rfm_segment_c": "lost", "potential_score_c": 51}


@pytest.mark.parametrize(("wanted", "mirrored"), [(None, 50), (50, None)])
def test_a_figure_that_comes_or_goes_is_written(wanted, mirrored):
    assert len(planned({"potential_score_c": wanted}, {"potential_score_c": mirrored})) == 1


def test_the_reason_in_words_alone_is_never_a_reason_to_write():
    assert planned({"value_reason_c": "so"}, {"value_reason_c": "thus"}) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("value_reason_c", "so"), ("scored_at_c", date(2026, 3, 2))],
)
def test_what_accompanies_others_is_written_where_it_was_lost(name, value):
    (change,) = planned({name: value}, {name: None})
    assert change.attributes == {name: value}


def test_a_field_of_which_nobody_knows_is_written_whatever_is_mirrored():
    fields = [catalogue().fields[name] for name in ("rfm_score_c", "rfm_recency_c")]
    rows = [("id-1", ("555", 5), ("555", 5)), ("id-2", ("555", 5), ("555", 5))]
    (change,) = plan("Contacts", fields, rows, {"id-1": {"rfm_score_c"}})
    assert (change.record_id, change.attributes) == ("id-1", {"rfm_score_c": "555"})


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Gift 🎁 box", "Gift box"),
        ("🎁 Gift box", "Gift box"),
        ("Tea👨‍👩‍👧", "Tea"),
        ("☕️ and ✓", "☕️ and ✓"),
        ("𝒯ea", "ea"),
        ("🎁", None),
        ("R&D <chef>", "R&D ‹chef›"),
        ("&lt;b&gt; &amp;lt;", "‹b› ‹"),
        ("&amp;amp;amp; &eacute;", "& é"),
        ("O&#039;Brien &quot;x&quot;", 'O\'Brien "x"'),
        ("&#128640; up", "up"),
        ("&#x1F680; up", "up"),
        ("AT&T; &nothing; 5 & 6", "AT&T; &nothing; 5 & 6"),
    ],
)
def test_texts_are_written_in_a_form_that_suitecrm_keeps(text, stored):
    (change,) = planned({"next_offer_c": text}, {"next_offer_c": "before"})
    assert change.attributes == {"next_offer_c": stored}


@pytest.mark.parametrize("text", ["Gift 🎁 box", "R&D <chef>", "&amp;lt;", "&#128640;&amp;#38;"])
def test_a_text_that_was_written_in_that_form_is_not_written_again(text):
    for change in planned({"next_offer_c": text}, {"next_offer_c": None}):
        stored = change.attributes["next_offer_c"]
        assert planned({"next_offer_c": text}, {"next_offer_c": stored}) == []
        assert planned({"next_offer_c": stored}, {"next_offer_c": stored}) == []


def test_a_task_holds_no_emoji():
    told = task("key", {"name": "Call 🎁 Moreau"}, date(2026, 3, 2))
    assert told.attributes["name"] == "Call Moreau"
