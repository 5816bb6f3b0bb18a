"""See to it that newcomers on a programme's list get the message that its campaign has sent.

SuiteCRM sends a message once to a person. From 8.9 on one that was sent is set scheduled again, and
goes to the newcomers alone. On 7 a person presses send, again and again, and is told where.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from suitecrm_bridge.errors import ApiError, RecordNotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.programme_messages import (
    AGAIN,
    CLOSED,
    DONE,
    GOES,
    HELD,
    PRESS,
    to_do,
)
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.messages import Told
from suitecrm_bridge.mirror.programmes.returning import whose
from suitecrm_bridge.push.messages import (
    ACTIVE,
    SENT,
    UNDER_WAY,
    Message,
    messages_of,
    schedule_again,
)

logger = logging.getLogger(__name__)

Place = tuple[str, str]
"""Programme and wave."""


def look_after(
    context: Context,
    summary: Summary,
    entering: Mapping[Place, int],
    *,
    dry_run: bool = False,
    prepare: Callable[[], bool] = lambda: False,
) -> None:
    """Look at the messages of each list whose people may lack one, and schedule what was sent.

    Once a day each list is looked at, and whenever somebody came. A message that people never
    scheduled, or took back, is left as it is.

    Args:
        context: the rooms.
        summary: gets what was done, and what people are to do.
        entering: of a dry run, how many it would put on the list of each programme and wave.
        dry_run: whether nothing is written.
        prepare: makes copies for those who come back, and tells whether there are new ones.
    """
    told = _look(context, entering, dry_run=dry_run)
    if not dry_run and prepare():
        messages = context.mirror.programmes.messages
        told = [replace(one, again=messages.lacking(one.list_id, one.id)[1]) for one in told]
        seen = {(one.list_id, one.id) for one in told}
        more = _look(context, entering, dry_run=dry_run)
        told += [one for one in more if (one.list_id, one.id) not in seen]
    summary.messages = [_told(one) for one in told if one.stands in (AGAIN, PRESS)]
    for line in to_do(told, context.rules, context.lang):
        logger.warning("%s", line)


def _look(context: Context, entering: Mapping[Place, int], *, dry_run: bool) -> list[Told]:
    told: list[Told] = []
    for place, list_id in _lists(context):
        new = entering.get(place, 0)
        if not _may_lack(context, list_id, new):
            continue
        context.stop.check()
        try:
            told += _looked(context, place, list_id, new, dry_run=dry_run)
        except RecordNotFound:
            continue
        except ApiError as error:
            # Who may not see campaigns still fills lists; people look after their messages then.
            logger.warning("%s", text("programmes.messages_refused", reason=error))
            break
    return told


def look_at(context: Context, keys: Collection[str]) -> None:
    """Look at the messages of programmes that were stopped, and schedule none."""
    for (name, of, arm), list_id in context.mirror.programmes.lists.known().items():
        place = whose(name, of)
        if place[0] in keys and arm == "treated":
            try:
                _looked(context, place, list_id, 0)
            except ApiError as error:
                logger.warning("%s", text("programmes.messages_refused", reason=error))
                return


def _may_lack(context: Context, list_id: str, entering: int) -> bool:
    """Return whether somebody on a list may lack a message, by what was seen of it today."""
    messages = context.mirror.programmes.messages
    return entering > 0 or not messages.need_no_look(list_id, context.today())


def _looked(
    context: Context, place: Place, list_id: str, entering: int, *, dry_run: bool = False
) -> list[Told]:
    found = [
        _judged(context, place, list_id, one, entering) for one in messages_of(context.crm, list_id)
    ]
    if dry_run:
        return found
    for one in found:
        if one.stands == AGAIN:
            schedule_again(context.crm, one.id)
    context.mirror.programmes.messages.note(list_id, found, context.today())
    return found


def _lists(context: Context) -> Iterator[tuple[Place, str]]:
    """Return the lists of the waves that run and go out by mail."""
    states, known = context.mirror.programmes.states(), context.mirror.programmes.lists.known()
    for key, one in context.rules.programmes.items():
        if key not in states or not states[key].running:
            continue
        for wave in one.waves:
            for (name, of, arm), list_id in known.items():
                own = arm == "treated" and whose(name, of) == (key, wave.key)
                if wave.channel == "mail" and own:
                    yield (key, wave.key), list_id


def _judged(context: Context, place: Place, list_id: str, message: Message, new: int) -> Told:
    lacking, again, had = context.mirror.programmes.messages.lacking(list_id, message.id)
    lacking += new
    return Told(
        programme=place[0],
        wave=place[1],
        list_id=list_id,
        id=message.id,
        name=message.name,
        campaign_id=message.campaign_id,
        campaign=message.campaign,
        stands=stands(message, lacking),
        lacking=lacking,
        again=again,
        had=had,
    )


def stands(message: Message, lacking: int) -> str:
    """Return how a message stands of which that many people on the list have had nothing."""
    if not message.open:
        return CLOSED
    if message.status in UNDER_WAY:
        return GOES
    if message.status == SENT:
        return AGAIN if lacking else DONE
    if message.status == ACTIVE:
        return PRESS if lacking else DONE
    return HELD


def _told(one: Told) -> dict[str, str | int]:
    names = ("programme", "wave", "campaign", "name", "stands", "lacking", "again")
    return {name: getattr(one, name) for name in names}
