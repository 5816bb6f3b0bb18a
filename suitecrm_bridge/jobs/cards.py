"""Tell the package what its customer card shows beside the fields: what changed when, and why."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity
from suitecrm_bridge.crm import FastRoutes
from suitecrm_bridge.errors import NotASuiteCrm, PackageFailed, RequestRefused
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Card

logger = logging.getLogger(__name__)

One = TypeVar("One")


def tell(context: Context) -> None:
    """Note what changed, and tell the package of every customer what it does not know yet.

    Over the stock API nothing is told: the card does without. Nothing else depends on it, so that
    whatever the package refuses is logged and tried again by the next run.

    Raises:
        ApiError: SuiteCRM cannot be reached.
    """
    routes = context.fast
    for entity, module in ENTITY_MODULES.items():
        if context.mirror.cards.stand(entity):
            continue
        context.mirror.cards.note(entity)
        if routes is None or not routes.cards.most:
            continue
        try:
            _tell(context, routes, entity, module)
            context.mirror.cards.settle(entity)
        except (RequestRefused, NotASuiteCrm, PackageFailed) as error:
            logger.warning("%s", text("jobs.cards_not_told", module=module, error=error))


def _tell(context: Context, routes: FastRoutes, entity: Entity, module: str) -> None:
    cards, bridge = context.mirror.cards, context.mirror.identity.bridge
    for gone in _parts(iter(cards.gone(entity)), routes.cards.most):
        routes.cards.tell(module, [], gone, bridge)
        cards.told(entity, [], gone)
    for some in _parts(cards.untold(entity), routes.cards.most):
        context.stop.check()
        routes.cards.tell(module, [_row(card) for card in some], [], bridge)
        cards.told(entity, some, [])


def _row(card: Card) -> list[Any]:
    return [
        card.customer_id,
        card.rule,
        None if card.expected is None else card.expected.isoformat(),
        None if card.kept is None else round(float(card.kept), 2),
        card.attempts,
        card.months,
        [[one.what, one.since.isoformat(), one.value] for one in card.changes],
    ]


def _parts(rows: Iterator[One], most: int) -> Iterator[Sequence[One]]:
    while some := list(islice(rows, most)):
        yield some
