"""Draw the dashboard from the scores in the mirror."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from suitecrm_bridge.analytics import leaving, segments
from suitecrm_bridge.files import is_within
from suitecrm_bridge.jobs import left_out, reading
from suitecrm_bridge.jobs.choices import purchases_source
from suitecrm_bridge.jobs.complaint_figures import complaining, complaints
from suitecrm_bridge.jobs.complaint_parts import report_parts
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.migration import has_two_snapshots, migration
from suitecrm_bridge.jobs.portfolio import portfolio
from suitecrm_bridge.mirror import ENTITY_MODULES, Entity
from suitecrm_bridge.report import ComplaintsData, EntityData, MigrationData, ReportData, render


def report(context: Context, formats: Sequence[str], output: Path) -> list[Path]:
    """Write the report into the folder `output` and return the files.

    Raises:
        NotFound: nothing was scored yet.
    """
    entities = {entity: _entity(context, entity) for entity in ENTITY_MODULES}
    source = purchases_source(context)
    data = ReportData(
        as_of=context.mirror.scores.as_of("contacts") or context.today(),
        crm_url=context.settings.url,
        entities=entities,
        skipped={
            f"{source}_{why}": count
            for why, count in context.mirror.facts.skipped(source).items()
            if count
        },
        purchases_source=source,
        complaints=_complaints(context),
        unbearable=left_out.told(context),
    )
    private = is_within(output, context.settings.home)
    return render(data, formats, output, context.lang, private=private)


def _complaints(context: Context) -> ComplaintsData:
    found = complaints(context, complaining(context), months=12)
    return ComplaintsData(found.entity, found.since, found.until, report_parts(found))


def _entity(context: Context, entity: Entity) -> EntityData:
    customers = reading.customers(context, entity)
    facts = reading.facts(customers)
    summary = segments.summary(facts).rename(
        columns={
            "rfm_segment": "segment",
            "share": "customer_share",
            "revenue_per_customer_cents": "average_cents",
        }
    )
    grid = segments.grid(facts).rename(columns=lambda name: name.removeprefix("rfm_"))
    return EntityData(
        customers=customers,
        segments=summary,
        grid=grid,
        indicators=portfolio(context, entity).indicators,
        migration=_migration(context, entity),
        leaving=leaving.leaving(reading.standing_facts(customers)),
    )


def _migration(context: Context, entity: Entity) -> MigrationData | None:
    if not has_two_snapshots(context, entity):
        return None
    found = migration(context, entity, movers=0)
    return MigrationData(found.before, found.after, found.matrix)
