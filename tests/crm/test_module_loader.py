"""SuiteCRM's Module Loader, whose pages stand here as they come from it."""

from types import SimpleNamespace

import pytest
import requests

from suitecrm_bridge.crm import module_loader
from suitecrm_bridge.crm.module_loader import ModuleLoader, Page, open_loader
from suitecrm_bridge.errors import AuthenticationError, CrmUnreachable, RequestRefused

NAME = "SuiteCRM Bridge"
FORM = (
    '<form action="index.php?action=UpgradeWizard_commit"><input type="hidden" name="mode"></form>'
)


class Screens:
    """The screens of a SuiteCRM below `folder`: what was sent, and what is installed."""

    def __init__(self, folder="", takes=True, says="", status=200):
        self.start = f"http://crm.example.com{folder}/"
        self.takes, self.says, self.status = takes, says, status
        self.sent, self.waiting, self.installed, self.known = [], [], [], False

    def __call__(self, session, method, url, *, timeout, data=None, files=None):
        self.sent.append((method, url, data))
        if not url.startswith(self.start):
            return SimpleNamespace(status_code=404, text="")
        if self.status != 200:
            return SimpleNamespace(status_code=self.status, text="")
        return SimpleNamespace(status_code=200, text=self._page(url, data or {}, files))

    def _page(self, url, data, files):
        if data.get("action") == "Authenticate":
            self.known = data["username_password"] == "right"
        if not self.known:
            return "<form>log in</form>"
        if files and self.takes:
            self.waiting.append(f"upload/{files['upgrade_zip'][0]}")
        if url.endswith("_prepare"):
            return FORM
        if url.endswith("_commit"):
            if not self.says:
                self.installed += self.waiting
            said = f'<p class="error">{self.says}</p>' if self.says else ""
            return f"{said}{FORM} UpgradeWizard"
        rows = {
            "mti_data": self.waiting,
            "mti_installed_data": self.installed,
        }
        return "".join(
            f"var {name} = [{', '.join(f'[{NAME!r}, {file!r}, {one!r}]' for file in found)}];"
            for name, found in rows.items()
            for one in ["1.0.0"]
        )


@pytest.fixture
def served(monkeypatch):
    def serve(**given):
        screens = Screens(**given)
        monkeypatch.setattr(
            module_loader._OwnHost, "request", lambda *asked, **more: screens(*asked, **more)
        )
        return screens

    return serve


@pytest.fixture
def archive(tmp_path):
    file = tmp_path / "bridge.zip"
    file.write_bytes(b"zip")
    return file


@pytest.mark.parametrize("folder", ["", "/legacy", "/public/legacy"])
def test_the_package_is_installed_wherever_the_screens_are(served, archive, folder):
    screens = served(folder=folder)
    open_loader("http://crm.example.com/", "admin", "right").install(archive, NAME)
    assert screens.installed == ["upload/bridge.zip"]


def test_a_wrong_password_is_said_and_not_shown(served):
    served()
    with pytest.raises(AuthenticationError) as caught:
        open_loader("http://crm.example.com", "admin", "wr0ng")
    assert "administrator" in str(caught.value)
    assert "wr0ng" not in str(caught.value)


def test_what_suitecrm_says_is_told(served, archive):
    served(says="not compatible")
    loader = ModuleLoader("http://crm.example.com", "admin", "right")
    with pytest.raises(RequestRefused, match="not compatible"):
        loader.install(archive, NAME)


def test_a_zip_that_is_not_taken_is_told(served, archive):
    served(takes=False)
    with pytest.raises(RequestRefused):
        ModuleLoader("http://crm.example.com", "admin", "right").install(archive, NAME)


def test_screens_that_fail_are_told(served):
    served(status=503)
    with pytest.raises(CrmUnreachable, match="503"):
        ModuleLoader("http://crm.example.com", "admin", "right")


def test_an_error_of_the_network_does_not_carry_the_password(monkeypatch):
    def broken(*asked, **given):
        raise requests.ConnectionError("to http://crm with right")

    monkeypatch.setattr(module_loader._OwnHost, "request", broken)
    with pytest.raises(CrmUnreachable) as caught:
        ModuleLoader("http://crm.example.com", "admin", "right")
    assert "right" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("target", "followed"),
    [
        ("index.php?module=Home", True),
        ("http://crm.example.com/legacy/", True),
        ("https://crm.example.com/", False),
        ("http://elsewhere.example.com/", False),
        ("//elsewhere.example.com/", False),
    ],
)
def test_a_redirect_takes_the_password_to_no_other_host(target, followed):
    answer = requests.Response()
    answer.status_code, answer.url = 302, "http://crm.example.com/index.php"
    answer.headers["Location"] = target
    found = module_loader._OwnHost().get_redirect_target(answer)
    assert (found is not None) is followed


def test_a_form_that_is_not_there_is_told_with_the_errors_of_the_page():
    with pytest.raises(RequestRefused, match="no room"):
        Page('<p class="error">no room</p>').form("commit")
