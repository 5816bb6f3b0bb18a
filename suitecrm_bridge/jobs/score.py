"""Score every mirrored customer, complaint and lead."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from suitecrm_bridge.catalogue import ENTITY_MODULES, SEGMENT_FIELD, Cuts, Entity, Source
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.insights.choices import COUNTED
from suitecrm_bridge.jobs import brake, days
from suitecrm_bridge.jobs.clocks import require_clock_not_behind
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.inputs import inputs
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.sources import note, sources_of, stale_sources
from suitecrm_bridge.jobs.summary import Summary

# The analytics are imported where they run: a sync that changes nothing needs none.
if TYPE_CHECKING:
    import pandas as pd

    from suitecrm_bridge.analytics import rfm
    from suitecrm_bridge.analytics.engine import Engine
    from suitecrm_bridge.jobs.complaints import Scoring

logger = logging.getLogger(__name__)


@recorded
def score(
    context: Context,
    summary: Summary,
    as_of: date,
    *,
    accept: bool = False,
    past: bool = False,
) -> None:
    """Compute the scores of contacts, accounts, complaints and leads as they stood on `as_of`.

    Those of a past day are computed and not kept, unless they are asked for.

    Args:
        context: whose mirror.
        summary: what is counted in.
        as_of: the day.
        accept: believe what looks like a mass failure.
        past: keep the scores of a past day as the current ones.

    Raises:
        NotFound: nothing was ever pulled.
        WrongClock: by this machine's clock the last reading lies in the future.
        WrongDay: the day has not come yet, or nobody had bought anything.
        NotBelieved: too much would be lost; the scores stand as they were.
    """
    mirror = context.mirror
    if mirror.records.bookmark("Contacts") is None:
        raise NotFound(text("jobs.nothing_pulled"))
    require_clock_not_behind(context)
    days.require_past_or_present(context, as_of)
    brake.check_read(context, accept=accept)
    with summary.timed("score"):
        source = context.choices.source(context.mirror)
        stale = note(context, summary, stale_sources(context, as_of))
        made_from, stands = _stands(context, as_of, stale)
        _count(context, summary, source)
        if days.is_past(context, as_of):
            days.require_purchases(context, as_of, source)
            if not past:
                _only_look(context, summary, as_of, source)
                return
        if stands:
            summary.scored = {entity: mirror.scores.count(entity) for entity in ENTITY_MODULES}
            logger.info("the scores stand: nothing changed that they are made from")
            return
        with brake.believed(context, as_of, accept=accept):
            mirror.sources.note_stale(stale)
            _score(context, summary, as_of, source)
            mirror.scores.mark(made_from)
            days.note(context, as_of)
            mirror.believing.note(COUNTED, context.choices.counted(mirror))
    logger.info("scored %s as of %s from %s", summary.scored, as_of, source)


def _count(context: Context, summary: Summary, source: Source) -> None:
    """Note what counts as a purchase, by which amounts, and what was left out."""
    facts = context.mirror.facts
    summary.purchases = source
    summary.amounts = context.choices.amounts(context.mirror)
    summary.skipped = facts.skipped(source)
    summary.only_totals = facts.only_totals(source)
    summary.unbearable = context.mirror.left_out.counts()
    for module, count in summary.unbearable.items():
        logger.warning("%s", text("jobs.unbearable", module=module, count=count))


class _NotKept(Exception):
    pass


def _only_look(context: Context, summary: Summary, as_of: date, source: Source) -> None:
    """Score for a day and leave everything as it was."""
    try:
        with context.mirror.whole():
            _score(context, summary, as_of, source)
            raise _NotKept
    except _NotKept:
        logger.warning("%s", text("jobs.not_kept", day=day(as_of)))


def _stands(context: Context, as_of: date, stale: Collection[str]) -> tuple[str, bool]:
    """Return what the scores are to be made from, and whether they are already.

    What refers to a record is spelled as the record itself from then on.
    """
    mirror = context.mirror
    made_from = inputs(context, as_of, stale)
    if mirror.scores.made_from(made_from):
        return made_from, True
    respelled = mirror.references.settle()
    if not respelled:
        return made_from, False
    logger.info("%d references were spelled otherwise than their records", respelled)
    made_from = inputs(context, as_of, stale)
    return made_from, mirror.scores.made_from(made_from)


def _score(context: Context, summary: Summary, as_of: date, source: Source) -> None:
    from suitecrm_bridge.analytics.engine import Engine
    from suitecrm_bridge.insights import leads
    from suitecrm_bridge.jobs import complaints

    engine = Engine(context.mirror.connection)
    context.progress.begin(text("jobs.scoring"), None)
    complained = complaints.Scoring(context, engine, as_of)
    summary.scored = _score_customers(context, engine, as_of, source, complained)
    context.progress.advance(sum(summary.scored.values()))
    context.progress.end()
    context.mirror.scores.save("cases", complained.cases())
    context.mirror.scores.save(
        "leads", leads.on_records(context.mirror, context.choices, engine, as_of)
    )
    complained.react()


def _score_customers(
    context: Context, engine: Engine, as_of: date, source: Source, complained: Scoring
) -> dict[str, int]:
    from suitecrm_bridge.analytics import rfm
    from suitecrm_bridge.analytics.months import purchase_months, show_months
    from suitecrm_bridge.analytics.parts import parts
    from suitecrm_bridge.insights.next_actions import Actions
    from suitecrm_bridge.insights.relations import Relations
    from suitecrm_bridge.insights.worth import Worth, give_facts

    rankings = {entity: ranking(context, entity, as_of) for entity in ENTITY_MODULES}
    rules = context.rules
    rfm.compute(engine, rankings, source, as_of, context.settings.min_buyers, rules.rfm)
    cuts = rfm.cuts(engine)
    give_facts(context.mirror, engine)
    complained.look_at_customers()
    worth = Worth(context.mirror, context.choices, engine, as_of)
    actions = Actions(rules.actions, engine, as_of)
    relations = Relations(context.mirror, context.choices, engine, as_of)
    show_months(engine, as_of)
    scored: dict[str, int] = dict.fromkeys(ENTITY_MODULES, 0)
    for number, part in enumerate(parts(engine)):
        more = worth.of(part).join(complained.customers(part))
        more = more.join(actions.of(part, more)).join(relations.of(part))
        more = more.join(purchase_months(part, as_of))
        ranked = part.fetch("rfm")
        for entity in ENTITY_MODULES:
            rows = ranked[ranked["entity"] == entity].reset_index(drop=True)
            columns = _columns(context, rows, cuts[entity], more, as_of)
            context.mirror.scores.save(entity, columns, more=number > 0)
            scored[entity] += len(rows)
    _keep(context, cuts, as_of)
    return scored


def _keep(context: Context, cuts: Mapping[str, Cuts], as_of: date) -> None:
    """Keep a snapshot of the scores of each kind of customers that could be read whole."""
    stale = context.mirror.sources.stale_when_scored()
    for entity, module in ENTITY_MODULES.items():
        if stale.keys() & sources_of(context, module, SEGMENT_FIELD):
            logger.warning("%s", text("jobs.no_snapshot", entity=entity))
        else:
            counted = context.choices.counted(context.mirror)
            context.mirror.snapshots.save(entity, as_of, cuts[entity], counted)


def ranking(context: Context, entity: Entity, as_of: date) -> rfm.Ranking:
    """Return how scores are cut: as the setting says; by fifths until there is a first snapshot.

    Whether fifths tell customers apart is asked anew each time; after a day on which they did not,
    it takes more for them to, so that a base on the edge does not change from night to night.

    Raises:
        NotFound: the setting names a day without a snapshot.
    """
    kind, _, fixed = context.settings.rfm.partition(":")
    if kind == "thresholds":
        return "thresholds"
    snapshots, counted = context.mirror.snapshots, context.choices.counted(context.mirror)
    if kind == "frozen":
        frozen_on = date.fromisoformat(fixed) if fixed else None
        if cuts := snapshots.frozen(entity, counted, frozen_on):
            return cuts
    _, basis = snapshots.methods_before(as_of).get(entity, (counted, ""))
    return "after_rhythm" if basis == "rhythm" else "fifths"


def _columns(
    context: Context, rows: pd.DataFrame, cuts: Cuts, more: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    import pandas as pd

    from suitecrm_bridge.analytics import rfm
    from suitecrm_bridge.analytics.reasons.segment import reasons

    sentences = reasons(rows, basis=cuts.basis, min_buyers=context.settings.min_buyers)
    shown = pd.concat([rows["entity"], rfm.presented(rows), sentences], axis=1)
    scores = shown.join(more, on=["entity", "customer_id"]).drop(columns="entity")
    return scores.assign(as_of=as_of, scored_at=as_of)
