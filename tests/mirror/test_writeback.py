import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import AnsweredWrite, DeadLetter, Mirror, Scan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        columns = tuple(catalogue().modules["Contacts"].columns)
        scan = Scan("Contacts", 0, None, None, None, False, None, NOW, columns)
        opened.records.begin([scan])
        page = [dict.fromkeys(columns) | {"id": id, "date_modified": NOW} for id in ("a", "b", "c")]
        opened.records.store_page(scan, page, {}, after_id="c", last=True)
        yield opened


def written(id, score="555", module="Contacts", **record):
    answer = {"id": id, "rfm_score_c": score} | record
    return AnsweredWrite(module, id, {"rfm_score_c": score}, answer)


def failed(id, reason="refused", module="Contacts", record=None):
    return DeadLetter(module, id, {"rfm_score_c": "555"}, reason, record)


def scores(mirror):
    rows = mirror.connection.execute("SELECT id, rfm_score_c FROM contacts ORDER BY id")
    return dict(rows.fetchall())


def ledger(mirror):
    rows = mirror.connection.execute(
        "SELECT record_id, attributes::VARCHAR, written_at FROM ledger ORDER BY record_id"
    )
    return rows.fetchall()


def letters(mirror):
    frame = mirror.dead_letters.frame()
    return [(r.record_id, r.attempts, r.reason) for r in frame.itertuples()]


def test_a_write_goes_into_the_ledger_with_its_time(mirror):
    attributes = {
        "purchase_total_c": Decimal("0.10"),
        "last_purchase_c": date(2026, 2, 28),
        "rfm_reason_c": "été",
    }
    write = AnsweredWrite("Contacts", "a", attributes, {"id": "a"})
    mirror.writeback.record(NOW, [write], [])
    ((id, noted, at),) = ledger(mirror)
    assert (id, at) == ("a", NOW.replace(tzinfo=None))
    assert json.loads(noted) == {
        "purchase_total_c": "0.10",
        "last_purchase_c": "2026-02-28",
        "rfm_reason_c": "été",
    }


def test_the_mirror_holds_the_record_as_it_was_answered(mirror):
    mirror.writeback.record(NOW, [written("a", "545", date_modified=LATER)], [])
    assert scores(mirror) == {"a": "545", "b": None, "c": None}
    (at,) = mirror.connection.execute(
        "SELECT date_modified FROM contacts WHERE id = 'a'"
    ).fetchone()
    assert at == LATER.replace(tzinfo=None)


def test_an_answer_without_any_value_leaves_the_mirror_as_it_is(mirror):
    before = scores(mirror)
    mirror.writeback.record(
        NOW, [AnsweredWrite("Contacts", "a", {"rfm_score_c": "555"}, {"id": "a"})], []
    )
    assert scores(mirror) == before
    assert len(ledger(mirror)) == 1


def test_a_later_write_takes_the_place_of_the_earlier(mirror):
    mirror.writeback.record(NOW, [written("a", "111")], [])
    mirror.writeback.record(LATER, [written("a", "222")], [])
    ((_, noted, at),) = ledger(mirror)
    assert (json.loads(noted), at) == ({"rfm_score_c": "222"}, LATER.replace(tzinfo=None))


def test_records_of_several_modules_are_recorded_together(mirror):
    both = [written("a"), written("k", module="Accounts", name="Dupont")]
    mirror.writeback.record(NOW, both, [])
    assert len(ledger(mirror)) == 2
    rows = mirror.connection.execute("SELECT id, name, rfm_score_c FROM accounts").fetchall()
    assert rows == [("k", "Dupont", "555")]


def test_a_failure_becomes_a_dead_letter_with_its_reason(mirror):
    mirror.writeback.record(NOW, [], [failed("b", "no such record")])
    assert letters(mirror) == [("b", 1, "no such record")]
    assert scores(mirror)["b"] is None


def test_each_failure_counts_and_the_last_reason_stands(mirror):
    for number, when in enumerate((NOW, LATER), start=1):
        mirror.writeback.record(when, [], [failed("b", f"reason {number}")])
    assert letters(mirror) == [("b", 2, "reason 2")]
    assert mirror.dead_letters.frame()["last_tried_at"][0] == LATER.replace(tzinfo=None)


def test_a_write_that_succeeds_takes_its_dead_letter_away_and_no_other(mirror):
    mirror.writeback.record(NOW, [], [failed("a"), failed("b"), failed("a", module="Accounts")])
    mirror.writeback.record(LATER, [written("a")], [])
    frame = mirror.dead_letters.frame()
    assert list(zip(frame["module"], frame["record_id"], strict=True)) == [
        ("Accounts", "a"),
        ("Contacts", "b"),
    ]


def test_a_value_that_was_not_kept_is_mirrored_as_it_stands_in_the_crm(mirror):
    kept = {"id": "a", "rfm_score_c": "5"}
    mirror.writeback.record(NOW, [], [failed("a", "stored other values", record=kept)])
    assert scores(mirror)["a"] == "5"
    assert letters(mirror) == [("a", 1, "stored other values")]


@pytest.mark.parametrize("batch", [([written("a")], []), ([], [failed("b")])])
def test_what_cannot_be_recorded_leaves_nothing_behind(mirror, batch):
    broken = AnsweredWrite("Contacts", "c", {"rfm_score_c": "555"}, {"id": "c", "rfm_score_c": 5.5})
    good, bad = batch
    with pytest.raises(TypeError):
        mirror.writeback.record(NOW, [*good, broken], bad)
    assert (ledger(mirror), letters(mirror)) == ([], [])
    assert set(scores(mirror).values()) == {None}


def test_wanted_and_mirrored_values_stand_side_by_side_where_they_differ(mirror):
    mirror.writeback.record(NOW, [written("b", "123", purchase_total_c=Decimal("1.50"))], [])
    frame = pd.DataFrame(
        {
            "customer_id": ["b", "a", "z"],
            "rfm_score": ["555", None, "111"],
            "purchase_total": [Decimal("2.50"), None, Decimal(1)],
        },
        dtype=object,
    )
    mirror.scores.save("contacts", frame)
    wanted = {"purchase_total_c": "purchase_total", "rfm_score_c": "rfm_score"}
    assert list(mirror.writeback.compare("contacts", "Contacts", wanted)) == [
        ("b", (Decimal("2.50"), "555"), (Decimal("1.50"), "123")),
    ]


@pytest.mark.parametrize(
    ("field", "stands", "near", "far"),
    [
        ("alive_probability_c", "0.90", "0.885", "0.875"),
        ("clv_c", "1000", "980", "960"),
        ("next_purchase_c", "2026-03-01", "2026-03-03", "2026-03-06"),
    ],
)
def test_what_only_drifted_is_not_even_compared(mirror, field, stands, near, far):
    column = field.removesuffix("_c")
    mirror.connection.execute(f"UPDATE contacts SET {field} = '{stands}' WHERE id IN ('a', 'b')")
    frame = {"customer_id": ["a", "b", "c"], column: [near, far, None]}
    mirror.scores.save("contacts", pd.DataFrame(frame, dtype=object))
    rows = mirror.writeback.compare("contacts", "Contacts", {field: column})
    assert [id for id, _, _ in rows] == ["b"]


def test_a_figure_that_comes_or_goes_is_compared(mirror):
    mirror.connection.execute("UPDATE contacts SET clv_c = 5 WHERE id = 'a'")
    frame = {"customer_id": ["a", "b"], "clv": [None, Decimal(5)]}
    mirror.scores.save("contacts", pd.DataFrame(frame, dtype=object))
    rows = mirror.writeback.compare("contacts", "Contacts", {"clv_c": "clv"})
    assert [id for id, _, _ in rows] == ["a", "b"]


def test_words_that_only_accompany_are_no_reason_to_compare(mirror):
    mirror.connection.execute("UPDATE contacts SET value_reason_c = 'thus'")
    frame = {"customer_id": ["a"], "value_reason": ["so"], "rfm_score": [None]}
    mirror.scores.save("contacts", pd.DataFrame(frame, dtype=object))
    wanted = {"value_reason_c": "value_reason", "rfm_score_c": "rfm_score"}
    assert list(mirror.writeback.compare("contacts", "Contacts", wanted)) == []


def test_comparing_goes_on_while_writes_are_recorded(mirror):
    mirror.scores.save(
        "contacts",
        pd.DataFrame(
            {
                "customer_id": ["a", "b", "c"],
                "rfm_score": ["555"] * 3,
            },
            dtype=object,
        ),
    )
    rows = mirror.writeback.compare("contacts", "Contacts", {"rfm_score_c": "rfm_score"})
    seen = []
    for id, _, _ in rows:
        mirror.writeback.record(NOW, [written(id)], [])
        seen.append(id)
    assert seen == ["a", "b", "c"]


def test_words_that_were_lost_are_a_reason_to_compare(mirror):
    frame = {"customer_id": ["a"], "value_reason": ["so"]}
    mirror.scores.save("contacts", pd.DataFrame(frame, dtype=object))
    wanted = {"value_reason_c": "value_reason"}
    assert list(mirror.writeback.compare("contacts", "Contacts", wanted)) == [
        ("a", ("so",), (None,))
    ]


@pytest.mark.parametrize(
    ("held", "written"), [(True, [("c1", (None,), (True,))]), (False, []), (None, [])]
)
def test_of_who_objects_only_a_box_that_is_ticked_is_emptied(mirror, held, written):
    # SuiteCRM keeps a box that was emptied as one that is not ticked.
    mirror.connection.execute(
        "INSERT INTO contacts (id, no_profiling_c, review_flag_c) VALUES ('c1', true, ?)", [held]
    )
    mirror.connection.execute(
        "CREATE TABLE scores_contacts AS SELECT 'c1' AS customer_id, true AS review_flag"
    )
    wanted = {"review_flag_c": "review_flag"}
    assert list(mirror.writeback.compare("contacts", "Contacts", wanted)) == written
