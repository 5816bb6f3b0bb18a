"""Deliver what programmes decided, over every channel that is the bridge's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from suitecrm_bridge.catalogue.programmes import DELIVERED, Programme
from suitecrm_bridge.errors import WriteBackError
from suitecrm_bridge.jobs import complaint_tasks, letters, user_records, webhooks
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.deliveries import Delivery
from suitecrm_bridge.mirror.programmes.states import PAUSING

if TYPE_CHECKING:
    import pandas as pd


def deliver(context: Context, summary: Summary) -> None:
    """Deliver what is queued, each once.

    Raises:
        NotTold: the receiver of webhooks takes nothing; the next sync tries again.
        SettingError: its address or secret cannot be used.
        StoreError: a file cannot be written.
        WriteBackError: some records were refused; the dead letters say which and why.
        ApiError: what another record would not escape either.
    """
    failed: WriteBackError | None = None
    letters.write(context, summary)
    for channel in (user_records.make, webhooks.send):
        try:
            channel(context, summary)
        except WriteBackError as error:
            failed = error
    if failed is not None:
        raise failed


def give_codes(context: Context, programmes: Collection[Programme]) -> None:
    """Give everybody a coupon code who is addressed by a programme that has them."""
    if any(one.coupon for one in programmes):
        from suitecrm_bridge.insights.programme_codes import give

        give(context.mirror, programmes, context.choices)


def wanted_ids(context: Context) -> list[tuple[str, str]]:
    """Return (module, id) of all that is to be made now or later, tasks about complaints too."""
    rooms = (complaint_tasks, user_records, webhooks)
    return [one for room in rooms for one in room.wanted_ids(context)]


def foreseen(
    context: Context, plan: pd.DataFrame, channels: Mapping[tuple[str, str], str]
) -> dict[str, int]:
    """Return by channel how much a run would deliver: what is queued, and what the plan adds."""
    moved = plan["decision"].isin(["enters", "leaves"])
    moved |= (plan["decision"] == "deferred") & plan["reason"].isin(PAUSING)
    elsewhere = set(zip(plan.loc[moved, "programme"], plan.loc[moved, "person"], strict=True))
    queued = (one for one in _due(context) if (one.programme, one.person) not in elsewhere)
    counted = Counter(one.channel for one in queued)
    entering = plan[plan["decision"] == "enters"]
    pairs = zip(entering["programme"], entering["wave"], strict=True)
    counted.update(way for pair in pairs if (way := channels[pair]) in DELIVERED)
    return dict(counted)


def _due(context: Context) -> list[Delivery]:
    return [*user_records.due(context), *webhooks.due(context), *letters.due(context)]
