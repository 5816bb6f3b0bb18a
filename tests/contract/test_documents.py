"""Files in documents, the same on the sandbox and on a real SuiteCRM."""

from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest

from suitecrm_bridge.errors import RecordExists, RecordNotFound, RequestRefused
from suitecrm_bridge.i18n import text
from suitecrm_bridge.push.documents import DOCUMENTS, REVISIONS, Paper, document_id, publish
from tests.contract.conftest import LIVE, connect_live, connect_sandbox

FIELDS = ["document_name", "filename", "revision", "document_revision_id", "last_rev_mime_type"]


@pytest.fixture(scope="module", params=["sandbox", LIVE])
def crm(request):
    """A SuiteCRM, with or without the package, once for all the tests of the file."""
    yield from connect_sandbox() if request.param == "sandbox" else connect_live()


@pytest.fixture
def paper(crm):
    """A paper of which nothing is left when the test is over."""
    mark = str(uuid4())
    yield Paper(mark, "Bridge probe", "About", "report.zip", "application/zip", b"PK", "First")
    for time in range(3):
        with suppress(RecordNotFound):
            crm.module(DOCUMENTS).delete(document_id(mark, time))


def told(crm, id):
    return crm.module(DOCUMENTS).get(id, FIELDS)


def put(crm, paper):
    try:
        return publish(crm, paper, lambda id: None)
    except RequestRefused as error:
        if str(error) != text("notify.document_without_file"):
            raise
    with pytest.raises(RecordNotFound):
        told(crm, document_id(paper.mark))
    pytest.skip("this SuiteCRM keeps no file that comes over its API, and no document was left")


def test_a_file_comes_with_a_document_as_its_first_revision(crm, paper):
    id, number = put(crm, paper)
    found = told(crm, id)
    assert (number, str(found["revision"])) == (1, "1")
    assert (found["filename"], found["last_rev_mime_type"]) == ("report.zip", "application/zip")


def test_a_further_file_is_the_next_revision_and_the_one_that_is_shown(crm, paper):
    first = told(crm, put(crm, paper)[0])
    id, number = put(crm, replace(paper, content=b"PK2"))
    found = told(crm, id)
    assert (number, str(found["revision"])) == (2, "2")
    assert found["document_revision_id"] != first["document_revision_id"]
    before = crm.module(REVISIONS).get(first["document_revision_id"], ["document_id"])
    assert before["document_id"] == id


def test_a_deleted_document_keeps_its_id_and_the_next_one_is_taken(crm, paper):
    id, _ = put(crm, paper)
    crm.module(DOCUMENTS).delete(id)
    with pytest.raises(RecordExists):
        crm.module(DOCUMENTS).create({"document_name": "Bridge probe"}, id)
    assert put(crm, paper) == (document_id(paper.mark, 1), 1)


def test_a_page_is_refused_and_leaves_a_document_without_a_file(crm, paper):
    id = document_id(paper.mark)
    page = {"document_name": "Bridge probe", "filename": "report.html", "filecontents": "eA=="}
    with pytest.raises(RequestRefused, match="extension"):
        crm.module(DOCUMENTS).create(page, id)
    assert not told(crm, id)["document_revision_id"]
