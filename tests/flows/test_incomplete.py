"""A night in which something could not be read: what needs it is left alone, the rest is done."""

import json
from contextlib import suppress

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import AccessDenied, DatabaseFailure, Incomplete, NotFound
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from tests.flows.world import always, fast_base, filled_base, refusal, synced_base, world_of

FAILURE = "Database failure. Please refer to suitecrm.log for details."


@pytest.fixture(params=[False, True], ids=["stock", "fast"])
def world(request, bases, tmp_path):
    """A SuiteCRM after one sync, over either path."""
    database, home = (fast_base if request.param else synced_base)(bases)[:2]
    with world_of(tmp_path, database, home, routes=request.param) as opened:
        opened.sight = opened.sandbox.sight
        yield opened


@pytest.fixture(params=[False, True], ids=["stock", "fast"])
def new(request, bases, tmp_path):
    """A SuiteCRM that the bridge has not met yet, over either path."""
    with world_of(tmp_path, filled_base(bases), routes=request.param) as opened:
        opened.sight = opened.sandbox.sight
        yield opened


def night(world, days=1, **options):
    """Sync `days` later; return what was done, and the error it ended with."""
    world.clock.advance(days=days)
    summary, error = Summary(), None
    with world.context() as context:
        try:
            sync(context, summary, as_of=context.today(), **options)
        except Incomplete as incomplete:
            error = incomplete
    return summary, error


def figures(world, module="Contacts"):
    return {
        row["id"]: {f.name: row[f.name] for f in catalogue().fields_of(module, "bridge")}
        for row in world.store.rows(module)
    }


def changed(before, after):
    """The fields that differ anywhere."""
    return {name for id in before for name in before[id] if before[id][name] != after[id][name]}


def complain(world):
    """Let a customer who complained do so once more; return the contact's id."""
    cases = world.store.rows("Cases")
    case = next(r for r in cases if r["complaint_c"] and r["contact_created_by_id"])
    now = {"date_entered": world.store.now(), "date_modified": world.store.now()}
    world.store.load("Cases", [{**case, **now, "id": "00000000-aaaa-4000-8000-000000000001"}])
    return case["contact_created_by_id"]


def last_run(world):
    (row,) = world.mirrored("SELECT result, error FROM runs ORDER BY number DESC LIMIT 1")
    return row


def test_200_nights_without_the_purchases_write_no_figure_made_from_them(world):
    before = figures(world)
    world.sight.refuse("AOS_Invoices", "Opportunities")
    for days in (1, 1, 198):
        summary, error = night(world, days)
        assert isinstance(error, Incomplete)
        assert error.exit_code == 9
        assert {"AOS_Invoices", "Opportunities"} <= set(summary.stale)
    assert changed(before, figures(world)) == set()
    assert last_run(world)[0] == "incomplete"


def test_figures_that_need_nothing_unreadable_are_written(world):
    contact, before = complain(world), figures(world)
    world.sight.refuse("AOS_Invoices")
    summary, error = night(world, 200)
    assert error
    assert summary.written > 0
    after = figures(world)
    assert after[contact]["complaint_count_c"] == before[contact]["complaint_count_c"] + 1
    assert "rfm_segment_c" in summary.withheld["Contacts"]
    assert not {"rfm_segment_c", "lifecycle_c", "clv_c", "profit_c"} & changed(before, after)


def test_the_day_of_the_figures_is_not_moved_on_where_some_of_them_are_old(world):
    complain(world)
    before = {id: row["scored_at_c"] for id, row in figures(world).items()}
    world.sight.refuse("AOS_Invoices")
    assert night(world)[0].written > 0
    assert {id: row["scored_at_c"] for id, row in figures(world).items()} == before


def test_everything_is_as_usual_once_the_right_is_back(world):
    world.sight.refuse("AOS_Invoices", "Cases")
    night(world)
    world.sight.restore()
    summary, error = night(world)
    assert (error, summary.stale, summary.withheld) == (None, {}, {})
    assert last_run(world) == ("done", None)


def test_what_changed_meanwhile_arrives_with_the_right(world):
    world.sight.refuse("AOS_Invoices")
    invoice = world.store.rows("AOS_Invoices")[0]["id"]
    world.store.update("AOS_Invoices", invoice, {"name": "Avoir"})
    night(world, 3)
    world.sight.restore()
    night(world)
    assert world.mirrored("SELECT name FROM invoices WHERE id = ?", invoice) == [("Avoir",)]


@pytest.mark.parametrize("days", [1, 9])
@pytest.mark.parametrize(("module", "table"), [("AOS_Invoices", "invoices"), ("Cases", "cases")])
def test_the_first_night_with_the_right_is_done_however_long_it_was_gone(
    world, module, table, days
):
    world.sight.refuse(module)
    night(world)
    world.sight.restore()
    changed = world.store.rows(module)[0]["id"]
    world.clock.advance(days=days)
    world.store.update(module, changed, {"name": "Avoir"})
    summary, error = night(world)
    assert (error, summary.stale, summary.withheld) == (None, {}, {})
    assert world.mirrored(f"SELECT name FROM {table} WHERE id = ?", changed) == [("Avoir",)]


@pytest.mark.parametrize(
    ("module", "withheld", "written"),
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
)
def test_each_module_holds_back_its_own_figures(world, module, withheld, written):
    world.sight.refuse(module)
    summary, error = night(world)
    assert module in str(error)
    assert withheld in summary.withheld["Contacts"]
    assert written not in summary.withheld["Contacts"]


@pytest.mark.parametrize("module", ["Leads", "Tasks", "Notes", "SurveyQuestionOptions"])
def test_a_module_that_no_figure_needs_may_be_unreadable(world, module):
    world.sight.refuse(module)
    summary, error = night(world)
    assert error is None
    assert summary.withheld == {}
    assert module in summary.unreadable


@pytest.mark.parametrize("lacks", ["refuse", "uninstall"])
def test_a_crm_that_never_had_the_modules_is_done(new, lacks):
    getattr(new.sight, lacks)(
        "AOS_Invoices", "AOS_Products", "AOS_Products_Quotes", "Surveys", "SurveyQuestions",
        "SurveyQuestionOptions", "SurveyResponses", "SurveyQuestionResponses",
    )  # fmt: skip
    for _ in range(2):
        summary, error = night(new)
        assert error is None
        assert "AOS_Invoices" in summary.unreadable


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


def test_a_module_whose_first_reading_was_cut_off_counts_as_unreadable(new):
    new.pull("Contacts", "Accounts")
    new.mirrored(
        "INSERT INTO invoices (id, invoice_date, total_amount) VALUES ('half', '2026-01-01', 5)"
    )
    new.sight.refuse("AOS_Invoices")
    summary, error = night(new)
    assert error
    assert summary.stale["AOS_Invoices"] == ""


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


def test_a_stale_day_leaves_no_snapshot(world):
    days = world.mirrored("SELECT DISTINCT as_of FROM snapshots")
    world.sight.refuse("AOS_Invoices")
    night(world)
    assert world.mirrored("SELECT DISTINCT as_of FROM snapshots") == days


def test_a_snapshot_is_made_on_the_day_on_which_the_right_came_back(world):
    world.sight.refuse("AOS_Invoices")
    night(world)
    world.sight.restore()
    night(world, 0)
    (count,) = world.mirrored("SELECT count(DISTINCT as_of) FROM snapshots")
    assert count == (2,)


def test_a_snapshot_is_made_where_the_purchases_could_be_read(world):
    world.sight.refuse("Cases")
    night(world)
    assert world.mirrored("SELECT count(DISTINCT as_of) FROM snapshots") == [(2,)]


def test_a_dry_run_says_so_and_counts_what_the_run_does(world):
    complain(world)
    world.sight.refuse("AOS_Invoices")
    dry, said = night(world, dry_run=True)
    done, error = night(world, 0)
    assert str(said) == str(error)
    assert (dry.planned, dry.withheld) == (done.written, done.withheld)


def test_scores_made_while_a_source_was_stale_are_not_pushed_once_it_is_back(world):
    before = figures(world)
    world.clock.advance(days=200)
    today = world.clock().date()
    world.sight.refuse("AOS_Invoices")
    for stage in (world.pull, lambda: world.score(today)):
        with pytest.raises(Incomplete):
            stage()
    world.sight.restore()
    world.pull()
    with pytest.raises(Incomplete):
        world.push()
    assert "lifecycle_c" not in changed(before, figures(world))
    world.score(today)
    assert world.push().withheld == {}
    assert "lifecycle_c" in changed(before, figures(world))


def test_scores_are_not_pushed_once_their_source_cannot_be_read(world):
    before = figures(world)
    world.clock.advance(days=200)
    world.pull()
    world.score(world.clock().date())
    world.sight.refuse("AOS_Invoices")
    with pytest.raises(Incomplete):
        world.pull("AOS_Invoices")
    with pytest.raises(Incomplete):
        world.push()
    assert "lifecycle_c" not in changed(before, figures(world))


def test_a_pull_of_other_modules_is_done(world):
    world.sight.refuse("AOS_Invoices")
    assert world.pull("Contacts", "Accounts").stale == {}


def test_figures_of_a_module_that_was_not_read_for_long_are_held_back(world):
    world.clock.advance(days=10)
    world.pull(*[m for m in catalogue().modules if m != "AOS_Invoices"])
    with pytest.raises(Incomplete, match="AOS_Invoices"):
        world.score()
    with pytest.raises(Incomplete, match="AOS_Invoices"):
        world.push()


@pytest.mark.parametrize(("hours", "stale"), [("47", True), ("49", False)])
def test_the_setting_says_for_how_long(world, hours, stale):
    world.clock.advance(hours=48)
    world.pull(*[m for m in catalogue().modules if m != "Calls"])
    if stale:
        with pytest.raises(Incomplete):
            world.score(BRIDGE_STALE_HOURS=hours)
    else:
        assert world.score(BRIDGE_STALE_HOURS=hours).stale == {}


def test_opportunities_are_missed_where_they_count_as_purchases(world):
    world.sight.refuse("Opportunities")
    world.clock.advance(days=1)
    summary = Summary()
    with world.context(BRIDGE_PURCHASES="opportunities") as context, pytest.raises(Incomplete):
        sync(context, summary, as_of=context.today())
    assert "rfm_segment_c" in summary.withheld["Contacts"]


def test_invoices_are_not_missed_where_they_count_for_nothing(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    summary = Summary()
    with world.context(BRIDGE_PURCHASES="opportunities") as context, suppress(Incomplete):
        sync(context, summary, as_of=context.today())
    # Over the fast routes, who may not read the invoices may not read their lines.
    assert set(summary.stale) <= {"AOS_Products_Quotes"}


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


def test_tasks_are_not_opened_from_complaints_that_could_not_be_read(world):
    moment = "2026-03-09 11:00:00"
    world.mirrored(
        "INSERT INTO wanted_reactions VALUES"
        ' (\'k\', \'no_answer\', \'s\', 1, $m, $m, 60, \'{"name": "n", "parent_type": "Cases",'
        ' "parent_id": "p"}\')'.replace("$m", f"'{moment}'")
    )
    tasks = len(world.store.rows("Tasks"))
    world.sight.refuse("Cases")
    with pytest.raises(Incomplete):
        world.pull("Cases")
    with pytest.raises(Incomplete):
        world.push()
    assert len(world.store.rows("Tasks")) == tasks
    world.sight.restore()
    world.pull("Cases")
    assert world.push().reactions == 1


def test_the_exit_code_is_9_and_the_message_names_source_day_and_remedy(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    done = world.command("sync", "--format", "json")
    assert done.exit_code == 9
    assert "AOS_Invoices (last read completely: 2026-03-09)" in done.stderr
    assert "pull --forget AOS_Invoices" in done.stderr
    assert json.loads(done.stdout)["stale"]["AOS_Invoices"] == "2026-03-09"


def test_the_message_is_french_where_the_settings_are(world):
    world.sight.refuse("AOS_Invoices")
    world.clock.advance(days=1)
    done = world.command("sync", BRIDGE_LANG="fr")
    assert "AOS_Invoices (dernière lecture complète : 09/03/2026)" in done.stderr


def test_the_administration_page_is_told_what_could_not_be_read(fast_synced):
    fast_synced.sandbox.sight.refuse("AOS_Invoices")
    night(fast_synced)
    run = fast_synced.sandbox.runs[-1]
    assert run.result == "incomplete"
    assert run.figures["stale"]["AOS_Invoices"] == "2026-03-09"


def test_failed_writes_do_not_hide_that_something_could_not_be_read(fast_synced):
    complain(fast_synced)
    fast_synced.sandbox.sight.refuse("AOS_Invoices")
    no = always("POST", "/scores/Contacts", lambda: refusal("no"))
    fast_synced.server.before_request.append(no)
    summary, error = night(fast_synced)
    assert summary.failed > 0
    assert "could not be written" in str(error)
    assert last_run(fast_synced)[0] == "incomplete"


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
