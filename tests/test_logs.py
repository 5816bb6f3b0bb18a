import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from suitecrm_bridge import logs
from suitecrm_bridge.logs import MASK
from suitecrm_bridge.settings import Settings
from tests.test_harmless import NAMES, harmful

LOGGER = logging.getLogger("suitecrm_bridge.crm.test")


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
    logs.set_up(0, ["s3cret"])
    LOGGER.warning("sent s3cret to the server")
    assert f"sent {MASK} to the server" in capsys.readouterr().err


def test_a_secret_in_the_arguments_is_masked(capsys):
    logs.set_up(0, ["s3cret"])
    LOGGER.warning("sent %s and %r", "s3cret", {"password": "s3cret"})
    err = capsys.readouterr().err
    assert "s3cret" not in err
    assert err.count(MASK) == 2


def test_a_secret_in_an_exception_is_masked(capsys):
    logs.set_up(0, ["s3cret"])
    try:
        raise ValueError("wrong password s3cret")
    except ValueError:
        LOGGER.exception("failed")
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert f"wrong password {MASK}" in err
    assert "s3cret" not in err


def test_a_secret_within_a_longer_one_does_not_leave_the_rest(capsys):
    logs.set_up(0, ["abc", "abcdef"])
    LOGGER.warning("abcdef")
    assert "def" not in capsys.readouterr().err


def test_an_empty_secret_masks_nothing(capsys):
    logs.set_up(0, [""])
    LOGGER.warning("plain")
    err = capsys.readouterr().err
    assert "plain" in err
    assert MASK not in err


def entries(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def failing():
    try:
        raise ValueError('no "s3crét\\" here')
    except ValueError:
        LOGGER.exception("failed", extra={"sent": {"password": "s3crét"}}, stack_info=True)


def test_json_is_one_object_a_line_with_when_who_and_what(capsys):
    logs.set_up(1, form="json")
    LOGGER.info("pulled %s: %d", "Contacts", 7)
    LOGGER.warning("two\nlines")
    first, second = entries(capsys)
    when = datetime.fromisoformat(first.pop("time"))
    assert when.utcoffset() == timedelta()
    assert first == {
        "level": "INFO",
        "logger": "suitecrm_bridge.crm.test",
        "message": "pulled Contacts: 7",
        "run_id": None,
    }
    assert second["message"] == "two\nlines"


def test_json_holds_the_traceback_as_text(capsys):
    logs.set_up(0, form="json")
    failing()
    (entry,) = entries(capsys)
    assert entry["exception"].startswith("Traceback (most recent call last)")
    assert entry["exception"].endswith('ValueError: no "s3crét\\" here')


@pytest.mark.parametrize("form", logs.FORMATTERS)
def test_a_secret_shows_in_no_part_of_a_line(capsys, form):
    logs.set_up(0, ["s3crét", '"s3crét\\"'], form)
    failing()
    err = capsys.readouterr().err
    assert MASK in err
    assert "s3cr" not in err


@pytest.mark.parametrize("form", logs.FORMATTERS)
def test_every_line_of_a_run_carries_its_id_also_from_other_threads(capsys, form):
    logs.set_up(0, form=form)
    with logs.run("0123456789abcdef"), ThreadPoolExecutor(1) as pool:
        pool.submit(LOGGER.warning, "within").result()
    LOGGER.warning("after")
    within, after = capsys.readouterr().err.splitlines()
    assert "01234567" in within
    assert "01234567" not in after


def test_what_an_error_quotes_of_a_secret_address_is_masked_too(capsys):
    settings = Settings.read(
        environment={
            "BRIDGE_WEBHOOK": "https://hooks.example.com/services/T0/t0ken?key=1",
            "BRIDGE_SMTP": "smtp://ada:m%40il-s3cret@mail.example.com:587",
        }
    )
    logs.set_up(0, settings.secrets())
    LOGGER.warning("Max retries exceeded with url: /services/T0/t0ken?key=1 (host hooks)")
    LOGGER.warning("535 m@il-s3cret refused at mail.example.com")
    LOGGER.warning("%r", settings.smtp.reveal())
    err = capsys.readouterr().err
    assert "t0ken" not in err
    assert "s3cret" not in err
    assert "refused at mail.example.com" in err


FORGED = "2026-03-09 12:00:00,000 ERROR suitecrm_bridge.jobs all is lost"
BREAKS = [
    "\n",
    "\r\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1c",
    "\n\n",
    "\x1b[1A\r",
]


@pytest.mark.parametrize("ends", BREAKS)
def test_a_name_with_line_ends_forges_no_line_of_the_text_log(capsys, ends):
    logs.set_up(0)
    LOGGER.warning("not written: %s", f"Ada{ends}{FORGED}")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(FORGED)
    assert "not written: Ada" in line


@pytest.mark.parametrize("ends", BREAKS)
def test_a_name_with_line_ends_in_a_traceback_forges_no_line_either(capsys, ends):
    logs.set_up(0)
    try:
        raise ValueError(f"Ada{ends}{FORGED}")
    except ValueError:
        LOGGER.exception("failed", stack_info=True)
    _, *below = capsys.readouterr().err.splitlines()
    assert FORGED in " ".join(below)
    assert [line for line in below if line and not line.startswith("    ")] == []


@pytest.mark.parametrize("form", logs.FORMATTERS)
@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_log_does_harm(capsys, form, name):
    logs.set_up(0, form=form)
    LOGGER.warning("not written: %s", name, extra={"record": name})
    err = capsys.readouterr().err
    assert not harmful(err)
    assert len(err.splitlines()) == 1
    if form == "json":
        assert json.loads(err)["message"] == f"not written: {name}"
