"""The door to what is promised of programmes, and the tables it prints."""

from dataclasses import replace

import effects
import effects_measured
import pytest
from behind import environment
from effects_budget import compared, offered
from effects_world import BUSINESSES, drawn, named

from suitecrm_bridge.analytics.effects.budget import plan

SMALL = replace(BUSINESSES["shop, many small orders"], per_day=6, worth=12.0)


def test_the_arguments_go_to_the_measurement(monkeypatch):
    started = []
    monkeypatch.setattr(environment, "prepare", lambda: "python")
    monkeypatch.setattr(environment, "run", lambda words, cwd: started.append(words) or 0)
    assert effects.steps(["--seeds", "3"]) == 0
    assert [str(word) for word in started[0][2:]] == ["--seeds", "3"]


def test_the_help_needs_no_environment(capsys):
    assert effects.steps(["--help"]) == 0
    assert "--seeds N" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("planted", "verdict"), [("effect", "works"), ("none", "no_difference"), ("harm", "does_harm")]
)
def test_what_is_planted_is_told_and_nothing_else(planted, verdict):
    assert effects_measured.RIGHT[planted] == verdict
    play = effects_measured.played(SMALL, planted, 3)
    assert play.told is not None
    assert not play.wrong


def test_the_same_seed_draws_the_same_programme():
    first, second = (drawn(SMALL, "none", 7).outcome for _ in range(2))
    assert (first == second).all()
    assert (first != drawn(SMALL, "none", 8).outcome).any()


@pytest.mark.parametrize("business", BUSINESSES.values(), ids=list(BUSINESSES))
def test_in_each_business_harm_would_be_seen_while_people_still_enter(business):
    assert named(business, "harm", 1).harm_days <= business.window + 365


def test_the_table_of_nights_has_a_line_for_each_thing_planted(capsys, monkeypatch):
    monkeypatch.setitem(BUSINESSES, "small", SMALL)
    table = list(effects_measured.nights_table(["small"], range(1, 2), 1))
    assert [line.split("|")[2].strip() for line in table[2:]] == ["effect", "none", "harm"]


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_plan_is_as_good_as_the_best_and_no_worse_than_a_greedy_one(seed):
    greedy, dense, exact, bound, _ = compared(25, 5, seed)
    assert min(greedy, dense) >= 1 - 1e-9
    assert exact == pytest.approx(1, abs=1e-4)
    assert bound <= 1


def test_the_solver_says_nothing_on_its_own(capfd):
    for seed in range(1, 4):
        plan(*offered(300, 8, seed))
    assert capfd.readouterr() == ("", "")
