"""SuiteCRM's target lists: those of programmes made where missing, and all filled."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from suitecrm_bridge.catalogue.programmes import Programme, Wave
from suitecrm_bridge.errors import WriteBackError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import refusals, segment_lists
from suitecrm_bridge.jobs.addressing import tell_package
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push import Difference, Wanted, change_members, make_list
from suitecrm_bridge.push.lists import CONTROL, TREATED, Answered

logger = logging.getLogger(__name__)

MOST_ONE_BY_ONE = 1_000
"""Members that a run changes over the stock API, which takes a request for each; the rest waits."""
TREATED_ARM = "treated"
_TYPES = {TREATED_ARM: TREATED, "control": CONTROL}
_TIMES = 2
"""How often lists are filled in one run: a second time where people deleted one meanwhile."""


def make(context: Context, programmes: Sequence[Programme]) -> None:
    """Make the lists that are missing."""
    known = context.mirror.programmes.lists.known()
    for programme in programmes:
        # Whoever is on two lists has had the later wave.
        for wave in reversed(programme.waves):
            for arm in (TREATED_ARM, "control") if programme.control else (TREATED_ARM,):
                if (programme.key, wave.key, arm) not in known:
                    context.stop.check()
                    _make(context, programme, wave, arm)


def _make(context: Context, programme: Programme, wave: Wave, arm: str) -> None:
    lists, place = context.mirror.programmes.lists, (programme.key, wave.key, arm)

    def begin(id: str) -> None:
        # Noted before it is there: whoever people put on it afterwards has not had its wave.
        lists.begin(id, place, programme.module)

    id, members = make_list(context.crm, _wanted(context, programme, wave, arm), begin)
    lists.note(id, place, programme.module, members, context.clock())
    lists.adopt(place, wave.channel, members, context.today())


def _wanted(context: Context, programme: Programme, wave: Wave, arm: str) -> Wanted:
    lang = context.written_lang
    named = {"programme": programme.label[lang], "wave": wave.label[lang]}
    return Wanted(
        mark=f"{programme.key}/{wave.key}/{arm}",
        module=programme.module,
        name=text(f"programmes.list_{arm}", lang, **named),
        description=text(f"programmes.about_{arm}", lang, **named),
        type=_TYPES[arm],
    )


def fill(context: Context, summary: Summary, *, adding: bool = True) -> int:
    """Put on the lists who is to be on them, and take off who is not, as far as this run goes.

    Without `adding` people are only taken off. Return how many failed: the log says which and why,
    and they stay due.
    """
    lists, failed = context.mirror.programmes.lists, 0
    for _ in range(_TIMES):
        tell_package(context)
        gone, failed = False, 0
        differences = _differences(context, adding=adding)
        for answered in change_members(
            context.crm,
            context.fast,
            differences,
            most=MOST_ONE_BY_ONE,
            stop=context.stop.is_set,
        ):
            lists.answered(answered.list_id, answered.added, answered.removed)
            summary.members_added += len(answered.added)
            summary.members_removed += len(answered.removed)
            _tell_refused(answered)
            failed += answered.failed is not None
            if answered.gone:
                logger.warning("%s", text("programmes.list_gone", id=answered.list_id))
                lists.forget(answered.list_id)
                gone = True
        context.stop.check()
        if not gone:
            break
        make(context, running(context))
        segment_lists.place(context)
    summary.members_left = sum(len(due.add) + len(due.remove) for due in lists.due())
    if summary.members_left:
        logger.warning("%s", text("programmes.left", count=summary.members_left))
    return failed


def require_filled(summary: Summary, failed: int) -> None:
    """Count the members that failed.

    Raises:
        WriteBackError: there are some.
    """
    summary.failed += failed
    if failed:
        raise WriteBackError(text("programmes.members_failed", count=failed))


def _tell_refused(answered: Answered) -> None:
    for person in answered.refused:
        if answered.failed is None:
            logger.warning("%s", text("programmes.refused", id=person))
        else:
            said = {"id": person, "list": answered.list_id, "reason": answered.failed}
            logger.warning("%s", text("programmes.member_failed", **said))


def _differences(context: Context, *, adding: bool) -> list[Difference]:
    """Return who is to be put on each list and taken off it.

    Over the stock API those who are put on a list for e-mail in this run are asked about once more.
    """
    due = context.mirror.programmes.lists.due()
    if not adding:
        return [Difference(one.list_id, one.module, (), one.remove) for one in due]
    if context.fast is not None:
        return [Difference(one.list_id, one.module, one.add, one.remove) for one in due]
    room, silent = MOST_ONE_BY_ONE - sum(len(one.remove) for one in due), _without_mail(context)
    found = []
    for one in due:
        add = one.add[: max(0, room)]
        room -= len(add)
        if one.list_id not in silent:
            unwilling = refusals.unwilling(context, one.module, add)
            add = [person for person in add if person not in unwilling]
        found.append(Difference(one.list_id, one.module, add, one.remove))
    return found


def _without_mail(context: Context) -> set[str]:
    """Return the lists from which nobody gets an e-mail: of other channels, and of controls."""
    channels = {
        (key, wave.key): wave.channel
        for key, one in context.rules.programmes.items()
        for wave in one.waves
    }
    return {
        id
        for (programme, wave, arm), id in context.mirror.programmes.lists.known().items()
        if arm != TREATED_ARM or channels.get((programme, wave), "mail") != "mail"
    }


def running(context: Context) -> list[Programme]:
    """Return the programmes that run and have a file."""
    states = context.mirror.programmes.states()
    known = context.rules.programmes
    return [one for key, one in known.items() if key in states and states[key].running]
