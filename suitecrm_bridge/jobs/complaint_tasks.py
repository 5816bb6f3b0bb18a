"""React to complaints: find at each scoring which tasks are wanted, open them with each push."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from suitecrm_bridge.catalogue import Reaction
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sources import sources_of
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import AnsweredWrite, DeadLetter, WantedTask, as_json
from suitecrm_bridge.push import TASKS, Change, Outcome, create, task, task_id

# The analytics are imported where they run: a push that opens no task needs none.
if TYPE_CHECKING:
    from suitecrm_bridge.analytics.complaints.reactions import Row
    from suitecrm_bridge.analytics.engine import Engine

logger = logging.getLogger(__name__)

NAMED = 20
"""Tasks that a dry run names at least, also where none are to be opened."""


_JUDGED = {
    "segments": "rfm_segment_c",
    "lifecycles": "lifecycle_c",
    "churn_risks": "churn_risk_c",
}
"""Conditions of a rule that hold what was judged of the customer, with the field of each."""


def want(
    context: Context, engine: Engine, as_of: date, names: Mapping[str, Mapping[str, str]]
) -> None:
    """Note in the mirror which tasks are wanted.

    Args:
        context: whose mirror.
        engine: holds what `complaints.prepare` and `alarms.compute` leave; the customers' scores
            must be saved.
        as_of: the day of the scores.
        names: of each dimension of alarms, what its values are called.

    Raises:
        CatalogueError: the installation's own rules cannot be used.
    """
    from suitecrm_bridge.analytics.complaints import reactions

    rules = context.rules.reactions
    context.mirror.facts.define_reactions()
    reactions.prepare(engine, rules, as_of, context.choices.calendar)
    fired = [*reactions.of_cases(engine, rules), *reactions.of_alarms(engine, rules, names)]
    wanted = [_wanted(context, rank, rule, row) for rank, (rule, row) in enumerate(fired)]
    context.mirror.reactions.want(wanted)


def planned(context: Context, summary: Summary, stale: Collection[str] = ()) -> dict[str, Change]:
    """Return the tasks that a push opens, by their keys, and note how many wait for a later one.

    One that a rule wants because of what stands in `stale` sources waits until they are read.
    """
    wanted, most = _ready(context, stale), context.settings.reactions_most
    found = _tasks(context, wanted[:most])
    summary.reactions, summary.reactions_left = len(found), len(wanted) - len(found)
    for change in found.values():
        about = {"module": change.attributes["parent_type"], "id": change.attributes["parent_id"]}
        title = change.attributes["name"]
        logger.info("%s", text("reactions.wanted", context.lang, **about, title=title))
    if summary.reactions_left:
        count = summary.reactions_left
        # Who wants none opened need not hear of it every night.
        level = logging.WARNING if most else logging.INFO
        logger.log(level, "%s", text("reactions.left", context.lang, count=count, most=most))
    return found


def named(context: Context, stale: Collection[str] = ()) -> list[dict[str, str]]:
    """Return what a dry run tells of the tasks: title, module, id; will is open or wait."""
    most = context.settings.reactions_most
    return [
        {
            "title": in_line(one.attributes["name"]),
            "module": one.attributes["parent_type"],
            "id": one.attributes["parent_id"],
            "will": "open" if place < most else "wait",
        }
        for place, one in enumerate(_ready(context, stale)[: max(most, NAMED)])
    ]


def _ready(context: Context, stale: Collection[str]) -> list[WantedTask]:
    """What is wanted now, but for what needs sources that could not be read."""
    wanted = _open(context)
    return [one for one in wanted if not stale or not _sources(context, one) & {*stale}]


def _sources(context: Context, wanted: WantedTask) -> frozenset[str]:
    """Return what the rule that wants a task looks at."""
    rule = next((rule for rule in context.rules.reactions.rules if rule.key == wanted.rule), None)
    of_cases = sources_of(context, "Cases", "sla_breached_c")
    if rule is None or rule.alarms:
        return of_cases | sources_of(context, "Contacts", "complaint_count_c", "margin_c")
    fields = [_JUDGED[name] for name in rule.words if name in _JUDGED]
    return of_cases | sources_of(context, "Contacts", "complaint_count_c", *fields)


def react(context: Context, summary: Summary, tasks: Mapping[str, Change]) -> None:
    """Open tasks. Whatever becomes of an answer, none is ever opened twice."""
    keys = {change.record_id: key for key, change in tasks.items()}
    again: set[str] = set()

    def sending(batch: Sequence[Change]) -> None:
        context.stop.check()
        for id in (change.record_id for change in batch):
            if context.mirror.reactions.sending(keys[id], id, context.clock()):
                again.add(id)

    summary.reactions = 0
    for outcome in create(context.crm, tasks.values(), sending=sending):
        _record(context, outcome)
        # What is there already without having been sent was opened by another mirror.
        ours = outcome.record is not None or outcome.change.record_id in again
        summary.reactions += outcome.error is None and ours
        summary.failed += outcome.error is not None


def _record(context: Context, outcome: Outcome) -> None:
    change, now, mirror = outcome.change, context.clock(), context.mirror
    lasting = _lasting(change.attributes)
    if outcome.error is not None:
        reason = str(outcome.error)
        logger.warning("no task opened: %s: %s", change.attributes["name"], reason)
        letter = DeadLetter(TASKS, change.record_id, lasting, reason)
        mirror.writeback.record(now, [], [letter])
        return
    if outcome.record is None:
        logger.info("%s", text("reactions.there", context.lang, title=change.attributes["name"]))
    else:
        written = AnsweredWrite(TASKS, change.record_id, lasting, outcome.record)
        mirror.writeback.record(now, [written], [])
    mirror.dead_letters.settle("write", [(TASKS, change.record_id)])
    mirror.reactions.opened([change.record_id], now)


def wanted_ids(context: Context) -> list[tuple[str, str]]:
    """Return (module, id) of every task that is still to be opened, now or later."""
    rules = context.rules.reactions
    found = context.mirror.reactions.open(context.clock(), rules.days, rules.quiet_days)
    return [(TASKS, task_id(one.key)) for one in found]


def _open(context: Context) -> list[WantedTask]:
    """What is wanted now, but for what failed and waits for its next attempt."""
    rules, now = context.rules.reactions, context.clock()
    waiting = context.mirror.dead_letters.waiting("write", now)
    return [
        one
        for one in context.mirror.reactions.open(now, rules.days, rules.quiet_days)
        if waiting.get((TASKS, task_id(one.key))) != as_json(_lasting(one.attributes))
    ]


def _tasks(context: Context, wanted: Sequence[WantedTask]) -> dict[str, Change]:
    if not wanted:
        return {}
    from suitecrm_bridge.analytics.complaints.deadline import deadline

    calendar, now = context.choices.calendar, context.clock()
    due = {minutes: deadline(calendar, now, minutes) for minutes in {w.due_minutes for w in wanted}}
    return {one.key: task(one.key, one.attributes, due[one.due_minutes]) for one in wanted}


def _wanted(context: Context, rank: int, rule: Reaction, row: Row) -> WantedTask:
    from suitecrm_bridge.analytics.complaints.first_words import title_of, words_of
    from suitecrm_bridge.analytics.complaints.reactions import key_of

    key, subject = key_of(rule, row)
    # What was typed into the CRM must not look like a line of the task's own.
    shown: Row = {name: in_line(v) if isinstance(v, str) else v for name, v in row.items()}
    attributes = {
        "name": title_of(rule, shown, context.written_lang),
        "description": words_of(rule, shown, context.written_lang),
        "priority": rule.priority,
        "parent_type": "Cases",
        "parent_id": row["case_id"],
        "contact_id": row.get("contact_id"),
        "assigned_user_id": _who(context, rule, row),
    }
    return WantedTask(
        key=key,
        rule=rule.key,
        subject=subject,
        rank=rank,
        since=_moment(row["since"]),
        created=None if rule.alarms else _moment(row["created"]),
        due_minutes=rule.due,
        attributes={name: value for name, value in attributes.items() if value},
    )


def _who(context: Context, rule: Reaction, row: Row) -> str | None:
    """Return the id of the user who gets the task, None where nobody is known."""
    who = {
        "case": row["owner"],
        "customer": row.get("customer_owner"),
        "user": context.settings.reaction_user,
    }
    return next((user for user in (who[rule.to], *who.values()) if user), None)


def _lasting(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stays the same of a task from one attempt to the next."""
    return {name: attributes[name] for name in ("name", "parent_type", "parent_id")}


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(60 * int(minute), UTC)
