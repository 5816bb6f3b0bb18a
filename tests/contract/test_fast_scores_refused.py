"""What the fast route `scores` refuses, as `docs/fast-routes.md` says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.fastroutes import (
    BAD_IDS,
    NOBODY,
    ODD_IDS,
    STAMP,
    Target,
    answered,
    declined,
)

BAD_VALUES: list[tuple[str, Any]] = [
    *(("rfm_recency_c", bad) for bad in (0, 6, -1, 1e9, 5.5, "5", True, [], {}, 2**40)),
    *(("purchase_count_c", bad) for bad in (2**31, -(2**31) - 1, 1.5, "12")),
    *(("clv_c", bad) for bad in (1e16, -1e16, 1e300, "12.50", True, 0.123, [1])),
    *(("alive_probability_c", bad) for bad in (1.01, -0.01, 99, 0.12345)),
    *(("rfm_segment_c", bad) for bad in ("Champions", "no_such_segment", "", 5, "champions' --")),
    *(("last_purchase_c", bad) for bad in ("2026-02-30", "01/02/2026", "", 20260102, "20260102")),
    *(("scored_at_c", bad) for bad in ("2026-01-02 12:00:00", "2026-13-02")),
    *(("review_flag_c", bad) for bad in (1, 0, "true", "1")),
    *(("rfm_score_c", bad) for bad in ("5555", 555)),
    *(("next_offer_c", bad) for bad in ("x" * 256, 7, ["x"])),
    *(("rfm_reason_c", bad) for bad in ("x" * 65_536, 1, {"en": "x"})),
]


def held(crm: Target, id_: str, *columns: str) -> dict[str, Any]:
    row = crm.row("Contacts", id_, ",".join(columns))
    return {column: row[column] for column in columns}


@pytest.mark.parametrize(
    ("name", "bad"), BAD_VALUES, ids=[f"{n}-{str(b)[:12]}" for n, b in BAD_VALUES]
)
def test_a_bad_value_refuses_the_whole_request(crm, contact, name, bad):
    other = crm.create("Contacts", last_name="Petit")
    response = crm.write("Contacts", [name], [other, None], [contact, bad])
    message = declined(response, 400, "invalid_value", f"rows[1].{name}")
    assert name in message


@pytest.mark.parametrize("bad", ["2026-01-02", "2026-01-02T03:04:05", "2026-01-02 24:00:00"])
def test_a_bad_moment_refuses_the_request(crm, bad):
    id_ = crm.create("Cases", name="Late")
    response = crm.write("Cases", ["promised_by_c"], [id_, bad])
    assert "promised_by_c" in declined(response, 400, "invalid_value", "rows[0].promised_by_c")


def test_a_good_row_before_a_bad_one_is_not_written(crm, contact):
    other = crm.create("Contacts", last_name="Petit")
    response = crm.write(
        "Contacts", ["rfm_segment_c", "clv_c"], [contact, "champions", 5], [other, "lost", "x"]
    )
    declined(response, 400, "invalid_value", "rows[1].clv_c")
    row = crm.row("Contacts", contact, "rfm_segment_c,clv_c")
    assert set(row.values()) == {contact, 0, STAMP, None}


def test_a_score_out_of_bounds_is_told_its_bounds(crm, contact):
    message = declined(
        crm.write("Contacts", ["rfm_recency_c"], [contact, 1e9]), 400, "invalid_value"
    )
    assert "rfm_recency_c must be a whole number from 1 to 5" in message


@pytest.mark.parametrize("bad", BAD_IDS, ids=ascii)
def test_an_id_that_is_none_is_refused(crm, bad):
    response = crm.write("Contacts", ["rfm_recency_c"], [NOBODY, 1], [bad, 1])
    declined(response, 400, "invalid_value", "rows[1].id")


@pytest.mark.parametrize("odd", ODD_IDS)
def test_an_odd_id_stands_for_its_record_alone(crm, contact, odd):
    answer = answered(crm.write("Contacts", ["rfm_recency_c"], [odd, 1]))
    assert answer["rows"] == {odd: "rejected"}
    assert not crm.row("Contacts", contact, "rfm_recency_c")["rfm_recency_c"]


@pytest.mark.parametrize(
    "name",
    [
        "last_name",
        "wallet_estimate_c",
        "date_modified",
        "deleted",
        "no_such_c",
        "sla_breached_c",
        "id_c",
        "rfm_recency_c`",
    ],
)
def test_only_the_bridges_own_fields_are_written(crm, contact, name):
    response = crm.write("Contacts", ["rfm_recency_c", name], [contact, 1, "x"])
    declined(response, 400, "unknown_column", "columns[2]")
    row = crm.row("Contacts", contact, "rfm_recency_c,last_name")
    assert (row["rfm_recency_c"], row["last_name"]) == (None, "Moreau")


@pytest.mark.parametrize("module", ["Opportunities", "Users", "Campaigns", "Nothing", "contacts"])
def test_a_module_without_fields_of_the_bridge_is_unknown(crm, module):
    body = {"columns": ["id", "rfm_recency_c"], "rows": []}
    declined(crm.post(f"scores/{module}", body), 404, "unknown_module")


def test_more_scores_than_the_limit_are_refused(crm, contact):
    limit = answered(crm.get("ping"))["limits"]["scores"]
    rows = [[contact, 1], *([f"none-{number}", 1] for number in range(limit))]
    declined(crm.write("Contacts", ["rfm_recency_c"], *rows), 400, "too_many_rows", "rows")
    assert held(crm, contact, "rfm_recency_c") == {"rfm_recency_c": None}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b"null",
        b'{"columns":["id","clv_c"],"rows":[["x",NaN]]}',
        b"\xff",
        {},
        {"columns": ["id", "clv_c"]},
        {"rows": []},
        {"columns": "id,clv_c", "rows": []},
        {"columns": ["id", "clv_c"], "rows": {"a": 1}},
        {"columns": ["id", "clv_c"], "rows": ["x"]},
        {"columns": ["id", "clv_c"], "rows": [["x"]]},
        {"columns": ["clv_c"], "rows": []},
        {"columns": ["id", "clv_c"], "rows": [["x", 1, 2]]},
        {"columns": ["id"], "rows": []},
        {"columns": ["id", "clv_c", "clv_c"], "rows": []},
        {"columns": ["id", 5], "rows": []},
        {"columns": ["id", "clv_c"], "rows": [], "notify": 1},
        {"columns": ["id", "clv_c"], "rows": [["x", 1], ["x", 2]]},
        {"columns": ["id", "clv_c"], "rows": [], "initial": True},
    ],
    ids=str,
)
def test_scores_of_another_form_are_refused(crm, body):
    declined(crm.post("scores/Contacts", body), 400, "invalid_request")
