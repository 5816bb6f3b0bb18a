"""What holds of the figures of complaints whatever the base is."""

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

import pytest

from suitecrm_bridge.analytics.complaints import satisfaction
from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS, crossing
from tests.analytics.complaints.crossings import TODAY, bought, figures, owner_of, traits

from .base import AS_OF, CLOSED, answer, at, case, prepared, rows


def random_base(seed):
    chance = random.Random(seed)
    words = {name: ["", "x", "y"] for name in ("product", "cause", "channel", "owner", "type")}
    cases = [
        case(
            f"c{n}",
            at(1) - chance.randrange(200_000),
            **{name: chance.choice(known) for name, known in words.items()},
        )
        for n in range(120)
    ]
    answers = [answer(c["case_id"], c["created"] + chance.randrange(9000)) for c in cases[::2]]
    owners = owner_of(**{c["case_id"]: f"k{chance.randrange(20)}" for c in cases[::3]})
    people = [traits(f"k{n}", chance.choice(["France", "Spain", ""])) for n in range(15)]
    purchases = []
    for n in range(20):
        purchases += bought(f"k{n}", *{TODAY - chance.randrange(300) for _ in range(3)})
    return {
        "case_facts": cases,
        "case_answers": answers,
        "case_customers": owners,
        "customer_traits": people,
        "purchases": purchases,
    }


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_whatever_the_crossing_the_cells_add_up(seed):
    tables = random_base(seed)
    (everything,) = figures(**tables)
    for dimensions in [*((one,) for one in DIMENSIONS), *combinations(DIMENSIONS[::3], 2)]:
        cells = figures(*dimensions, **tables)
        for name in ("number", "open", "answered", "resolved", "breached", "within", "repeated"):
            assert sum(cell[name] for cell in cells) == everything[name]
        keys = [tuple(cell[name] for name in dimensions) for cell in cells]
        assert len(set(keys)) == len(keys)


def test_percentiles_are_exact_in_every_cell():
    tables = random_base(3)
    engine = prepared(**tables)
    satisfaction.prepare(engine, AS_OF)
    values = defaultdict(list)
    for row in rows(engine.fetch("complaint_timeline")):
        if row["response_minutes"] is not None:
            values[row["cause"], row["channel"]].append(row["response_minutes"])
    for cell in rows(crossing(engine, {"cause", "channel"}, AS_OF)):
        known = sorted(values[cell["cause"], cell["channel"]])
        ranks = [-(-share * len(known) // 100) - 1 for share in (50, 90)]
        wanted = [known[rank] for rank in ranks] if known else [None, None]
        assert [cell["response_median"], cell["response_p90"]] == wanted


def test_the_order_of_the_rows_does_not_matter():
    tables = random_base(4)
    before = figures("cause", "country", **tables)
    for table in tables.values():
        random.Random(5).shuffle(table)
    assert figures("cause", "country", **tables) == before


def test_money_scaled_by_ten_scales_nothing_but_money():
    tables = random_base(6)
    before = figures("country", **tables)
    tables["purchases"] = [{**p, "cents": 10 * p["cents"]} for p in tables["purchases"]]
    scaled = [{**row, "value_cents": 10 * row["value_cents"]} for row in before]
    assert figures("country", **tables) == scaled


def test_a_day_later_nothing_but_ages_and_targets_changes():
    tables = random_base(7)
    (before,), (after,) = figures(**tables), figures(as_of=AS_OF + timedelta(days=1), **tables)
    assert after["age_median"] == before["age_median"] + 1
    for name in ("number", "open", "answered", "response_median", "value_cents", "sales"):
        assert after[name] == before[name]


def test_complaints_and_purchases_after_the_last_day_do_not_count():
    (row,) = figures(
        until=date(2026, 3, 10),
        case_facts=[case("a", at(10, "23:59"), CLOSED, modified=at(20)), case("b", at(11))],
        case_customers=owner_of(a="ann", b="ann"),
        purchases=bought("ann", TODAY - 21, TODAY - 20),
    )
    assert (row["number"], row["open"], row["sales"], row["resolved"]) == (1, 0, 1, 1)


def test_complaints_are_counted_by_theme_and_those_without_one_apart():
    found = figures(
        "theme",
        case_facts=[case("a", at(2)), case("b", at(3)), case("c", at(4))],
        case_themes=[{"case_id": id, "theme": "delivery"} for id in "ab"],
    )
    assert [(row["theme"], row["number"]) for row in found] == [("delivery", 2), ("", 1)]
