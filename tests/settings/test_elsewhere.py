"""Secrets in files of their own and in the system's keyring."""

import sys
from types import SimpleNamespace

import pytest

from suitecrm_bridge.settings import secret_names
from tests.settings.conftest import PASSWORD, read, refused, write


@pytest.mark.parametrize("name", sorted(secret_names()))
def test_every_secret_may_lie_in_a_file(tmp_path, name):
    (tmp_path / "secret").write_bytes(b"\xef\xbb\xbfhttps://a.example/ s3 cret \r\n")
    settings = read({f"{name}_FILE": str(tmp_path / "secret")})
    assert "https://a.example/ s3 cret " in settings.secrets()


def test_a_settings_file_may_say_where_it_lies(tmp_path):
    (tmp_path / "secret").write_text("s3cret\n", "utf-8")
    write(tmp_path / "config.env", f"{PASSWORD}_FILE={tmp_path / 'secret'}")
    assert read().password.reveal() == "s3cret"


def test_the_environment_beats_the_settings_file_wherever_each_leads(tmp_path):
    (tmp_path / "secret").write_text("of the file", "utf-8")
    write(tmp_path / "config.env", f"{PASSWORD}_FILE={tmp_path / 'secret'}")
    assert read({PASSWORD: "said"}).password.reveal() == "said"


def test_who_says_a_secret_and_where_it_lies_is_refused(tmp_path):
    assert f"{PASSWORD}, {PASSWORD}_FILE" in refused({PASSWORD: "x", f"{PASSWORD}_FILE": "y"})


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "No such file"), (b"s3cret\xff", "UTF-8"), (b"s3cret" * 20_000, "too large")],
)
def test_a_file_that_holds_no_secret_is_named_and_shows_nothing(tmp_path, content, said):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    told = refused({f"{PASSWORD}_FILE": str(file)})
    assert f"{PASSWORD}_FILE" in told
    assert said in told
    assert "s3cret" not in told


@pytest.fixture
def keyring(monkeypatch):
    known = {("suitecrm", "ada"): "of the keyring"}

    class Broken(Exception):
        pass

    def get(service, user):
        if service == "locked":
            raise Broken("it is locked")
        return known.get((service, user))

    errors = SimpleNamespace(KeyringError=Broken)
    fake = SimpleNamespace(get_password=get, errors=errors)
    monkeypatch.setitem(sys.modules, "keyring", fake)


def test_a_secret_may_lie_in_the_systems_keyring(keyring):
    assert read({f"{PASSWORD}_KEYRING": "suitecrm/ada"}).password.reveal() == "of the keyring"


@pytest.mark.parametrize(
    ("place", "said"),
    [("suitecrm/bob", "nothing for"), ("locked/ada", "locked"), ("suitecrm", "SERVICE/USER")],
)
def test_a_keyring_without_it_is_told_with_the_remedy(keyring, place, said):
    assert said in refused({f"{PASSWORD}_KEYRING": place})


def test_without_the_extra_its_name_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "suitecrm-bridge[keyring]" in refused({f"{PASSWORD}_KEYRING": "suitecrm/ada"})
