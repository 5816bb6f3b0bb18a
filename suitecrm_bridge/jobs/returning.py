"""Prepare, on SuiteCRM 7, a copy of a message for those who come back to a wave.

SuiteCRM sends no message twice to a person. Who comes back, to next year's birthday for one, is put
on a list of their own beside the wave's, and the copy is attached to that list alone, so that it
reaches nobody who has had the message this time. People press send, as they do for the message.
"""

from __future__ import annotations

import logging

from suitecrm_bridge.catalogue.programmes import Programme, Wave
from suitecrm_bridge.errors import ApiError, RecordNotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.programmes.returning import name_of
from suitecrm_bridge.push import Wanted, make_list
from suitecrm_bridge.push.lists import TREATED
from suitecrm_bridge.push.messages import ACTIVE, Message, copy_for, messages_of

logger = logging.getLogger(__name__)

ARM = "treated"
"""Of everybody on such a list, as the mirror knows lists."""


def place(context: Context) -> None:
    """Let the lists that were made for those who come back hold them, and nobody else."""
    kept, known = context.mirror.programmes, context.mirror.programmes.lists.known()
    names = []
    for programme, wave in _waves(context):
        name = name_of(programme.key, wave.key)
        if not any(place[0] == name for place in known):
            continue
        kept.returning.place(programme.key, wave.key, kept.returning.times(programme.key, wave.key))
        names.append(name)
    kept.returning.withdraw(names)


def prepare(context: Context) -> bool:
    """Make the lists and copies that are missing; return whether there are new lists.

    It goes by what was seen of messages and of the campaign log.
    """
    new = False
    for programme, wave in _waves(context):
        times = context.mirror.programmes.returning.times(programme.key, wave.key)
        if not times or _are_there(context, programme, wave, max(times.values())):
            continue
        context.stop.check()
        try:
            new |= _prepared(context, programme, wave, max(times.values()))
        except RecordNotFound:
            continue
        except ApiError as error:
            # Who may make no messages still fills lists; people make their copies then.
            logger.warning("%s", text("programmes.messages_refused", reason=error))
            break
    return new


def _waves(context: Context) -> list[tuple[Programme, Wave]]:
    states = context.mirror.programmes.states()
    return [
        (one, wave)
        for key, one in context.rules.programmes.items()
        if key in states and states[key].running
        for wave in one.waves
        if wave.channel == "mail"
    ]


def _are_there(context: Context, programme: Programme, wave: Wave, most: int) -> bool:
    """Return whether every list was seen with a copy for each campaign of the wave's own."""
    known, messages = context.mirror.programmes.lists.known(), context.mirror.programmes.messages
    own, name = known[programme.key, wave.key, ARM], name_of(programme.key, wave.key)
    lists = [known.get((name, str(number), ARM)) for number in range(1, most + 1)]
    wanted = messages.campaigns(own)
    return all(one is not None and wanted <= messages.campaigns(one, own) for one in lists)


def _prepared(context: Context, programme: Programme, wave: Wave, most: int) -> bool:
    lists, new = context.mirror.programmes.lists, False
    own = lists.known()[programme.key, wave.key, ARM]
    there = messages_of(context.crm, own)
    originals = [one for one in there if one.open and one.status == ACTIVE]
    for number in range(1, most + 1) if originals else ():
        place = (name_of(programme.key, wave.key), str(number), ARM)
        list_id = lists.known().get(place)
        if list_id is None:
            wanted = _wanted(context, programme, wave, number)
            list_id, members = make_list(context.crm, wanted)
            lists.note(list_id, place, programme.module, members, context.clock())
            new = True
        _copy(context, list_id, originals, {one.id for one in there}, number)
    return new


def _copy(
    context: Context, list_id: str, originals: list[Message], own: set[str], number: int
) -> None:
    """Attach a copy of each message to a list, unless people or an earlier run did so."""
    copied = {one.campaign_id for one in messages_of(context.crm, list_id) if one.id not in own}
    for one in originals:
        if one.campaign_id not in copied:
            name = text(
                "programmes.message_again",
                context.written_lang,
                message=one.name,
                number=str(number + 1),
            )
            copy_for(context.crm, one, list_id, name, context.clock())


def _wanted(context: Context, programme: Programme, wave: Wave, number: int) -> Wanted:
    lang = context.written_lang
    named = {"programme": programme.label[lang], "wave": wave.label[lang]}
    return Wanted(
        mark=f"{name_of(programme.key, wave.key)}/{number}",
        module=programme.module,
        name=text("programmes.list_again", lang, **named, number=str(number + 1)),
        description=text("programmes.about_again", lang, **named),
        type=TREATED,
    )
