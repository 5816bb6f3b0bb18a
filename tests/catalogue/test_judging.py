import pytest

from suitecrm_bridge.catalogue import potential_weights, review_bounds
from suitecrm_bridge.errors import CatalogueError


def folder(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_the_shipped_weights_are_percentages():
    assert sum(potential_weights().values()) == 100


def test_weights_are_read_by_signal(tmp_path):
    file = folder(tmp_path, "potential.toml", "[weights]\nvalue = 3\ntrend = 0\n")
    assert potential_weights(file) == {"value": 3, "trend": 0}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[weights]\nvalue = -1", "whole number from 0"),
        ("[weights]\nvalue = 1.5", "must be of type int"),
        ("[weights]\nvalue = 0", "weight above 0"),
        ("[weight]\nvalue = 1", "is unknown"),
        ('[weights]\n"va lue" = 1', "lower case"),
        ("", "one table"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(tmp_path, content, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        potential_weights(folder(tmp_path, "potential.toml", content))


def test_bounds_are_read_by_reason(tmp_path):
    file = folder(tmp_path, "review.toml", "[late_payer]\noverdue = 2\n[fraud]\n")
    assert review_bounds(file) == {"late_payer": {"overdue": 2}, "fraud": {}}


def test_a_bound_of_two_reasons_is_refused(tmp_path):
    file = folder(tmp_path, "review.toml", "[a]\noverdue = 2\n[b]\noverdue = 3\n")
    with pytest.raises(CatalogueError, match="overdue stands in several tables"):
        review_bounds(file)


def test_an_installation_weighs_signals_in_its_own_way(tmp_path):
    own = tmp_path / "potential.toml"
    own.write_text("[weights]\nfit = 0\n", encoding="utf-8")
    assert potential_weights(own=own) == {**potential_weights(), "fit": 0}
    own.write_text("[weights]\nfitness = 5\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"potential\.toml, line 1.*fitness"):
        potential_weights(own=own)


def test_an_installation_looks_at_customers_from_its_own_bounds_on(tmp_path):
    own = tmp_path / "review.toml"
    own.write_text("[late_payer]\noverdue = 9\n", encoding="utf-8")
    found, shipped = review_bounds(own=own), review_bounds()
    assert found["late_payer"] == {**shipped["late_payer"], "overdue": 9}
    assert found["unprofitable"] == shipped["unprofitable"]
    own.write_text("[late]\noverdue = 9\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"\[late\] is unknown"):
        review_bounds(own=own)
