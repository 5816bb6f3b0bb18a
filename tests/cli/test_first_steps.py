"""What `init` does besides asking: it explains, tries at once, and goes on from there."""

import zipfile
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.cli import main
from suitecrm_bridge.crm import module_loader
from suitecrm_bridge.errors import RequestRefused
from suitecrm_bridge.jobs import installing
from tests.cli.test_init_command import ask, kept
from tests.flows.processes import command

__all__ = ["ask"]

NONE, NO = "", "no"


class Loader:
    """Stands for SuiteCRM's Module Loader; `refuses` says why it takes no package."""

    def __init__(self, refuses=""):
        self.asked, self.installed, self.refuses = [], [], refuses

    def __call__(self, url, username, password, *, verify_tls):
        self.asked.append((url, username, password))
        return self

    def install(self, archive, name):
        if self.refuses:
            raise RequestRefused(self.refuses)
        self.installed.append((archive.name, name))


@pytest.fixture
def loader(monkeypatch):
    stands = Loader()
    monkeypatch.setattr(module_loader, "open_loader", stands)
    return stands


@pytest.fixture
def steps(monkeypatch):
    done = []
    monkeypatch.setattr(installing, "carry_out", done.append)
    monkeypatch.setattr(installing, "here", lambda: "systemd")
    return done


def without_asking(empty, *options):
    sets = {"SUITECRM_URL": empty.server.url, "SUITECRM_CLIENT_ID": empty.server.client_id}
    words = [word for name, value in sets.items() for word in ("--set", f"{name}={value}")]
    environment = {
        "BRIDGE_HOME": str(empty.home),
        "BRIDGE_RETRIES": "0",
        "SUITECRM_CLIENT_SECRET": empty.server.client_secret,
    }
    return command("init", "--yes", *words, *options, environment=environment)


def test_a_wrong_address_is_told_before_anything_else_is_asked(ask, empty):
    done = ask("en", f"{empty.server.url}/nothing/here", "yes", *ask.right[1:])
    assert done.exit_code == 0, done.output
    assert done.output.index("FAIL") < done.output.index("OAuth2 client")
    assert kept(ask.file).url == empty.server.url


def test_it_says_where_the_client_is_made_before_it_asks_for_it(ask, empty):
    said = ask(*ask.right).stderr
    assert "Admin › OAuth2 Clients and Tokens" in said
    assert empty.server.url in said
    assert said.index("New Client Credentials Client") < said.index("Id of the OAuth2 client")


def test_without_a_terminal_options_say_everything(ask, empty):
    done = without_asking(empty, "--set", "BRIDGE_PARALLEL=2")
    assert done.exit_code == 0, done.output
    assert (kept(ask.file).url, kept(ask.file).parallel) == (empty.server.url, 2)
    # What the environment holds is not copied into a file.
    assert empty.server.client_secret not in ask.file.read_text("utf-8")


def test_without_a_terminal_what_does_not_work_is_not_kept(ask, empty):
    done = without_asking(empty, "--set", "SUITECRM_CLIENT_ID=nobody")
    assert done.exit_code != 0
    assert not ask.file.exists()


def test_a_setting_that_there_is_not_is_refused(ask, empty):
    done = without_asking(empty, "--set", "SUITECRM_ADRESS=x")
    assert done.exit_code == 2
    assert "SUITECRM_ADRESS" in done.stderr


def test_the_package_is_built_and_its_page_is_said(ask, empty, tmp_path):
    done = without_asking(empty, "--package", str(tmp_path / "zips"))
    (archive,) = (tmp_path / "zips").glob("*.zip")
    assert "manifest.php" in zipfile.ZipFile(archive).namelist()
    assert str(archive) in done.stderr.replace("\n", "")
    assert "view=module" in done.stderr


def test_the_package_is_uploaded_with_a_password_that_is_kept_nowhere(ask, empty, loader, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("adm1n-pass\n", "utf-8")
    options = ("--upload-as", "admin", "--password-file", str(secret))
    done = without_asking(empty, "--package", str(tmp_path), *options)
    assert done.exit_code == 0, done.output
    assert loader.asked == [(empty.server.url, "admin", "adm1n-pass")]
    assert [name for _, name in loader.installed] == ["SuiteCRM Bridge"]
    assert "adm1n-pass" not in done.output + ask.file.read_text("utf-8")


def test_a_package_that_an_option_asked_for_and_that_is_refused_is_an_error(
    ask, empty, loader, tmp_path
):
    loader.refuses = "too old"
    secret = tmp_path / "secret"
    secret.write_text("adm1n-pass", "utf-8")
    options = ("--upload-as", "admin", "--password-file", str(secret))
    done = without_asking(empty, "--package", str(tmp_path), *options)
    assert done.exit_code == RequestRefused.exit_code
    assert "too old" in done.stderr


def test_who_answers_goes_on_after_a_refused_package(ask, loader, steps, empty):
    loader.refuses = "too old"
    done = ask(*ask.right, NONE, NONE, "yes", "admin", "adm1n-pass", NO, NO)
    assert done.exit_code == 0, done.output
    assert "too old" in done.stderr
    assert "A first dry run?" in done.stderr
    assert steps == []


def test_everything_is_offered_one_after_the_other(ask, loader, steps, empty):
    done = ask(*ask.right, NONE, NONE, "yes", "admin", "adm1n-pass", "yes", "yes", "y")
    assert done.exit_code == 0, done.output
    assert len(loader.installed) == 1
    assert "Written" in done.stdout
    assert empty.patches == []
    assert [type(step).__name__ for step in steps][:2] == ["Write", "Write"]
    assert "adm1n-pass" not in done.output


def test_the_schedule_is_put_in_place_where_an_option_asks_for_it(ask, empty, steps):
    assert without_asking(empty, "--schedule").exit_code == 0
    assert len(steps) >= 4


def test_it_may_be_run_again_at_any_time(ask):
    ask(*ask.right, NONE, NONE, NO, NO, NO)
    done = ask(*([NONE] * 7), NO, NO, NO)
    assert done.exit_code == 0, done.output
    assert "--set" in command("init", "--help", environment={}).output
    assert main.name == "suitecrm-bridge"


def test_the_readme_says_how_many_modules_are_read():
    page = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert f"{len(catalogue().modules)} modules" in page


def test_what_comes_next_depends_on_whether_there_was_a_dry_run(ask, empty):
    assert "Next: suitecrm-bridge sync," in without_asking(empty, "--dry-run").stderr
    assert "Next: suitecrm-bridge doctor" in without_asking(empty).stderr
