"""Which of the bridge's fields are written, and from which columns of the scores."""

from __future__ import annotations

from collections.abc import Collection

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sources import withheld
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import SCORED_MODULES, Scored
from suitecrm_bridge.mirror.writeback import PLACES


def columns_to_write(
    context: Context, summary: Summary, stale: Collection[str], *, also_missing: bool = False
) -> dict[Scored, dict[Field, str]]:
    """Return by kind of customer which fields are written, with the score column of each.

    What the CRM lacks is noted, and so is what is not written because its sources are stale.
    `also_missing` returns what it lacks too: what would be written once the fields are there.

    Raises:
        NotFound: there are no scores yet.
    """
    found = {}
    for entity in require_scores(context):
        module = SCORED_MODULES[entity]
        left = withheld(context, module, stale) if stale else []
        context.mirror.writeback.unanswered.left_alone[module] = left
        columns = _wanted(context, summary, entity, also_missing=also_missing)
        if left:
            summary.withheld[module] = [f.name for f in columns if f.name in left]
            columns = {field: c for field, c in columns.items() if field.name not in left}
        found[entity] = columns
    return found


def require_scores(context: Context) -> list[Scored]:
    """Return the kinds of customers that have scores.

    Raises:
        NotFound: there are none yet.
    """
    entities = [entity for entity in SCORED_MODULES if context.mirror.scores.exist(entity)]
    if not entities:
        raise NotFound(text("jobs.no_scores"))
    return entities


def _wanted(
    context: Context, summary: Summary, entity: Scored, *, also_missing: bool
) -> dict[Field, str]:
    """Return the fields to write with the score column that fills each; note what is missing."""
    module = SCORED_MODULES[entity]
    scored = [*context.mirror.scores.columns(entity), *PLACES]
    columns = {}
    for field in catalogue().fields_of(module, "bridge"):
        # A sentence is scored in every language and written in the installation's.
        for column in (field.column, f"{field.column}_{context.written_lang}"):
            if column in scored:
                columns[field] = column
    names = [field.name for field in columns]
    bookmark = context.mirror.records.bookmark(module)
    if bookmark is None and not context.mirror.scores.count(entity):
        return {}  # A module that was never read may be out of sight, and nothing is to be written.
    if context.fast is not None and bookmark is not None and set(names) <= set(bookmark.columns):
        # They were read, and the fast routes refuse to write what is not there any more.
        return columns
    readable, missing = context.crm.module(module).readable(names)
    if missing:
        summary.missing[module] = missing
    if also_missing:
        return columns
    return {field: column for field, column in columns.items() if field.name in readable}
