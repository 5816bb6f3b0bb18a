"""What must not be shown is not, and what is missing to reach SuiteCRM is named."""

import dataclasses

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import (
    Secret,
    secret_names,
    table,
)
from tests.settings.conftest import COMPLETE, SECRETS, read, refused


def test_a_password_in_the_address_is_refused_without_showing_it():
    message = refused({"SUITECRM_URL": "https://ada:pass-w0rd@crm.example.com"})
    assert "SUITECRM_URL" in message
    assert "pass-w0rd" not in message


def test_what_must_not_be_shown_are_secrets_and_the_telling_parts_of_secret_addresses():
    secrets = read(SECRETS).secrets()
    assert secrets == {*SECRETS.values(), "m41l", "t0ken", "p4th"}
    assert read().secrets() == frozenset()


def test_the_settings_that_hold_secrets_are_known():
    assert secret_names() == set(SECRETS)


@pytest.mark.parametrize("show", [repr, str, lambda s: str(s.shown()), dataclasses.asdict])
def test_secrets_are_masked_wherever_settings_are_shown(show):
    shown = str(show(read(COMPLETE)))
    assert "the-id" in shown
    assert "********" in shown
    assert not [secret for secret in SECRETS.values() if secret in shown]


def test_a_secret_shows_itself_only_when_asked():
    secret = Secret("s3cret")
    assert f"{secret} {secret!r} {[secret]}" == "******** ******** [********]"
    assert secret.reveal() == "s3cret"


def test_an_empty_secret_is_false_and_shows_nothing():
    assert not Secret("")
    assert repr(Secret("")) == ""


def test_equal_secrets_are_equal():
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_settings_are_shown_by_the_names_they_are_set_with():
    shown = read({**COMPLETE, "SUITECRM_VERIFY_TLS": "no"}).shown()
    assert list(shown) == [row.metadata["name"] for row in table()]
    assert shown["SUITECRM_URL"] == "https://crm.example.com"
    assert shown["SUITECRM_VERIFY_TLS"] == "no"


def test_complete_settings_reach_the_crm():
    read(COMPLETE).require_crm()


def test_user_and_password_are_needed_only_for_a_password_client():
    without = {
        k: v for k, v in COMPLETE.items() if k not in ("SUITECRM_USERNAME", "SUITECRM_PASSWORD")
    }
    read(without).require_crm()


def test_what_is_missing_for_the_crm_is_named_and_nothing_else():
    with pytest.raises(SettingError) as caught:
        read({"SUITECRM_URL": "https://crm.example.com"}).require_crm()
    assert "SUITECRM_CLIENT_ID, SUITECRM_CLIENT_SECRET" in str(caught.value)
    assert "SUITECRM_URL" not in str(caught.value)


def test_a_user_without_a_password_is_incomplete_and_no_secret_is_told():
    with pytest.raises(SettingError) as caught:
        read({**COMPLETE, "SUITECRM_PASSWORD": ""}).require_crm()
    assert "SUITECRM_PASSWORD" in str(caught.value)
    assert "client-s3cret" not in str(caught.value)
