"""Addresses of SuiteCRM: what may be typed, and which need a permission."""

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.settings import (
    Settings,
    is_loopback,
)
from tests.settings.conftest import COMPLETE, read


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
