"""Credentials that are refused, and what is told of them."""

import logging
import traceback

import pytest

from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.errors import (
    AuthenticationError,
    BrokenAnswer,
    ServerFailure,
)
from suitecrm_bridge.settings import Secret
from tests.crm.conftest import (
    CLIENT,
    PASSWORD,
    SECRET,
    TOKEN_PATH,
    URL,
    USER,
    answer,
    token,
)
from tests.crm.tokens import ME, WRONG_SECRET, oauth
from tests.crm.tokens import as_user as as_user

UNKNOWN_CLIENT = oauth("unknown_error", "OAuth2Clients module with id x is not found", 500)
WRONG_PASSWORD = oauth("unknown_error", f"The password is invalid: {PASSWORD}", 500)
WRONG_PASSWORD_FR = oauth("unknown_error", f"Mot de passe non valide : {PASSWORD}", 500)


@pytest.mark.parametrize(
    ("credentials", "given", "setting"),
    [
        (CLIENT, WRONG_SECRET, "SUITECRM_CLIENT_SECRET"),
        (CLIENT, WRONG_SECRET, "another type than “Client Credentials”"),
        (USER, WRONG_SECRET, "another type than “Password”"),
        (CLIENT, UNKNOWN_CLIENT, "SUITECRM_CLIENT_ID"),
        (USER, UNKNOWN_CLIENT, "SUITECRM_CLIENT_ID"),
        (USER, WRONG_PASSWORD, "SUITECRM_PASSWORD"),
        (USER, WRONG_PASSWORD_FR, "SUITECRM_PASSWORD"),
        (
            USER,
            oauth("unknown_error", "No user found with this username: anna", 500),
            "SUITECRM_USERNAME",
        ),
        (
            USER,
            oauth("invalid_grant", "The user credentials were incorrect.", 400),
            "SUITECRM_USERNAME",
        ),
        (CLIENT, oauth("unknown_error", "No user found", 500), "no user assigned"),
        (CLIENT, oauth("unknown_error", "Not Authorized", 500), "inactive or deleted"),
        (USER, oauth("unknown_error", "Not Authorized", 500), "inactive or deleted"),
        (CLIENT, oauth("unsupported_grant_type", "not supported", 400), "does not support"),
    ],
)
def test_refused_credentials_name_the_setting(transport, clock, credentials, given, setting):
    transport.on("POST", TOKEN_PATH, given)
    crm = SuiteCRM(URL, credentials, transport, timing=clock.timing)
    with pytest.raises(AuthenticationError, match=setting):
        crm.current_user()
    assert len(transport.forms()) == 1


@pytest.mark.parametrize("given", [WRONG_PASSWORD, WRONG_PASSWORD_FR])
def test_a_wrong_password_is_never_shown(as_user, transport, given, caplog):
    caplog.set_level(logging.DEBUG)
    transport.on("POST", TOKEN_PATH, given)
    with pytest.raises(AuthenticationError) as caught:
        as_user.current_user()
    error = caught.value
    shown = [str(error), repr(error), error.detail, *traceback.format_exception(error), caplog.text]
    for words in (*shown, repr(USER), repr(as_user)):
        assert "hunter2" not in words
    assert error.__context__ is None
    assert error.__cause__ is None


def test_tokens_are_never_logged(as_user, transport, caplog):
    caplog.set_level(logging.DEBUG)
    transport.on("POST", TOKEN_PATH, token("t0k.en.1", refresh="r3fr3sh"))
    with as_user:
        as_user.current_user()
    assert "t0k.en.1" not in caplog.text
    assert "r3fr3sh" not in caplog.text
    assert SECRET not in caplog.text


def test_a_token_that_the_server_repeats_is_masked(crm, transport):
    transport.on("POST", TOKEN_PATH, token("t0k.en.1"))
    transport.on("GET", ME, answer({"errors": {"detail": "bad t0k.en.1"}}, 400))
    with pytest.raises(Exception, match=r"bad \*{8}"):
        crm.current_user()


def test_refused_credentials_are_not_sent_again(as_user, transport):
    transport.on("POST", TOKEN_PATH, WRONG_PASSWORD)
    for _ in range(3):
        with pytest.raises(AuthenticationError, match="SUITECRM_PASSWORD"):
            as_user.current_user()
    assert len(transport.forms()) == 1


def test_missing_keys_on_the_server_are_no_matter_of_credentials(crm, transport, clock):
    words = 'Key path "file://private.key" does not exist or is not readable'
    transport.on("POST", TOKEN_PATH, oauth("unknown_error", words, 500))
    with pytest.raises(ServerFailure, match=r"private\.key and public\.key"):
        crm.current_user()
    assert len(transport.forms()) == 4
    assert sum(clock.pauses) < 60


def test_an_answer_without_a_token_is_broken(crm, transport):
    transport.on("POST", TOKEN_PATH, answer({"token_type": "Bearer"}))
    with pytest.raises(BrokenAnswer, match="without a token"):
        crm.current_user()


def test_credentials_do_not_show_their_secrets():
    shown = repr(Credentials("id", Secret("s3cr"), "anna", Secret("p4ss")))
    assert "s3cr" not in shown
    assert "p4ss" not in shown
