"""Whether SuiteCRM lets the API user keep the report among its documents."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.errors import RequestRefused
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.push.documents import DOCUMENTS, REVISIONS

RIGHTS = ("view", "edit", "delete")
"""A further revision comes with a document of its own, which is deleted again."""


def documents(context: Context) -> Iterator[Finding]:
    """Look at the rights, where the report is to be kept there; nothing is made."""
    if context.settings.report_document == "no":
        return
    try:
        held = context.crm.modules().get(DOCUMENTS, frozenset())
        context.crm.module(REVISIONS).page(fields=["revision"], size=1)
    except RequestRefused as error:
        yield warned("documents", "documents_refused", error=error)
        return
    lacking = [right for right in RIGHTS if right not in held]
    if lacking:
        yield warned("documents", "documents_rights", rights=", ".join(lacking))
    else:
        yield passed("documents", "documents_ready")
