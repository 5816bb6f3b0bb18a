"""Draw the dashboard from the scores in the mirror."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from suitecrm_bridge.analytics.held_out import HeldOut
from suitecrm_bridge.catalogue import ENTITY_MODULES, Basis, Entity
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.files import is_within
from suitecrm_bridge.i18n import current_language, text
from suitecrm_bridge.insights import actions as counts
from suitecrm_bridge.insights import customers as asked
from suitecrm_bridge.insights import left_out
from suitecrm_bridge.insights.addresses import addresses
from suitecrm_bridge.insights.complaints.figures import complaints
from suitecrm_bridge.insights.complaints.views import report_parts
from suitecrm_bridge.insights.first_figures import Complained, effects, looked_at
from suitecrm_bridge.insights.leads import report_parts as lead_parts
from suitecrm_bridge.insights.moves import has_two_snapshots, migration
from suitecrm_bridge.insights.open_tasks import open_tasks
from suitecrm_bridge.insights.past_runs import last_runs
from suitecrm_bridge.insights.programme_report import report_parts as programme_parts
from suitecrm_bridge.insights.relation_tables import relation_tables
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.dashboard import ask, dashboard, left_lately
from suitecrm_bridge.jobs.totals import totals
from suitecrm_bridge.report import (
    ComplaintsData,
    EntityData,
    MigrationData,
    ReportData,
    StayingData,
    backtest,
    render,
)
from suitecrm_bridge.report.model import Addresses

logger = logging.getLogger(__name__)


def report(
    context: Context, formats: Sequence[str], output: Path, *, names: bool = True
) -> list[Path]:
    """Write the report into the folder `output` and return the files.

    Without `names` a workbook holds nothing of single customers; other formats always do.

    Raises:
        NotFound: nothing was scored yet.
    """
    if context.choices.scored_otherwise(context.mirror):
        logger.warning("%s", text("jobs.scored_otherwise"))
    complained = complaints(
        context.mirror, context.choices, context.mirror.facts.who_complains(), months=12
    )
    # Asked for whole before anything else: other figures take the place of its tables.
    parts, seen = report_parts(complained), looked_at(complained)
    everybody = set(formats) != {"html"}
    effect = effects(context.mirror, context.choices)
    entities = {
        one: _entity(context, one, seen, effect, everybody=everybody) for one in ENTITY_MODULES
    }
    source = context.choices.source(context.mirror)
    left = context.mirror.facts.skipped(source)
    data = ReportData(
        as_of=context.mirror.scores.as_of("contacts") or context.today(),
        crm_url="" if context.pseudonyms else context.settings.url,
        entities=entities,
        skipped={f"{source}_{why}": count for why, count in left.items() if count},
        purchases_source=source,
        amounts=context.choices.amounts(context.mirror),
        only_totals=context.mirror.facts.only_totals(source),
        complaints=ComplaintsData(complained.entity, complained.since, complained.until, parts),
        unbearable=left_out.told(context.mirror, context.lang),
        leads=lead_parts(context.mirror, context.choices, context.lang),
        programmes=programme_parts(context.mirror, context.rules, context.choices),
        addresses=_addresses(context) if names and "xlsx" in formats else {},
        names=names,
        runs=last_runs(context.mirror, context.lang),
        tasks=open_tasks(context.mirror),
    )
    private = is_within(output, context.settings.home)
    return render(data, formats, output, context.lang, private=private)


def _addresses(context: Context) -> dict[Entity, Addresses]:
    today = context.today()
    return {entity: addresses(context.mirror, entity, today) for entity in ENTITY_MODULES}


def backtest_page(
    context: Context, found: HeldOut, entity: Entity, output: Path, note: str = ""
) -> Path:
    """Write what the forecasts were worth, and a note, into a folder and return the file."""
    private = is_within(output, context.settings.home)
    return backtest.write(found, entity, output, current_language(), private=private, note=note)


def _entity(
    context: Context,
    entity: Entity,
    complained: Complained,
    effect: pd.DataFrame | None,
    *,
    everybody: bool,
) -> EntityData:
    mirror = context.mirror
    summary = asked.summed_up(mirror, entity).rename(
        columns={
            "rfm_segment": "segment",
            "share": "customer_share",
            "revenue_per_customer_cents": "average_cents",
        }
    )
    grid = asked.cells(mirror, entity).rename(columns=lambda name: name.removeprefix("rfm_"))
    found = ask(context, entity)
    known = totals(mirror, entity, left_lately(found.compared))
    stayed = found.stayed
    # A page names some; whatever else is made names all, which takes their rows.
    only = None if everybody else known.named
    return EntityData(
        customers=asked.customers(mirror, entity, context.lang, only=only).frame,
        segments=summary,
        grid=grid,
        indicators=found.portfolio.indicators,
        migration=_migration(context, entity),
        leaving=counts.ways(mirror, entity),
        staying=StayingData(stayed.first_limit, stayed.by_month, stayed.survival),
        basis=_basis(context, entity),
        dashboard=dashboard(context, entity, found, known.named, complained, effect),
        totals=known,
        relations=relation_tables(context.mirror, context.choices, entity),
    )


def _basis(context: Context, entity: Entity) -> Basis | None:
    """Return how the scores that stand were cut; a run that lacked sources left no word of it."""
    mirror = context.mirror
    as_of = mirror.scores.as_of(entity)
    try:
        return None if as_of is None else mirror.snapshots.cuts(entity, as_of).basis
    except NotFound:
        return None


def _migration(context: Context, entity: Entity) -> MigrationData | None:
    if not has_two_snapshots(context.mirror, entity, context.today()):
        return None
    found = migration(context.mirror, entity, context.today(), movers=0)
    return MigrationData(found.before, found.after, found.matrix, found.changed(context.lang))
