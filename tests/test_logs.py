import logging

import pytest

from suitecrm_bridge import logs
from suitecrm_bridge.logs import MASK, SecretFilter
from suitecrm_bridge.settings import Secret

LOGGER = logging.getLogger("suitecrm_bridge.crm.test")


@pytest.fixture(autouse=True)
def restored():
    """Leave logging as it was for the other tests."""
    root = logging.getLogger("suitecrm_bridge")
    before = (root.handlers[:], root.level, root.propagate)
    yield
    root.handlers[:], root.level, root.propagate = before


def test_the_log_goes_to_stderr(capsys):
    logs.set_up(0)
    LOGGER.warning("careful")
    captured = capsys.readouterr()
    assert "WARNING suitecrm_bridge.crm.test careful" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("verbosity", "shown"),
    [
        (-1, {"error"}),
        (0, {"error", "warning"}),
        (1, {"error", "warning", "info"}),
        (2, {"error", "warning", "info", "debug"}),
        (5, {"error", "warning", "info", "debug"}),
    ],
)
def test_verbosity_chooses_what_is_shown(capsys, verbosity, shown):
    logs.set_up(verbosity)
    for level in ("debug", "info", "warning", "error"):
        getattr(LOGGER, level)(f"<{level}>")
    err = capsys.readouterr().err
    assert {
        level for level in ("debug", "info", "warning", "error") if f"<{level}>" in err
    } == shown


def test_setting_up_twice_does_not_double_the_lines(capsys):
    logs.set_up(0)
    logs.set_up(0)
    LOGGER.warning("once")
    assert capsys.readouterr().err.count("once") == 1


def test_a_secret_in_the_message_is_masked(capsys):
    logs.set_up(0, [Secret("s3cret")])
    LOGGER.warning("sent s3cret to the server")
    assert f"sent {MASK} to the server" in capsys.readouterr().err


def test_a_secret_in_the_arguments_is_masked(capsys):
    logs.set_up(0, [Secret("s3cret")])
    LOGGER.warning("sent %s and %r", "s3cret", {"password": "s3cret"})
    err = capsys.readouterr().err
    assert "s3cret" not in err
    assert err.count(MASK) == 2


def test_a_secret_in_an_exception_is_masked(capsys):
    logs.set_up(0, [Secret("s3cret")])
    try:
        raise ValueError("wrong password s3cret")
    except ValueError:
        LOGGER.exception("failed")
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert f"wrong password {MASK}" in err
    assert "s3cret" not in err


def test_a_secret_within_a_longer_one_does_not_leave_the_rest(capsys):
    logs.set_up(0, [Secret("abc"), Secret("abcdef")])
    LOGGER.warning("abcdef")
    assert "def" not in capsys.readouterr().err


def test_an_empty_secret_masks_nothing(capsys):
    logs.set_up(0, [Secret("")])
    LOGGER.warning("plain")
    assert "plain" in capsys.readouterr().err
    assert MASK not in SecretFilter([Secret("")]).mask("plain")
