"""Newcomers on a programme's list get the message that a campaign has sent to the others."""

import pytest

from suitecrm_bridge.errors import AccessDenied, Stopped
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push.lists import list_id
from tests.flows.begun import CONTROL, HELLO, TREATED, begin, members, run

CAMPAIGN, MESSAGE = (f"0000000c-0000-4000-8000-00000000000{number}" for number in (1, 2))
NOW = "2026-11-01 08:00:00"


def campaign(world, status="sent", *, all_lists=False, attached=True, campaign_status="Active"):
    """Attach the list to a campaign with a message, as a person does in SuiteCRM, the day after."""
    world.clock.advance(days=1)
    store = world.store
    dates = {"date_entered": NOW, "date_modified": NOW}
    store.load(
        "Campaigns",
        [{"id": CAMPAIGN, "name": "Spring", "status": campaign_status, **dates}],
    )
    row = {"id": MESSAGE, "name": "Hello &amp; welcome", "status": status, **dates}
    row |= {"campaign_id": CAMPAIGN, "all_prospect_lists": int(all_lists), "date_start": NOW}
    store.load("EmailMarketing", [row | {"queueing_status": "finished"}])
    lists = {"prospect_list_id": TREATED}
    store.load_link("prospect_list_campaigns", [lists | {"campaign_id": CAMPAIGN}])
    if attached:
        store.load_link("email_marketing_prospect_lists", [lists | {"email_marketing_id": MESSAGE}])


def sent_to(world, people, activity="targeted", day="2026-11-02"):
    """Let the mirrored log say that people had the message."""
    for person in people:
        world.mirrored(
            "INSERT INTO campaign_log (id, campaign_id, target_type, target_id, activity_type,"
            " activity_date, list_id, marketing_id) VALUES (?, ?, 'Contacts', ?, ?, ?, ?, ?)",
            f"{activity}-{person}",
            CAMPAIGN,
            person,
            activity,
            f"{day} 10:00:00",
            TREATED,
            MESSAGE,
        )


def state(world):
    row = world.store.row("EmailMarketing", MESSAGE)
    return row["status"], row["queueing_status"]


@pytest.fixture
def started(fast_synced):
    """A programme whose list is filled."""
    begin(fast_synced)
    run(fast_synced)
    return fast_synced


def test_a_message_that_was_sent_is_scheduled_again_for_newcomers(started):
    campaign(started)
    had = sorted(members(started))[1:]
    sent_to(started, had)
    summary = run(started)
    assert state(started) == ("pending_send", "not_started")
    assert summary.messages == [
        {
            "programme": "hello",
            "wave": "first",
            "campaign": "Spring",
            "name": "Hello & welcome",
            "stands": "again",
            "lacking": 1,
            "again": 0,
        }
    ]


def test_a_dry_run_counts_those_who_would_come(started):
    campaign(started)
    sent_to(started, members(started))
    begin(started, HELLO.replace("share = 0.3", "share = 0").replace("again_days = 30", ""))
    with started.context() as context:
        jobs.stop(context, Summary(), ["hello"])
        context.mirror.programmes.start("hello", context.today())
    started.mirrored("DELETE FROM programme_enrolments")
    started.mirrored("DELETE FROM programme_contacts")
    summary = run(started, dry_run=True)
    assert summary.messages[0]["lacking"] == summary.programmes["hello"]["enters"]
    assert state(started) == ("sent", "finished")


@pytest.mark.parametrize("all_lists", [True, False])
def test_on_version_7_a_person_is_told_where_to_press_send(started, caplog, all_lists):
    campaign(started, "active", all_lists=all_lists, attached=not all_lists)
    sent_to(started, sorted(members(started))[2:])
    summary = run(started)
    assert [(one["stands"], one["lacking"]) for one in summary.messages] == [("press", 2)]
    assert "2 people have not had the message “Hello & welcome”" in caplog.text
    assert "Open the campaign “Spring” in SuiteCRM and press send" in caplog.text
    assert state(started)[0] == "active"
    assert "press send" in started.command("programmes", "list").stdout
    sent_to(started, sorted(members(started))[:2])
    assert run(started).messages == []
    assert "press send" not in started.command("programmes", "list").stdout


def test_who_comes_back_into_a_programme_needs_a_copy_of_the_message(started, caplog):
    campaign(started)
    first, *others = sorted(members(started))
    sent_to(started, others, day="2020-01-01")
    sent_to(started, [first], day="2099-01-01")
    summary = run(started)
    assert summary.messages == []
    assert "had the message “Hello & welcome” the last time they were in it" in caplog.text
    assert "1 person on the list has had “Hello & welcome” of “Spring” this time" in caplog.text
    assert state(started) == ("sent", "finished")


def again(number):
    return list_id(f"again/hello/first/{number}")


def copies(world):
    """The messages but the first, with the lists that each goes to."""
    linked = world.store.link_rows("email_marketing_prospect_lists")
    return {
        row["name"]: (row["id"], row["status"], row["campaign_id"], lists_of(linked, row["id"]))
        for row in world.store.rows("EmailMarketing")
        if row["id"] != MESSAGE
    }


def lists_of(linked, id):
    return [row["prospect_list_id"] for row in linked if row["email_marketing_id"] == id]


def test_on_version_7_who_comes_back_gets_a_copy_over_a_list_of_their_own(started, caplog):
    campaign(started, "active")
    first, second, *others = sorted(members(started))
    sent_to(started, [first, second], day="2020-01-01")
    sent_to(started, others, day="2099-01-01")
    summary = run(started)
    [(name, (id, *copy))] = copies(started).items()
    assert name == "Hello & welcome (time 2)"
    assert copy == ["active", CAMPAIGN, [again(1)]]
    assert members(started, again(1)) == {first, second}
    told = [(one["name"], one["stands"], one["lacking"]) for one in summary.messages]
    assert told == [(name, "press", 2)]
    assert "Open the campaign “Spring” in SuiteCRM and press send" in caplog.text
    assert "Copy it" not in caplog.text
    assert f"“{name}”" in started.command("programmes", "list").stdout
    for person in (first, second):
        started.mirrored(
            "INSERT INTO campaign_log (id, target_type, target_id, activity_type, activity_date,"
            " marketing_id) VALUES (?, 'Contacts', ?, 'targeted', '2099-01-01', ?)",
            f"copy-{person}",
            person,
            id,
        )
    run(started)
    started.forget()
    assert run(started).messages == []
    assert started.count("GET", "/module/EmailMarketing") == 0
    started.mirrored(
        "UPDATE campaign_log SET activity_date = '2020-02-01' WHERE target_id = ?", first
    )
    run(started)
    assert members(started, again(1)) == {second}
    assert members(started, again(2)) == {first}
    assert copies(started)["Hello & welcome (time 3)"][3] == [again(2)]
    assert len(copies(started)) == 2


def test_a_run_that_was_cut_off_while_copying_leaves_no_second_copy(started, monkeypatch):
    campaign(started, "active")
    sent_to(started, members(started), day="2020-01-01")

    def cut(*_):
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr("suitecrm_bridge.crm.records.Module.relate", cut)
        with pytest.raises(Stopped):
            run(started)
    assert [lists for *_, lists in copies(started).values()] == [[]]
    run(started)
    run(started)
    assert [lists for *_, lists in copies(started).values()] == [[again(1)]]
    assert members(started, again(1)) == members(started)


def test_stopping_a_programme_empties_the_lists_of_those_who_came_back_too(started):
    campaign(started, "active")
    sent_to(started, members(started), day="2020-01-01")
    run(started)
    assert members(started, again(1))
    with started.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    assert members(started, again(1)) == set()


def test_a_list_is_looked_at_once_a_day_and_whenever_somebody_lacks_a_message(started):
    campaign(started)
    gone = sorted(members(started))[0]
    sent_to(started, members(started))
    assert run(started).messages == []
    started.forget()
    run(started)
    assert started.count("GET", "relationships/email_marketing") == 0
    assert state(started) == ("sent", "finished")
    started.clock.advance(days=1)
    run(started)
    assert started.count("GET", "relationships/email_marketing") == 1
    started.mirrored("DELETE FROM campaign_log WHERE id = ?", f"targeted-{gone}")
    run(started)
    assert state(started) == ("pending_send", "not_started")


def test_who_may_not_see_campaigns_fills_lists_all_the_same(fast_synced, monkeypatch, caplog):
    begin(fast_synced)

    def refused(*_):
        raise AccessDenied("no")

    monkeypatch.setattr("suitecrm_bridge.jobs.messages.messages_of", refused)
    run(fast_synced)
    assert members(fast_synced)
    assert members(fast_synced, CONTROL)
    assert "cannot be looked at" in caplog.text


def test_a_stopped_programme_schedules_nothing_and_names_what_is_still_scheduled(started):
    campaign(started, "scheduled")
    said = started.command("programmes", "stop", "hello").stderr
    assert "“Hello & welcome” of the campaign “Spring”" in said
    assert members(started) == set()
    run(started)
    assert state(started)[0] == "scheduled"


def test_over_the_stock_api_it_is_the_same(synced):
    begin(synced)
    run(synced)
    campaign(synced)
    run(synced)
    assert state(synced) == ("pending_send", "not_started")


def test_over_the_stock_api_a_stop_says_where_queued_mail_is_to_be_taken_out(synced):
    begin(synced)
    run(synced)
    campaign(synced)
    assert "Email Queue" in synced.command("programmes", "stop", "hello").stderr


def test_where_the_package_empties_the_queue_a_stop_does_not_ask_for_it(started):
    campaign(started, "scheduled")
    assert "Email Queue" not in started.command("programmes", "stop", "hello").stderr
