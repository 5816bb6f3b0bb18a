"""Which sources are missed when they cannot be read, and what each of them holds back."""

from contextlib import suppress

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import AccessDenied, DatabaseFailure, Incomplete, NotFound
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from tests.flows.hooks import always, refusal
from tests.flows.nights import FAILURE, night
from tests.places import places


@pytest.mark.parametrize(
    ("module", "withheld", "written"),
    places(
        [
            ("AOS_Products_Quotes", "margin_c", "rfm_segment_c"),
            ("AOS_Products", "next_offer_c", "clv_c"),
            ("Cases", "complaint_count_c", "rfm_segment_c"),
            ("Calls", "cost_to_serve_c", "margin_c"),
            ("Meetings", "profit_c", "satisfaction_c"),
            ("SurveyResponses", "satisfaction_c", "complaint_open_c"),
            ("SurveyQuestions", "satisfaction_c", "churn_risk_c"),
            ("CampaignLog", "potential_score_c", "lifecycle_c"),
        ],
        every=3,
    ),
)
def test_each_module_holds_back_its_own_figures(world, module, withheld, written):
    world.sight.refuse(module)
    summary, error = night(world)
    assert module in str(error)
    assert withheld in summary.withheld["Contacts"]
    assert written not in summary.withheld["Contacts"]


@pytest.mark.story
@pytest.mark.parametrize("module", places(["Prospects", "Notes", "SurveyQuestionOptions"]))
def test_a_module_that_no_figure_needs_may_be_unreadable(world, module):
    world.sight.refuse(module)
    summary, error = night(world)
    assert error is None
    assert summary.withheld == {}
    assert module in summary.unreadable


@pytest.mark.story
@pytest.mark.parametrize("lacks", places(["uninstall", "refuse"]))
def test_a_crm_that_never_had_the_modules_is_done(new, lacks):
    getattr(new.sight, lacks)(
        "AOS_Invoices",
        "AOS_Products",
        "AOS_Products_Quotes",
        "Surveys",
        "SurveyQuestions",
        "SurveyQuestionOptions",
        "SurveyResponses",
        "SurveyQuestionResponses",
    )
    for _ in range(2):
        summary, error = night(new)
        assert error is None
        assert "AOS_Invoices" in summary.unreadable


@pytest.mark.story
def test_a_module_that_was_uninstalled_is_missed_until_somebody_says_so(world):
    world.sight.uninstall("CampaignLog")
    assert night(world)[1]
    with world.context() as context:
        from suitecrm_bridge.jobs.pull import pull

        pull(context, Summary(), forget=["CampaignLog"])
    assert world.mirrored("SELECT count(*) FROM campaign_log") == [(0,)]
    assert night(world)[1] is None


def test_a_module_that_was_forgotten_is_read_anew_when_it_is_back(world):
    (before,) = world.mirrored("SELECT count(*) FROM cases")
    with world.context() as context:
        from suitecrm_bridge.jobs.pull import pull

        pull(context, Summary(), forget=["Cases"])
    assert world.mirrored("SELECT count(*) FROM cases") == [before]


@pytest.mark.parametrize("name", ["Contacts", "Accounts", "Customers"])
def test_customers_cannot_be_forgotten(world, name):
    done = world.command("pull", "--forget", name)
    assert done.exit_code == NotFound.exit_code
    assert name in done.stderr


def test_the_contacts_themselves_being_refused_is_a_failure(world):
    world.sight.refuse("Contacts")
    world.clock.advance(days=1)
    with pytest.raises(AccessDenied):
        world.sync()


@pytest.mark.long
def test_a_module_whose_first_reading_was_cut_off_counts_as_unreadable(new):
    new.pull("Contacts", "Accounts")
    new.mirrored(
        "INSERT INTO invoices (id, invoice_date, total_amount) VALUES ('half', '2026-01-01', 5)"
    )
    new.sight.refuse("AOS_Invoices")
    summary, error = night(new)
    assert error
    assert summary.stale["AOS_Invoices"] == ""


@pytest.mark.story
def test_a_module_that_breaks_is_left_out_like_one_that_is_refused(world):
    answer = always("GET", "/AOS_Invoices", lambda: refusal(FAILURE))
    world.server.before_request.append(answer)
    summary, error = night(world)
    assert error
    assert "rfm_segment_c" in summary.withheld["Contacts"]


def test_a_module_that_broke_before_it_was_ever_read_is_a_failure(new):
    new.server.before_request.append(always("GET", "/AOS_Invoices", lambda: refusal(FAILURE)))
    with pytest.raises(DatabaseFailure):
        new.sync()


def test_a_pull_of_other_modules_is_done(world):
    world.sight.refuse("AOS_Invoices")
    assert world.pull("Contacts", "Accounts").stale == {}


@pytest.mark.story
def test_figures_of_a_module_that_was_not_read_for_long_are_held_back(world):
    world.clock.advance(days=10)
    world.pull(*[m for m in catalogue().modules if m != "AOS_Invoices"])
    with pytest.raises(Incomplete, match="AOS_Invoices"):
        world.score()
    with pytest.raises(Incomplete, match="AOS_Invoices"):
        world.push()


@pytest.mark.story
@pytest.mark.parametrize(("hours", "stale"), places([("47", True), ("49", False)]))
def test_the_setting_says_for_how_long(world, hours, stale):
    world.clock.advance(hours=48)
    world.pull(*[m for m in catalogue().modules if m != "Calls"])
    if stale:
        with pytest.raises(Incomplete):
            world.score(BRIDGE_STALE_HOURS=hours)
    else:
        assert world.score(BRIDGE_STALE_HOURS=hours).stale == {}


@pytest.mark.long
def test_opportunities_are_missed_where_they_count_as_purchases(world):
    world.sight.refuse("Opportunities")
    world.clock.advance(days=1)
    summary = Summary()
    with world.context(BRIDGE_PURCHASES="opportunities") as context, pytest.raises(Incomplete):
        sync(context, summary, as_of=context.today())
    assert "rfm_segment_c" in summary.withheld["Contacts"]


@pytest.mark.long
def test_invoices_are_not_missed_where_they_count_for_nothing(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    summary = Summary()
    with world.context(BRIDGE_PURCHASES="opportunities") as context, suppress(Incomplete):
        sync(context, summary, as_of=context.today())
    # Over the fast routes, who may not read the invoices may not read their lines.
    assert set(summary.stale) <= {"AOS_Products_Quotes"}


@pytest.mark.story
def test_a_link_that_is_refused_holds_back_what_needs_it(world):
    before = world.mirrored("SELECT * FROM contacts_cases ORDER BY ALL")
    world.sight.refuse_link("contacts_cases")
    world.store.update("Cases", world.store.rows("Cases")[0]["id"], {"name": "Autre"})
    summary, error = night(world)
    assert "contacts_cases" in str(error)
    assert "complaint_count_c" in summary.withheld["Contacts"]
    assert "complaint_count_c" not in summary.withheld.get("Accounts", [])
    assert world.mirrored("SELECT * FROM contacts_cases ORDER BY ALL") == before
    assert world.mirrored("SELECT count(*) FROM cases WHERE name = 'Autre'") == [(1,)]


@pytest.mark.story
def test_a_link_that_changed_while_it_was_refused_arrives_with_the_right(world):
    case, contact = world.mirrored("SELECT case_id, contact_id FROM contacts_cases LIMIT 1")[0]
    world.sight.refuse_link("contacts_cases")
    world.clock.advance(hours=1)
    link = world.sandbox.app._records._schema.beans["Cases"].links["contacts"]
    world.store.unrelate(link, case, contact)
    world.store.update("Cases", case, {"name": "Autre"})
    night(world)
    world.sight.restore()
    assert night(world)[1] is None
    assert (case, contact) not in world.mirrored("SELECT case_id, contact_id FROM contacts_cases")


@pytest.mark.story
def test_history_that_is_refused_holds_back_what_it_dates(fast_synced):
    fast_synced.mirrored(
        "INSERT INTO history VALUES"
        " ('Cases', 'x', 'x', '2026-03-01', 'status', 'Open_New', 'Closed_Closed')"
    )
    fast_synced.sandbox.sight.refuse_history("Cases")
    fast_synced.store.update("Cases", fast_synced.store.rows("Cases")[0]["id"], {"name": "Autre"})
    summary, error = night(fast_synced)
    assert "Cases_history" in str(error)
    assert "resolution_hours_c" in summary.withheld["Cases"]
    assert "complaint_theme_c" not in summary.withheld["Cases"]
