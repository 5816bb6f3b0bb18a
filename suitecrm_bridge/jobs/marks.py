"""Tell whether SuiteCRM is as this bridge left it, and whether another one writes there."""

from __future__ import annotations

import logging
import uuid

from suitecrm_bridge.crm import Marks
from suitecrm_bridge.errors import NotASuiteCrm, OtherBridge, PackageFailed, RequestRefused
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context

logger = logging.getLogger(__name__)


def as_left(context: Context) -> bool:
    """Return whether SuiteCRM is as this bridge left it; without marks nobody can tell.

    A new mirror has nothing that could be out of date.
    """
    marks = _marks(context)
    if marks is None:
        return True
    known = context.mirror.identity.known()
    if known is None:
        return not context.mirror.records.bookmarks()
    if known.installation != marks.installation:
        return False
    return marks.state in known.states or (marks.state is None and not known.states)


def doubt(context: Context) -> None:
    """Say that SuiteCRM is not as it was left, and let go of what no comparison would find."""
    marks, known = _marks(context), context.mirror.identity.known()
    if marks is None or known is None:
        return
    context.mirror.programmes.lists.doubt()
    context.mirror.cards.doubt()
    if known.installation != marks.installation:
        logger.warning("%s", text("jobs.other_installation"))
        return
    if is_anothers(context):
        logger.info("another bridge has written since: everything is compared")
        return
    logger.warning("%s", text("jobs.other_state"))
    context.mirror.history.forget()
    # SuiteCRM refuses a task that it has, or had: none comes twice.
    context.mirror.reactions.doubt()
    context.mirror.programmes.deliveries.doubt()


def note(context: Context) -> None:
    """Note that the mirror holds what SuiteCRM has as it stands now."""
    marks = _marks(context)
    if marks is not None:
        context.mirror.identity.note(marks.installation, marks.state)


def is_anothers(context: Context) -> bool:
    """Return whether another bridge writes into this SuiteCRM; without marks nobody can tell."""
    marks = _marks(context)
    return marks is not None and marks.bridge not in (None, context.mirror.identity.bridge)


def check_holder(context: Context, *, take_over: bool = False, dry_run: bool = False) -> None:
    """Stop where another bridge writes; a dry run is only warned.

    Raises:
        OtherBridge: another one writes there, and is not to be replaced.
    """
    if take_over or not is_anothers(context):
        return
    if not dry_run:
        raise OtherBridge(text("crm.other_bridge"))
    logger.warning("%s", text("jobs.other_bridge_dry"))


def claim(context: Context, *, take_over: bool = False) -> None:
    """Tell SuiteCRM that this bridge writes, under a new mark of how it is left.

    Raises:
        OtherBridge: another one writes there, and is not to be replaced.
    """
    marks = _marks(context)
    if marks is None:
        return
    identity, state = context.mirror.identity, uuid.uuid4().hex
    # What was not compared since must not pass for what this bridge left.
    noted = as_left(context) and identity.known() is not None
    if noted:
        identity.sending(state)
    try:
        marks.claim(identity.bridge, state, take_over=take_over)
    except (RequestRefused, NotASuiteCrm, PackageFailed) as error:
        # An API user who may not write customers has nothing to tell.
        logger.warning("%s", text("jobs.not_claimed", error=error))
        return
    if noted:
        identity.note(marks.installation, state)


def _marks(context: Context) -> Marks | None:
    package = context.package
    return package.marks if package is not None and package.marks.told else None
