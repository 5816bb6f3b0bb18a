"""The settings file: what is typed is what is read, and what is written is read back."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import (
    file_values,
    write_file,
)
from tests.settings.conftest import HOME, PASSWORD, read, refused, write


def full_disk(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


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
    r"C:\Users\new\v2\bridge",
    r"\\server\share",
    "C:\\bridge\\",
    "a'b",
    'a"b',
    "a'b\"c",
    "'",
    '"',
    "''",
    "' '",
    "#",
    "a #b",
    "' # '",
    "a' # b\" # c",
    r"\'",
    r"\\",
    "\\",
    "$x",
    " a ",
    "a\tb",
    "%",
    "`",
    "\\'\\\" # c",
    "x' # y\\",
    r"\n",
    "é",
    "=",
    "a=b",
]


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
