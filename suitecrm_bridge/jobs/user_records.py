"""Calls and tasks of programmes, for the users whose customers they are."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.catalogue.programmes import OF_USERS, Programme, Wave
from suitecrm_bridge.errors import AccessDenied, RequestRefused, WriteBackError
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import AnsweredWrite, DeadLetter
from suitecrm_bridge.mirror.programmes.deliveries import Delivery
from suitecrm_bridge.mirror.programmes.people import Person, details
from suitecrm_bridge.push import (
    CALLS,
    TASKS,
    Change,
    Outcome,
    call,
    call_id,
    create,
    task,
    task_id,
    with_contact,
)
from suitecrm_bridge.tables import label

logger = logging.getLogger(__name__)

USERS = "Users"
AWAY = ("Terminated", "Leave of Absence")
"""Employee statuses of those who are to get nothing: SuiteCRM's own words for them."""
LONGEST_TITLE = 50
"""Characters that SuiteCRM keeps of the name of a call or task."""
WORKING_DAY = 480
"""Business minutes within which a task is due."""


def make(context: Context, summary: Summary) -> None:
    """Make the calls and tasks that are queued, each once, whatever becomes of an answer.

    Raises:
        AccessDenied: the API user may make none.
        WriteBackError: some were refused; the dead letters say which and why.
        ApiError: what another record would not escape either.
    """
    changes, by = _planned(context)

    def sending(batch: Sequence[Change]) -> None:
        context.stop.check()
        for id in (change.record_id for change in batch):
            context.mirror.programmes.deliveries.sending([by[id].key], id, context.clock())

    made, failed = Counter[str](), 0
    for outcome in create(context.crm, changes, sending=sending):
        delivery = by[outcome.change.record_id]
        outcome = with_contact(context.crm, outcome) if delivery.channel == "call" else outcome
        _record(context, delivery, outcome)
        if isinstance(outcome.error, AccessDenied):
            raise outcome.error
        made[delivery.channel] += outcome.error is None
        failed += outcome.error is not None
    summary.deliveries |= {channel: count for channel, count in made.items() if count}
    summary.failed += failed
    if failed:
        raise WriteBackError(text("jobs.writes_failed", count=failed))


def know_users(context: Context, programmes: Collection[Programme]) -> None:
    """Ask SuiteCRM which users are at work, where some are to get calls or tasks."""
    if not any(wave.channel in OF_USERS for one in programmes for wave in one.waves):
        return
    try:
        # Their status is not in the API; whether they are employed is.
        found = context.crm.module(USERS).iterate(fields=["employee_status"])
        active = {one["id"]: one["employee_status"] not in AWAY for one in found}
    except RequestRefused as error:
        logger.info("%s", text("programmes.users_unknown", context.lang, error=error))
        return
    with context.mirror.whole():
        context.mirror.programmes.deliveries.users(active)


def wanted_ids(context: Context) -> list[tuple[str, str]]:
    """Return (module, id) of every call and task that is still to be made, now or later."""
    return [_place(one) for one in context.mirror.programmes.deliveries.pending(OF_USERS)]


def _place(delivery: Delivery) -> tuple[str, str]:
    if delivery.channel == "call":
        return CALLS, call_id(delivery.key)
    return TASKS, task_id(delivery.key)


def due(context: Context) -> list[Delivery]:
    """What is queued, but for what failed and waits for its next attempt."""
    waiting = context.mirror.dead_letters.waiting("write", context.clock())
    pending = context.mirror.programmes.deliveries.pending(OF_USERS)
    return [one for one in pending if _place(one) not in waiting]


def _planned(context: Context) -> tuple[list[Change], dict[str, Delivery]]:
    """Return the records to make, and by their ids what each is for."""
    found = due(context)
    if not found:
        return [], {}
    from suitecrm_bridge.analytics.complaints.deadline import deadline

    calendar, now = context.choices.calendar, context.clock()
    opens, evening = (deadline(calendar, now, minutes) for minutes in (0, WORKING_DAY))
    ids = {one.person for one in found}
    people = details(context.mirror.connection, ids, context.written_lang)
    codes = context.mirror.programmes.coupons.of(ids)
    changes, by = [], {}
    for delivery in found:
        programme = context.rules.programmes.get(delivery.programme)
        person = people.get(delivery.person)
        waves = programme.waves if programme else ()
        wave = next((one for one in waves if one.key == delivery.wave), None)
        if programme is None or wave is None or person is None:
            continue
        told = _attributes(context, programme, wave, delivery, person)
        code = codes.get((delivery.programme, delivery.person), "")
        told["description"] = _words(programme, wave, delivery, person, code, context.written_lang)
        is_call = delivery.channel == "call"
        change = call(delivery.key, told, opens) if is_call else task(delivery.key, told, evening)
        changes.append(change)
        by[change.record_id] = delivery
    return changes, by


def _attributes(
    context: Context, programme: Programme, wave: Wave, delivery: Delivery, person: Person
) -> dict[str, Any]:
    lang = context.written_lang
    title = text(
        f"programmes.{delivery.channel}_title", lang, name=person.name, what=programme.label[lang]
    )
    told: dict[str, Any] = {
        "name": _cut(in_line(title)),
        "parent_type": person.module,
        "parent_id": person.id,
        "assigned_user_id": delivery.owner,
    }
    if delivery.channel == "task":
        told["priority"] = "Medium"
        told["contact_id"] = person.id if person.module == "Contacts" else ""
    return {name: value for name, value in told.items() if value}


def _words(
    programme: Programme,
    wave: Wave,
    delivery: Delivery,
    person: Person,
    code: str,
    lang: Language,
) -> str:
    """Return what a user is told: what to say, why, and how the person is reached."""
    # What was typed into the CRM must not look like a line of the record's own.
    name, product = in_line(person.name), in_line(delivery.product)
    offered = product or text("programmes.any_product", lang)
    lines = [wave.say[lang].format(name=name, product=offered, code=code)] if wave.say else []
    lines += ["", text("programmes.why", lang, what=programme.description[lang])]
    lines += [in_line(said) for said in person.why]
    numbers = ", ".join(in_line(one) for one in (person.phone, person.mobile) if one)
    moment = label(person.moment, "best_moment", lang) if person.moment else ""
    told = {"offer": product, "code": code, "phone": numbers, "moment": moment}
    if person.need and person.need_day:
        told["need"] = text(
            "programmes.need_by", lang, product=in_line(person.need), day=day(person.need_day, lang)
        )
    lines += [text(f"programmes.told_{key}", lang, value=one) for key, one in told.items() if one]
    return "\n".join(lines).strip()


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _record(context: Context, delivery: Delivery, outcome: Outcome) -> None:
    """Keep what became of a record: it was made, or there already, or it was refused."""
    change, now, mirror = outcome.change, context.clock(), context.mirror
    lasting = {name: change.attributes[name] for name in ("name", "parent_type", "parent_id")}
    if outcome.error is not None:
        logger.warning("not made: %s %s: %s", change.module, change.record_id, outcome.error)
        letter = DeadLetter(change.module, change.record_id, lasting, str(outcome.error))
        mirror.writeback.record(now, [], [letter])
        return
    with mirror.whole():
        if outcome.record is not None:
            written = AnsweredWrite(change.module, change.record_id, lasting, outcome.record)
            mirror.writeback.record(now, [written], [])
        mirror.dead_letters.settle("write", [(change.module, change.record_id)])
        mirror.programmes.deliveries.made([delivery.key], context.today())
