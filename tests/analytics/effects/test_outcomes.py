import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.effects import outcomes
from suitecrm_bridge.analytics.effects.outcomes import Window
from suitecrm_bridge.analytics.engine import Engine

NOW = 1_000
COLUMNS = {
    "enrolments": ["customer_id", "programme", "wave", "arm", "since_day"],
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "invoice_costs": [
        "invoice_id",
        "net_cents",
        "lines",
        "lines_cents",
        "known_cents",
        "cost_cents",
    ],
    "complaint_days": ["customer_id", "day"],
    "opt_out_days": ["customer_id", "day"],
}
TEXTS = {"customer_id", "programme", "wave", "arm", "purchase_id", "invoice_id"}
ANN = ("ann", "welcome", "1", "treated", 900)
BOB = ("bob", "welcome", "1", "control", 960)


def found(**rows) -> pd.DataFrame:
    engine = Engine()
    for name, columns in COLUMNS.items():
        frame = pd.DataFrame(rows.get(name, []), columns=columns)
        for column in columns:
            frame[column] = frame[column].astype("string" if column in TEXTS else "Int64")
        engine.table(name, frame, "" if name == "invoice_costs" else "contacts")
    windows = {"welcome": Window(90, 300), "loyalty": Window(30, 300)}
    frame = outcomes.compute(engine, to_date(NOW), windows)
    return frame.set_index(["customer_id", "programme"])


def bought(*days_and_cents: tuple[int, int]) -> dict[str, list]:
    """Purchases of Ann's whose goods cost three of four cents."""
    numbered = [(f"i{n}", day, cents) for n, (day, cents) in enumerate(days_and_cents)]
    return {
        "purchases": [("ann", name, day, cents) for name, day, cents in numbered],
        "invoice_costs": [(name, c, 1, c, c, 3 * c // 4) for name, _, c in numbered],
    }


def test_an_entrant_brings_what_they_buy_from_the_day_of_entry_until_their_time_is_over() -> None:
    row = found(enrolments=[ANN], **bought((899, 1), (900, 400), (989, 800), (990, 2))).iloc[0]
    assert (row["cents"], row["bought"]) == (1_200, 1)
    assert row["margin_cents"] == 300


def test_what_was_spent_before_is_what_was_bought_in_the_time_before() -> None:
    row = found(enrolments=[ANN], **bought((599, 1), (600, 400), (899, 800))).iloc[0]
    assert (row["cents_before"], row["margin_cents_before"], row["cents"]) == (1_200, 300, 0)


def test_what_happens_later_does_not_exist_yet() -> None:
    bob = [("bob", "i9", NOW + 1, 500)]
    assert found(enrolments=[BOB], purchases=bob).iloc[0]["cents"] == 0


@pytest.mark.parametrize(("since", "over"), [(910, 1), (911, 0)])
def test_the_time_of_an_entrant_is_over_when_its_last_day_is_past(since: int, over: int) -> None:
    row = found(enrolments=[(*ANN[:4], since)]).iloc[0]
    assert (row["due_day"], row["over"]) == (since + 90, over)


def test_who_bought_nothing_brings_nothing() -> None:
    row = found(enrolments=[ANN, BOB], **bought((950, 100))).loc[("bob", "welcome")]
    assert (row["cents"], row["margin_cents"], row["bought"], row["arm"]) == (0, 0, 0, "control")


def test_a_refund_takes_off_what_it_was_for_and_is_no_purchase() -> None:
    row = found(enrolments=[ANN], **bought((950, 1_000), (960, -400))).iloc[0]
    assert (row["cents"], row["bought"]) == (600, 1)
    assert found(enrolments=[ANN], **bought((960, -400))).iloc[0]["bought"] == 0


def test_where_costs_are_not_known_the_margin_is_not() -> None:
    rows = bought((950, 1_000))
    rows["invoice_costs"] = [("i0", 1_000, 1, 1_000, 0, 0)]
    frame = found(enrolments=[ANN], **rows)
    assert frame["margin_cents"].isna().all()
    assert outcomes.column(frame) == "cents"


def test_an_opportunity_that_was_won_has_no_margin() -> None:
    frame = found(enrolments=[ANN], purchases=[("ann", "o1", 950, 700)])
    assert (frame["cents"].iloc[0], outcomes.column(frame)) == (700, "cents")


def test_an_invoice_of_which_no_line_is_known_earns_what_the_others_earn() -> None:
    rows = bought((950, 1_000), (960, 400))
    rows["invoice_costs"] = rows["invoice_costs"][:1]
    assert found(enrolments=[ANN], **rows)["margin_cents"].tolist() == [350]


def test_where_margins_are_known_they_are_what_counts() -> None:
    assert outcomes.column(found(enrolments=[ANN], **bought((950, 100)))) == "margin_cents"


@pytest.mark.parametrize(("day", "counts"), [(899, 0), (900, 1), (989, 1), (990, 0)])
@pytest.mark.parametrize(
    ("table", "column"), [("complaint_days", "complained"), ("opt_out_days", "opted_out")]
)
def test_a_complaint_or_opt_out_counts_within_the_time(table, column, day, counts) -> None:
    assert found(enrolments=[ANN], **{table: [("ann", day)]}).iloc[0][column] == counts


def test_two_complaints_are_one_person_who_complained() -> None:
    frame = found(enrolments=[ANN], complaint_days=[("ann", 910), ("ann", 920)])
    assert frame["complained"].tolist() == [1]


def test_an_entrant_of_two_programmes_is_looked_at_by_each_of_them() -> None:
    both = [ANN, ("ann", "loyalty", "1", "control", 950)]
    frame = found(enrolments=both, **bought((960, 100)))
    assert frame["cents"].tolist() == [100, 100]
    assert frame["due_day"].tolist() == [980, 990]


def test_two_waves_of_a_programme_are_two_entries() -> None:
    waves = [ANN, ("ann", "welcome", "2", "treated", 950)]
    assert found(enrolments=waves, **bought((920, 100)))["cents"].tolist() == [100, 0]


def test_who_is_not_over_yet_is_due_in_some_days() -> None:
    frame = found(enrolments=[ANN, BOB, ("eve", "welcome", "1", "treated", 990)])
    assert outcomes.due(frame, NOW) == [50, 80]


def test_what_is_known_before_is_the_sum_and_its_root() -> None:
    assert outcomes.known_before(np.array([0.0, 9.0, -4.0])).tolist() == [[0, 0], [9, 3], [-4, 0]]
