"""Score every mirrored customer."""

from __future__ import annotations

import logging
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.reasons import reasons
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.worth import worth
from suitecrm_bridge.mirror import ENTITY_MODULES, Entity

logger = logging.getLogger(__name__)


@recorded
def score(context: Context, summary: Summary, as_of: date) -> None:
    """Compute the scores of contacts and accounts as they stood on `as_of`.

    Raises:
        NotFound: nothing was ever pulled.
    """
    mirror = context.mirror
    if mirror.records.bookmark("Contacts") is None:
        raise NotFound(text("jobs.nothing_pulled"))
    with summary.timed("score"):
        source = purchases_source(context)
        summary.purchases = source
        summary.skipped = mirror.facts.skipped(source)
        engine = Engine(mirror.connection)
        for entity in ENTITY_MODULES:
            context.progress.begin(text("jobs.scoring", entity=entity), None)
            rfm.compute(
                engine, entity, source, as_of, context.settings.min_buyers,
                ranking(context, entity, source),
            )  # fmt: skip
            cuts = rfm.cuts(engine)
            rows = engine.fetch(f"rfm_{entity}")
            sentences = reasons(rows, basis=cuts.basis, min_buyers=context.settings.min_buyers)
            more = worth(context, engine, entity, as_of)
            mirror.scores.save(entity, _columns(rows, sentences, more, as_of))
            mirror.snapshots.save(entity, as_of, cuts, source)
            summary.scored[entity] = len(rows)
            context.progress.advance(len(rows))
            context.progress.end()
    logger.info("scored %s as of %s from %s", summary.scored, as_of, source)


def purchases_source(context: Context) -> rfm.Source:
    """Return what counts as a purchase: the setting, or invoices where there are any."""
    if context.settings.purchases == "auto":
        return "invoices" if context.mirror.facts.has_invoices() else "opportunities"
    return "invoices" if context.settings.purchases == "invoices" else "opportunities"


def ranking(context: Context, entity: Entity, source: rfm.Source) -> rfm.Ranking:
    """Return how scores are cut: as the setting says; by fifths until there is a first snapshot.

    Raises:
        NotFound: the setting names a day without a snapshot.
    """
    kind, _, day = context.settings.rfm.partition(":")
    if kind == "thresholds":
        return "thresholds"
    if kind == "fifths":
        return "fifths"
    frozen_on = date.fromisoformat(day) if day else None
    return context.mirror.snapshots.frozen(entity, source, frozen_on) or "fifths"


def _columns(
    rows: pd.DataFrame, sentences: pd.DataFrame, more: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    scores = pd.concat([rfm.presented(rows), sentences], axis=1).join(more, on="customer_id")
    scores = scores.assign(as_of=as_of, scored_at=as_of).astype(object)
    return scores.where(scores.notna(), None)
