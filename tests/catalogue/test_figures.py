import pytest

from suitecrm_bridge.catalogue import LANGUAGES, Cuts, indicators, lifecycle_rules, rfm_rules
from suitecrm_bridge.errors import CatalogueError


def refused(folder):
    with pytest.raises(CatalogueError) as caught:
        rfm_rules(folder)
    return str(caught.value)


def test_the_shipped_thresholds_stand_for_invoices_and_opportunities():
    assert set(rfm_rules().fixed) == {"invoices", "opportunities"}
    assert {cuts.basis for cuts in rfm_rules().fixed.values()} == {"thresholds"}


def test_a_threshold_of_money_is_in_hundredths(folder, edit):
    edit("rfm.toml", "monetary = [100,", "monetary = [70,")
    assert rfm_rules(folder).fixed["invoices"].monetary[0] == 7000


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
        ("[opportunities]", "[orders]", "[orders] is unknown; allowed are"),
    ],
)
def test_unsound_thresholds_are_refused(folder, edit, old, new, problem):
    edit("rfm.toml", old, new)
    message = refused(folder)
    assert message.startswith("rfm.toml")
    assert problem in message


def test_cut_points_survive_being_taken_apart():
    cuts = rfm_rules().fixed["invoices"]
    assert Cuts.of(cuts.basis, cuts.bounds().values()) == cuts


@pytest.mark.parametrize(("basis", "bounds"), [("guess", range(12)), ("fifths", range(11))])
def test_what_are_no_cut_points_is_refused(basis, bounds):
    with pytest.raises(ValueError, match="no cut-points"):
        Cuts.of(basis, bounds)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("weight = 2", "weight = 0", "[rhythm]: weight must be from 1 to 1000, not 0"),
        ("percentile = 90", "percentile = 100", "[at_risk]: percentile must be from 1 to 99"),
        ("percentile = 95", "percentile = 80", "has not lapsed before they are at risk"),
        ("horizon_days = 730", "horizon_days = 0", "[rhythm]: horizon_days must be from 1"),
        ('new_to = "product"', 'new_to = "brand"', "new_to is 'brand'"),
        ("least_days = 30", 'least_days = "30"', "least_days must be of type int"),
        ("[lapsed]", "[gone]", "[gone] is unknown; allowed are"),
    ],
)
def test_unsound_limits_of_the_lifecycle_are_refused(folder, edit, old, new, problem):
    edit("lifecycle.toml", old, new)
    with pytest.raises(CatalogueError) as caught:
        lifecycle_rules(folder)
    assert str(caught.value).startswith("lifecycle.toml")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('unit = "count"', 'unit = "pieces"', "[customers_all]: unit is 'pieces'"),
        ('better = "up"', 'better = "more"', "[customers_all]: better is 'more'"),
        ("[retention_rate]", "[Retention]", "[Retention]: the name 'Retention' is not lower case"),
        ("formula = { en", "formel = { en", "[customers_all]: unknown key formel"),
        (', fr = "Nouveaux clients" }', " }", "[customers_new]: label needs exactly the languages"),
        ('values = ["Word', 'values = [3, "Word', "[referral_share]: values must be texts"),
    ],
)
def test_an_unsound_indicator_is_refused(folder, edit, old, new, problem):
    edit("indicators.toml", old, new)
    with pytest.raises(CatalogueError) as caught:
        indicators(folder)
    assert f"indicators.toml: {problem}" in str(caught.value)


def test_every_indicator_says_its_formula_in_sentences_and_has_a_label_of_its_own():
    for lang in LANGUAGES:
        labels = [known.label[lang] for known in indicators().values()]
        assert len(labels) == len(set(labels))
        for known in indicators().values():
            assert known.formula[lang].endswith(".")


def test_an_indicator_that_divides_says_why_it_may_have_no_value():
    divided = {key for key, known in indicators().items() if known.missing}
    whole = {key for key, known in indicators().items() if known.unit == "count"} | {"revenue"}
    assert divided == set(indicators()) - whole
