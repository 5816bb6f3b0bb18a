"""Campaigns, activities, follow-up, surveys and leads of the demo hang together."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from suitecrm_bridge.sandbox.demo import generate

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def base():
    tables = defaultdict(list)
    for batch in generate(2_000, 11, AS_OF):
        tables[batch.name] += batch.rows
    return tables


def test_campaigns_are_spread_over_the_three_years(base):
    years = {row["start_date"][:4] for row in base["Campaigns"]}
    assert 5 <= len(base["Campaigns"]) <= 10
    assert len(years) >= 3


def test_fewer_open_than_were_sent_and_fewer_click_than_open(base):
    counts = Counter(row["activity_type"] for row in base["CampaignLog"])
    assert counts["targeted"] > counts["viewed"] > counts["link"] > counts["removed"] > 0


def test_who_clicked_was_sent_it_and_opened_it_before(base):
    seen = set()
    for row in sorted(base["CampaignLog"], key=lambda row: row["activity_date"]):
        key = row["campaign_id"], row["target_id"]
        if row["activity_type"] == "viewed":
            assert (*key, "targeted") in seen
        if row["activity_type"] == "link":
            assert (*key, "viewed") in seen
        seen.add((*key, row["activity_type"]))


def test_only_what_suitecrm_saves_as_a_record_has_a_date_of_change(base):
    dated = {row["activity_type"] for row in base["CampaignLog"] if row["date_modified"]}
    undated = {row["activity_type"] for row in base["CampaignLog"] if not row["date_modified"]}
    assert dated == {"targeted"}
    assert undated == {"viewed", "link", "removed"}


def test_a_contact_of_a_campaign_came_after_it_began(base):
    start = {row["id"]: row["start_date"] for row in base["Campaigns"]}
    joined = [row for row in base["Contacts"] if row["campaign_id"]]
    assert len(joined) > 50
    assert all(row["lead_source"] == "Campaign" for row in joined)
    assert all(start[row["campaign_id"]] <= row["date_entered"][:10] for row in joined)


def test_some_customers_were_referred(base):
    sources = Counter(row["lead_source"] for row in base["Contacts"])
    assert 0.1 < sources["Word of mouth"] / len(base["Contacts"]) < 0.2


def test_a_case_is_answered_between_its_entry_and_its_end(base):
    cases = {row["id"]: row for row in base["Cases"]}
    assert base["AOP_Case_Updates"]
    for row in base["AOP_Case_Updates"]:
        case = cases[row["case_id"]]
        assert case["date_entered"] <= row["date_entered"] <= case["date_modified"]


def test_every_case_but_a_new_one_has_a_public_answer_of_an_agent(base):
    answered = {
        row["case_id"]
        for row in base["AOP_Case_Updates"]
        if not row["internal"] and not row["contact_id"]
    }
    expected = {row["id"] for row in base["Cases"] if row["status"] != "Open_New"}
    assert answered == expected


def test_updates_come_from_agents_and_customers_inside_and_outside(base):
    kinds = {(row["internal"], row["contact_id"] is None) for row in base["AOP_Case_Updates"]}
    assert kinds == {(0, True), (0, False), (1, True)}


def test_the_history_of_a_case_ends_with_its_status(base):
    last = {}
    for row in base["cases_audit"]:
        if row["field_name"] == "status":
            found = last.get(row["parent_id"], "")
            last[row["parent_id"]] = max(found, row["date_modified"] + row["after_value_string"])
    for case in base["Cases"]:
        if case["status"] not in ("Open_New", "Open_Assigned"):
            assert last[case["id"]].endswith(case["status"])
            assert last[case["id"]][:19] == case["date_modified"]


def test_every_response_answers_every_question(base):
    types = {row["id"]: row["type"] for row in base["SurveyQuestions"]}
    answered = Counter(row["surveyresponse_id"] for row in base["SurveyQuestionResponses"])
    assert set(answered.values()) == {len(types)}
    assert set(answered) == {row["id"] for row in base["SurveyResponses"]}
    for row in base["SurveyQuestionResponses"]:
        kind = types[row["surveyquestion_id"]]
        most = {"Scale": 10, "Rating": 5}.get(kind)
        assert (row["answer"] is not None) == (most is not None)
        assert most is None or 1 <= int(row["answer"]) <= most
        assert (row["answer_bool"] is not None) == (kind == "Checkbox")


def test_an_option_that_is_chosen_belongs_to_the_question_answered(base):
    question = {row["id"]: row["survey_question_id"] for row in base["SurveyQuestionOptions"]}
    asked = {row["id"]: row["surveyquestion_id"] for row in base["SurveyQuestionResponses"]}
    links = base["surveyquestionoptions_surveyquestionresponses"]
    assert len(links) == len(base["SurveyResponses"])
    for row in links:
        assert question[row["surveyq72c7options_ida"]] == asked[row["surveyq10d4sponses_idb"]]


def test_a_converted_lead_has_its_contact_and_another_one_has_none(base):
    entered = {row["id"]: row["date_entered"] for row in base["Contacts"]}
    states = Counter()
    for row in base["Leads"]:
        states[row["status"]] += 1
        assert bool(row["converted"]) == (row["status"] == "Converted")
        assert (row["contact_id"] is not None) == bool(row["converted"])
        if row["contact_id"]:
            assert row["date_entered"] <= entered[row["contact_id"]]
    assert len(states) == 6


def test_calls_have_a_direction_and_a_length(base):
    directions = {row["direction"] for row in base["Calls"]}
    lengths = {row["duration_hours"] * 60 + row["duration_minutes"] for row in base["Calls"]}
    assert directions == {"Inbound", "Outbound"}
    assert min(lengths) > 0
    assert len(lengths) > 3
