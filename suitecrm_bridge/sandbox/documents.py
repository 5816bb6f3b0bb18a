"""Files that are sent with documents: each becomes a revision, as SuiteCRM's API makes it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.errors import Refused
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.store import Store

DOCUMENTS, REVISIONS = "Documents", "DocumentRevisions"
FORBIDDEN = frozenset({"php", "pl", "cgi", "py", "asp", "cfm", "js", "vbs", "html", "htm", "phtml"})
"""Some of the endings that SuiteCRM takes no file with, from the start."""
_REFUSED = "File upload failed: File extension is not included or is not valid."


class Documents:
    """The files of one sandbox, by the id of their revision."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema, self._store = schema, store
        self.files: dict[str, bytes] = {}

    def attach(self, bean: Bean, id: str, attributes: Mapping[str, Any]) -> None:
        """Keep the file that came with a document that is saved by now.

        Raises:
            Refused: files with this ending are not taken; the document stays without one.
        """
        if bean.key != DOCUMENTS or "filename" not in attributes:
            return
        name = str(attributes["filename"])
        _, dot, ending = name.rpartition(".")
        if not dot or not ending or ending in FORBIDDEN:
            raise Refused(_REFUSED)
        revision = str(uuid4())
        self.files[revision] = base64.b64decode(str(attributes.get("filecontents", "")))
        self._store.save(
            self._schema.beans[REVISIONS],
            revision,
            {
                "document_id": id,
                "filename": name,
                "revision": "1",
                "change_log": "Document Created",
                "doc_type": "Sugar",
                "date_entered": self._store.now(),
            },
        )
        self._store.update(DOCUMENTS, id, {"document_revision_id": revision})

    def moved(self, bean: Bean, row: Mapping[str, Any]) -> None:
        """Let the document of a revision that was saved show this one."""
        if bean.key == REVISIONS and row.get("document_id"):
            self._store.update(DOCUMENTS, row["document_id"], {"document_revision_id": row["id"]})

    def deleted(self, bean: Bean, id: str) -> None:
        """Delete the revisions of a document that is deleted, with their files."""
        if bean.key != DOCUMENTS:
            return
        table = self._schema.beans[REVISIONS].table
        found = self._store.select(sql.select(table, ["id"], sql.equal("document_id")), [id])
        for (revision,) in found:
            self._store.update(REVISIONS, revision, {"deleted": 1})
            self.files.pop(revision, None)
