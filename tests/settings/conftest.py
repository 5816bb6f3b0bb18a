"""Settings as a test gives them, read in a folder without any of its own."""

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import Settings

HOME = "BRIDGE_HOME"
PASSWORD = "SUITECRM_PASSWORD"
SECRETS = {
    "BRIDGE_PROGRAMMES_SECRET": "sh4red-s3cret",
    "BRIDGE_PROGRAMMES_WEBHOOK": "https://receiver.example.com/p4th",
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
