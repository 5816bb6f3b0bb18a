import json

import pytest

from suitecrm_bridge.mirror import DeadLetter
from tests.flows.hooks import refusal
from tests.flows.processes import command
from tests.flows.world import DAY, WRITES

AS_OF = ("--past", "--as-of", str(DAY))
PROMISED = {
    "pulled",
    "deleted",
    "scored",
    "planned",
    "written",
    "unchanged",
    "failed",
    "seconds",
    "path",
}


def test_a_summary_as_json_is_one_object_with_the_promised_names(synced):
    done = synced.command("sync", *AS_OF, "--format", "json")
    assert done.exit_code == 0
    summary = json.loads(done.stdout)
    assert set(summary) >= PROMISED
    assert (summary["scored"], summary["unchanged"]) == ({"contacts": 60, "accounts": 12}, WRITES)
    assert set(summary["seconds"]) == {"pull", "score", "push"}


def test_a_summary_for_people_is_on_stdout_and_progress_on_stderr(synced):
    done = synced.command("sync", *AS_OF)
    assert f"Unchanged       {WRITES}" in done.stdout
    assert "AOS_Invoices: 0" in done.stderr
    assert "AOS_Invoices: 0" not in done.stdout


def test_quiet_leaves_only_the_summary(synced):
    done = synced.command("-q", "sync", *AS_OF)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Unchanged" in done.stdout


@pytest.mark.story
def test_the_summary_is_there_although_some_writes_failed(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = lambda: refusal("Database failure")
    done = scored.command("push", "--format", "json")
    assert done.exit_code == 7
    summary = json.loads(done.stdout)
    assert (summary["planned"], summary["written"], summary["failed"]) == (WRITES, WRITES - 1, 1)


def test_dead_letters_are_listed_with_their_reason(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = lambda: refusal("Database failure")
    scored.command("push")
    (letter,) = json.loads(scored.command("dead-letters", "list", "--format", "json").stdout)
    assert (letter["module"], letter["record_id"], letter["attempts"]) == ("Contacts", contact, 1)
    table = scored.command("dead-letters", "list").stdout
    assert contact in table
    assert letter["reason"] in table
    assert contact in scored.command("dead-letters", "list", "--format", "csv").stdout


def test_a_dead_letter_is_retried_by_hand(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = lambda: refusal("Database failure")
    scored.command("push")
    assert json.loads(scored.command("push", "--format", "json").stdout)["deferred"] == 1
    done = scored.command("dead-letters", "retry", contact)
    assert (done.exit_code, done.stderr) == (0, "The next run tries 1 record again.\n")
    scored.refusals.clear()
    assert json.loads(scored.command("push", "--format", "json").stdout)["written"] == 1
    assert scored.command("dead-letters", "retry", "--all").exit_code == 0


SPELLINGS = [str.upper, str.swapcase, lambda id: f"{id}  ", lambda id: f"{id.upper()} "]


def fail(opened, *keys):
    """Note that records failed, by module and id."""
    with opened.context() as context:
        letters = [DeadLetter(module, id, {}, "refused") for module, id in keys]
        context.mirror.dead_letters.add("read", letters, context.clock())


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_dead_letter_is_retried_by_an_id_in_any_spelling(synced, spell):
    fail(synced, ("Contacts", "127eb23f-00AA"), ("Contacts", "another"))
    done = synced.command("dead-letters", "retry", spell("127eb23f-00AA"))
    assert (done.exit_code, done.stderr) == (0, "The next run tries 1 record again.\n")
    assert synced.mirrored("SELECT record_id FROM dead_letters WHERE attempts = 0") == [
        ("127eb23f-00AA",)
    ]


@pytest.mark.parametrize("given", ["muller-1", "MÜLLER-1 ", "Mu\u0308ller-1"])
def test_every_record_with_an_id_is_retried_however_each_spells_it(synced, given):
    failed = [("Contacts", "Müller-1"), ("Accounts", "MULLER-1"), ("Cases", "müller-1")]
    fail(synced, *failed, ("Cases", "muller-2"))
    done = synced.command("dead-letters", "retry", given)
    assert (done.exit_code, done.stderr) == (0, "The next run tries 3 records again.\n")


def test_an_id_that_did_not_fail_cannot_be_retried(synced):
    done = synced.command("dead-letters", "retry", "nobody")
    assert done.exit_code == 6
    assert "nobody" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("some-id", "--all")])
def test_what_to_retry_is_either_ids_or_all(synced, arguments):
    assert synced.command("dead-letters", "retry", *arguments).exit_code == 2


def test_without_a_dead_letter_the_list_is_empty(synced):
    assert json.loads(synced.command("dead-letters", "list", "--format", "json").stdout) == []
    done = synced.command("--lang", "fr", "dead-letters", "list")
    assert (done.exit_code, done.stdout.split()[0]) == (0, "Sens")


def test_planned_changes_are_shown_field_by_field_and_not_written(scored):
    done = scored.command("push", "--changes", "--format", "json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert len({row["record_id"] for row in rows}) == WRITES
    assert set(rows[0]) == {"module", "record_id", "field", "now", "then"}
    assert scored.patches == []


def test_only_the_modules_asked_for_are_pulled(synced):
    done = synced.command("pull", "--module", "Cases", "--module", "Accounts", "--format", "json")
    assert json.loads(done.stdout)["pulled"] == {"Cases": 0, "Accounts": 0}


def test_a_module_that_is_not_mirrored_ends_with_6(synced):
    done = synced.command("pull", "--module", "Calendar")
    assert done.exit_code == 6
    assert "Calendar" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("sync", *AS_OF), "Inchangés"), (("doctor",), "Réglages"), (("score", *AS_OF), "Évalués")],
)
def test_what_is_said_is_in_french_where_it_is_asked_for(synced, arguments, words):
    done = synced.command("--lang", "fr", *arguments)
    assert done.exit_code == 0
    assert words in done.stdout


def test_the_doctor_ends_well_although_something_warns(empty):
    done = empty.command("doctor", "--json", BRIDGE_WEBHOOK="nowhere")
    found = {finding["check"]: finding["status"] for finding in json.loads(done.stdout)}
    assert done.exit_code == 0
    assert found["Notifications"] == "WARN"


def test_the_doctor_ends_with_the_code_of_the_first_failure(empty):
    done = empty.command("doctor", SUITECRM_CLIENT_SECRET="wrong")
    assert done.exit_code == 3
    assert "FAIL" in done.stdout


def test_an_error_that_nobody_expected_ends_with_1_and_the_secret_masked(synced, monkeypatch):
    secret = synced.server.client_secret

    def broken(*args, **options):
        raise RuntimeError(f"cannot divide {secret} by zero")

    monkeypatch.setattr("suitecrm_bridge.jobs.sync.sync", broken)
    done = synced.command("sync")
    assert done.exit_code == 1
    assert "RuntimeError" in done.stderr
    assert "cannot divide ******** by zero" in done.stderr
    assert secret not in done.output


def test_an_interrupted_run_says_that_it_can_go_on(synced, monkeypatch):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("suitecrm_bridge.jobs.sync.sync", interrupted)
    done = synced.command("sync")
    assert done.exit_code == 130
    assert "the next run continues from there" in done.stderr


def test_the_settings_may_come_from_a_file(synced, tmp_path):
    file = tmp_path / "mes réglages.env"
    lines = [f"{name}={value}" for name, value in synced.environment().items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = command("--env-file", str(file), "segments", "--format", "json", environment={})
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)) > 1
