"""From SuiteCRM's cases over the mirror's facts to figures about complaints."""

import pytest

from suitecrm_bridge.analytics.complaints import figures, response, satisfaction
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.insights.complaints.ready import prepared
from tests.flows.world import DAY


@pytest.fixture
def engine(fast):
    fast.pull()
    with fast.context() as context:
        engine = Engine(context.mirror.connection)
        prepared(context.mirror, context.choices, engine, "contacts", DAY)
        yield engine


def test_every_complaint_of_suitecrm_is_counted_once_and_has_its_figures(fast, engine):
    made = {
        row["id"]
        for row in fast.store.rows("Cases")
        if row["complaint_c"] and row["date_entered"][:10] <= str(DAY)
    }
    assert made
    cells = figures.crossing(engine, ["product", "month", "country"], DAY)
    assert cells["number"].sum() == len(made)
    assert set(response.cases(engine)["case_id"]) == made
    assert cells["customers"].sum() > 0


def test_every_customer_has_his_complaints(fast, engine):
    found = response.customers(engine)
    assert len(found) == len(fast.store.rows("Contacts"))
    assert found["complaint_count"].sum() > 0


def test_every_response_to_the_survey_is_scored(fast, engine):
    responses = [
        r for r in fast.store.rows("SurveyResponses") if r["date_entered"][:10] <= str(DAY)
    ]
    found = satisfaction.index(engine)
    assert found["responses"].sum() == len(responses) > 0
    assert found["satisfaction"].between(0, 100).all()
