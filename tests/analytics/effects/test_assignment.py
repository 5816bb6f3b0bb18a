import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from suitecrm_bridge.analytics.effects.assignment import (
    arm,
    arm_sql,
    arms,
    held_out,
    held_out_sql,
    period_of,
    split,
)

PEOPLE = pd.Series([f"person-{number}" for number in range(4_000)])
QUOTED = "it's"
ODD = pd.Series(["", "é", "a'b", "\n", "x\ny", "ÄÖ", "0", " 1 "])


def drawn(programme: str = "welcome", wave: str = "1", share: float = 0.2) -> pd.Series:
    return arms("salt", programme, wave, PEOPLE, share)


def test_the_arm_of_a_person_is_the_same_on_every_machine_and_in_every_version() -> None:
    found = [arm("salt", "welcome", "1", f"person-{number}", 0.5) for number in range(8)]
    assert [one[0] for one in found] == EXPECTED


EXPECTED = list("ttttcctt")


def test_many_people_have_the_arms_that_each_of_them_has() -> None:
    each = [arm("salt", "welcome", "1", person, 0.2) for person in PEOPLE[:200]]
    assert drawn()[:200].to_list() == each


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999, 1.0])
def test_the_database_draws_the_same_arms(share: float) -> None:
    people = pd.DataFrame({"id": pd.concat([PEOPLE[:300], ODD])})
    query = f"select {arm_sql(QUOTED, 'welcome', '1', 'id', share)} as arm from people"
    with duckdb.connect() as connection:
        connection.register("people", people)
        found = [row[0] for row in connection.execute(query).fetchall()]
    assert found == arms(QUOTED, "welcome", "1", people["id"], share).to_list()


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_the_control_is_as_large_as_planned(share: float) -> None:
    control = int((drawn(share=share) == "control").sum())
    assert split(len(PEOPLE) - control, control, share).chance > 0.01


@pytest.mark.parametrize(("programme", "wave"), [("loyalty", "1"), ("welcome", "2")])
def test_an_arm_tells_nothing_about_another_programme_or_wave(programme: str, wave: str) -> None:
    table = pd.crosstab(drawn(share=0.5), drawn(programme, wave, share=0.5))
    assert chi2_contingency(table).pvalue > 0.01


def test_nobody_changes_from_control_to_treated_where_the_control_grows() -> None:
    small, large = drawn(share=0.1) == "control", drawn(share=0.3) == "control"
    assert not (small & ~large).any()


@given(st.text(max_size=3).filter(lambda text: "\n" not in text), st.text(max_size=3))
def test_keys_that_read_alike_side_by_side_are_other_draws(left: str, right: str) -> None:
    joined = [arm("s", "ab", "c", f"{left}{right}{n}", 0.5) for n in range(64)]
    moved = [arm("s", "a", "bc", f"{left}{right}{n}", 0.5) for n in range(64)]
    assert joined != moved


def test_a_key_with_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="end of a line"):
        arm("s", "a\nb", "c", "person", 0.5)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        arm("s", "a", "b", "person", share)


def periods(share: float, count: int) -> np.ndarray:
    rows = [[held_out("salt", period, p, share) for p in PEOPLE[:1_000]] for period in range(count)]
    return np.array(rows)


def test_nobody_is_held_out_of_everything_again_before_everybody_was() -> None:
    assert (periods(0.125, 8).sum(axis=0) == 1).all()


def test_the_control_over_all_programmes_is_as_large_in_every_period() -> None:
    for row in periods(0.3, 12):
        held = int(row.sum())
        assert split(len(row) - held, held, 0.3).chance > 0.001


@pytest.mark.parametrize("period", [0, 3, 7, 700])
def test_the_database_holds_out_the_same_people(period: int) -> None:
    people = pd.DataFrame({"id": pd.concat([PEOPLE[:300], ODD])})
    query = f"select {held_out_sql('salt', period, 'id', 0.3)} as held from people"
    with duckdb.connect() as connection:
        connection.register("people", people)
        found = [row[0] for row in connection.execute(query).fetchall()]
    assert found == [held_out("salt", period, person, 0.3) for person in people["id"]]


def test_who_is_held_out_of_everything_tells_nothing_about_a_programme() -> None:
    held = pd.Series([held_out("salt", 3, person, 0.3) for person in PEOPLE])
    assert chi2_contingency(pd.crosstab(held, drawn(share=0.3))).pvalue > 0.01


def test_periods_follow_each_other_every_so_many_days() -> None:
    assert [period_of(day, 90) for day in (0, 89, 90, 20_000)] == [0, 0, 1, 222]


def test_a_split_that_is_not_as_planned_is_unsound() -> None:
    assert not split(8_300, 1_700, 0.2).sound


def test_a_split_as_planned_is_sound() -> None:
    assert split(8_040, 1_960, 0.2).sound


@pytest.mark.parametrize(("control", "sound"), [(0, True), (1, False)])
def test_without_a_planned_control_one_person_in_it_is_unsound(control: int, sound: bool) -> None:
    assert split(100, control, 0.0).sound is sound


def test_the_chance_of_a_split_is_that_of_the_textbook() -> None:
    assert split(60, 40, 0.5).chance == pytest.approx(0.0455003)
