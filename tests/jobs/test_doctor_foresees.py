"""`doctor` finds what a sync would stumble over."""

import json

import duckdb
import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.jobs.checks import counts, home
from suitecrm_bridge.jobs.doctor import diagnose
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror
from tests.flows.hooks import always
from tests.flows.world import filled_base, world_of
from tests.jobs.test_doctor import finding, findings
from tests.places import places

FAILED = json.dumps({"error": {"code": "failed", "message": "see suitecrm.log"}})


def test_a_home_in_which_nothing_can_be_written_fails(empty, monkeypatch):
    def refuse(**options):
        raise PermissionError(13, "Permission denied", str(options["dir"]))

    monkeypatch.setattr(home.tempfile, "TemporaryFile", refuse)
    found = finding(empty, "Disk")
    assert (found.status, found.exit_code) == ("FAIL", 5)
    assert "Permission denied" in found.text


def test_a_mirror_of_a_newer_version_fails(synced):
    with duckdb.connect(str(synced.home / MIRROR_FILE)) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES ('9999_future')")
    found = finding(synced, "Mirror")
    assert (found.status, found.exit_code) == ("FAIL", 5)
    assert "9999_future" in found.text


@pytest.mark.parametrize("content", [b"", b"not a database", b"\0" * 5000])
def test_a_file_that_is_no_mirror_is_found(empty, content):
    empty.home.mkdir(exist_ok=True)
    (empty.home / MIRROR_FILE).write_bytes(content)
    try:
        Mirror.open(empty.home).close()
    except StoreError:
        expected = "FAIL"
    else:
        expected = "PASS"
    assert finding(empty, "Mirror").status == expected


def test_a_mirror_that_another_run_holds_is_no_fault(synced):
    with Mirror.open(synced.home):
        found = finding(synced, "Mirror")
    assert found.status == "WARN"
    assert "Wait" in found.remedy


def test_no_mirror_is_made_by_looking(empty):
    assert finding(empty, "Mirror").status == "PASS"
    assert not (empty.home / MIRROR_FILE).exists()


@pytest.mark.parametrize(
    "address", ["hooks.example.com/x", "ftp://x.test", "https:///x", "mailto:a@b.c"]
)
def test_a_webhook_that_cannot_work_warns_without_showing_it(empty, address):
    found = finding(empty, "Notifications", BRIDGE_WEBHOOK=address)
    assert found.status == "WARN"
    assert address not in found.text + found.remedy


MAIL = {"BRIDGE_MAIL_TO": "anna@example.com"}


@pytest.mark.parametrize(
    "settings",
    [
        MAIL,
        {**MAIL, "BRIDGE_SMTP": "mail.example.com"},
        {**MAIL, "BRIDGE_SMTP": "http://mail.example.com"},
        {**MAIL, "BRIDGE_SMTP": "smtp://127.0.0.1:1"},
        {**MAIL, "BRIDGE_SMTP": "smtp://127.0.0.1:99999"},
        {"BRIDGE_MAIL_TO": "anna", "BRIDGE_SMTP": "smtp://127.0.0.1:1"},
    ],
)
def test_mail_that_cannot_work_warns(empty, settings):
    found = [f for f in findings(empty, **settings) if f.check == "Notifications"]
    assert "WARN" in {f.status for f in found}
    assert all(f.remedy for f in found)


@pytest.mark.parametrize("wrong", ["anna", "anna@", "@example.com", "anna smith@x y"])
def test_a_wrong_mail_address_is_named(empty, wrong):
    settings = {"BRIDGE_MAIL_FROM": wrong}
    assert wrong in finding(empty, "Notifications", "WARN", **settings).text


def test_a_mail_server_that_answers_passes_and_gets_no_mail(empty, mail_server):
    settings = {**MAIL, "BRIDGE_SMTP": f"smtp://{mail_server.host}"}
    found = finding(empty, "Notifications", **settings)
    assert (found.status, "mail" in found.text) == ("PASS", True)
    assert mail_server.messages == []


class Listing:
    """A module of which the user may read the first records only."""

    def __init__(self, readable: int) -> None:
        self.readable, self.asked = readable, 0

    def id_at(self, position: int) -> str | None:
        self.asked += 1
        return f"id-{position}" if position <= self.readable else None


@pytest.mark.parametrize("readable", [0, 1, 2, 21, 499, 999, 1000])
def test_the_records_that_can_be_read_are_counted_in_few_requests(readable):
    module = Listing(readable)
    assert counts.count_readable(module, 1000) == readable
    assert module.asked <= 11


def test_an_empty_module_is_not_asked_for_its_records():
    module = Listing(0)
    assert counts.count_readable(module, 0) == module.asked == 0


@pytest.mark.parametrize("module", ["Contacts", "Accounts"])
def test_customers_of_which_none_can_be_read_are_named(bases, tmp_path, module):
    """SuiteCRM tells no count where it shows nothing."""
    with world_of(tmp_path, filled_base(bases)) as opened:
        opened.sandbox.sight.hide(module, [row["id"] for row in opened.store.rows(module)])
        found = finding(opened, "Modules", "WARN")
        assert f"Nothing can be read in {module}:" in found.text
        assert "role" in found.remedy


@pytest.mark.story
@pytest.mark.parametrize("routes", [False, True], ids=["stock", "fast"])
@pytest.mark.parametrize(
    ("module", "hidden", "shown"),
    places(
        [
            ("Contacts", 1, "Contacts 59/60"),
            ("Accounts", 5, "Accounts 7/12"),
            ("Contacts", 59, "Contacts 1/60"),
        ],
        every=2,
    ),
)
def test_records_that_a_role_or_a_group_hides_are_counted(
    bases, tmp_path, routes, module, hidden, shown
):
    """SuiteCRM counts them, and shows none of them."""
    with world_of(tmp_path, filled_base(bases), routes=routes) as opened:
        ids = [row["id"] for row in opened.store.rows(module)]
        opened.sandbox.sight.hide(module, ids[:hidden])
        found = finding(opened, "Modules", "WARN")
        assert f"(readable/all): {shown}." in found.text
        assert shown in found.remedy
        opened.sandbox.sight.restore()
        assert [f.status for f in findings(opened) if f.check == "Modules"] == ["PASS"]


ROUTES = [
    ("GET", "records/Cases"),
    ("GET", "links/contacts_cases"),
    ("GET", "history/Opportunities"),
    ("POST", "scores/Accounts"),
]


@pytest.mark.parametrize(("method", "route"), ROUTES)
@pytest.mark.parametrize("body", [FAILED, ""])
def test_routes_that_answer_ping_and_then_fail_are_found(fast, method, route, body):
    hook = always(method, f"/custom/bridge/v1/{route}", lambda: Response(body, 500))
    fast.server.before_request.append(hook)
    found = finding(fast, "Fast routes")
    assert (found.status, found.exit_code) == ("FAIL", 4)
    assert route in found.text
    assert "stock API" in found.text


def test_routes_that_work_pass_and_nothing_is_written(fast):
    with fast.context() as context:
        assert {f.status for f in diagnose(context) if f.check == "Fast routes"} == {"PASS"}
    assert fast.patches == []


@pytest.mark.parametrize("status", [403, 404])
def test_a_list_of_fields_that_something_refuses_warns_and_does_not_call_them_missing(
    synced, status
):
    page = "<html>no"
    hook = always("GET", "/meta/fields/Contacts", lambda: Response(page, status))
    synced.server.before_request.append(hook)
    found = [f for f in findings(synced) if f.check == "Fields"]
    assert "does not say which fields" in found[0].text
    assert "missing" not in " ".join(f.text for f in found)
