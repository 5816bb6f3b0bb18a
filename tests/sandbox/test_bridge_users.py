"""What the fast routes of the sandbox let each user see and write."""

from __future__ import annotations

import pytest

from suitecrm_bridge.sandbox.bridge import Rights

from .conftest import Crm, uuid

BASE = "V8/custom/bridge/v1"
RUN = {
    "started_at": "2026-03-09 11:00:00",
    "finished_at": "2026-03-09 11:05:00",
    "result": "done",
    "figures": {},
}
OWN = {module: Rights("owner", "owner") for module in ("Contacts", "ProspectLists")}
NOTHING = {m: Rights("none", "none") for m in ("Contacts", "Accounts", "AOS_Invoices")}


def act_as(crm: Crm, name: str, rights: dict[str, Rights]) -> str:
    """Let the next requests come from a new user, and return his id."""
    user_id, client = crm.sandbox.add_user(name, rights)
    crm.token = crm.grant(client_id=client).get_json()["access_token"]
    return user_id


def code(crm: Crm, method: str, path: str, body: object = None) -> tuple[int, str]:
    response = crm.send(method, f"{BASE}/{path}", body)
    return response.status_code, response.get_json()["error"]["code"]


def scores(*rows: list[object]) -> dict[str, object]:
    return {"columns": ["id", "rfm_recency_c"], "rows": list(rows)}


@pytest.mark.parametrize("change", [{"status": "Inactive"}, {"deleted": 1}])
def test_a_user_who_is_no_longer_there_is_refused_with_the_token_he_has(people, change):
    user_id = act_as(people, "gone", {})
    assert people.get(f"{BASE}/ping")["user"] == "gone"
    people.store.update("Users", user_id, change)
    for path in ("ping", "records/Contacts?columns=id", "links/contacts_cases"):
        assert code(people, "GET", path) == (403, "user_inactive")
    assert code(people, "POST", "scores/Contacts", scores()) == (403, "user_inactive")
    assert code(people, "POST", "runs", RUN) == (403, "user_inactive")


def test_a_user_without_rights_gets_nothing(people):
    act_as(people, "nobody", NOTHING)
    for path in (
        "records/Contacts?columns=id",
        "records/AOS_Invoices?columns=id",
        "records/AOS_Products_Quotes?columns=id",
        "links/contacts_cases",
    ):
        assert code(people, "GET", path) == (403, "no_access")
    assert code(people, "POST", "scores/Contacts", scores([uuid(1), 5])) == (403, "no_access")
    assert code(people, "POST", f"members/{uuid(9)}", {"module": "Contacts"})[0] == 403
    assert code(people, "POST", "runs", RUN) == (403, "no_access")


def test_ping_tells_a_user_what_he_may_do(people):
    act_as(people, "reader", {"Contacts": Rights("all", "none"), "Cases": Rights("none", "none")})
    modules = people.get(f"{BASE}/ping")["modules"]
    assert modules["Contacts"] == {"read": True, "write": False}
    assert modules["Cases"] == {"read": False, "write": False}
    assert modules["Accounts"] == {"read": True, "write": True}
    assert modules["AOS_Invoices"] == {"read": True, "write": False}


def test_an_owner_reads_only_his_own_records(people):
    user_id = act_as(people, "owner", OWN)
    people.store.update("Contacts", uuid(2), {"assigned_user_id": user_id})
    rows = people.get(f"{BASE}/records/Contacts?columns=last_name")["rows"]
    assert [row[-1] for row in rows] == ["Baker"]


def test_an_owner_reads_only_the_links_of_his_own_records(people):
    user_id = act_as(people, "owner", OWN)
    people.store.update("Contacts", uuid(2), {"assigned_user_id": user_id})
    people.store.load("Cases", [{"id": uuid(7), "name": "Late"}])
    links = [{"contact_id": uuid(place), "case_id": uuid(7)} for place in (1, 2)]
    people.store.load_link("contacts_cases", links)
    answer = people.get(f"{BASE}/links/contacts_cases")
    assert [row[answer["columns"].index("contact_id")] for row in answer["rows"]] == [uuid(2)]


def test_line_items_are_read_by_who_may_read_their_invoice(people):
    user_id = act_as(people, "owner", {"AOS_Invoices": Rights("owner")})
    people.store.load("AOS_Invoices", [{"id": uuid(6), "assigned_user_id": user_id}])
    lines = [{"id": uuid(7), "parent_id": uuid(6)}, {"id": uuid(8), "parent_id": uuid(9)}]
    people.store.load("AOS_Products_Quotes", lines)
    rows = people.get(f"{BASE}/records/AOS_Products_Quotes?columns=parent_id")["rows"]
    assert [row[0] for row in rows] == [uuid(7)]


def test_an_owner_writes_only_his_own_records(people):
    user_id = act_as(people, "owner", OWN)
    people.store.update("Contacts", uuid(2), {"assigned_user_id": user_id})
    body = scores([uuid(1), 5], [uuid(2), 4])
    answer = people.send("POST", f"{BASE}/scores/Contacts", body).get_json()
    assert (answer["written"], [one["id"] for one in answer["rejected"]]) == (1, [uuid(1)])
    assert people.store.row("Contacts", uuid(1))["rfm_recency_c"] is None
    assert people.store.row("Contacts", uuid(2))["rfm_recency_c"] == 4


def test_an_owner_changes_only_his_own_lists_and_adds_only_records_he_reads(people):
    user_id = act_as(people, "owner", OWN)
    people.store.update("Contacts", uuid(2), {"assigned_user_id": user_id})
    lists = [{"id": uuid(7), "assigned_user_id": user_id}, {"id": uuid(8)}]
    people.store.load("ProspectLists", lists)
    add = {"module": "Contacts", "add": [uuid(2)]}
    assert people.send("POST", f"{BASE}/members/{uuid(7)}", add).get_json()["added"] == 1
    assert code(people, "POST", f"members/{uuid(8)}", add) == (404, "unknown_list")
    other = {"module": "Contacts", "add": [uuid(1)]}
    assert code(people, "POST", f"members/{uuid(7)}", other) == (400, "invalid_value")


@pytest.fixture
def own_list(people) -> str:
    """A list of an owner's, on which somebody else's contact 1 and their own contact 2 are."""
    user_id = act_as(people, "owner", OWN)
    people.store.update("Contacts", uuid(2), {"assigned_user_id": user_id})
    people.store.load("ProspectLists", [{"id": uuid(7), "assigned_user_id": user_id}])
    role = {"prospect_list_id": uuid(7), "related_type": "Contacts"}
    rows = [role | {"related_id": uuid(number)} for number in (1, 2)]
    people.store.load_link("prospect_lists_prospects", rows)
    return uuid(7)


def removed(people, own_list: str, *numbers: int) -> dict[str, int]:
    return removed_as_spelled(people, own_list, *map(uuid, numbers))


def removed_as_spelled(people, own_list: str, *ids: str) -> dict[str, int]:
    body = {"module": "Contacts", "remove": ids}
    return people.send("POST", f"{BASE}/members/{own_list}", body).get_json()


def test_who_may_not_see_a_member_neither_removes_it_nor_learns_of_it(people, own_list):
    on_it, not_on_it = removed(people, own_list, 1), removed(people, own_list, 9)
    assert on_it == not_on_it == {"added": 0, "removed": 0, "unchanged": 1}
    # Deleted by SQL, which leaves it on the list.
    people.store.write("UPDATE contacts SET deleted = 1 WHERE id = ?", [[uuid(1)]])
    assert removed(people, own_list, 1)["removed"] == 1, "it was still on the list"


@pytest.mark.parametrize(
    "spelled", [str.upper, "{} ".format, str.title], ids=["upper", "blank", "title"]
)
def test_no_spelling_removes_a_member_that_one_may_not_see(people, own_list, spelled):
    id_ = "Zed af"
    people.store.load("Contacts", [{"id": id_}])
    role = {"prospect_list_id": own_list, "related_type": "Contacts", "related_id": id_}
    people.store.load_link("prospect_lists_prospects", [role])
    assert removed_as_spelled(people, own_list, spelled(id_))["removed"] == 0


def test_a_member_that_one_may_see_is_removed_beside_one_that_one_may_not(people, own_list):
    assert removed(people, own_list, 1, 2) == {"added": 0, "removed": 1, "unchanged": 1}


def test_an_announced_record_goes_on_naming_the_person_who_changed_it_last(people):
    before = people.store.row("Contacts", uuid(1))
    act_as(people, "bridge", {})
    body = {"columns": ["id", "rfm_segment_c"], "rows": [[uuid(1), "champions"]]}
    people.send("POST", f"{BASE}/scores/Contacts", body)
    after = people.store.row("Contacts", uuid(1))
    assert after == before | {"rfm_segment_c": "champions"}


UNDER = {
    "AOP_Case_Updates": "Cases",
    "CampaignLog": "Campaigns",
    "SurveyQuestions": "Surveys",
    "SurveyQuestionOptions": "Surveys",
    "SurveyResponses": "Surveys",
    "SurveyQuestionResponses": "Surveys",
}


@pytest.mark.parametrize(("module", "above"), UNDER.items())
def test_who_may_not_read_what_a_record_belongs_to_may_not_read_the_record(people, module, above):
    act_as(people, "partly", {above: Rights("none", "none")})
    assert people.get(f"{BASE}/ping")["modules"][module]["read"] is False
    assert code(people, "GET", f"records/{module}?columns=id") == (403, "no_access")


def test_who_may_not_read_cases_may_not_read_what_became_of_them(people):
    act_as(people, "partly", {"Cases": Rights("none", "none")})
    assert code(people, "GET", "history/Cases") == (403, "no_access")


def test_an_owner_reads_what_belongs_to_his_own_records_however_far_below(people):
    user_id = act_as(people, "owner", {"Surveys": Rights("owner", "owner")})
    for place, owner in enumerate([user_id, "1"], start=1):
        survey, response = f"survey-{place}", f"response-{place}"
        people.store.load("Surveys", [{"id": survey, "assigned_user_id": owner}])
        people.store.load("SurveyResponses", [{"id": response, "survey_id": survey}])
        answer = {"id": f"answer-{place}", "answer": "9", "surveyresponse_id": response}
        people.store.load("SurveyQuestionResponses", [answer])
    rows = people.get(f"{BASE}/records/SurveyQuestionResponses?columns=answer")["rows"]
    assert [row[0] for row in rows] == ["answer-1"]


def test_a_log_row_without_a_date_of_change_changed_when_it_happened(people):
    happened = "2026-01-05 06:07:08"
    row = {"id": "log-1", "activity_date": happened, "date_modified": None}
    people.store.load("CampaignLog", [row, {"id": "log-2", "activity_date": happened}])
    records = f"{BASE}/records/CampaignLog?columns=activity_type"
    assert [row[2] for row in people.get(records)["rows"]] == [happened, people.store.now()]
    found = people.get(f"{records}&modified_from={happened}&modified_to=2026-01-05 06:07:09")
    assert [row[0] for row in found["rows"]] == ["log-1"]


def test_a_link_whose_table_has_other_names_is_answered_under_those_of_the_catalogue(people):
    table = "surveyquestionoptions_surveyquestionresponses"
    row = {"id": "l", "surveyq72c7options_ida": "yes", "surveyq10d4sponses_idb": "reply"}
    people.store.load_link(table, [row])
    answer = people.get(f"{BASE}/links/{table}")
    [row] = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    assert (row["answer_id"], row["option_id"]) == ("reply", "yes")
