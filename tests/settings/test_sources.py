"""Where a setting comes from: options, the environment, a file, or its default."""

import dataclasses
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.settings import (
    Settings,
    table,
)
from tests.settings.conftest import read, write


def test_every_setting_has_a_default():
    settings = read()
    assert (settings.url, settings.client_id, settings.username) == ("", "", "")
    assert not settings.client_secret
    assert not settings.password
    assert settings.verify_tls is True
    assert settings.home == Path("~/.suitecrm-bridge").expanduser()
    assert (settings.lang, settings.purchases) == ("en", "auto")


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        read().url = "https://elsewhere.example.com"


def test_every_setting_has_a_name_and_a_help_in_every_language():
    for row in table():
        assert row.metadata["name"].startswith(("SUITECRM_", "BRIDGE_"))
        assert all(words.endswith(".") for words in row.metadata["help"].texts)


def test_no_help_is_for_a_setting_that_is_not_there():
    kept = {key for key in catalogue().messages if key.startswith("setting_help.")}
    assert kept == {f"setting_help.{row.metadata['name'].lower()}" for row in table()}


def test_the_environment_of_the_process_is_read(monkeypatch):
    monkeypatch.setenv("SUITECRM_URL", "https://crm.example.com/")
    assert Settings.read().url == "https://crm.example.com"


def test_an_option_beats_the_environment_and_that_the_file(empty_folder):
    file = write(empty_folder / "f.env", "BRIDGE_RETRIES=1", "BRIDGE_PARALLEL=2", "BRIDGE_LANG=fr")
    settings = read(
        {"BRIDGE_RETRIES": "3", "BRIDGE_PARALLEL": "4"},
        options={"BRIDGE_RETRIES": "5"},
        env_file=file,
    )
    assert (settings.retries, settings.parallel, settings.lang) == (5, 4, "fr")


def test_an_empty_value_leaves_the_word_to_the_next_source(empty_folder):
    file = write(empty_folder / "f.env", "BRIDGE_RETRIES=1")
    settings = read({"BRIDGE_RETRIES": ""}, options={"BRIDGE_RETRIES": ""}, env_file=file)
    assert settings.retries == 1


def test_config_env_in_the_working_directory_is_found(empty_folder):
    write(empty_folder / "config.env", "BRIDGE_RETRIES=7")
    assert read().retries == 7


def test_config_env_in_the_bridges_home_is_found(empty_folder):
    home = empty_folder / "my home"
    home.mkdir()
    write(home / "config.env", "BRIDGE_RETRIES=8")
    assert read({"BRIDGE_HOME": str(home)}).retries == 8


def test_the_working_directory_comes_before_the_home(empty_folder):
    home = empty_folder / "home"
    home.mkdir()
    write(home / "config.env", "BRIDGE_RETRIES=8")
    write(empty_folder / "config.env", "BRIDGE_RETRIES=7")
    assert read({"BRIDGE_HOME": str(home)}).retries == 7


def test_no_task_is_opened_unless_the_settings_say_so():
    assert read().reactions_most == 0
