import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.crm.attributes import decode, encode, kind_of, offset_of, to_json
from suitecrm_bridge.errors import DataError

NAME = "O&#039;Brien & &lt;b&gt;Fils&lt;/b&gt; &quot;x&quot;"


def served(words: str) -> str:
    for character, entity in {'"': "&quot;", "<": "&lt;", ">": "&gt;", "'": "&#039;"}.items():
        words = words.replace(character, entity)
    return words


def test_the_four_entities_are_turned_back():
    assert decode("text", NAME) == 'O\'Brien & <b>Fils</b> "x"'


@pytest.mark.parametrize("words", ["R&amp;D", "&eacute;", "&nbsp;", "&#39;", "&amp;lt;"])
def test_any_other_entity_is_left_alone(words):
    assert decode("text", words) == words


def test_what_one_pass_lays_bare_is_not_turned_back_again():
    assert decode("text", "&&lt;lt;") == "&<lt;"


@given(st.text(st.characters(exclude_characters="&"), min_size=1))
def test_every_text_comes_back_as_it_was_stored(words):
    assert decode("text", served(words)) == words


@pytest.mark.parametrize(
    "kind", ["id", "text", "enum", "multienum", "int", "number", "money", "bool", "date"]
)
@pytest.mark.parametrize("raw", ["", None])
def test_nothing_is_none_in_every_kind(kind, raw):
    assert decode(kind, raw) is None


def test_an_enum_keeps_its_key():
    assert decode("enum", "Negotiation/Review") == "Negotiation/Review"


@pytest.mark.parametrize(
    ("raw", "keys"),
    [("^a^,^b^", ["a", "b"]), ("^a^", ["a"]), ("a", ["a"]), ("^a,b^,^c^", ["a,b", "c"])],
)
def test_a_multienum_is_the_list_of_its_keys(raw, keys):
    assert decode("multienum", raw) == keys


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-21T18:50:00+00:00",
        "2026-11-21T18:50:00-05:00",
        "2026-11-21T18:50:00Z",
        "2026-11-21 18:50:00",
        "2026-11-21 18:50",
    ],
)
def test_a_datetime_is_its_wall_clock_in_utc_whatever_the_offset_says(raw):
    assert decode("datetime", raw) == datetime(2026, 11, 21, 18, 50, tzinfo=UTC)


def test_a_day_alone_is_a_datetime_at_midnight():
    assert decode("datetime", "2026-11-21") == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize("raw", ["2026-11-21", "2026-11-21 00:00:00", "2026-11-21T23:59:00+00:00"])
def test_a_date_is_the_day(raw):
    assert decode("date", raw) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("date", "0000-00-00"),
        ("datetime", "0000-00-00 00:00:00"),
        ("datetime", "-0001-11-30T00:00:00+00:00"),
    ],
)
def test_a_date_that_was_never_set_is_none(kind, raw):
    assert decode(kind, raw) is None


@pytest.mark.parametrize(
    ("raw", "label"),
    [("2026-11-21T18:50:00-05:00", "-05:00"), ("2026-11-21 18:50:00", None), ("", None), (3, None)],
)
def test_the_offset_label_is_read_from_a_datetime(raw, label):
    assert offset_of(raw) == label


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_money_is_exact(value):
    assert decode("money", str(value)) == value


def test_a_json_number_is_exact_money_too():
    assert decode("money", Decimal("0.10")) == Decimal("0.10")


@pytest.mark.parametrize(("raw", "value"), [("40", 40), ("40.000000", 40), (7, 7), ("-3", -3)])
def test_a_whole_number_may_carry_empty_decimals(raw, value):
    assert decode("int", raw) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1", True), ("0", False), ("true", True), ("off", False), (True, True), (False, None)],
)
def test_a_bool_comes_in_several_forms(raw, value):
    assert decode("bool", raw) is value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("int", "4.5"),
        ("int", "many"),
        ("money", "12,50"),
        ("money", "NaN"),
        ("money", "١٢"),
        ("bool", "2"),
        ("date", "21/11/2026"),
        ("date", "2026-02-30"),
        ("datetime", "2026-11-21 25:00:00"),
        ("text", {}),
        ("text", ["x"]),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, raw):
    with pytest.raises(ValueError):  # noqa: PT011
        decode(kind, raw)


@pytest.mark.parametrize(
    ("catalogued", "served_type", "kind"),
    [
        ("money", "currency", "money"),
        ("number", "float", "number"),
        ("int", "decimal", "int"),
        ("enum", "varchar", "enum"),
        ("text", "int", "text"),
        ("id", "relate", "id"),
        ("bool", "int", "bool"),
        ("date", "datetimecombo", "date"),
        ("money", "varchar", "text"),
        ("date", "varchar", "text"),
        (None, "multienum", "multienum"),
        (None, "datetimecombo", "datetime"),
        (None, "name", "text"),
    ],
)
def test_the_catalogue_decides_until_the_server_contradicts_it(catalogued, served_type, kind):
    assert kind_of(catalogued, {"type": served_type}) == kind


def test_the_catalogue_decides_where_the_server_does_not_tell():
    assert kind_of("money", None) == "money"


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (None, ""),
        (True, True),
        (5, 5),
        ("5", "5"),
        (Decimal("12.50"), Decimal("12.50")),
        (0.1, Decimal("0.1")),
        (date(2026, 3, 9), "2026-03-09"),
        (datetime(2026, 3, 9, 8, 7, 6, tzinfo=UTC), "2026-03-09 08:07:06"),
        (datetime(2026, 3, 9, 1, tzinfo=timezone(timedelta(hours=2))), "2026-03-08 23:00:00"),
        (["a", "b"], "^a^,^b^"),
    ],
)
def test_a_value_is_sent_in_the_form_that_no_locale_changes(value, sent):
    assert encode(value) == sent


@pytest.mark.parametrize(
    "value",
    [float("nan"), Decimal("Infinity"), datetime(2026, 1, 1), object()],  # noqa: DTZ001
)
def test_a_value_without_such_a_form_is_refused(value):
    with pytest.raises(DataError):
        encode(value)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_an_exact_json_number(value):
    assert json.loads(to_json({"v": value}), parse_float=Decimal, parse_int=Decimal)["v"] == value


def test_a_tiny_decimal_is_not_written_with_an_exponent():
    assert to_json(Decimal("0.00000010")) == "0.00000010"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_everything_else_is_the_json_that_it_was(value):
    assert json.loads(to_json(value)) == value
