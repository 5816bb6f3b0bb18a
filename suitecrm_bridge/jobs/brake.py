"""The brake: what looks like a mass failure is not believed until a person says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from suitecrm_bridge.errors import NotBelieved
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.inputs import judge
from suitecrm_bridge.mirror import Loss, Unreadable

HANDFUL = 5
"""Records of a module, or customers, that may be lost whatever share of them it is."""
ALL_OF = 3
"""Records of a module of which not one can be read by more than chance."""

JUDGE, PUSHED = "scores", "pushed"
"""Under these names the mirror notes who judged the scores, and those that were written."""


def check_read(context: Context, *, accept: bool) -> None:
    """Refuse to score where too much of a module cannot be read, or borne by figures.

    Args:
        context: whose mirror.
        accept: believe it, and as much of it from now on.

    Raises:
        NotBelieved: nothing was scored or written.
    """
    share, believing = context.settings.max_lost, context.mirror.believing
    found = believing.unreadable()
    odd = [] if accept else [one for one in found if _is_mass(one, share)]
    if odd:
        listed = "; ".join(
            text(
                "jobs.unreadable_share",
                module=one.module,
                count=number(one.records),
                known=number(one.known),
            )
            for one in odd
        )
        raise NotBelieved(text("jobs.too_many_unreadable", modules=listed, percent=share))
    # What was mended may not come back unnoticed.
    believing.accept_unreadable(
        {one.module: one.records if accept else min(one.accepted, one.records) for one in found}
    )


def _is_mass(one: Unreadable, share: int) -> bool:
    if one.records <= one.accepted:
        return False
    new = one.records - one.accepted
    none_left = one.records == one.known >= ALL_OF
    return none_left or new > max(HANDFUL, one.known * share // 100)


@contextmanager
def believed(context: Context, as_of: date, *, accept: bool) -> Iterator[None]:
    """Let the block score; where that takes too much away, everything is as it was before.

    Args:
        context: whose mirror.
        as_of: the day that is scored for.
        accept: believe it.

    Raises:
        NotBelieved: the scores of the last good run stand.
    """
    mirror = context.mirror
    judged_by, before = judge(context), mirror.scores.days()
    alike = mirror.believing.made_by(JUDGE) == judged_by and max(before, default=as_of) <= as_of
    with mirror.whole():
        mirror.believing.remember()
        yield
        if alike and not accept:
            _refuse_losses(context, "jobs.too_much_lost")
        mirror.believing.note(JUDGE, judged_by)


def check_push(context: Context, *, accept: bool, dry_run: bool) -> None:
    """Refuse to write scores that take away too much of what SuiteCRM holds.

    What was accepted stays so until a push has written everything.

    Raises:
        NotBelieved: nothing was written.
    """
    mirror = context.mirror
    if accept:
        if not dry_run:
            mirror.believing.note(PUSHED, None)
        return
    if mirror.believing.made_by(PUSHED) == mirror.believing.made_by(JUDGE):
        mirror.believing.remember_crm()
        _refuse_losses(context, "jobs.too_much_taken")


def pushed(context: Context) -> None:
    """Note who judged the scores that SuiteCRM has now."""
    believing = context.mirror.believing
    believing.note(PUSHED, believing.made_by(JUDGE))


def _refuse_losses(context: Context, key: str) -> None:
    share = context.settings.max_lost
    lost = [
        one
        for one in context.mirror.believing.losses(share)
        if one.emptied + one.fallen > max(HANDFUL, one.known * share // 100)
    ]
    if lost:
        listed = "; ".join(_words(context, one) for one in lost)
        raise NotBelieved(text(key, figures=listed, percent=share))


def _words(context: Context, loss: Loss) -> str:
    before, now = context.mirror.believing.values(loss)
    return text(
        "jobs.lost_figure",
        entity=loss.entity,
        figure=loss.figure,
        known=number(loss.known),
        emptied=number(loss.emptied),
        fallen=number(loss.fallen),
        customer=loss.customer_id,
        before=before,
        now=now,
    )
