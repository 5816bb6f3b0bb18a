"""The door to the truths of the demo base, and what it says of what was found."""

import json

import pytest
import truths
import truths_look
from behind import environment
from truths_look import Finding


def test_the_arguments_go_to_the_finder(monkeypatch):
    started = []
    monkeypatch.setattr(environment, "prepare", lambda: "python")
    monkeypatch.setattr(environment, "run", lambda words, cwd: started.append(words) or 0)
    assert truths.steps(["--seeds", "3"]) == 0
    assert [str(word) for word in started[0][2:]] == ["--seeds", "3"]


def test_the_help_needs_no_environment(capsys):
    assert truths.steps(["--help"]) == 0
    assert "--seeds N" in capsys.readouterr().out


@pytest.mark.story
def test_the_bad_batch_is_found_in_two_small_bases_and_nothing_that_was_not_planted(
    tmp_path,
):
    file = tmp_path / "found.json"
    arguments = ["--seeds", "2", "--customers", "1000", "--json", str(file)]
    assert truths_look.main(arguments) == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    by_truth = {(one["seed"], one["truth"]): one for one in found}
    assert len(by_truth) == 2 * 4
    for seed in (1, 2):
        assert by_truth[seed, "product"]["found"] == 1
        assert by_truth[seed, "product"]["wrong"] == 0
        assert by_truth[seed, "country"]["wrong"] == 0


def test_the_sum_tells_what_was_found_of_what_was_planted_and_what_else():
    findings = [
        Finding(1, "complainer", 3, 2, 0),
        Finding(2, "complainer", 1, 1, 4),
    ]
    words = truths_look.summary(findings)
    assert "75.0%" in words
    assert words.split()[-4:] == ["4", "1", "of", "2"]


def test_a_seed_is_a_line_with_what_else_was_found():
    words = truths_look.line([Finding(7, "product", 1, 0, 1, "country France")])
    assert words == "seed    7  product 0/1 +1  country France"


def test_the_interval_of_a_share_is_exact():
    # Clopper and Pearson: 0 of 10 lies below 30.85 %.
    assert truths_look.exact(0, 10) == (0.0, pytest.approx(0.3085, abs=1e-4))
    assert truths_look.exact(10, 10) == (pytest.approx(0.6915, abs=1e-4), 1.0)
