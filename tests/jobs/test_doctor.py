import json
import re
import shutil
from datetime import timedelta

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.checks import home
from suitecrm_bridge.jobs.checks.fields import SERVER_TYPES
from suitecrm_bridge.jobs.doctor import diagnose
from suitecrm_bridge.sandbox import meta
from tests.flows.hooks import always, refusal
from tests.flows.world import NO_ACCESS, world

FIELDS = sum(len(catalogue().fields_of(m)) for m in catalogue().modules)
CHECKS = [
    "Settings",
    "Encryption",
    "Disk",
    "Mirror",
    "Address",
    "Access",
    "Clock",
    "Modules",
    "Time zone",
    "Numbers",
    "Fields",
    "Fast routes",
    "Figures in SuiteCRM",
    "Answers",
]


@pytest.fixture(autouse=True)
def room_on_the_disk(monkeypatch):
    """What the machine of the tests has free is no matter."""
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(home.shutil, "disk_usage", lambda path: usage._replace(free=10**12))


def findings(opened, **settings):
    with opened.context(**settings) as context:
        return list(diagnose(context))


def finding(opened, check, status=None, **settings):
    """The only finding of a check, or the one of that status."""
    (found,) = [
        f for f in findings(opened, **settings) if f.check == check and status in (None, f.status)
    ]
    return found


def test_a_complete_installation_passes_every_check(synced):
    found = findings(synced)
    assert [f.check for f in found] == CHECKS
    assert [f for f in found if f.status != "PASS" or f.remedy or f.exit_code] == []


def test_an_empty_suitecrm_passes_too(empty):
    assert {f.status for f in findings(empty)} == {"PASS"}


def test_missing_settings_fail_with_their_names(empty):
    found = finding(empty, "Settings", SUITECRM_CLIENT_ID="")
    assert (found.status, found.exit_code) == ("FAIL", 2)
    assert "SUITECRM_CLIENT_ID" in found.text


def test_what_cannot_be_checked_after_a_failure_is_left_out(empty):
    found = findings(empty, SUITECRM_CLIENT_SECRET="wrong")
    assert [f.check for f in found] == CHECKS[:6]
    assert (found[-1].status, found[-1].exit_code) == ("FAIL", 3)
    assert "SUITECRM_CLIENT_SECRET" in found[-1].text


def test_a_crm_that_cannot_be_reached_fails_at_its_address(empty):
    empty.server.close()
    found = findings(empty)
    assert [f.check for f in found] == CHECKS[:5]
    assert (found[-1].status, found[-1].exit_code) == ("FAIL", 4)
    assert empty.server.url in found[-1].text


def encryption(opened, url, **settings):
    """The finding on the encryption of an address, before anything is asked of it."""
    with opened.context(SUITECRM_URL=url, **settings) as context:
        return next(f for f in diagnose(context) if f.check == "Encryption")


def test_an_address_without_encryption_warns(empty):
    found = encryption(empty, "http://crm.example.com", BRIDGE_ALLOW_HTTP="yes")
    assert found.status == "WARN"
    assert "https" in found.remedy


def test_a_certificate_that_is_not_checked_warns(empty):
    found = encryption(empty, "https://crm.example.com", SUITECRM_VERIFY_TLS="no")
    assert found.status == "WARN"
    assert "SUITECRM_VERIFY_TLS" in found.remedy


@pytest.mark.parametrize(
    "url", ["https://crm.example.com", "http://localhost:8080", "http://[::1]", "http://127.0.0.1"]
)
def test_a_checked_certificate_or_traffic_on_this_machine_passes(empty, url):
    assert encryption(empty, url).status == "PASS"


def test_a_full_disk_warns(empty, monkeypatch):
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(home.shutil, "disk_usage", lambda p: usage._replace(free=12_000_000))
    found = finding(empty, "Disk")
    assert found.status == "WARN"
    assert "12 MB" in found.text


def test_a_home_that_cannot_be_made_fails(empty):
    empty.home.write_text("a file in the place of the folder", encoding="utf-8")
    found = finding(empty, "Disk")
    assert (found.status, found.exit_code) == ("FAIL", 5)
    assert "BRIDGE_HOME" in found.text


@pytest.mark.parametrize(("seconds", "status"), [(59, "PASS"), (-59, "PASS"), (3600, "WARN")])
def test_clocks_that_differ_by_more_than_a_minute_warn(empty, seconds, status):
    with empty.context() as context:
        context.clock = lambda: empty.clock() + timedelta(seconds=seconds)
        (found,) = [f for f in diagnose(context) if f.check == "Clock"]
    assert found.status == status
    assert f"{seconds:,} s" in found.text
    assert (found.remedy is not None) == (status == "WARN")


def test_a_module_that_the_user_may_not_read_warns_with_its_name(synced):
    synced.server.before_request.append(always("GET", "/module/Cases", lambda: refusal(NO_ACCESS)))
    found = finding(synced, "Modules", "WARN")
    assert "Cases" in found.text
    assert "Role Management" in found.remedy
    assert "Cases" not in finding(synced, "Modules", "PASS").text


def test_readable_modules_are_listed_with_their_number_of_records(synced):
    listed = finding(synced, "Modules").text
    assert "Contacts 60, Accounts 12" in listed


def test_a_suitecrm_without_the_fields_warns_and_points_to_the_list(tmp_path):
    with world(tmp_path / "home", package=False) as bare:
        found = finding(bare, "Fields")
    assert found.status == "WARN"
    assert "package" in found.remedy


def test_some_missing_fields_warn_with_their_names(empty):
    fields = empty.fields("Contacts")
    del fields["rfm_score_c"], fields["clv_c"]
    empty.pretend("Contacts", fields)
    found = finding(empty, "Fields")
    assert found.status == "WARN"
    assert re.search(r"Contacts: rfm_score_c, clv_c\b", found.text)


def test_a_field_of_the_wrong_type_warns_with_both(empty):
    fields = empty.fields("Accounts")
    fields["rfm_score_c"]["type"] = "int"
    empty.pretend("Accounts", fields)
    found = finding(empty, "Fields", "WARN")
    assert "Accounts.rfm_score_c (int)" in found.text
    assert "package" in found.remedy


def test_all_fields_of_every_module_are_counted(empty):
    assert f"All {FIELDS} fields" in finding(empty, "Fields").text


def test_every_type_of_the_catalogue_has_types_of_the_server():
    assert {field.type for field in catalogue().fields.values()} <= set(SERVER_TYPES)


def test_a_user_who_is_not_active_warns(empty):
    body = '{"data":{"type":"User","id":"1","attributes":{"user_name":"ada","status":"Inactive"}}}'
    empty.server.before_request.append(always("GET", "/current-user", lambda: Response(body)))
    found = finding(empty, "Access", "WARN")
    assert "ada" in found.text
    assert "ada" in found.remedy


def test_amounts_with_separators_warn(synced):
    body = (
        '{"data":[{"type":"AOS_Invoices","id":"1","attributes":{"total_amount":"1.234,50 EUR"}}]}'
    )
    amounts = always("GET", "/module/AOS_Invoices", lambda: Response(body))
    synced.server.before_request.append(amounts)
    found = finding(synced, "Numbers")
    assert found.status == "WARN"
    assert "1.234,50 EUR" in found.text


def test_times_labelled_with_another_zone_warn(synced):
    body = (
        '{"data":[{"type":"Contact","id":"1",'
        '"attributes":{"date_modified":"2026-03-08T10:00:00+02:00"}}]}'
    )
    synced.server.before_request.append(always("GET", "/module/Contacts", lambda: Response(body)))
    found = finding(synced, "Time zone")
    assert found.status == "WARN"
    assert "+02:00" in found.text


def answered_ping(world, fingerprint, limits=None):
    limits = {"announced": 50} if limits is None else limits
    ping = {"data": {}, "version": "0.0.1", "fingerprint": fingerprint, "limits": limits}
    body = json.dumps(ping)
    world.server.before_request.append(always("GET", "/bridge/v1/ping", lambda: Response(body)))
    return finding(world, "Fast routes")


def test_installed_fast_routes_are_told_with_their_version(tmp_path):
    with world(tmp_path / "home", routes=True) as opened:
        found = finding(opened, "Fast routes")
    assert found.status == "PASS"
    assert __version__ in found.text


def test_a_package_too_old_to_write_record_by_record_warns_and_is_not_used(empty):
    found = answered_ping(empty, catalogue().fingerprint, {"scores": 5000})
    assert found.status == "WARN"
    assert "older" in found.text
    with empty.context() as context:
        assert context.path == "stock"


def test_a_package_with_other_fields_warns_and_says_to_upgrade_it(empty):
    found = answered_ping(empty, "another")
    assert found.status == "WARN"
    assert "package build" in found.remedy


def test_the_secret_is_in_no_finding(empty):
    told = str([f.as_dict() for f in findings(empty, SUITECRM_CLIENT_SECRET="wr0ng-s3cret")])
    assert "wr0ng-s3cret" not in told


PROXY = "http://ada:pr0xy-s3cret@proxy.example.com:3128"


def test_the_right_to_keep_the_report_is_looked_at_where_that_is_asked_for(synced):
    assert "Documents" not in [one.check for one in findings(synced)]
    found = finding(synced, "Documents", BRIDGE_REPORT_DOCUMENT="numbers")
    assert found.status == "PASS"


def test_a_user_who_may_see_no_documents_is_warned_of_before_a_report_is_lost(synced):
    closed = always("GET", "/module/DocumentRevisions", lambda: refusal(NO_ACCESS))
    synced.server.before_request.append(closed)
    found = finding(synced, "Documents", BRIDGE_REPORT_DOCUMENT="numbers")
    assert found.status == "WARN"
    assert "Role Management" in found.remedy


def test_a_role_that_lacks_a_right_in_documents_is_told_with_it(synced, monkeypatch):
    monkeypatch.setattr(meta, "ACCESS", ("access", "list", "view"))
    found = finding(synced, "Documents", BRIDGE_REPORT_DOCUMENT="numbers")
    assert (found.status, "edit, delete" in found.text) == ("WARN", True)
