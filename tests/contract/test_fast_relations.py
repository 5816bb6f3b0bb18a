"""Campaigns, surveys, updates of cases and relates over both paths, in the sandbox and for real."""

from __future__ import annotations

import pytest

from tests.contract.fastroutes import answered

WHEN = "2020-01-02 03:04:05"
OPTIONS = "surveyquestionoptions_surveyquestionresponses"


@pytest.fixture
def survey(crm) -> dict[str, str]:
    """A survey with a question, an option, a response and its answer, by module."""
    ids = {"Surveys": crm.create("Surveys", name="Survey", status="Public")}
    ids["SurveyQuestions"] = crm.create(
        "SurveyQuestions", name="Well?", type="Radio", sort_order=0, survey_id=ids["Surveys"]
    )
    ids["SurveyQuestionOptions"] = crm.create(
        "SurveyQuestionOptions", name="Yes", survey_question_id=ids["SurveyQuestions"]
    )
    ids["SurveyResponses"] = crm.create("SurveyResponses", name="R", survey_id=ids["Surveys"])
    ids["SurveyQuestionResponses"] = crm.create(
        "SurveyQuestionResponses",
        answer="9",
        surveyquestion_id=ids["SurveyQuestions"],
        surveyresponse_id=ids["SurveyResponses"],
    )
    return ids


def test_a_relate_is_read_as_the_same_id_over_both_paths(crm):
    product = crm.create("AOS_Products", name="Wok", price=5)
    case = crm.create("Cases", name="Bent", aos_products_id_c=product)
    stock = crm.crm.module("Cases").get(case, fields=["aos_products_id_c"])
    fast = crm.row("Cases", case, "aos_products_id_c")
    assert stock["aos_products_id_c"] == fast["aos_products_id_c"] == product


def test_an_answer_leads_to_its_question_and_response(crm, survey):
    columns = "answer,surveyquestion_id,surveyresponse_id"
    row = crm.row("SurveyQuestionResponses", survey["SurveyQuestionResponses"], columns)
    assert (row["answer"], row["surveyquestion_id"], row["surveyresponse_id"]) == (
        "9",
        survey["SurveyQuestions"],
        survey["SurveyResponses"],
    )


def test_an_option_that_is_chosen_is_linked_to_the_answer_over_both_paths(crm, survey):
    since = answered(crm.get("ping"))["server_time"]
    answer, option = survey["SurveyQuestionResponses"], survey["SurveyQuestionOptions"]
    answers = crm.crm.module("SurveyQuestionResponses")
    answers.relate(answer, OPTIONS, "SurveyQuestionOptions", option)
    assert answers.related(answer, OPTIONS) == [option]
    rows = crm.rows(f"links/{OPTIONS}", modified_from=since)
    assert [(row["answer_id"], row["option_id"]) for row in rows] == [(answer, option)]


def test_an_update_of_a_case_tells_whose_it_is_and_whether_it_is_internal(crm, contact):
    case = crm.create("Cases", name="Late")
    values = {"case_id": case, "contact_id": contact, "description": "Soon", "internal": True}
    update = crm.create("AOP_Case_Updates", name="Soon", **values)
    row = crm.row("AOP_Case_Updates", update, "case_id,contact_id,internal,description")
    assert (row["case_id"], row["contact_id"], row["internal"]) == (case, contact, "1")
    assert "Soon" in row["description"]


def test_a_row_of_a_campaigns_log_has_no_date_of_entry_and_its_own_date(crm, contact):
    campaign = crm.create(
        "Campaigns", name="Sale", campaign_type="Email", status="Active", end_date="2026-12-31"
    )
    log = crm.create(
        "CampaignLog",
        campaign_id=campaign,
        activity_type="viewed",
        hits=2,
        activity_date=WHEN,
        target_type="Contacts",
        target_id=contact,
    )
    row = crm.row("CampaignLog", log, "campaign_id,activity_type,activity_date,target_id,hits")
    assert (row["campaign_id"], row["target_id"], row["hits"]) == (campaign, contact, "2")
    assert row["activity_date"] == WHEN


def test_a_call_tells_its_length_and_whom_it_was_about(crm, contact):
    call = crm.create(
        "Calls",
        name="Rang",
        date_start=WHEN,
        duration_hours=1,
        duration_minutes=5,
        direction="Inbound",
        status="Held",
        parent_type="Contacts",
        parent_id=contact,
    )
    row = crm.row("Calls", call, "date_start,duration_hours,duration_minutes,parent_type,parent_id")
    assert (row["duration_hours"], row["duration_minutes"]) == ("1", "5")
    assert (row["date_start"], row["parent_type"], row["parent_id"]) == (WHEN, "Contacts", contact)
