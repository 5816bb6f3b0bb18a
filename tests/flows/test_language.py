"""What is written is in the installation's language, what is shown in that of who asks."""

import json

import pytest

from tests.flows.world import DAY, synced_base, world_of

AS_OF = ("--as-of", str(DAY))
FRENCH = "achat"


@pytest.fixture(scope="module")
def once(bases, tmp_path_factory):
    """An installation in French, synced."""
    database, home, _ = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("french"), database, home) as world:
        assert world.command("sync", *AS_OF, BRIDGE_LANG="fr").exit_code == 0
        yield world


@pytest.fixture
def french(once):
    once.forget()
    return once


def reasons(world):
    return {row["id"]: row["rfm_reason_c"] for row in world.store.rows("Contacts")}


@pytest.mark.story
@pytest.mark.parametrize("command", [("sync", *AS_OF), ("push",), ("score", *AS_OF)])
def test_another_language_on_the_command_line_writes_nothing_anew(french, command):
    before = reasons(french)
    assert any(FRENCH in (reason or "") for reason in before.values())
    done = french.command("--lang", "en", *command, BRIDGE_LANG="fr")
    assert done.exit_code == 0, done.output
    assert "Scored" in done.stdout or "Unchanged" in done.stdout
    assert french.patches == []
    assert reasons(french) == before


def test_a_dry_run_in_another_language_plans_nothing(french):
    done = french.command(
        "--lang", "en", "sync", *AS_OF, "--dry-run", "--format", "json", BRIDGE_LANG="fr"
    )
    assert json.loads(done.stdout)["planned"] == 0


def test_changes_in_another_language_are_none(french):
    done = french.command("--lang", "en", "push", "--changes", "--format", "json", BRIDGE_LANG="fr")
    assert json.loads(done.stdout) == []


@pytest.mark.story
def test_the_report_is_in_the_language_of_who_asks(french, tmp_path):
    options = ("--output", str(tmp_path / "report"))
    french.command("--lang", "en", "report", *options, BRIDGE_LANG="fr")
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page


def test_customers_are_shown_with_reasons_in_the_language_of_who_asks(french):
    shown = french.command("--lang", "en", "customers", "--format", "csv", BRIDGE_LANG="fr")
    assert FRENCH not in shown.stdout


def test_the_installations_language_still_rewrites_when_it_changes(french):
    assert french.command("push", BRIDGE_LANG="en").exit_code == 0
    assert french.patches
