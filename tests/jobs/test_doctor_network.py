"""What doctor says of proxies, open homes and addresses in clear."""

import sys
from pathlib import Path

import pytest

from suitecrm_bridge import files, windows
from suitecrm_bridge.jobs.doctor import diagnose


def findings(opened, **settings):
    with opened.context(**settings) as context:
        return list(diagnose(context))


def finding(opened, check, status=None, **settings):
    """The only finding of a check, or the one of that status."""
    (found,) = [
        f for f in findings(opened, **settings) if f.check == check and status in (None, f.status)
    ]
    return found


PROXY = "http://ada:pr0xy-s3cret@proxy.example.com:3128"


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_from_the_environment_is_named_without_its_password(empty, monkeypatch, name):
    monkeypatch.setenv(name, PROXY)
    with empty.context(SUITECRM_URL="https://crm.example.com") as context:
        found = next(f for f in diagnose(context) if f.check == "Proxy")
    assert found.status == "PASS"
    assert "proxy.example.com:3128" in found.text
    assert "s3cret" not in str(found)


def test_a_proxy_that_reads_the_secret_in_clear_warns(empty, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    settings = {"SUITECRM_URL": "http://crm.example.com", "BRIDGE_ALLOW_HTTP": "yes"}
    with empty.context(**settings) as context:
        found = next(f for f in diagnose(context) if f.check == "Proxy")
    assert found.status == "WARN"
    assert "NO_PROXY" in found.remedy
    assert "s3cret" not in str(found)


def test_a_proxy_that_is_passed_by_is_not_named(empty, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", "crm.example.com")
    with empty.context(SUITECRM_URL="https://crm.example.com") as context:
        assert [f for f in diagnose(context) if f.check == "Proxy"] == []


def test_what_stays_on_this_machine_goes_over_no_proxy(empty, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert [f.check for f in findings(empty) if f.status == "FAIL" or f.check == "Proxy"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_a_home_that_is_open_to_others_warns_with_the_remedy(synced):
    synced.home.chmod(0o755)
    found = finding(synced, "File rights")
    assert found.status == "WARN"
    assert f"chmod -R go= '{synced.home}'" == found.remedy
    synced.home.chmod(0o700)
    assert [f for f in findings(synced) if f.check == "File rights"] == []


@pytest.mark.parametrize("name", ["ada", "zoé"])
def test_a_home_that_is_open_to_others_on_windows_warns_with_the_remedy(synced, monkeypatch, name):
    own, given = "S-1-5-21-1-2-3-1001", "D:AI(A;OICIID;FA;;;S-1-5-21-1-2-3-1001)"

    def ask(program, *arguments):
        if program == "icacls.exe":
            lists = f"{synced.home.name}\r\n{given}\r\n"
            Path(arguments[2]).write_bytes(lists.encode("utf-16-le"))
        return f'"poste\\{name}","{own}"'.encode("cp850")

    monkeypatch.setattr(windows, "ask", ask)
    monkeypatch.setattr(files, "ON_WINDOWS", True)
    assert [f for f in findings(synced) if f.check == "File rights"] == []
    given += "(A;OICIID;0x1200a9;;;BU)"
    found = finding(synced, "File rights")
    assert (found.status, str(synced.home) in found.text) == ("WARN", True)
    assert "/remove:g *S-1-5-32-545" in found.remedy


def test_access_lists_that_windows_does_not_give_are_told(synced, monkeypatch):
    def ask(program, *arguments):
        raise FileNotFoundError(program)

    monkeypatch.setattr(windows, "ask", ask)
    monkeypatch.setattr(files, "ON_WINDOWS", True)
    found = finding(synced, "File rights")
    assert (found.status, "whoami.exe" in found.text) == ("WARN", True)
    assert "SYSTEM" in found.remedy


@pytest.mark.parametrize("url", ["http://crm.example.com", "http://127.example.com"])
def test_an_address_in_clear_fails_until_it_is_allowed(empty, url):
    with empty.context(SUITECRM_URL=url) as context:
        first = next(iter(diagnose(context)))
    assert (first.status, first.exit_code) == ("FAIL", 2)
    assert "BRIDGE_ALLOW_HTTP=yes" in first.text
