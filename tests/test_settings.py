import dataclasses
import errno
import os
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import (
    PURCHASES,
    Schedule,
    Secret,
    Settings,
    file_values,
    is_loopback,
    secret_names,
    table,
    write_file,
)

SECRETS = {
    "BRIDGE_SMTP": "smtp://ada:m41l@mail.example.com",
    "BRIDGE_WEBHOOK": "https://hooks.example.com/t0ken",
    "SUITECRM_CLIENT_SECRET": "client-s3cret",
    "SUITECRM_PASSWORD": "pass-w0rd",
}
COMPLETE = {
    "SUITECRM_URL": "https://crm.example.com",
    "SUITECRM_CLIENT_ID": "the-id",
    **SECRETS,
    "SUITECRM_USERNAME": "ada",
}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """The working directory holds no config.env but the one that a test puts there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(environment=None, **others):
    return Settings.read(environment=environment or {}, **others)


def refused(environment=None, **others):
    with pytest.raises(SettingError) as caught:
        read(environment, **others)
    return str(caught.value)


def write(file, *lines):
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def full_disk(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


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


def test_every_setting_has_a_name_and_a_help_in_both_languages():
    for row in table():
        assert row.metadata["name"].startswith(("SUITECRM_", "BRIDGE_"))
        assert row.metadata["help"].en.endswith(".")
        assert row.metadata["help"].fr.endswith(".")


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


def test_a_file_from_a_windows_editor_is_read(empty_folder):
    file = empty_folder / "f.env"
    file.write_bytes(b"\xef\xbb\xbfBRIDGE_RETRIES=9\r\nBRIDGE_LANG=fr\r\n")
    settings = read(env_file=file)
    assert (settings.retries, settings.lang) == (9, "fr")


def test_a_dollar_in_a_secret_stays_as_it_is(empty_folder):
    file = write(empty_folder / "f.env", "SUITECRM_CLIENT_SECRET='a$b${HOME}c'")
    assert read(env_file=file).client_secret.reveal() == "a$b${HOME}c"


def test_a_file_that_is_not_there_is_named(empty_folder):
    assert str(empty_folder / "no.env") in refused(env_file=empty_folder / "no.env")


def test_a_file_that_is_no_utf_8_is_named(empty_folder):
    file = empty_folder / "f.env"
    file.write_bytes("SUITECRM_USERNAME=Zoé".encode("latin-1"))
    assert str(file) in refused(env_file=file)


def test_an_unknown_name_in_a_file_is_named(empty_folder):
    message = refused(env_file=write(empty_folder / "f.env", "BRIDGE_RETRYS=1"))
    assert "BRIDGE_RETRYS" in message
    assert "f.env" in message


def test_other_programs_names_in_a_file_are_left_alone(empty_folder):
    file = write(empty_folder / "f.env", "HTTPS_PROXY=http://proxy:3128", "BRIDGE_RETRIES=1")
    assert read(env_file=file).retries == 1


def test_a_line_without_a_value_is_named(empty_folder):
    message = refused(env_file=write(empty_folder / "f.env", "SUITECRM_URL"))
    assert "SUITECRM_URL" in message
    assert "no value" in message


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


def test_a_password_in_the_address_is_refused_without_showing_it():
    message = refused({"SUITECRM_URL": "https://ada:pass-w0rd@crm.example.com"})
    assert "SUITECRM_URL" in message
    assert "pass-w0rd" not in message


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


def test_what_must_not_be_shown_are_secrets_and_the_telling_parts_of_secret_addresses():
    secrets = read(SECRETS).secrets()
    assert secrets == {*SECRETS.values(), "m41l", "t0ken"}
    assert read().secrets() == frozenset()


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


@pytest.mark.parametrize(("words", "hundredths"), [("25", 2500), (" 0.5 ", 50), ("12.34", 1234)])
def test_an_amount_is_read_to_the_cent(words, hundredths):
    assert read({"BRIDGE_CASE_COST": words}).case_cost == hundredths


@pytest.mark.parametrize("words", ["-1", "12,50", "1.234", "free"])
def test_what_is_no_amount_is_refused(words):
    assert "such as 25 or 25.00" in refused({"BRIDGE_CASE_COST": words})


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_whatever_is_written_into_the_file_is_read_back(tmp_path_factory, secret):
    file = tmp_path_factory.mktemp("written") / "config.env"
    write_file(file, {"SUITECRM_CLIENT_SECRET": secret, "BRIDGE_RETRIES": "7"})
    settings = read(env_file=file)
    assert (settings.client_secret.reveal(), settings.retries) == (secret, 7)


def test_a_settings_file_that_cannot_be_written_stands_as_it_stood(empty_folder, monkeypatch):
    file = write(empty_folder / "config.env", "BRIDGE_RETRIES=7")
    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(SettingError, match=r"config\.env.*No space left"):
        write_file(file, {"BRIDGE_RETRIES": "8"})
    assert [entry.name for entry in empty_folder.iterdir()] == ["config.env"]
    assert read().retries == 7


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://x.test/", "https://x.test"),
        ("https://x.test/crm/index.php?module=Home&action=index", "https://x.test/crm"),
        ("https://x.test/crm/index.php?action=Login&module=Users", "https://x.test/crm"),
        ("https://x.test/crm/index.php#top", "https://x.test/crm"),
        ("https://x.test/crm/?module=Home", "https://x.test/crm"),
        ("https://x.test/#/contacts", "https://x.test"),
        ("https://x.test/public/#/home", "https://x.test/public"),
        ("https://x.test/legacy/index.php?module=Home", "https://x.test/legacy"),
        ("https://x.test/crm/install.php", "https://x.test/crm"),
        ("https://x.test/Api", "https://x.test"),
        ("https://x.test/crm/Api/V8/meta/modules", "https://x.test/crm"),
        ("https://x.test/Api/index.php/V8/current-user", "https://x.test"),
        ("https://x.test/legacy/Api/access_token", "https://x.test"),
        ("crm.example.com", "https://crm.example.com"),
        ("crm.example.com:8443/crm/", "https://crm.example.com:8443/crm"),
        ("localhost:8080/crm", "http://localhost:8080/crm"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("127.0.0.1.evil.test", "https://127.0.0.1.evil.test"),
        ("  https://x.test  ", "https://x.test"),
    ],
)
def test_an_address_may_be_copied_from_the_browser(given, address):
    assert Settings.read({}, {"SUITECRM_URL": given}).url == address


@pytest.mark.parametrize(
    "given", ["ftp://x.test", "https://", "https:// x.test", "https://x.test/a\x1bb", "://x"]
)
def test_what_is_no_address_is_refused(given):
    with pytest.raises(SettingError, match="SUITECRM_URL"):
        Settings.read({}, {"SUITECRM_URL": given})


HOME = "BRIDGE_HOME"
PASSWORD = "SUITECRM_PASSWORD"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (r'BRIDGE_HOME="C:\Users\new\v2\bridge"', r"C:\Users\new\v2\bridge"),
        (r"BRIDGE_HOME='C:\Users\new\v2\bridge'", r"C:\Users\new\v2\bridge"),
        (r"BRIDGE_HOME=C:\Users\new\v2\bridge", r"C:\Users\new\v2\bridge"),
        (r'BRIDGE_HOME="C:\temp\rfm\fr\abc\x41\u0041"', r"C:\temp\rfm\fr\abc\x41\u0041"),
        (r'BRIDGE_HOME="C:\Program Files\bridge"', r"C:\Program Files\bridge"),
        (r"BRIDGE_HOME=C:\Program Files\bridge  # here", r"C:\Program Files\bridge"),
        (r'BRIDGE_HOME="\\server\share\new"', r"\\server\share\new"),
        (r"BRIDGE_HOME='\\server\share\new'", r"\\server\share\new"),
        (r"BRIDGE_HOME=\\server\share\new", r"\\server\share\new"),
        ('BRIDGE_HOME="C:\\bridge\\"', "C:\\bridge\\"),
        ("BRIDGE_HOME='C:\\bridge\\'", "C:\\bridge\\"),
        ("BRIDGE_HOME=C:\\bridge\\", "C:\\bridge\\"),
        ('BRIDGE_HOME="C:\\bridge\\"  # it\'s here', "C:\\bridge\\"),
        (r"BRIDGE_HOME=C:\o'neil\bridge", r"C:\o'neil\bridge"),
        (r'BRIDGE_HOME="C:\o\'neil\bridge"', r"C:\o\'neil\bridge"),
        ('export BRIDGE_HOME = "C:\\new"', "C:\\new"),
    ],
)
def test_a_path_of_windows_is_read_as_it_is_typed(empty_folder, line, value):
    assert file_values(write(empty_folder / "f.env", line)) == {HOME: value}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (r"a\nb", r"a\nb"),
        (r'"a\nb"', r"a\nb"),
        (r"'a\tb'", r"a\tb"),
        (r"'a\\b'", r"a\\b"),
        ("p$HOME${x}`id`$(id)", "p$HOME${x}`id`$(id)"),
        ('"p$HOME"', "p$HOME"),
        ("a#b", "a#b"),
        ("#b", "#b"),
        ("'a #b'", "a #b"),
        ('"a #b" # c', "a #b"),
        ("a #b", "a"),
        ("a'b\"c", "a'b\"c"),
        (r"'it\'s'", "it's"),
        (r'"say \"x\""', 'say "x"'),
        ("'it's'", "it's"),
        ("''", ""),
        ("' a '", " a "),
        ("%20%", "%20%"),
        ("a=b=c", "a=b=c"),
        ("ключ", "ключ"),
    ],
)
def test_a_password_is_read_as_it_is_typed(empty_folder, typed, value):
    assert file_values(write(empty_folder / "f.env", f"{PASSWORD}={typed}")) == {PASSWORD: value}


@pytest.mark.parametrize("typed", ["'abc", '"abc', "'abc\"", "'a' b", '"C:\\new" x', "'"])
def test_a_quote_that_is_not_closed_is_refused_with_the_remedy(empty_folder, typed):
    message = refused(env_file=write(empty_folder / "f.env", f"{PASSWORD}={typed}"))
    assert PASSWORD in message
    assert "quote" in message
    assert "abc" not in message


@pytest.mark.parametrize("typed", [r'"C:\\Users\\new"', r'"pass\\word"', r'"\\\\server\\share"'])
def test_two_backslashes_in_double_quotes_are_refused_with_the_remedy(empty_folder, typed):
    message = refused(env_file=write(empty_folder / "f.env", f"{PASSWORD}={typed}"))
    assert f"{PASSWORD}='value'" in message
    assert "word" not in message


VALUES = [
    r"C:\Users\new\v2\bridge", r"\\server\share", "C:\\bridge\\", "a'b", 'a"b', "a'b\"c", "'", '"',
    "''", "' '", "#", "a #b", "' # '", "a' # b\" # c", r"\'", r"\\", "\\", "$x", " a ",
    "a\tb", "%", "`", "\\'\\\" # c", "x' # y\\",
    r"\n", "é", "=", "a=b",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_what_init_writes_is_read_back_the_same(empty_folder, value):
    file = empty_folder / "config.env"
    write_file(file, {PASSWORD: value, "BRIDGE_RETRIES": "7"})
    assert file_values(file) == {PASSWORD: value, "BRIDGE_RETRIES": "7"}


@pytest.mark.parametrize("value", ["a\nb", "a\rb"])
def test_a_value_that_no_line_can_hold_is_refused_and_nothing_is_written(empty_folder, value):
    file = write(empty_folder / "config.env", "BRIDGE_RETRIES=7")
    with pytest.raises(SettingError, match="SUITECRM_PASSWORD"):
        write_file(file, {PASSWORD: value})
    assert file.read_text(encoding="utf-8") == "BRIDGE_RETRIES=7\n"


def test_other_lines_of_the_file_and_its_line_ends_stay(empty_folder):
    file = empty_folder / "config.env"
    file.write_bytes(b"# mine\r\nBRIDGE_RETRIES=1\r\n\r\nHTTPS_PROXY='x\r\nBRIDGE_RETRIES=2")
    write_file(file, {"BRIDGE_RETRIES": "7", "BRIDGE_LANG": "fr"})
    assert file.read_bytes() == (
        b"# mine\r\nBRIDGE_RETRIES=7\r\n\r\nHTTPS_PROXY='x\r\nBRIDGE_LANG=fr\r\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_that_powershell_made_is_read(empty_folder, encoding):
    file = empty_folder / "f.env"
    file.write_bytes(f"\ufeff{PASSWORD}=clé\r\n".encode(encoding))
    assert file_values(file) == {PASSWORD: "clé"}


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


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost", True),
        ("http://LOCALHOST:8080/crm", True),
        ("http://127.0.0.1", True),
        ("http://127.9.9.9:81", True),
        ("http://[::1]:80", True),
        ("http://localhost.example.com", False),
        ("http://127.example.com", False),
        ("http://127.0.0.1.example.com", False),
        ("http://crm", False),
        ("http://10.0.0.1", False),
        ("http://0.0.0.0", False),
        ("http://[fe80::1]", False),
        ("http://example.com/localhost", False),
        ("http://example.com?127.0.0.1", False),
    ],
)
def test_an_address_leads_to_this_machine_or_not(url, here):
    assert is_loopback(url) is here


@pytest.mark.parametrize("url", ["http://crm.example.com", "HTTP://crm", "http://127.example.com"])
def test_an_address_in_clear_is_refused_until_it_is_allowed(url):
    access = {**COMPLETE, "SUITECRM_URL": url}
    with pytest.raises(SettingError, match="BRIDGE_ALLOW_HTTP=yes"):
        read(access).require_crm()
    read({**access, "BRIDGE_ALLOW_HTTP": "yes"}).require_crm()


@pytest.mark.parametrize("url", ["https://crm.example.com", "http://localhost:80", "http://[::1]"])
def test_an_address_that_nobody_listens_to_needs_no_permission(url):
    read({**COMPLETE, "SUITECRM_URL": url}).require_crm()


@pytest.mark.skipif(os.sep != "/", reason="there it is a path")
def test_a_home_of_windows_is_refused_elsewhere_with_the_remedy():
    with pytest.raises(SettingError, match="slashes"):
        read({HOME: r"C:\Users\new"}).require_home()
    read({HOME: "C:/Users/new"}).require_home()


def test_no_task_is_opened_unless_the_settings_say_so():
    assert read().reactions_most == 0
