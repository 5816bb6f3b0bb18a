"""The fast route `history`: what SuiteCRM's audit tables keep, in the sandbox and for real."""

from __future__ import annotations

from datetime import UTC

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.bulk import FastRoutes
from tests.contract.fastroutes import answered, declined

COLUMNS = [
    "id",
    "deleted",
    "date_modified",
    "parent_id",
    "created_by",
    "field_name",
    "before",
    "after",
]
WITH_HISTORY = [key for key, module in catalogue().modules.items() if module.history]


def changed_case(crm):
    """Make a case whose status and name have changed; return its id and the time before."""
    since = answered(crm.get("ping"))["server_time"]
    case = crm.create("Cases", name="Late", status="Open_New", priority="P2")
    crm.crm.module("Cases").update(case, {"status": "Closed_Closed", "name": "Very late"})
    return case, since


def changes_of(crm, case, **parameters):
    return [row for row in crm.rows("history/Cases", **parameters) if row["parent_id"] == case]


def test_a_change_tells_field_and_values_and_whose_it_was(crm):
    case, since = changed_case(crm)
    changes = {row["field_name"]: row for row in changes_of(crm, case, modified_from=since)}
    change = changes["status"]
    assert (change["before"], change["after"]) == ("Open_New", "Closed_Closed")
    assert change["created_by"]
    assert change["deleted"] == 0
    assert change["date_modified"] >= since


def test_only_the_columns_that_the_catalogue_names_are_told(crm):
    case, since = changed_case(crm)
    fields = {row["field_name"] for row in changes_of(crm, case, modified_from=since)}
    assert "status" in fields
    assert fields <= set(catalogue().modules["Cases"].history)


@pytest.mark.parametrize("module", WITH_HISTORY)
def test_every_module_with_a_history_answers_it(crm, module):
    assert answered(crm.get(f"history/{module}", limit=3))["columns"] == COLUMNS


def test_changes_are_paged_in_the_order_of_their_ids(crm):
    for _ in range(2):
        changed_case(crm)
    whole = [row["id"] for row in crm.rows("history/Cases", limit=3)]
    first = answered(crm.get("history/Cases", limit=1))
    assert first["complete"] is False
    rest = crm.rows("history/Cases", limit=2, after=first["rows"][0][0])
    assert [first["rows"][0][0], *[row["id"] for row in rest]] == whole
    assert len(set(whole)) == len(whole) >= 2


def test_changes_before_the_window_are_left_out(crm):
    case, since = changed_case(crm)
    assert changes_of(crm, case, modified_from=since)
    assert changes_of(crm, case, modified_to=since) == []
    assert changes_of(crm, case, modified_from="2099-01-01 00:00:00") == []


def test_the_client_reads_changes_with_their_time_in_utc(crm):
    case, _ = changed_case(crm)
    routes = FastRoutes(crm.crm.api, answered(crm.get("ping")))
    page = routes.history("Cases")
    [change] = [c for c in page.records if (c["parent_id"], c["field_name"]) == (case, "status")]
    assert change["after"] == "Closed_Closed"
    assert change["date_modified"].tzinfo is UTC
    assert page.complete


@pytest.mark.parametrize("module", ["Contacts", "Users", "NoSuchModule"])
def test_a_module_without_a_history_is_unknown(crm, module):
    declined(crm.get(f"history/{module}"), 404, "unknown_module")


@pytest.mark.parametrize("name", ["deleted", "columns", "to_id"])
def test_a_parameter_that_makes_no_sense_for_changes_is_refused(crm, name):
    declined(crm.get("history/Cases", **{name: "1"}), 400, "invalid_request", name)


def test_a_bad_id_or_limit_is_refused(crm):
    declined(crm.get("history/Cases", after="x" * 37), 400, "invalid_value", "after")
    declined(crm.get("history/Cases", limit="0"), 400, "invalid_request", "limit")
