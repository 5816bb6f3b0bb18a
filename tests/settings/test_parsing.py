"""What a setting may be, and what is refused at once, by its name."""

import os
from datetime import time

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import (
    PURCHASES,
    Schedule,
)
from tests.settings.conftest import HOME, PASSWORD, read, refused, write


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUITECRM_URL", "ftp://crm.example.com"),
        ("SUITECRM_URL", "https://"),
        ("SUITECRM_VERIFY_TLS", "perhaps"),
        ("SUITECRM_VERIFY_TLS", "no/such/bundle.pem"),
        ("BRIDGE_LANG", "de"),
        ("BRIDGE_PURCHASES", "quotes"),
        ("BRIDGE_MIN_BUYERS", "4"),
        ("BRIDGE_PAGE_SIZE", "0"),
        ("BRIDGE_PAGE_SIZE", "many"),
        ("BRIDGE_PARALLEL", "1.5"),
        ("BRIDGE_TIMEOUT", "-1"),
        ("BRIDGE_RETRIES", "--1"),
        ("BRIDGE_RETRIES", "21"),
        ("BRIDGE_SCHEDULE", "25:00"),
        ("BRIDGE_SCHEDULE", "2:15, soon"),
        ("BRIDGE_SCHEDULE", "02:15,"),
        ("BRIDGE_SCHEDULE", "every 0"),
        ("BRIDGE_SCHEDULE", "every 1441"),
        ("BRIDGE_SCHEDULE", "every day"),
    ],
)
def test_a_bad_value_is_named_with_its_setting(name, value):
    message = refused({name: value})
    assert message.startswith(name)
    assert value in message


def test_a_superscript_is_no_number():
    assert "must be a whole number from 0 to 20" in refused({"BRIDGE_RETRIES": "²"})


def test_a_bad_value_is_explained_in_the_language_in_use():
    i18n.use_language("fr")
    assert "doit être" in refused({"BRIDGE_RETRIES": "many"})


@pytest.mark.parametrize(
    ("value", "understood", "shown"),
    [
        ("13:00, 2:15,02:15", Schedule(times=(time(2, 15), time(13))), "02:15, 13:00"),
        (" Every  60 ", Schedule(every=60), "every 60"),
    ],
)
def test_a_schedule_is_times_of_the_day_or_an_interval(value, understood, shown):
    settings = read({"BRIDGE_SCHEDULE": value})
    assert settings.schedule == understood
    assert settings.shown()["BRIDGE_SCHEDULE"] == shown


@pytest.mark.parametrize(
    ("value", "understood"),
    [(" Fifths ", "fifths"), ("frozen", "frozen"), ("frozen:2026-01-31", "frozen:2026-01-31")],
)
def test_scores_are_cut_as_a_word_says_or_frozen_at_a_day(value, understood):
    assert read({"BRIDGE_RFM": value}).rfm == understood


@pytest.mark.parametrize("value", ["quintiles", "frozen:", "frozen:yesterday", "thresholds:5"])
def test_another_way_to_cut_scores_is_refused(value):
    assert "must be fifths, thresholds, frozen" in refused({"BRIDGE_RFM": value})


@pytest.mark.parametrize("value", ["yes", "TRUE", " on ", "1"])
def test_yes_has_several_words(value):
    assert read({"SUITECRM_VERIFY_TLS": value}).verify_tls is True


@pytest.mark.parametrize("value", ["no", "False", "off", "0"])
def test_no_has_several_words(value):
    assert read({"SUITECRM_VERIFY_TLS": value}).verify_tls is False


def test_certificates_may_come_from_a_bundle_of_your_own(empty_folder):
    bundle = write(empty_folder / "ca.pem", "certificate")
    assert read({"SUITECRM_VERIFY_TLS": str(bundle)}).verify_tls == str(bundle)


@pytest.mark.parametrize("choice", PURCHASES)
def test_a_choice_may_be_in_capitals(choice):
    assert read({"BRIDGE_PURCHASES": choice.upper()}).purchases == choice


@pytest.mark.parametrize(("words", "hundredths"), [("25", 2500), (" 0.5 ", 50), ("12.34", 1234)])
def test_an_amount_is_read_to_the_cent(words, hundredths):
    assert read({"BRIDGE_CASE_COST": words}).case_cost == hundredths


@pytest.mark.parametrize("words", ["-1", "12,50", "1.234", "free"])
def test_what_is_no_amount_is_refused(words):
    assert "such as 25 or 25.00" in refused({"BRIDGE_CASE_COST": words})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (HOME, "C:\\Users\new"),
        (HOME, "home\x0b"),
        (HOME, "a\tb"),
        (HOME, "what?"),
        (HOME, "\x1b[31m"),
        (HOME, "half \udce9"),
        (HOME, "~nobody-of-that-name/bridge"),
        (PASSWORD, "s3cr\net"),
        ("SUITECRM_CLIENT_ID", "id\x00"),
        ("BRIDGE_MAIL_TO", "a@b.example\r\nBcc: c@d.example"),
        ("SUITECRM_URL", "https://crm.example.com\n"),
    ],
)
def test_a_value_with_control_characters_or_an_impossible_home_is_refused_at_once(name, value):
    message = refused({name: value})
    assert message.startswith(name)
    assert "\n" not in message
    assert "s3cr" not in message


@pytest.mark.skipif(os.sep != "/", reason="there it is a path")
def test_a_home_of_windows_is_refused_elsewhere_with_the_remedy():
    with pytest.raises(SettingError, match="slashes"):
        read({HOME: r"C:\Users\new"}).require_home()
    read({HOME: "C:/Users/new"}).require_home()
