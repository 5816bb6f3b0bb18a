import pytest

from suitecrm_bridge.catalogue import Cuts, lifecycle_rules, thresholds
from suitecrm_bridge.errors import CatalogueError


def refused(folder):
    with pytest.raises(CatalogueError) as caught:
        thresholds(folder)
    return str(caught.value)


def test_the_shipped_thresholds_stand_for_invoices_and_opportunities():
    assert set(thresholds()) == {"invoices", "opportunities"}
    assert {cuts.basis for cuts in thresholds().values()} == {"thresholds"}


def test_a_threshold_of_money_is_in_hundredths(folder, edit):
    edit("rfm.toml", "monetary = [100,", "monetary = [70,")
    assert thresholds(folder)["invoices"].monetary[0] == 7000


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[365, 180, 90, 30]", "[30, 90, 180, 365]", "[invoices]: recency must not rise"),
        ("[2, 4, 7, 12]", "[2, 4, 3, 12]", "[invoices]: frequency must not fall"),
        ("[1000, 5000,", "[5000, 1000,", "[opportunities]: monetary must not fall"),
        ("[2, 4, 7, 12]", "[2, 4, 7]", "frequency must be four whole numbers"),
        ("[2, 4, 7, 12]", "[2, 4, 7, true]", "frequency must be four whole numbers"),
        ("[2, 4, 7, 12]", "[-2, 4, 7, 9]", "frequency must be four whole numbers"),
        ("recency = [365", "recent = [365", "unknown key recent"),
        ("[opportunities]", "[orders]", "rfm.toml needs exactly the tables"),
    ],
)
def test_unsound_thresholds_are_refused(folder, edit, old, new, problem):
    edit("rfm.toml", old, new)
    message = refused(folder)
    assert message.startswith("rfm.toml")
    assert problem in message


def test_cut_points_survive_being_taken_apart():
    cuts = thresholds()["invoices"]
    assert Cuts.of(cuts.basis, cuts.bounds().values()) == cuts


@pytest.mark.parametrize(("basis", "bounds"), [("guess", range(12)), ("fifths", range(11))])
def test_what_are_no_cut_points_is_refused(basis, bounds):
    with pytest.raises(ValueError, match="no cut-points"):
        Cuts.of(basis, bounds)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("weight = 2", "weight = 0", "[rhythm]: weight must be from 1 to 1000, not 0"),
        ("percentile = 90", "percentile = 101", "[at_risk]: percentile must be from 1 to 100"),
        ("percentile = 98", "percentile = 80", "has not lapsed before he is at risk"),
        ("multiple = 4", "multiple = 1", "has not lapsed before he is at risk"),
        ('new_to = "product"', 'new_to = "brand"', "new_to is 'brand'"),
        ("multiple = 2", 'multiple = "2"', "multiple must be of type int"),
        ("[lapsed]", "[gone]", "lifecycle.toml needs rhythm"),
    ],
)
def test_unsound_limits_of_the_lifecycle_are_refused(folder, edit, old, new, problem):
    edit("lifecycle.toml", old, new)
    with pytest.raises(CatalogueError) as caught:
        lifecycle_rules(folder)
    assert str(caught.value).startswith("lifecycle.toml")
    assert problem in str(caught.value)
