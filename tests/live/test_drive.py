"""The driver goes on after a failure, and keeps what came of a run but not where it was."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import compatibility
import pytest

from tests.live import drive, records, screens
from tests.live.checks import NAMES, Checks, told_by
from tests.live.module_loader import ModuleLoader, Package, Refused
from tests.live.outcomes import LONGEST, Failed, NotRun, Outcome, named, outcome, run
from tests.live.place import Place
from tests.live.snapshots import settings_kept

PLACE = Place(
    "https://crm.example.test",
    "https://crm.example.test/legacy",
    "admin",
    "hidden-password",
    files=Path("/var/www/crm/public"),
    dsn="mysql://u:p@db.example.test/crm",
    secret="hidden-secret",
)
AT = datetime(2026, 11, 27, 17, 5, tzinfo=UTC)


def raising(error):
    def check():
        raise error

    return check


@pytest.mark.parametrize(
    ("check", "came"),
    [
        (lambda: "seen", Outcome("passed", "seen")),
        (raising(NotRun("no browser")), Outcome("not run", "no browser")),
        (raising(Failed("too few")), Outcome("failed", "too few")),
        (raising(Refused("no page")), Outcome("failed", "RequestRefused: no page")),
        (raising(KeyError()), Outcome("failed", "KeyError: nothing is said")),
    ],
)
def test_whatever_happens_in_a_check_is_its_outcome(check, came, capsys):
    assert outcome(check) == came


def test_a_check_that_fails_does_not_stop_those_after_it(capsys):
    checks = {"one": raising(Failed("x")), "two": lambda: "fine", "three": lambda: "not asked for"}
    came = dict(run(checks, ["two", "one"], lambda line: None))
    assert [(name, one.result) for name, one in came.items()] == [
        ("one", "failed"),
        ("two", "passed"),
    ]


def test_what_a_check_says_is_kept_short():
    assert len(outcome(lambda: "x" * 5_000).said) == LONGEST


@pytest.mark.parametrize(
    "word",
    [
        "https://crm.example.test/legacy/index.php",
        "crm.example.test",
        "/var/www/crm/public/x.php",
        "mysql://u:p@db.example.test/crm",
        "hidden-password",
        "hidden-secret",
    ],
)
def test_what_is_kept_names_no_address_no_folder_and_no_secret(word):
    said = PLACE.tidy(f"refused by {word} today")
    assert "example" not in said
    assert "hidden" not in said
    assert "/srv" not in said
    assert said.startswith("refused by …")


def test_what_is_kept_does_not_name_the_home_of_who_drives():
    assert PLACE.tidy(f"cannot read {Path.home() / 'x.txt'}") == f"cannot read …{os.sep}x.txt"


def test_a_secret_is_not_shown_with_its_place():
    assert "hidden" not in repr(PLACE)


def test_a_check_that_is_not_known_is_refused():
    assert named("sync, doctor", NAMES) == ["sync", "doctor"]
    with pytest.raises(ValueError, match="no such check: walk"):
        named("sync,walk", NAMES)


def test_nothing_is_tried_without_a_suitecrm_and_its_administrator(monkeypatch, capsys):
    for name in ("SUITECRM_URL", "SUITECRM_ADMIN"):
        monkeypatch.delenv(name, raising=False)
    assert drive.main([]) == 2
    assert "SUITECRM_ADMIN" in capsys.readouterr().err


def test_a_package_whose_zip_is_gone_is_not_uninstalled_by_chance():
    loader = object.__new__(ModuleLoader)
    with pytest.raises(Refused, match="zip"):
        loader.uninstall(Package("x", "UNINSTALLABLE", "0.1.0"), drop_columns=True)


@pytest.mark.parametrize(
    ("place", "keep", "name", "why"),
    [
        (PLACE, False, "rights", "must not be lost"),
        (PLACE, False, "uninstall", "was to stay"),
        (replace(PLACE, throwaway=True), True, "uninstall", "was to stay"),
        (replace(PLACE, throwaway=True), True, "upgrade", "was to stay"),
        (replace(PLACE, throwaway=True), False, "upgrade", "no commit"),
    ],
)
def test_what_may_not_be_lost_is_not_touched_and_the_reason_said(tmp_path, place, keep, name, why):
    earlier = None if why == "no commit" else "HEAD"
    checks = Checks(place, tmp_path, earlier, keep=keep)
    came = outcome(checks.all()[name])
    assert came.result == "not run"
    assert why in came.said


REPORT = """<testsuites><testsuite><testcase name="a"/><testcase name="b"/>
<testcase name="c">{}</testcase></testsuite></testsuites>"""


def test_a_report_of_tests_is_told_in_words(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format("<skipped/>"), encoding="utf-8")
    assert told_by(report) == "2 tests, 1 skipped"
    report.write_text(REPORT.format("<failure/>"), encoding="utf-8")
    with pytest.raises(Failed, match="1 of 3 tests: c"):
        told_by(report)


def kept(tmp_path, *runs):
    file = tmp_path / "docs" / "compatibility.json"
    file.parent.mkdir()
    for at, checks in runs:
        came = {name: Outcome(result, f"{name} {result}") for name, result in checks.items()}
        records.add_run(records.entry("7.12.14", "8.2.1", None, came, at), file)
    return file


def test_a_version_that_was_not_run_is_named_with_the_last_reason(tmp_path):
    file = kept(tmp_path)
    for because in ("lost", "not to be had"):
        records.add_not_run("8.8.1", "", because, file)
    assert json.loads(file.read_text(encoding="utf-8"))["not_run"] == [
        {"suitecrm": "8.8.1", "php": "", "because": "not to be had"}
    ]
    assert "| 8.8.1 | any | not to be had |" in compatibility.page(tmp_path)
    records.add_not_run("8.8.1", "", "", file)
    assert "8.8.1" not in compatibility.page(tmp_path)


def test_a_reason_goes_once_every_check_has_passed_on_that_version_and_php(tmp_path):
    passed = dict.fromkeys(compatibility.CHECKS, "passed")
    file = kept(tmp_path, (AT, {**passed, "uninstall": "failed"}))
    for php in ("8.2.1", "7.4"):
        records.add_not_run("7.12.14", php, f"not on {php}", file)
    assert "not on 8.2.1" in compatibility.page(tmp_path)
    records.add_run(
        records.entry(
            "7.12.14",
            "8.2.1",
            None,
            {"uninstall": Outcome("passed", "no difference")},
            AT.replace(hour=19),
        ),
        file,
    )
    page = compatibility.page(tmp_path)
    assert ("not on 8.2.1" in page, "not on 7.4" in page) == (False, True)


def test_the_page_shows_the_last_result_of_each_check(tmp_path):
    later = AT.replace(hour=18)
    kept(
        tmp_path,
        (later, {"sync": "failed", "screens": "not run"}),
        (AT, {"install": "passed", "sync": "passed", "screens": "passed"}),
    )
    page = compatibility.page(tmp_path)
    row = next(line for line in page.splitlines() if line.startswith("| 7.12.14 |"))
    results = ["✓", "never", "✗ failed", "never", "never", "never", "✓", "never", "never"]
    assert row == f"| 7.12.14 | 8.2.1 | {' | '.join(results)} | 2026-11-27 |"
    assert "| sync | failed | sync failed | 2026-11-27 18:05 | " in page


def test_what_tests_told_the_pages_is_put_back():
    class Fake:
        def __init__(self):
            self.connection = sqlite3.connect(":memory:")
            self.rows("CREATE TABLE config (category, name, value)")

        def rows(self, sql, *values):
            return self.connection.execute(sql.replace("%s", "?"), values).fetchall()

    database = Fake()
    insert = "INSERT INTO config VALUES (%s, %s, %s)"
    before = [("suitecrmbridge", "runs", "[1]"), ("suitecrmbridge_wishes", "a", "{}")]
    for row in [*before, ("system", "name", "theirs")]:
        database.rows(insert, *row)
    with settings_kept(database, "suitecrmbridge"):
        database.rows("DELETE FROM config WHERE category LIKE 'suitecrmbridge%'")
        database.rows(insert, "suitecrmbridge", "runs", "[2]")
        database.rows("UPDATE config SET value = 'changed' WHERE category = 'system'")
    assert sorted(database.rows("SELECT * FROM config")) == sorted(
        [*before, ("system", "name", "changed")]
    )
    database.connection.close()


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("Warning: Undefined array key 1 in /var/www/crm/x.php on line 5", True),
        ("PHP Fatal error: Uncaught Error: no class X in /var/www/crm/x.php:12", True),
        ("Warning: the installer must be locked in the config.php file", False),
    ],
)
def test_an_error_of_php_is_told_from_what_suitecrm_says_itself(shown, found):
    assert bool(screens._PHP.search(shown)) is found
