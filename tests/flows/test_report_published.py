"""The workbook of the report among SuiteCRM's documents, over the stock API."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from suitecrm_bridge.errors import RequestRefused
from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.jobs import report_document
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.push.documents import Paper, document_id, publish
from tests.flows.hooks import always, refusal

START = datetime(2026, 3, 9, 2, 15, tzinfo=UTC)
DONE = Run("r0", "sync", START, START + timedelta(minutes=3), "done", "fast", {}, None)
PAPER = Paper("probe", "Report", "About", "report.zip", "application/zip", b"one", "As of today")


def kept(world, run=DONE, **settings):
    own = {"BRIDGE_REPORT_DOCUMENT": "numbers", **settings}
    with world.context(**own) as context:
        report_document.keep(context, run)
        return {str(name) for name in everybody(context.mirror, "contacts")["name"]}


def put(world, **changes):
    left = []
    with world.context() as context:
        found = publish(context.crm, replace(PAPER, **changes), left.append)
    return found, left


def documents(world):
    return [row for row in world.store.rows("Documents") if not row["deleted"]]


def revisions(world):
    rows = [row for row in world.store.rows("DocumentRevisions") if not row["deleted"]]
    return sorted(rows, key=lambda row: row["revision"])


def texts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("report.xlsx")))
    return book.sheetnames, {
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
    }


def test_a_further_report_is_a_revision_of_the_same_document(synced):
    assert put(synced)[0] == (document_id("probe"), 1)
    assert put(synced, content=b"two")[0] == (document_id("probe"), 2)
    (row,) = documents(synced)
    assert row["id"] == document_id("probe")
    first, second = revisions(synced)
    assert [synced.sandbox.files[one["id"]] for one in (first, second)] == [b"one", b"two"]
    assert row["document_revision_id"] == second["id"]
    assert (second["file_mime_type"], second["file_ext"]) == ("application/zip", "zip")
    assert second["change_log"] == "As of today"


def test_a_document_that_people_renamed_is_found_and_keeps_its_name(synced):
    put(synced)
    synced.store.update("Documents", document_id("probe"), {"document_name": "Ours"})
    put(synced)
    assert [row["document_name"] for row in documents(synced)] == ["Ours"]


def test_a_document_that_people_deleted_is_made_anew(synced):
    put(synced)
    synced.store.update("Documents", document_id("probe"), {"deleted": 1})
    assert put(synced)[0] == (document_id("probe", 1), 1)
    assert put(synced)[0] == (document_id("probe", 1), 2)


def test_what_a_run_that_was_cut_off_left_behind_is_taken_away(synced):
    put(synced)
    with pytest.raises(ZeroDivisionError):
        publish_until_made(synced)
    assert len(documents(synced)) == 2
    left = next(row["id"] for row in documents(synced) if row["id"] != document_id("probe"))
    with synced.context() as context:
        publish(context.crm, PAPER, lambda id: None, left)
    assert [row["id"] for row in documents(synced)] == [document_id("probe")]


@pytest.mark.parametrize("there", [0, 1], ids=["a first one", "a further one"])
def test_a_suitecrm_that_keeps_no_file_is_left_without_an_empty_document(synced, there):
    for _ in range(there):
        put(synced)
    with synced.context() as context:
        module = context.crm.module("Documents")
        read = module.get
        module.get = lambda id, fields: {**read(id, fields), "filename": None}
        with pytest.raises(RequestRefused, match="keeps no file"):
            publish(context.crm, PAPER, lambda id: None)
    assert len(documents(synced)) == there


def publish_until_made(world):
    """Publish, and be killed when the document that carries the revision is there."""
    with world.context() as context:
        module = context.crm.module("DocumentRevisions")
        module.update = lambda id, attributes: 1 / 0
        publish(context.crm, PAPER, lambda id: None)


def test_without_names_the_workbook_holds_nothing_of_single_customers(synced):
    names = kept(synced)
    (revision,) = revisions(synced)
    sheets, told = texts(synced.sandbox.files[revision["id"]])
    assert sheets[0] == "Cover"
    assert not {"Contacts", "Accounts", "To do", "To review"} & set(sheets)
    assert not names & told


@pytest.mark.parametrize(("holds", "named"), [("numbers", False), ("names", True)])
def test_names_are_asked_for_where_the_setting_asks_for_them(synced, monkeypatch, holds, named):
    asked = []
    monkeypatch.setattr(
        report_document, "_workbook", lambda context, names: asked.append(names) or b"PK"
    )
    kept(synced, BRIDGE_REPORT_DOCUMENT=holds)
    assert asked == [named]


@pytest.mark.parametrize(
    ("run", "settings"),
    [
        (DONE, {"BRIDGE_REPORT_DOCUMENT": "no"}),
        (DONE, {"BRIDGE_REPORT_DOCUMENT": ""}),
        (replace(DONE, result="failed"), {}),
        (replace(DONE, command="score"), {}),
    ],
    ids=["no", "not set", "failed", "a stage"],
)
def test_nothing_is_published_unless_asked_for(synced, run, settings):
    kept(synced, run, **settings)
    assert documents(synced) == []


def test_a_day_is_published_once(synced, monkeypatch):
    monkeypatch.setattr(report_document, "_workbook", lambda context, names: b"PK")
    kept(synced)
    kept(synced)
    assert len(revisions(synced)) == 1


def test_what_suitecrm_does_not_take_is_a_warning_and_is_tried_again(synced, monkeypatch, caplog):
    monkeypatch.setattr(report_document, "_workbook", lambda context, names: b"PK")
    refuse = always("POST", "/V8/module", lambda: refusal("no"))
    synced.server.before_request.append(refuse)
    kept(synced)
    assert "not kept in SuiteCRM's documents" in caplog.text
    synced.server.before_request.remove(refuse)
    kept(synced)
    assert len(revisions(synced)) == 1
    state = json.loads((synced.home / report_document.STATE_FILE).read_text(encoding="utf-8"))
    assert state == {"as_of": "2026-03-08", "left": ""}
