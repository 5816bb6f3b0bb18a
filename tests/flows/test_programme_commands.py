"""The commands about programmes, on a SuiteCRM with demo data."""

import json

import pytest

from suitecrm_bridge.errors import NotFound
from tests.flows.begun import HELLO, addressable, begin, members


@pytest.fixture
def world(fast_synced):
    return fast_synced


def own_file(world, content=HELLO):
    begin(world, content)
    world.mirrored("DELETE FROM programmes")


def asked(world, *arguments, lang="en"):
    result = world.command("--lang", lang, "programmes", *arguments)
    assert result.exit_code == 0, result.output
    return result


def as_json(world, *arguments):
    return json.loads(asked(world, *arguments, "--format", "json").stdout)


def test_every_programme_is_listed_with_its_state(world):
    own_file(world)
    rows = {row["programme"]: row for row in as_json(world, "list")}
    assert len(rows) == 12
    assert rows["hello"]["state"] == "off"
    asked(world, "start", "hello")
    world.sync()
    row = {row["programme"]: row for row in as_json(world, "list")}["hello"]
    assert (row["state"], row["people"]) == ("running", len(addressable(world)))
    assert row["contacts"] == len(members(world)) == row["people"] - row["controls"]


def test_a_preview_of_a_programme_that_does_not_run_writes_nothing(world):
    own_file(world, HELLO + "[money]\ncost = 0.5\n")
    world.forget()
    found = as_json(world, "preview", "hello")
    by = {(row["decision"], row["reason"]): row for row in found["decisions"]}
    assert by["enters", ""]["cost"] == by["enters", ""]["people"] / 2
    assert by["control", "drawn"]["cost"] == 0
    assert ("excluded", "opted_out") in by
    named = [row for row in found["people"] if row["decision"] == "enters"]
    assert len(named) == by["enters", ""]["people"]
    assert all(row["name"] for row in named)
    asked = [(method, path) for method, path in world.requests if "/Api/V8/" in path]
    assert {method for method, path in asked if not path.endswith("/logout")} == {"GET"}
    assert world.mirrored("SELECT count(*) FROM programmes") == [(0,)]


def test_a_preview_is_what_the_next_sync_then_does(world):
    own_file(world)
    asked(world, "start", "hello")
    found = as_json(world, "preview")
    enters = {row["person"] for row in found["people"] if row["decision"] == "enters"}
    world.sync()
    assert members(world) == enters


def test_a_table_for_people_names_a_few_and_counts_the_others(world):
    own_file(world)
    shown = asked(world, "preview", "hello", "--limit", "3").stdout
    assert "is addressed" in shown
    assert "3" in shown
    assert "more; --people" in shown
    everybody = asked(world, "preview", "hello", "--people").stdout
    assert len(everybody.splitlines()) > len(shown.splitlines())


def test_everything_is_said_in_french_too(world):
    own_file(world)
    shown = asked(world, "preview", "hello", lang="fr").stdout
    assert "désinscrit des e-mails" in shown
    assert "Bonjour" in shown


def test_why_a_person_is_in_a_programme_or_not_is_explained(world):
    own_file(world)
    asked(world, "start", "hello", "win_back")
    world.sync()
    inside = sorted(members(world))[0]
    ((name,),) = world.mirrored(
        "SELECT concat_ws(' ', first_name, last_name) FROM contacts WHERE id = ?", inside
    )
    by = {row["programme"]: row for row in as_json(world, "explain", inside)}
    assert by["hello"]["decision"] == "stays"
    assert by["hello"]["name"] == name
    out = world.mirrored("SELECT id FROM contacts WHERE email_opt_out AND email1 <> ''")[0][0]
    (row,) = [r for r in as_json(world, "explain", out) if r["programme"] == "hello"]
    assert (row["decision"], row["reason"]) == ("excluded", "opted_out")
    asked(world, "stop", "hello")
    rows = [r for r in as_json(world, "explain", name) if r["programme"] == "hello"]
    assert [(r["decision"], r["reason"]) for r in rows if r["reason"]] == [("left", "stopped")]


def test_stopping_says_what_becomes_of_the_lists(world):
    own_file(world)
    asked(world, "start", "hello")
    world.sync()
    told = asked(world, "stop", "hello").stderr
    assert "target lists are empty and stay" in told
    assert members(world) == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("start", "hallo"), "There is no programme hallo"),
        (("stop", "welcome"), "was never started"),
        (("preview",), "No programme runs"),
        (("preview", "hallo"), "There is no programme hallo"),
        (("explain", "nobody at all"), "No contact, account or lead"),
    ],
)
def test_what_is_not_there_is_said(world, arguments, words):
    result = world.command("programmes", *arguments)
    assert result.exit_code == NotFound.exit_code
    assert words in result.stderr


def test_a_file_that_cannot_be_used_is_named_before_anything_is_done(world):
    own_file(world, HELLO.replace("purchase_count", "purchase_cuont"))
    result = world.command("programmes", "list")
    assert result.exit_code != 0
    assert "hello.toml" in result.stderr
    assert "did you mean 'purchase_count'?" in result.stderr


def test_what_programmes_brought_is_shown_with_its_verdict(world):
    own_file(world)
    asked(world, "start", "hello")
    world.sync()
    found = as_json(world, "measure")
    (row,) = found["programmes"]
    assert (row["programme"], row["verdict"]) == ("hello", "unclear")
    assert row["treated"] == len(members(world))
    assert found["segments"] == []


def test_a_reset_names_who_may_enter_again_and_refuses_who_was_never_in(world):
    own_file(world)
    asked(world, "start", "hello")
    world.sync()
    someone = sorted(members(world))[0]
    assert "may enter again" in asked(world, "reset", "hello", someone).stderr
    asked(world, "reset", "hello", someone)
    never = world.mirrored(
        "SELECT min(id) FROM contacts WHERE id NOT IN (SELECT person FROM programme_enrolments)"
    )[0][0]
    for key, who in (("hello", never), ("hello", "nobody at all"), ("nothing", someone)):
        result = world.command("programmes", "reset", key, who)
        assert result.exit_code == NotFound.exit_code
        assert who in result.stderr or key in result.stderr
