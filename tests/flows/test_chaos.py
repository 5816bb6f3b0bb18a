"""A few seeds of scripts/chaos.py: faults, kills and edits by chance leave no trace in the end."""

import pytest
from chaos_bridge import Result
from chaos_checks import differences
from chaos_seed import play, replayed
from chaos_spells import KINDS

SEEDS = [("stock", 24), ("fast", 7)]


@pytest.fixture(scope="module")
def results():
    return {seed: play(seed, path, customers=20) for path, seed in SEEDS}


@pytest.mark.story
@pytest.mark.parametrize(("path", "seed"), SEEDS, ids=[f"{p} {s}" for p, s in SEEDS])
def test_a_disturbed_bridge_ends_as_an_undisturbed_one(results, path, seed):
    assert results[seed].findings == [], replayed(results[seed])


@pytest.mark.story
def test_the_seeds_played_here_disturb_the_bridge_in_every_way(results):
    played = results.values()
    for figure in ("runs", "edits", "writes"):
        assert sum(getattr(result, figure) for result in played) > 0, figure
    # Which of the two a stroke is, and whether it falls, hangs on how many requests there are.
    assert sum(result.kills + result.stops for result in played) > 0
    assert len(set().union(*(result.faults for result in played))) >= 8
    come = set().union(*(result.disturbances for result in played))
    assert come >= {"bad record", "form saved", *KINDS}


def test_a_seed_that_found_something_says_how_to_play_it_again():
    found = replayed(Result(7, "fast"))
    assert found == "python scripts/chaos.py --first 7 --seeds 1 --path fast"


def test_the_comparison_names_record_and_column():
    one, other = ({"contacts": [{"id": "a", "name": name}]} for name in ("Ng", "O'Brien"))
    assert differences("mirror", one, other) == [
        "mirror contacts: 1 rows differ, a: name: 'Ng' for \"O'Brien\""
    ]
    assert differences("mirror", one, one) == []


def test_the_comparison_names_a_record_that_is_missing():
    one, other = {"contacts": [{"id": "a"}]}, {"contacts": []}
    assert differences("mirror", other, one) == ["mirror contacts: 0 rows too many, 1 missing: a"]
