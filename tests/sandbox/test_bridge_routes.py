"""The fast routes as the sandbox has them: when they are there, and what it remembers."""

from __future__ import annotations

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox.bridge.runs import KEPT

from .conftest import uuid

PING = "V8/custom/bridge/v1/ping"
RUNS = "V8/custom/bridge/v1/runs"
SCORES = "V8/custom/bridge/v1/scores/Contacts"
RUN = {
    "started_at": "2026-03-09 11:00:00",
    "finished_at": "2026-03-09 11:05:00",
    "result": "done",
    "figures": {"written": 2},
}


def test_the_package_brings_fields_and_routes(crm):
    assert crm.send("GET", PING).status_code == 200
    assert "clv_c" in crm.get("V8/meta/fields/Contacts")["data"]["attributes"]


def test_without_the_package_there_are_neither(crm_with):
    crm = crm_with(package=False)
    assert crm.send("GET", PING).status_code == 404
    assert "clv_c" not in crm.get("V8/meta/fields/Contacts")["data"]["attributes"]


def test_the_fields_may_be_there_without_the_routes(crm_with):
    crm = crm_with(routes=False)
    assert crm.send("GET", PING).status_code == 404
    assert "clv_c" in crm.get("V8/meta/fields/Contacts")["data"]["attributes"]


def test_another_method_is_answered_as_the_stock_api_does(crm):
    response = crm.send("DELETE", PING)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


def test_a_refusal_is_gzipped_too(crm):
    headers = {"Authorization": f"Bearer {crm.token}", "Accept-Encoding": "gzip"}
    response = crm.send("GET", "V8/custom/bridge/v1/records/Users", headers=headers)
    assert (response.status_code, response.headers["Content-Encoding"]) == (404, "gzip")


def test_a_run_is_remembered_with_the_customers_by_segment(people):
    rows = [[uuid(1), "champions"], [uuid(2), "champions"], [uuid(3), "lost"]]
    people.send("POST", SCORES, {"columns": ["id", "rfm_segment_c"], "rows": rows})
    people.send("POST", RUNS, RUN)
    [run] = people.sandbox.runs
    assert (run.result, run.figures) == ("done", {"written": 2})
    assert run.segments == {"Contacts": {"champions": 2, "lost": 1}, "Accounts": {}}


BRIDGE = "V8/custom/bridge/v1"


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Cases"])
def test_no_route_fails_because_fields_were_deleted(people, module):
    """As on a real SuiteCRM: what asks for one is refused by its name, the rest goes on."""
    gone = [field.name for field in catalogue().fields_of(module, "bridge")]
    people.sandbox.drop_fields(module, *gone)
    body = {"columns": ["id", gone[0]], "rows": [[uuid(1), None]], "notify": False}
    asked = [
        people.send("GET", f"{BRIDGE}/records/{module}?columns=id,{gone[0]}"),
        people.send("GET", f"{BRIDGE}/digests/{module}?columns={gone[0]}"),
        people.send("POST", f"{BRIDGE}/scores/{module}", body),
    ]
    assert [one.status_code for one in asked] == [400] * 3
    errors = [one.get_json(force=True)["error"] for one in asked]
    assert {error["code"] for error in errors} == {"unknown_column"}
    assert errors[2]["where"] == "columns[1]"
    going_on = [
        people.send("GET", f"{BRIDGE}/records/{module}?columns=id"),
        people.send("POST", RUNS, RUN),
        people.send("GET", PING),
    ]
    assert [one.status_code for one in going_on] == [200] * 3


def test_a_run_counts_no_segments_where_their_field_was_deleted(people):
    rows = [[uuid(1), "champions"]]
    people.send("POST", SCORES, {"columns": ["id", "rfm_segment_c"], "rows": rows})
    people.sandbox.drop_fields("Contacts", "rfm_segment_c")
    people.send("POST", RUNS, RUN)
    [run] = people.sandbox.runs
    assert run.segments == {"Contacts": {}, "Accounts": {}}


def test_only_the_last_runs_are_remembered(crm):
    for number in range(KEPT + 2):
        crm.send("POST", RUNS, RUN | {"figures": {"written": number}})
    assert [run.figures["written"] for run in crm.sandbox.runs] == list(range(2, KEPT + 2))


def test_a_refused_run_is_not_remembered(crm):
    assert crm.send("POST", RUNS, RUN | {"result": "Not a word"}).status_code == 400
    assert crm.sandbox.runs == ()


@pytest.mark.parametrize("figures", [{"a": {"b": {"c": 1}}}, {"a b": 1}, {"a": [1]}, {"a": True}])
def test_figures_are_numbers_or_texts_one_level_deep(crm, figures):
    assert crm.send("POST", RUNS, RUN | {"figures": figures}).status_code == 400


def test_a_failure_among_rows_that_nobody_hears_of_changes_nothing(people, monkeypatch):
    def fail(sql: str, rows: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(people.store, "write", fail)
    rows = [[uuid(1), 5, "champions"], [uuid(2), 4, None]]
    body = {"columns": ["id", "rfm_recency_c", "rfm_segment_c"], "rows": rows}
    response = people.send("POST", SCORES, body)
    assert response.status_code == 500
    assert response.get_json()["error"]["code"] == "failed"
    assert "disk full" not in response.text
    monkeypatch.undo()
    assert {people.store.row("Contacts", uuid(n))["rfm_recency_c"] for n in (1, 2)} == {None}
