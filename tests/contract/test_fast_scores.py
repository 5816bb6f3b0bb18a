"""The fast route `scores`: what `docs/fast-routes.md` promises, in the sandbox and for real."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from suitecrm_bridge.catalogue import Field, catalogue
from tests.contract.fastroutes import (
    NEW,
    NOBODY,
    STAMP,
    WORDS,
    Target,
    answered,
    counted,
    declined,
)

FIELDS = {module: catalogue().fields_of(module, "bridge") for module in catalogue().modules}
WRITTEN = [module for module, fields in FIELDS.items() if fields]


def example(field: Field) -> Any:
    """Return a value that the field allows."""
    given: dict[str, Any] = {"date": "2024-02-29", "datetime": "2026-11-21 20:31:07", "bool": True}
    if field.type == "enum":
        return list(catalogue().dropdowns[field.dropdown or ""])[-1]
    if field.type in ("varchar", "text"):
        return WORDS[: field.length]
    if field.type == "int":
        return field.max or 2**31 - 1
    if field.type == "decimal":
        digits, scale = field.digits or 0, field.scale or 0
        most = 10 ** min(digits - scale, 12) - 10**-scale
        return field.max if field.max is not None else round(most, scale)
    return given[field.type]


def shown(field: Field, value: Any) -> Any:
    """Return the form in which `records` answers a value that was written."""
    if field.type == "bool":
        return str(int(value))
    return str(value) if field.type == "int" else value


def held(crm: Target, id_: str, *columns: str) -> dict[str, Any]:
    row = crm.row("Contacts", id_, ",".join(columns))
    return {column: row[column] for column in columns}


@pytest.mark.parametrize("module", WRITTEN)
def test_every_field_of_the_bridge_is_written_and_read_back_and_emptied(crm, module):
    id_ = crm.create(module, **NEW[module])
    fields = {field.name: field for field in FIELDS[module]}
    values = {name: example(field) for name, field in fields.items()}
    assert counted(crm.write(module, [*fields], [id_, *values.values()], notify=False))[0] == 1
    row = crm.row(module, id_, ",".join(fields))
    for name, field in fields.items():
        if field.type == "decimal":
            assert Decimal(row[name]) == Decimal(str(values[name])), name
        else:
            assert row[name] == shown(field, values[name]), name
    assert counted(crm.write(module, [*fields], [id_, *[None] * len(fields)], notify=False))[0] == 1
    assert set(crm.row(module, id_, ",".join(fields)).values()) == {id_, 0, STAMP, None}


def test_an_amount_keeps_all_its_digits(crm, contact):
    crm.write("Contacts", ["clv_c"], [contact, 1234567890123.45])
    assert Decimal(held(crm, contact, "clv_c")["clv_c"]) == Decimal("1234567890123.45")


def test_the_bounds_themselves_may_be_written(crm, contact):
    columns = ["rfm_recency_c", "potential_score_c", "alive_probability_c", "purchase_count_c"]
    for row in ([1, 0, 0, 0], [5, 100, 1, 2_000_000_000]):
        assert counted(crm.write("Contacts", columns, [contact, *row])) == (1, 0, 0)


def test_the_same_values_again_leave_the_record_unchanged(crm, contact):
    columns = ["rfm_segment_c", "clv_c", "review_flag_c", "last_purchase_c", "rfm_reason_c"]
    row = [contact, "champions", 12.5, False, "2026-01-02", WORDS]
    assert counted(crm.write("Contacts", columns, row)) == (1, 0, 1)
    assert counted(crm.write("Contacts", columns, row)) == (0, 1, 0)


def test_an_empty_field_that_stays_empty_is_unchanged(crm, contact):
    answer = crm.write("Contacts", ["clv_c", "next_offer_c"], [contact, None, None])
    assert counted(answer) == (0, 1, 0)


def test_what_is_not_written_stays_as_it_was(crm, contact):
    crm.write("Contacts", ["rfm_recency_c", "next_offer_c"], [contact, 4, "Tea"])
    crm.write("Contacts", ["rfm_recency_c"], [contact, 3])
    row = held(crm, contact, "last_name", "rfm_recency_c", "next_offer_c")
    assert row == {"last_name": "Moreau", "rfm_recency_c": "3", "next_offer_c": "Tea"}


@pytest.mark.parametrize("text", ["Gift 🎁 box", "𝒯ea"])
def test_a_text_that_the_database_could_not_hold_is_refused(crm, contact, text):
    answer = crm.write("Contacts", ["next_offer_c"], [contact, text])
    declined(answer, 400, "invalid_value", "rows[0].next_offer_c")


def test_a_score_leaves_date_modified_alone(crm, contact):
    assert counted(crm.write("Contacts", ["rfm_recency_c"], [contact, 4])) == (1, 0, 0)
    assert crm.row("Contacts", contact, "id")["date_modified"] == STAMP


@pytest.mark.parametrize("module", ["Contacts", "Accounts"])
def test_a_changed_segment_is_announced_and_leaves_date_modified_alone(crm, module):
    id_ = crm.create(module, **NEW[module])
    answer = crm.write(module, ["rfm_segment_c", "rfm_recency_c"], [id_, "champions", 5])
    assert counted(answer) == (1, 0, 1)
    row = crm.row(module, id_, "rfm_segment_c,rfm_recency_c")
    assert (row["rfm_segment_c"], row["rfm_recency_c"]) == ("champions", "5")
    assert row["date_modified"] == STAMP


def test_a_segment_that_is_emptied_is_announced(crm, contact):
    crm.write("Contacts", ["rfm_segment_c"], [contact, "champions"], notify=False)
    assert counted(crm.write("Contacts", ["rfm_segment_c"], [contact, None])) == (1, 0, 1)
    assert held(crm, contact, "rfm_segment_c") == {"rfm_segment_c": None}


def test_an_announced_record_keeps_every_kind_of_value(crm, contact):
    columns = [field.name for field in FIELDS["Contacts"]]
    values = [example(field) for field in FIELDS["Contacts"]]
    assert counted(crm.write("Contacts", columns, [contact, *values])) == (1, 0, 1)
    assert counted(crm.write("Contacts", columns, [contact, *values])) == (0, 1, 0)
    assert counted(crm.write("Contacts", columns, [contact, *[None] * len(columns)])) == (1, 0, 1)
    assert set(held(crm, contact, *columns).values()) == {None}


def test_an_announced_record_keeps_what_people_typed(crm):
    account = crm.create("Accounts", name="Fils")
    values = {"last_name": WORDS, "email1": "zoe@example.test", "account_id": account}
    id_ = crm.create("Contacts", description=WORDS, wallet_estimate_c="12.50", **values)
    columns = [*values, "description", "wallet_estimate_c", "modified_user_id"]
    before = held(crm, id_, *columns)
    assert counted(crm.write("Contacts", ["rfm_segment_c"], [id_, "champions"])) == (1, 0, 1)
    assert held(crm, id_, *columns) == before


def test_the_answer_tells_row_by_row_what_became_of_it(crm, contact):
    other, third = (crm.create("Contacts", last_name=name) for name in ("Petit", "Grand"))
    crm.write("Contacts", ["rfm_segment_c"], [third, "lost"], notify=False)
    rows = [[contact, "champions"], [other, None], [NOBODY, "lost"], [third, "lost"]]
    answer = answered(crm.write("Contacts", ["rfm_segment_c"], *rows))
    assert answer["rows"] == {
        contact: "written",
        other: "unchanged",
        NOBODY: "rejected",
        third: "unchanged",
    }
    assert answer["failed"] == []


def test_an_answer_about_no_row_has_no_row(crm):
    assert answered(crm.write("Contacts", ["rfm_recency_c"]))["rows"] == {}


def test_more_announced_records_than_the_limit_are_refused_and_nothing_is_written(crm, contact):
    limit = answered(crm.get("ping"))["limits"]["announced"]
    assert 24 <= limit <= 96
    ids = [contact, *(crm.create("Contacts", last_name="Many") for _ in range(limit))]
    rows = [[id_, "champions"] for id_ in ids]
    declined(crm.write("Contacts", ["rfm_segment_c"], *rows), 400, "too_many_rows", "rows")
    assert held(crm, contact, "rfm_segment_c") == {"rfm_segment_c": None}
    answer = answered(crm.write("Contacts", ["rfm_segment_c"], *rows[1:]))
    # On a busy machine the request's time may be up before the last one's turn.
    assert {one["code"] for one in answer["failed"]} <= {"not_reached"}
    assert answer["written"] == answer["notified"] == limit - len(answer["failed"]) > 0


def test_the_limit_of_announced_records_counts_neither_the_unchanged_nor_the_silent(crm, contact):
    limit = answered(crm.get("ping"))["limits"]["announced"]
    ids = [crm.create("Contacts", last_name="Many") for _ in range(limit)]
    rows = [[id_, "champions", 5] for id_ in ids]
    columns = ["rfm_segment_c", "rfm_recency_c"]
    assert counted(crm.write("Contacts", columns, *rows, notify=False)) == (limit, 0, 0)
    mixed = [[contact, "lost", 1], *rows[1:], [ids[0], "champions", 4]]
    assert counted(crm.write("Contacts", columns, *mixed)) == (2, limit - 1, 1)


def test_a_first_load_notifies_nobody(crm, contact):
    answer = crm.write("Contacts", ["rfm_segment_c"], [contact, "champions"], notify=False)
    assert counted(answer) == (1, 0, 0)
    row = crm.row("Contacts", contact, "rfm_segment_c")
    assert (row["rfm_segment_c"], row["date_modified"]) == ("champions", STAMP)


def test_only_records_whose_segment_changes_are_notified(crm, contact):
    other = crm.create("Contacts", last_name="Petit")
    columns = ["rfm_segment_c", "rfm_recency_c"]
    crm.write("Contacts", columns, [contact, "champions", 5], [other, "lost", 1], notify=False)
    answer = crm.write("Contacts", columns, [contact, "champions", 4], [other, "champions", 5])
    assert counted(answer) == (2, 0, 1)
    assert {crm.row("Contacts", id_, "id")["date_modified"] for id_ in (contact, other)} == {STAMP}


def test_a_case_is_never_notified(crm):
    case = crm.create("Cases", name="Late")
    assert counted(crm.write("Cases", ["customer_segment_c"], [case, "champions"])) == (1, 0, 0)
    assert crm.row("Cases", case, "id")["date_modified"] == STAMP


def test_a_record_that_is_not_there_is_rejected_by_itself(crm, contact):
    gone = crm.create("Contacts", last_name="Gone")
    crm.delete("Contacts", gone)
    rows = [[NOBODY, 1], [contact, 2], [gone, 3]]
    answer = answered(crm.write("Contacts", ["rfm_recency_c"], *rows))
    assert (answer["written"], answer["unchanged"], answer["notified"]) == (1, 0, 0)
    assert [(one["id"], one["code"]) for one in answer["rejected"]] == [
        (NOBODY, "unknown_record"),
        (gone, "unknown_record"),
    ]
    assert all(one["message"] for one in answer["rejected"])
    assert answer["rows"] == {NOBODY: "rejected", contact: "written", gone: "rejected"}
    assert held(crm, contact, "rfm_recency_c") == {"rfm_recency_c": "2"}


def test_no_rows_are_no_work(crm):
    assert counted(crm.write("Contacts", ["rfm_recency_c"])) == (0, 0, 0)


def test_the_id_may_stand_anywhere(crm, contact):
    body = {"columns": ["rfm_recency_c", "id"], "rows": [[3, contact]]}
    assert counted(crm.post("scores/Contacts", body)) == (1, 0, 0)
