import pytest

from suitecrm_bridge.catalogue import Rules, catalogue, shipped, use_own
from suitecrm_bridge.errors import CatalogueError
from tests.own_rules import VIP
from tests.own_rules import shipped_again as shipped_again


@pytest.fixture
def own(tmp_path):
    def write(content, name="segments.toml"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return Rules(tmp_path)

    return write


def test_without_a_file_of_its_own_an_installation_has_the_shipped_segments(tmp_path):
    assert Rules(tmp_path).catalogue is Rules().catalogue is shipped()


def test_an_own_segment_takes_its_cells_and_the_others_stay(own):
    segments = own(VIP).catalogue.segments
    assert segments["vip"].cells == {(5, 5)}
    assert segments["champions"].cells == {(5, 4)}
    assert segments["champions"].colour == shipped().segments["champions"].colour
    assert segments["lost"] == shipped().segments["lost"].__class__(
        **{**vars(shipped().segments["lost"]), "rank": 12}
    )


def test_own_segments_are_ranked_from_one_on_and_the_best_comes_first(own):
    segments = own(VIP).catalogue.segments
    assert list(segments)[:2] == ["vip", "champions"]
    assert [one.rank for one in segments.values()] == list(range(1, 14))


def test_the_dropdown_of_segments_has_the_own_labels(own):
    labels = own(VIP).catalogue.dropdowns["segment"]
    assert labels["vip"]["fr"] == "Privilégiés"
    assert labels["champions"]["en"] == "Champions of ours"


def test_a_segment_that_is_off_leaves_its_cells_to_another(own):
    segments = own("[lost]\noff = true\n[hibernating]\nrecency = [1]\nfrequency=[1]\n")
    with pytest.raises(CatalogueError, match="no segment covers the cell recency 1, frequency 2"):
        _ = segments.catalogue
    whole = "[hibernating]\ncells = [[1, 1], [1, 2], [2, 1], [2, 2]]\n[lost]\noff = true\n"
    assert "lost" not in own(whole).catalogue.segments


def test_own_segments_keep_the_fingerprint_and_with_it_the_fast_path(own):
    assert own(VIP).catalogue.fingerprint == shipped().fingerprint


@pytest.mark.parametrize(
    "content",
    [
        VIP,
        '[lost]\nlabel = { en = "Gone", fr = "Partis" }\n',
        '[lost]\ncolour = "#123456"\n',
        '[loyal]\nrole = "endangered"\n',
    ],
)
def test_what_the_package_shows_of_segments_changes_the_fingerprint_of_rules(own, content):
    assert own(content).fingerprint != Rules().fingerprint


def test_targets_of_complaints_are_none_of_the_package_and_leave_the_fingerprint_of_rules(own):
    rules = own("[targets.P1]\nfirst_response = 5\nresolution = 10\n", "complaints.toml")
    assert rules.complaints.targets["P1"].resolution == 10
    assert rules.fingerprint == Rules().fingerprint


def test_the_own_segments_are_those_of_the_process_until_others_are(own, tmp_path):
    own(VIP)
    use_own(tmp_path)
    assert catalogue().segment_of_cell[5, 5] == "vip"
    use_own(None)
    assert catalogue().segment_of_cell[5, 5] == "champions"


def test_own_rules_of_actions_may_name_own_segments(own):
    own(VIP)
    rules = own(
        '[rules.vip]\naction = "call_now"\nsegments = ["vip"]\nsay = { en = "V.", fr = "V." }\n',
        "actions.toml",
    )
    assert rules.actions.rules[0].conditions["segments"] == ("vip",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[champions]\nrank = 2\n", "champions and loyal both have the rank 2"),
        ("[champions]\ncells = [[5, 4]]\n", "no segment covers the cell recency 5, frequency 5"),
        ("[lost]\ncells = [[1, 1], [5, 5]]\n", "champions and lost both cover the cell"),
        ("[champions]\ncolour = 'green'\n", r"line 1: \[champions\]: colour 'green'"),
        ("[champions]\nshade = 1\n", r"line 1: \[champions\]: unknown key shade; allowed are"),
        ("[champions]\nrank = true\n", "rank must be of type int"),
        ("[champions]\ncells = [[true, 4]]\n", "is not a pair of scores from 1 to 5"),
        ("[champions]\nlabel = { en = 'A' }\n", "needs exactly the languages en, fr"),
        ("[champions]\nrole = 'worst'\n", r"role is 'worst'; allowed are \['best', 'endangered'\]"),
        ("[at_risk]\nrole = 'best'\n", 'no segment has role = "endangered"; at least one must'),
        ("[prospect]\noff = true\n", "when = 'no_purchase' stands in 0 segments, not in one"),
        ("[vip]\nrank = 0\n", r"\[vip\]: needs either recency and frequency, or cells, or when"),
        ("[VIP]\nrank = 0\ncells=[[5,5]]\ncolour='#000000'\nlabel={en='V',fr='V'}", "lower case"),
        (f"[{'v' * 101}]\nrank=0\ncells=[[5,5]]\ncolour='#000000'", "at most 100 characters"),
        ("champions", "segments.toml: "),
    ],
)
def test_own_segments_that_cannot_be_used_are_refused(own, tmp_path, content, problem):
    with pytest.raises(CatalogueError, match=problem) as caught:
        _ = own(content).catalogue
    assert str(tmp_path / "segments.toml") in str(caught.value)


def test_an_installation_cuts_by_its_own_points(own):
    rules = own("[invoices]\nrecency = [400, 200, 100, 50]\n", "rfm.toml")
    assert rules.rfm.fixed["invoices"].recency == (400, 200, 100, 50)
    assert rules.rfm.fixed["invoices"].monetary == Rules().rfm.fixed["invoices"].monetary
    assert rules.rfm.fixed["opportunities"] == Rules().rfm.fixed["opportunities"]


def test_rhythms_of_an_installation_are_found_by_its_own_limits(own):
    rules = own("[lapsed]\nleast_days = 400\n", "lifecycle.toml")
    assert rules.rfm.lifecycle.least_days == rules.lifecycle.least_days == 400
    assert rules.lifecycle.weight == Rules().lifecycle.weight


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("rfm.toml", "[orders]\n", r"line 1: \[orders\] is unknown; allowed are \['invoices'"),
        ("rfm.toml", "[invoices]\nrecency = [1, 2, 3, 4]\n", r"recency must not rise, but is \[1,"),
        ("rfm.toml", "[invoices]\nmonetary = [4, 3, 2, 1]\n", r"monetary must not fall, but is"),
        ("rfm.toml", "[rhythm]\nfrequency = [1]\n", r"unknown key frequency; allowed are"),
        ("lifecycle.toml", "[rhythm]\nwait = 2\n", r"unknown key wait; allowed are"),
        (
            "lifecycle.toml",
            "[at_risk]\npercentile = 97\n",
            r"must not be above 95, that of lifecycle\.toml, line",
        ),
        ("lifecycle.toml", "[gone]\n", r"line 1: \[gone\] is unknown; allowed are"),
    ],
)
def test_own_cut_points_that_cannot_be_used_are_refused(own, tmp_path, name, content, problem):
    rules = own(content, name)
    with pytest.raises(CatalogueError, match=problem) as caught:
        _ = rules.rfm
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("name", ["segments.toml", "rfm.toml", "lifecycle.toml"])
def test_an_own_file_is_among_what_scores_are_made_from(own, tmp_path, name):
    assert own("", name).own_files == [tmp_path / name]
