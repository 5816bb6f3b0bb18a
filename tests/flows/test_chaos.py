"""A few seeds of scripts/chaos.py: faults, kills and edits by chance leave no trace in the end."""

from functools import cache

import pytest
from chaos_bridge import Result
from chaos_checks import differences
from chaos_seed import play, replayed
from chaos_spells import KINDS

SEEDS = [
    pytest.param("fast", 7, id="fast 7"),
    pytest.param("stock", 24, id="stock 24", marks=pytest.mark.long),
]


@cache
def played_once(path, seed):
    return play(seed, path, customers=20)


@pytest.mark.story
@pytest.mark.parametrize(("path", "seed"), SEEDS)
def test_a_disturbed_bridge_ends_as_an_undisturbed_one(path, seed):
    result = played_once(path, seed)
    assert result.findings == [], replayed(result)


@pytest.mark.long
def test_the_seeds_played_here_disturb_the_bridge_in_every_way():
    played = [played_once(*seed.values) for seed in SEEDS]
    for figure in ("runs", "edits", "writes"):
        assert sum(getattr(result, figure) for result in played) > 0, figure
    # Which of the two a stroke is, and whether it falls, hangs on how many requests there are.
    assert sum(result.kills + result.stops for result in played) > 0
    assert len(set().union(*(result.faults for result in played))) >= 8
    come = set().union(*(result.disturbances for result in played))
    assert come >= {"bad record", "form saved", "programmes", *KINDS}


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
