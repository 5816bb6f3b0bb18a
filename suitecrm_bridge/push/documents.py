"""A file in SuiteCRM's documents: one document, found again by its mark, and a revision each time.

SuiteCRM's API takes a file only with a document that is made. So a further revision comes with a
document of its own, is moved to the one that is meant, and that document is deleted again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from suitecrm_bridge.catalogue import storable
from suitecrm_bridge.crm import Module, SuiteCRM
from suitecrm_bridge.errors import RecordExists, RecordNotFound, RequestRefused
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import text

DOCUMENTS, REVISIONS = "Documents", "DocumentRevisions"
_OF_THE_BRIDGE = UUID("7c3a5a0e-2b1f-5a57-9f0e-5b8f0c6d1e42")
_MOST_TIMES = 50
"""How often a document is made anew after people deleted it."""


@dataclass(frozen=True)
class Paper:
    """What is to stand in a document.

    Args:
        mark: what makes it this document, whatever people call it.
        name: what it is called when it is made; people may rename it.
        description: what it is about, when it is made.
        file: the name of the file.
        kind: its MIME type.
        content: what it holds.
        change: what is new in this revision.
    """

    mark: str
    name: str
    description: str
    file: str
    kind: str
    content: bytes
    change: str


def document_id(mark: str, time: int = 0) -> str:
    """Return the id of the document with this mark: SuiteCRM takes it once, even when deleted."""
    return str(uuid5(_OF_THE_BRIDGE, f"{mark}/{time}" if time else mark))


def publish(
    crm: SuiteCRM, paper: Paper, begin: Callable[[str], None], left: str = ""
) -> tuple[str, int]:
    """Put a file into the document with its mark; return the document's id and the revision.

    A document that people deleted is made anew, under the next id.

    Args:
        crm: where.
        paper: what.
        begin: is called with the id of what is to be deleted should this never end.
        left: what an earlier call told `begin` and did not come to delete; "" for nothing.

    Raises:
        RequestRefused: the API user may make no documents, or this SuiteCRM takes no file so.
    """
    documents, revisions = crm.module(DOCUMENTS), crm.module(REVISIONS)
    if left:
        with suppress(RecordNotFound):
            documents.delete(left)
    for time in range(_MOST_TIMES):
        id = document_id(paper.mark, time)
        try:
            known = documents.get(id, ["revision"])
        except RecordNotFound:
            pass
        else:
            number = _number(known["revision"]) + 1
            _revise(documents, revisions, id, number, paper, begin)
            return id, number
        try:
            documents.create(_attributes(paper), id)
        except RecordExists as error:
            last = error
        else:
            _see_file(documents, id)
            _describe(revisions, _revision_of(documents, id), paper, {})
            return id, 1
    raise last


def _revise(
    documents: Module,
    revisions: Module,
    id: str,
    number: int,
    paper: Paper,
    begin: Callable[[str], None],
) -> None:
    carrier = str(uuid4())
    begin(carrier)
    documents.create(_attributes(paper), carrier)
    _see_file(documents, carrier)
    change = {
        "document_id": id,
        "revision": str(number),
        "change_log": in_line(storable(paper.change)),
    }
    _describe(revisions, _revision_of(documents, carrier), paper, change)
    documents.delete(carrier)
    begin("")


def _see_file(documents: Module, id: str) -> None:
    """Take a document away again that came without its file, as in SuiteCRM 8.10."""
    if not documents.get(id, ["filename"])["filename"]:
        documents.delete(id)
        raise RequestRefused(text("notify.document_without_file"), module=DOCUMENTS)


def _describe(revisions: Module, id: str, paper: Paper, change: dict[str, str]) -> None:
    """Say of a revision what kind of file it is, and what else is to stand there."""
    ending = paper.file.rpartition(".")[2]
    revisions.update(id, {"file_ext": ending, "file_mime_type": paper.kind, **change})


def _revision_of(documents: Module, id: str) -> str:
    return str(documents.get(id, ["document_revision_id"])["document_revision_id"])


def _attributes(paper: Paper) -> dict[str, str]:
    return {
        "document_name": in_line(storable(paper.name)),
        "description": storable(paper.description),
        "status_id": "Active",
        "filename": paper.file,
        "filecontents": base64.b64encode(paper.content).decode("ascii"),
    }


def _number(revision: object) -> int:
    """Return the number of a revision; people may call one as they like."""
    words = str(revision or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 9 else 1
