"""The fast routes `members` and `runs`: what `docs/fast-routes.md` promises of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.fastroutes import BAD_IDS, NOBODY, Target, answered, declined


@pytest.fixture
def target_list(crm):
    return crm.create("ProspectLists", name="Champions", list_type="default")


def on_list(crm: Target, target_list: str, link: str = "contacts") -> list[str]:
    return crm.crm.module("ProspectLists").related(target_list, link)


def change(crm: Target, list_id: str, **body: Any) -> dict[str, Any]:
    return answered(crm.post(f"members/{list_id}", {"module": "Contacts", **body}))


def test_members_are_added_once(crm, contact, target_list):
    assert change(crm, target_list, add=[contact], remove=[]) == {
        "added": 1,
        "removed": 0,
        "unchanged": 0,
    }
    assert change(crm, target_list, add=[contact]) == {"added": 0, "removed": 0, "unchanged": 1}
    assert on_list(crm, target_list) == [contact]


def test_members_are_removed_once_and_may_come_back(crm, contact, target_list):
    change(crm, target_list, add=[contact])
    assert change(crm, target_list, remove=[contact]) == {"added": 0, "removed": 1, "unchanged": 0}
    assert change(crm, target_list, remove=[contact]) == {"added": 0, "removed": 0, "unchanged": 1}
    assert on_list(crm, target_list) == []
    assert change(crm, target_list, add=[contact])["added"] == 1
    assert on_list(crm, target_list) == [contact]


def test_members_are_added_and_removed_at_once(crm, contact, target_list):
    other = crm.create("Contacts", last_name="Petit")
    change(crm, target_list, add=[contact])
    answer = change(crm, target_list, add=[other], remove=[contact, NOBODY])
    assert answer == {"added": 1, "removed": 1, "unchanged": 1}
    assert on_list(crm, target_list) == [other]


def test_accounts_may_be_members(crm, target_list):
    account = crm.create("Accounts", name="Fils")
    assert change(crm, target_list, module="Accounts", add=[account])["added"] == 1
    assert on_list(crm, target_list, "accounts") == [account]


def test_leads_may_be_members(crm, target_list):
    lead = crm.create("Leads", last_name="Petit")
    assert change(crm, target_list, module="Leads", add=[lead])["added"] == 1
    assert on_list(crm, target_list, "leads") == [lead]


def test_a_member_that_is_not_there_refuses_the_whole_request(crm, contact, target_list):
    body = {"module": "Contacts", "add": [contact, NOBODY]}
    declined(crm.post(f"members/{target_list}", body), 400, "invalid_value", "add[1]")
    assert on_list(crm, target_list) == []


def test_a_list_that_is_not_there_is_unknown(crm, contact, target_list):
    crm.delete("ProspectLists", target_list)
    for list_id in (target_list, NOBODY, contact):
        body = {"module": "Contacts", "add": [contact]}
        declined(crm.post(f"members/{list_id}", body), 404, "unknown_list")


@pytest.mark.parametrize("module", ["Users", "Cases", "NoSuchModule", "contacts"])
def test_only_customers_may_be_members(crm, target_list, module):
    declined(crm.post(f"members/{target_list}", {"module": module}), 404, "unknown_module")


@pytest.mark.parametrize("bad", BAD_IDS, ids=str)
def test_a_member_with_an_id_that_is_none_is_refused(crm, contact, target_list, bad):
    body = {"module": "Contacts", "add": [contact, bad]}
    declined(crm.post(f"members/{target_list}", body), 400, "invalid_value", "add[1]")
    body = {"module": "Contacts", "remove": [bad]}
    declined(crm.post(f"members/{target_list}", body), 400, "invalid_value", "remove[0]")
    assert on_list(crm, target_list) == []


def test_a_list_with_an_id_that_is_none_is_refused(crm):
    declined(crm.post(f"members/{'x' * 37}", {"module": "Contacts"}), 400, "invalid_value")
    declined(crm.post("members/a'b", {"module": "Contacts"}), 404, "unknown_list")


def test_more_members_than_the_limit_are_refused(crm, contact, target_list):
    limit = answered(crm.get("ping"))["limits"]["members"]
    ids = [contact, *(f"none-{number}" for number in range(limit))]
    body = {"module": "Contacts", "add": ids}
    declined(crm.post(f"members/{target_list}", body), 400, "too_many_rows")
    assert on_list(crm, target_list) == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        {},
        {"add": []},
        {"module": "Contacts", "add": "x"},
        {"module": "Contacts", "ids": []},
        {"module": "Contacts", "add": ["x"], "remove": ["x"]},
    ],
    ids=str,
)
def test_members_of_another_form_are_refused(crm, target_list, body):
    declined(crm.post(f"members/{target_list}", body), 400, "invalid_request")


RUN = {
    "started_at": "2026-11-21 02:15:00",
    "finished_at": "2026-11-21 02:19:41",
    "result": "done",
    "figures": {"pulled": {"Contacts": 12}, "written": 40, "failed": 0, "seconds": 1.5},
}


def test_a_run_is_recorded(crm, put_back):
    assert answered(crm.post("runs", RUN)) == {"recorded": True}


@pytest.mark.parametrize("name", RUN)
def test_a_run_needs_all_its_facts(crm, name):
    body = {key: value for key, value in RUN.items() if key != name}
    declined(crm.post("runs", body), 400, "invalid_request", name)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("started_at", "now"),
        ("finished_at", None),
        ("result", ""),
        ("result", "x'y"),
        ("figures", 1),
    ],
)
def test_a_run_with_a_bad_fact_is_refused(crm, name, bad):
    declined(crm.post("runs", RUN | {name: bad}), 400, "invalid_value", name)


def test_a_run_with_a_fact_that_is_not_known_is_refused(crm):
    declined(crm.post("runs", RUN | {"by": "me"}), 400, "invalid_request", "by")
