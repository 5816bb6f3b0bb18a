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
        ("[weight]\nvalue = 1", "one table"),
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
