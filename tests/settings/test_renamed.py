"""A setting that got another name is understood by its old one, and that is said."""

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import Settings, renamed


@pytest.fixture(autouse=True)
def some_renamed(monkeypatch):
    known = {"BRIDGE_SPEED": "BRIDGE_MAX_RATE", "BRIDGE_HOOK": "BRIDGE_WEBHOOK"}
    monkeypatch.setattr(renamed, "RENAMED", known)


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        made = tmp_path / "config.env"
        made.write_text("\n".join(lines) + "\n", "utf-8")
        return made

    return write


def test_an_old_name_in_the_file_is_understood(file):
    assert Settings.read(environment={}, env_file=file("BRIDGE_SPEED=7")).max_rate == 7


def test_an_old_name_in_the_environment_is_understood_and_beats_the_file(file):
    found = Settings.read(environment={"BRIDGE_SPEED": "9"}, env_file=file("BRIDGE_MAX_RATE=7"))
    assert found.max_rate == 9


def test_what_the_name_of_today_says_holds(file):
    both = file("BRIDGE_MAX_RATE=7", "BRIDGE_SPEED=9")
    assert Settings.read(environment={}, env_file=both).max_rate == 7


def test_a_secret_whose_name_changed_may_lie_in_a_file_of_its_own(file, tmp_path):
    (tmp_path / "hook").write_text("https://example.com/hook", "utf-8")
    said = file(f"BRIDGE_HOOK_FILE={tmp_path / 'hook'}")
    assert Settings.read(environment={}, env_file=said).webhook


def test_each_old_name_is_told_with_the_one_of_today(file, monkeypatch):
    monkeypatch.setenv("BRIDGE_HOOK", "https://example.com/hook")
    found = Settings.old_names(file("BRIDGE_SPEED=7", "BRIDGE_LANG=fr"))
    assert found == {"BRIDGE_SPEED": "BRIDGE_MAX_RATE", "BRIDGE_HOOK": "BRIDGE_WEBHOOK"}


def test_a_name_that_never_was_is_still_refused(file):
    with pytest.raises(SettingError, match="BRIDGE_PACE"):
        Settings.read(environment={}, env_file=file("BRIDGE_PACE=7"))


def test_every_name_that_changed_leads_to_a_setting(monkeypatch):
    monkeypatch.undo()
    known = set(Settings.read(environment={}).shown())
    assert set(renamed.RENAMED.values()) <= known
    assert not set(renamed.RENAMED) & known
