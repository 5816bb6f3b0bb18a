"""What people typed into SuiteCRM comes out of every command and format without doing harm."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest

from suitecrm_bridge.insights.complaints.views import VIEWS
from suitecrm_bridge.insights.ways import COMPLAINT_DIMENSIONS
from tests.flows.world import DAY, synced_base, world_of
from tests.test_harmless import NAMES, harmful

STORED = [name for name in NAMES if not any("\ud800" <= one <= "\udfff" for one in name)]
FORMULAS = ["=2+5", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1"]
TYPED = [*STORED, *FORMULAS, "2026-03-09 12:00:00 ERROR forged\n2026-03-09 12:00:00 ERROR line"]
TEXTS = {
    "Contacts": ["last_name", "first_name", "lead_source"],
    "Accounts": ["name", "industry"],
    "Cases": ["name", "description", "status", "priority"],
    "AOS_Products": ["name"],
    "AOS_Product_Categories": ["name"],
    "Campaigns": ["name"],
    "Users": ["user_name", "last_name"],
}
TABLES = [
    ["customers"],
    ["customers", "--of", "accounts"],
    ["segments"],
    ["indicators"],
    *(["indicators", "--by", by] for by in ("month", "lead_source", "field", "campaign")),
    *(["retention", "--by", by] for by in ("month", "cohort", "revenue", "survival")),
    ["migration"],
    ["backtest"],
    ["complaints"],
    *(["complaints", f"--{view}"] for view in VIEWS),
    *(["complaints", "--by", by] for by in COMPLAINT_DIMENSIONS),
    ["push", "--changes"],
    ["dead-letters", "list"],
    ["customer", "CONTACT"],
    ["customer", "ACCOUNT"],
]


@pytest.fixture(scope="module")
def typed(bases, tmp_path_factory):
    """A base in which every text that people typed is one of `TYPED`, synced once more."""
    database, home, _ = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("shown"), database, home) as world:
        number = 0
        for module, columns in TEXTS.items():
            known = set(world.store.rows(module)[0]) if world.store.rows(module) else set()
            for row in world.store.rows(module):
                number += 1
                names = {c: TYPED[number % len(TYPED)] for c in columns if c in known}
                if names:
                    world.store.update(module, row["id"], names)
        world.clock.advance(minutes=30)
        world.sync(as_of=DAY, full=True)
        yield world


def run(world, *arguments):
    ids = {
        "CONTACT": world.store.rows("Contacts")[0]["id"],
        "ACCOUNT": world.store.rows("Accounts")[0]["id"],
    }
    words = [ids.get(word, word) for word in arguments]
    return world.command(*words)


FORMS = ["table", "csv", "json"]


def who_plays(row, column):
    """CI sees each command in one form and each form of many commands, everybody a fourth."""
    if (row + column) % 3:
        return [pytest.mark.long]
    return [pytest.mark.story] if row % 4 else []


SHOWN = [
    pytest.param(words, form, marks=who_plays(row, column))
    for row, words in enumerate(TABLES)
    for column, form in enumerate(FORMS)
]


@pytest.mark.parametrize(
    ("words", "form"), SHOWN, ids=lambda given: given if isinstance(given, str) else " ".join(given)
)
def test_no_command_shows_anything_harmful(typed, words, form):
    options = ["--format", form]
    done = run(typed, *words, *options)
    assert done.exit_code in (0, 6), done.output
    assert not harmful(done.stdout)
    assert not harmful(done.stderr)
    if form == "json" and done.exit_code == 0:
        json.loads(done.stdout)
    if form == "csv" and done.exit_code == 0:
        for row in csv.reader(io.StringIO(done.stdout)):
            assert [cell for cell in row if cell[:1] in "=+@\t" and cell] == []


def test_the_names_were_shown_at_all(typed):
    shown = run(typed, "customers").stdout + run(typed, "customers", "--of", "accounts").stdout
    assert "RED" in shown
    assert "forged 2026-03-09 12:00:00 ERROR line" in shown


def test_no_report_holds_anything_harmful(typed, tmp_path):
    formats = [word for form in ("html", "xlsx", "csv", "json") for word in ("--format", form)]
    done = run(typed, "report", "--output", str(tmp_path), *formats)
    assert done.exit_code == 0, done.output
    texts = [file for file in tmp_path.iterdir() if file.suffix != ".xlsx"]
    assert len(texts) > 3
    for file in texts:
        assert not harmful(file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")), file.name
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        for name in book.namelist():
            if name.endswith(".xml"):
                ET.fromstring(book.read(name))
    json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    for file in tmp_path.glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))):
            assert [cell for cell in row if cell[:1] in "=+@\t" and cell] == []


def test_nothing_harmful_is_written_into_suitecrm(typed):
    assert typed.patches
    for patch in typed.patches:
        texts = [value for value in patch["attributes"].values() if isinstance(value, str)]
        assert [text for text in texts if harmful(text)] == []
    own = [row for row in typed.store.rows("Tasks") if row["date_entered"] >= "2026-03-09"]
    for row in own:
        assert not harmful(row["name"] + (row["description"] or ""))
        assert "\n" not in row["name"]


@pytest.mark.story
def test_the_log_of_a_sync_has_no_forged_line(typed):
    done = run(typed, "-v", "sync", "--full")
    assert done.exit_code == 0, done.output
    assert not harmful(done.stderr)
    assert [line for line in done.stderr.splitlines() if line.startswith("2026-03-09")] == []
