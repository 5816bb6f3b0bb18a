"""Which days can be scored for, and which scores are those of a past day."""

from __future__ import annotations

from datetime import date, timedelta

from suitecrm_bridge.errors import WrongDay
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.jobs.context import Context

PAST = "past"
"""Under this name the mirror notes of which past day the current scores are."""
LATE = timedelta(days=1)
"""A day that ended so recently is not past: a run over midnight, or in another time zone."""


def is_past(context: Context, as_of: date) -> bool:
    """Return whether scores of this day are not the current ones."""
    return as_of < context.today() - LATE


def require_past_or_present(context: Context, as_of: date) -> None:
    """Refuse a day in the future.

    Raises:
        WrongDay: nothing is known of it.
    """
    if as_of > context.today():
        raise WrongDay(text("jobs.future_day", day=day(as_of), today=day(context.today())))


def require_purchases(context: Context, as_of: date, source: str) -> None:
    """Refuse a day on which nobody had bought anything yet, although somebody did later.

    Raises:
        WrongDay: the message names the first purchase.
    """
    first = context.mirror.facts.first_purchase(source)
    if first is not None and as_of < first:
        raise WrongDay(text("jobs.before_purchases", day=day(as_of), first=day(first)))


def note(context: Context, as_of: date) -> None:
    """Note whether the scores that were just made are those of a past day."""
    past = as_of.isoformat() if is_past(context, as_of) else None
    context.mirror.believing.note(PAST, past)


def require_saying(context: Context, as_of: date | None, *, past: bool) -> None:
    """Refuse to score and write a past day unless it is said.

    Raises:
        WrongDay: nothing was read or written.
    """
    if as_of is None:
        return
    require_past_or_present(context, as_of)
    if is_past(context, as_of) and not past:
        raise WrongDay(text("jobs.past_needs_saying", day=day(as_of)))


def require_current(context: Context, *, past: bool) -> None:
    """Refuse to write the scores of a past day unless it is said.

    Raises:
        WrongDay: nothing was written.
    """
    kept = context.mirror.believing.made_by(PAST)
    if kept is not None and not past:
        raise WrongDay(text("jobs.past_scores", day=day(date.fromisoformat(kept))))
