"""What the report says a score stands for is true of the base at hand."""

from dataclasses import replace

import pytest

from suitecrm_bridge.report import render
from tests.report.reportdata import Page, buyer, data, entity


def words(folder, people, basis, lang="en"):
    told = data(entities={"contacts": replace(entity(people), basis=basis)})
    (file,) = render(told, ["html"], folder, lang)
    page = Page(file.read_text(encoding="utf-8"))
    return " ".join(" ".join(page.words).split())


EVEN = [buyer(f"c{n}", n % 5 + 1, n % 5 + 1, "10") for n in range(10)]
TIED = [buyer(f"c{n}", n % 5 + 1, 1 if n < 4 else n % 4 + 2, "10") for n in range(9)]


def test_scores_that_hold_a_fifth_each_are_said_to(tmp_path):
    assert "Each score holds about one fifth of the buyers." in words(tmp_path, EVEN, "fifths")


def test_a_score_that_many_share_is_named_with_its_share(tmp_path):
    told = words(tmp_path, TIED, "fifths")
    assert "ties share a score: Frequency 1 alone holds 44.4% of them." in told
    assert "one fifth" not in told
    assert "Fréquence 1 en réunit à elle seule 44,4" in words(tmp_path, TIED, "fifths", "fr")


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("thresholds", "follow fixed thresholds"),
        ("too_few", "Too few customers have bought for fifths"),
        ("frozen", "the cut-points of an earlier day"),
        ("rhythm", "each buyer's own rhythm"),
        (None, ""),
    ],
)
@pytest.mark.parametrize("people", [EVEN, TIED])
def test_scores_that_are_not_cut_into_fifths_are_not_said_to_be(tmp_path, people, basis, said):
    told = words(tmp_path, people, basis)
    assert said in told
    assert "one fifth" not in told
    assert "into fifths" not in told
