"""Which faults there are, how they are told, and how chance draws them."""

from collections import Counter
from datetime import timedelta

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.sandbox.faults import NOT_DRAWN, SWITCHES, Faults, Switchboard, described
from tests.sandbox.conftest import NOON


def request(path="/Api/V8/module/Contacts", method="GET", body=""):
    return Request(EnvironBuilder(path, method=method, data=body).get_environ())


def kinds(faults, times, path="/Api/V8/module/Contacts"):
    return [faults.strike(request(path)).kind for _ in range(times)]


def test_a_mixture_is_read():
    faults = Faults.parse("latency=0.05:0.3, reset=0.02,clock=±120,storm=20:100")
    assert faults.values == {
        "latency": (0.05, 0.3),
        "reset": (0.02, 0.0),
        "clock": (120.0, 0.0),
        "storm": (20.0, 100.0),
    }


def test_no_words_are_no_faults():
    assert not Faults.parse("").on


@pytest.mark.parametrize("name", SWITCHES)
def test_every_switch_is_described_in_both_languages(name):
    place = list(SWITCHES).index(name)
    for lang in i18n.LANGUAGES:
        assert described(lang)[place].startswith(f"`{name}=")
    assert described("en")[place] != described("fr")[place]


@pytest.mark.parametrize(
    "words",
    [
        "nonsense=1",
        "reset",
        "reset=",
        "reset=often",
        "reset=1.5",
        "reset=-1",
        "reset=0.1:2",
        "latency=0.1:2:3",
        "latency=0.1:x",
        "clock=1:2",
        "reset=nan",
        "500=0.6,reset=0.5",
    ],
)
def test_a_mixture_that_makes_no_sense_is_refused(words):
    with pytest.raises(SettingError):
        Faults.parse(words)


def test_a_switch_that_is_not_known_is_named_with_the_known_ones():
    with pytest.raises(SettingError, match=r"“resets”.*reset"):
        Faults.parse("resets=0.1")


def test_the_chances_are_kept():
    drawn = Counter(kinds(Faults.parse("reset=0.3,500=0.1", seed=4), 2_000))
    assert drawn["reset"] == pytest.approx(600, abs=60)
    assert drawn["500"] == pytest.approx(200, abs=40)
    assert drawn[""] == 2_000 - drawn["reset"] - drawn["500"]


def test_the_same_seed_gives_the_same_faults():
    words = "reset=0.3,500=0.3"
    assert kinds(Faults.parse(words, 7), 50) == kinds(Faults.parse(words, 7), 50)
    assert kinds(Faults.parse(words, 7), 50) != kinds(Faults.parse(words, 8), 50)


def test_other_requests_in_between_change_nothing():
    words = "reset=0.3,500=0.3"
    alone = kinds(Faults.parse(words, 7), 50)
    faults = Faults.parse(words, 7)
    mixed = []
    for number in range(50):
        faults.strike(request(f"/Api/V8/module/Accounts?page[number]={number}"))
        mixed += kinds(faults, 1)
    assert mixed == alone


def test_two_writes_of_different_records_are_different_requests():
    faults = Faults.parse("reset=0.5", 1)
    drawn = [
        faults.strike(request("/Api/V8/module", "PATCH", f'{{"id": {number}}}')).kind
        for number in range(50)
    ]
    assert set(drawn) == {"", "reset"}


def test_late_tells_which_share_strikes_after_the_effect():
    for share in (0, 1):
        faults = Faults.parse(f"500=1,late={share}")
        assert {faults.strike(request()).late for _ in range(20)} == {bool(share)}


def test_a_storm_fails_everything_for_its_time_and_then_nothing():
    drawn = kinds(Faults.parse("storm=20:10"), 50)
    assert set(drawn[:10]) == {""} == set(drawn[30:])
    assert set(drawn[10:30]) == {"reset", "503"}


def test_a_record_is_chosen_for_good():
    faults = Faults.parse("poison=0.2", 3)
    chosen = [number for number in range(500) if faults.marked("poison", str(number))]
    assert chosen == [n for n in range(500) if faults.marked("poison", str(n))]
    assert len(chosen) == pytest.approx(100, abs=30)
    assert not any(faults.marked("unreadable", str(number)) for number in range(500))


def test_the_clock_steps_within_its_bounds():
    board = Switchboard(Faults.parse("clock=±120", 2))
    clock = board.clock(lambda: NOON)
    seen = set()
    for _ in range(400):
        board.faults.strike(request())
        seen.add(clock() - NOON)
    assert len(seen) > 5
    assert max(map(abs, seen)) <= timedelta(seconds=120)
    assert min(seen) < timedelta() < max(seen)


def test_a_clock_without_faults_is_right():
    assert Switchboard().clock(lambda: NOON)() == NOON


@pytest.mark.parametrize("seed", range(50))
def test_a_mixture_by_chance_lets_most_requests_through(seed):
    values = Faults.random(seed).values
    assert sum(pair[0] for name, pair in values.items() if name not in NOT_DRAWN) < 0.4
    assert Faults.random(seed).values == values


def test_mixtures_by_chance_use_every_switch():
    assert set().union(*(Faults.random(seed).values for seed in range(50))) == set(SWITCHES)
