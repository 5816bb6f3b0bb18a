"""The first command: it asks, tries, and keeps what works."""

import stat
import sys
from functools import partial

import pytest
from click.testing import CliRunner

from suitecrm_bridge.cli import init as init_command
from suitecrm_bridge.cli import main
from suitecrm_bridge.jobs import context
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings import Settings

REFUSED = 3


@pytest.fixture
def ask(empty, tmp_path, monkeypatch):
    """Give answers to `init`, at a home without settings; `ask.file` is where they are kept."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr(context, "Context", partial(Context, clock=empty.clock))

    def asked(*answers, options=("init",)):
        environment = {"BRIDGE_HOME": str(empty.home), "BRIDGE_RETRIES": "0"}
        lines = "".join(f"{answer}\n" for answer in answers)
        return CliRunner().invoke(main, list(options), input=lines, env=environment)

    asked.file = empty.home / "config.env"
    asked.right = ("en", empty.server.url, empty.server.client_id, empty.server.client_secret, "")
    return asked


def kept(file):
    return Settings.read({}, {}, file)


def test_answers_that_work_are_kept_where_every_command_finds_them(ask, empty):
    done = ask(*ask.right)
    assert done.exit_code == 0, done.output
    settings = kept(ask.file)
    assert (settings.url, settings.lang) == (empty.server.url, "en")
    assert settings.client_secret.reveal() == empty.server.client_secret
    assert ask(options=("doctor",)).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_their_owner_may_read_them(ask):
    ask.file.parent.mkdir(exist_ok=True)
    ask.file.write_text("BRIDGE_PARALLEL=2\n", encoding="utf-8")
    ask.file.chmod(0o644)
    ask(*ask.right)
    assert stat.S_IMODE(ask.file.stat().st_mode) == 0o600


def test_the_secret_is_shown_nowhere(ask, empty):
    assert empty.server.client_secret not in ask(*ask.right).output


def test_answers_that_do_not_work_are_not_kept(ask):
    language, url, client, _, user = ask.right
    done = ask(language, url, client, "wr0ng-s3cret", user, "no")
    assert done.exit_code == REFUSED
    assert "FAIL" in done.output
    assert not ask.file.exists()


def test_whoever_erred_corrects_what_was_wrong_and_keeps_the_rest(ask):
    language, url, client, secret, user = ask.right
    done = ask(language, url, client, "wr0ng-s3cret", user, "yes", "", "", secret, "")
    assert done.exit_code == 0, done.output
    assert kept(ask.file).client_id == client


def test_an_answer_that_cannot_be_understood_is_asked_for_again(ask):
    language, *others = ask.right
    done = ask(language, "ftp://crm.example.com", *others)
    assert done.exit_code == 0, done.output
    assert "https://crm.example.com" in done.stderr


def test_everything_after_the_language_is_asked_in_it(ask):
    done = ask("fr", *ask.right[1:])
    assert "Secret du client OAuth2" in done.stderr
    assert "OAuth2 client" not in done.output
    assert kept(ask.file).lang == "fr"


def test_a_file_that_is_there_offers_its_answers_and_keeps_its_other_lines(ask):
    ask(*ask.right)
    with ask.file.open("a", encoding="utf-8") as file:
        file.write("# no more than two\nBRIDGE_PARALLEL=2\n")
    assert ask("fr", "", "", "", "").exit_code == 0
    assert (kept(ask.file).parallel, kept(ask.file).lang) == (2, "fr")
    assert "# no more than two" in ask.file.read_text(encoding="utf-8")


def test_a_user_and_his_password_are_asked_for_together_and_go_together(ask):
    assert ask(*ask.right[:-1], "admin", "pass-w0rd", "no").exit_code == REFUSED
    ask.file.parent.mkdir(exist_ok=True)
    ask.file.write_text("SUITECRM_USERNAME=ada\nSUITECRM_PASSWORD=pass-w0rd\n", encoding="utf-8")
    assert ask(*ask.right[:-1], " ").exit_code == 0
    assert kept(ask.file).username == ""
    assert not kept(ask.file).password


def test_a_file_named_by_the_option_is_the_one_that_is_written(ask, tmp_path):
    own = tmp_path / "own.env"
    done = ask(*ask.right, options=("--env-file", str(own), "init"))
    assert done.exit_code == 0, done.output
    assert str(own) in done.stderr
    assert "*" not in done.output
    assert kept(own).url
    assert not ask.file.exists()


def test_whoever_makes_an_installation_decides_whether_tasks_are_opened(ask):
    done = ask(*ask.right, "5")
    assert done.exit_code == 0, done.output
    assert "tasks about complaints" in done.stderr
    assert kept(ask.file).reactions_most == 5


@pytest.mark.parametrize("answers", [("",), ("0",), ()])
def test_none_is_opened_unless_somebody_says_so(ask, answers):
    assert ask(*ask.right, *answers).exit_code == 0
    assert "BRIDGE_REACTIONS_MOST=0" in ask.file.read_text(encoding="utf-8")


def test_what_was_decided_about_tasks_before_is_offered(ask):
    ask(*ask.right, "7")
    assert ask("", "", "", "", "", "").exit_code == 0
    assert kept(ask.file).reactions_most == 7


def test_an_address_in_clear_is_kept_only_where_somebody_allows_it(ask):
    language, _, client, secret, user = ask.right
    # Nobody answers there, so that it is not kept in the end; what counts is what is said.
    refused = ask(language, "http://crm.invalid", "no", "no", client, secret, user, "no")
    assert refused.exit_code == 2
    assert "BRIDGE_ALLOW_HTTP=yes" in refused.stdout
    allowed = ask(language, "http://crm.invalid", "yes", "no", client, secret, user, "no")
    assert allowed.exit_code != 2
    assert "BRIDGE_ALLOW_HTTP=yes" not in allowed.stdout


@pytest.mark.parametrize("secret", ["a'b\"c", "C:\\new", "x # y", " edge ", "$HOME"])
def test_an_odd_secret_is_read_back_as_it_was_typed(ask, monkeypatch, secret):
    monkeypatch.setattr(init_command, "_fault", lambda app, known: None)
    language, url, client, _, user = ask.right
    assert ask(language, url, client, secret, user).exit_code == 0
    assert kept(ask.file).client_secret.reveal() == secret.strip()


def test_the_currency_is_the_one_that_suitecrm_shows(ask, empty):
    empty.store.load("Opportunities", [{"name": "Deal", "currency_id": "-99", "amount": 5}])
    ask(*ask.right)
    assert kept(ask.file).currency == "€"


def test_another_currency_may_be_answered(ask):
    ask(*ask.right, "", "CHF")
    assert kept(ask.file).currency == "CHF"


def test_without_a_record_in_the_base_currency_none_is_kept(ask, empty):
    empty.store.load("Opportunities", [{"name": "Deal", "currency_id": "other", "amount": 5}])
    assert ask(*ask.right).exit_code == 0
    assert kept(ask.file).currency == ""
