import pytest

from suitecrm_bridge.analytics.complaints import causes, satisfaction
from suitecrm_bridge.analytics.days import to_day

from .base import AS_OF, at, case, prepared, rows

TODAY = to_day(AS_OF)


def pareto(by="cause", purchases=(), **numbers):
    """The Pareto of that many complaints of each cause, each by a customer named after it."""
    made = [(f"{cause}{n}", cause) for cause, number in numbers.items() for n in range(number)]
    engine = prepared(
        case_facts=[
            case(id, at(2), cause="" if cause == "unknown" else cause) for id, cause in made
        ],
        case_customers=[{"case_id": id, "customer_id": cause} for id, cause in made],
        case_themes=[{"case_id": id, "theme": f"about {cause}"} for id, cause in made],
        purchases=list(purchases),
    )
    satisfaction.prepare(engine, AS_OF)
    return rows(causes.pareto(engine, by, AS_OF))


def test_causes_stand_in_the_order_of_their_numbers_with_their_shares():
    found = pareto(delivery=5, defect=15)
    assert [(row["cause"], row["number"]) for row in found] == [("defect", 15), ("delivery", 5)]
    assert [(row["share"], row["cumulative"]) for row in found] == [(0.75, 0.75), (0.25, 1.0)]


@pytest.mark.parametrize(
    ("numbers", "vital"),
    [
        ({"a": 16, "b": 3, "c": 1}, "a"),
        ({"a": 15, "b": 4, "c": 1}, "ab"),
        ({"a": 2, "b": 2, "c": 2, "d": 2, "e": 2}, "abcd"),
        ({"a": 1}, "a"),
    ],
)
def test_the_vital_few_are_the_fewest_with_four_fifths_of_the_complaints(numbers, vital):
    assert "".join(row["cause"] for row in pareto(**numbers) if row["vital"]) == vital


def test_complaints_of_an_unknown_cause_stand_last_and_have_no_share():
    found = pareto(unknown=9, delivery=3, defect=1)
    assert [row["cause"] for row in found] == ["delivery", "defect", ""]
    assert [row["share"] for row in found] == [0.75, 0.25, None]
    assert (found[2]["number"], found[2]["vital"]) == (9, False)


def test_each_cause_has_the_value_of_the_customers_concerned():
    bought = [
        {"customer_id": "defect", "purchase_id": f"p{n}", "day": TODAY - 60, "cents": 500}
        for n in range(2)
    ]
    found = pareto(purchases=bought, defect=3, delivery=2)
    assert [(row["customers"], row["value_cents"]) for row in found] == [(1, 1000), (1, 0)]


def test_themes_and_products_have_a_pareto_too():
    assert pareto("theme", defect=1)[0]["theme"] == "about defect"
    assert pareto("product", defect=2)[0]["product"] == ""


def test_without_complaints_there_are_no_causes():
    assert pareto() == []


def test_other_dimensions_are_no_causes():
    with pytest.raises(ValueError, match="owner"):
        pareto("owner", defect=1)
