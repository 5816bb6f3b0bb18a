import pytest

from suitecrm_bridge.crm.forms import is_decimal_point, like_thousands

OWN = ["101.000000", "5.500000", "1234.000000"]


@pytest.mark.parametrize("raw", ["12.346", "1.234", "999.000", "-12.346", "+1.000"])
def test_one_point_before_three_digits_may_stand_between_thousands(raw):
    assert like_thousands(raw)


@pytest.mark.parametrize(
    "raw",
    ["0.346", "1234.567", "12.34", "12.3460", "12.346000", "12", "1,234", "01.234", 12.346, None],
)
def test_other_forms_are_read_one_way_only(raw):
    assert not like_thousands(raw)


@pytest.mark.parametrize(
    "others",
    [
        OWN,
        ["346", "12"],
        ["1.234,56"],
        ["1,234.56"],
        ["1 234,56"],
        ["1'234.56"],
        ["12.346,000000"],
        ["1.234.567"],
        ["12,346"],
        [],
        ["12.346"],
        ["12.50", "3.00"],
    ],
)
def test_an_amount_unlike_its_neighbours_is_doubtful(others):
    assert not is_decimal_point("money", ["12.346", *others], None)


@pytest.mark.parametrize("others", [["0.500"], ["1234.500", "2.000"], ["-0.125"]])
def test_three_digits_throughout_are_a_column_of_three_digits(others):
    assert is_decimal_point("money", ["12.346", *others], None)


@pytest.mark.parametrize("definition", [{"len": "26,3"}, {"len": "10, 3"}, {"precision": 3}])
def test_a_field_that_is_defined_with_three_digits_has_them(definition):
    assert is_decimal_point("money", ["12.346"], definition)


@pytest.mark.parametrize("others", [["1.5"], ["0.25", "3"], ["1.0000"]])
def test_a_number_is_plain_where_a_neighbour_shows_the_point(others):
    assert is_decimal_point("number", ["12.346", *others], None)


@pytest.mark.parametrize("others", [["3", "4"], ["1,5"], []])
def test_a_number_is_doubtful_where_none_does(others):
    assert not is_decimal_point("number", ["12.346", *others], None)


def test_empty_values_say_nothing():
    assert is_decimal_point("money", ["12.346", "", None, False, "0.500"], None)
