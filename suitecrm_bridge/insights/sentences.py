"""The five sentences that everybody reads first: figures come in, messages and values go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from suitecrm_bridge.tables import Kind, Sentence

LONGEST_NAME = 60
"""Of a name in a sentence."""
DATE: Kind = "date"
WORKS = "works"


@dataclass(frozen=True)
class Left:
    """Who is lost, and what that costs a year.

    Args:
        customers: how many.
        cost: what a year with them brought and is not expected any more, in units.
        since: the day on which they were not lost yet; None counts everybody who is lost.
    """

    customers: int
    cost: Decimal
    since: date | None = None


@dataclass(frozen=True)
class Call:
    """Who is to be called first, of all who are to be called.

    Args:
        action: the action that all of them have.
        customers: how many have it.
        stake: what is at stake with all of them, in units.
        first_id: who of them has most at stake.
        first_name: their name.
    """

    action: str
    customers: int
    stake: Decimal
    first_id: str = ""
    first_name: str = ""


@dataclass(frozen=True)
class Moved:
    """How many are in a better or worse segment than on a day before.

    `otherwise` says that scores were made in another way then, so that nothing can be compared.
    """

    since: date
    better: int
    worse: int
    otherwise: bool = False


@dataclass(frozen=True)
class Alarm:
    """Of what there are more complaints than chance explains.

    Args:
        what: in words, such as the name of a product.
        dimension: what kind of thing that is, a dimension of complaints.
        dimension_value: its key.
        since: the first day on which there were too many.
        number: complaints since then.
        expected: how many there would be otherwise.
        others: how many more alarms there are.
    """

    what: str
    dimension: str
    dimension_value: str
    since: date
    number: int
    expected: Decimal
    others: int = 0


@dataclass(frozen=True)
class Programmes:
    """What programmes brought.

    Args:
        people: how many were put into one.
        programme: the key of the one to speak of, "" where nothing can be told of any yet.
        name: its name.
        verdict: what can be told of it: works, does_harm or no_difference.
        gain: what it brought less what it cost, in units.
    """

    people: int = 0
    programme: str = ""
    name: str = ""
    verdict: str = ""
    gain: Decimal | None = None


@dataclass(frozen=True)
class FirstFigures:
    """What the five sentences are made from; what is not known is None.

    Args:
        left: who left.
        call: who to call first; None where nobody is to be called.
        week: the moves since a week ago, or since the last day before with scores.
        month: the moves since a month ago.
        alarm: the strongest alarm.
        complaints: how many complaints were made in the year that alarms look at.
        programmes: what programmes brought; None where none was ever started.
    """

    left: Left
    call: Call | None = None
    week: Moved | None = None
    month: Moved | None = None
    alarm: Alarm | None = None
    complaints: int = 0
    programmes: Programmes | None = None


def sentences(found: FirstFigures, *, names: bool) -> tuple[Sentence, ...]:
    """Return five sentences: who left, who to call, what moved, which alarm, what programmes did.

    Args:
        found: the figures.
        names: whether customers may be named.
    """
    return (
        _left(found.left),
        _call(found.call, names=names),
        _moved([one for one in (found.week, found.month) if one is not None]),
        _alarm(found),
        _programmes(found.programmes),
    )


def _left(left: Left) -> Sentence:
    known = "" if left.since is None else "_since"
    since = {} if left.since is None else {"since": (left.since, DATE)}
    if not left.customers:
        return Sentence("left", f"sentences.left_nobody{known}", since)
    return Sentence(
        "left",
        f"sentences.left{known}",
        {"customers": (left.customers, "count"), "cost": (left.cost, "money"), **since},
        count=left.customers,
        chosen="lost",
        main="customers",
    )


def _call(call: Call | None, *, names: bool) -> Sentence:
    if call is None:
        return Sentence("call", "sentences.call_nobody")
    values: dict[str, tuple[int | str | Decimal, Kind]] = {"customers": (call.customers, "count")}
    ending = ""
    if call.stake > 0:
        ending = "_stake"
        values["stake"] = (call.stake, "money")
    if names and call.first_name:
        ending += "_named"
        values["first"] = (_short(call.first_name), "text")
    return Sentence(
        "call",
        f"sentences.call_{call.action}{ending}",
        values,
        count=call.customers,
        chosen=call.action,
        main="customers",
    )


def _moved(moves: Sequence[Moved]) -> Sentence:
    if not moves:
        return Sentence("moved", "sentences.moved_unknown")
    latest = moves[0]
    if latest.otherwise:
        return Sentence("moved", "sentences.moved_otherwise", {"since": (latest.since, "date")})
    values: dict[str, tuple[int | date, Kind]] = {
        "since": (latest.since, "date"),
        "better": (latest.better, "count"),
        "worse": (latest.worse, "count"),
    }
    earlier = [one for one in moves[1:] if one.since < latest.since and not one.otherwise]
    if earlier:
        month = earlier[0]
        values |= {
            "month": (month.since, "date"),
            "month_better": (month.better, "count"),
            "month_worse": (month.worse, "count"),
        }
    key = "sentences.moved_both" if earlier else "sentences.moved"
    return Sentence("moved", key, values, main="worse")


def _alarm(found: FirstFigures) -> Sentence:
    alarm = found.alarm
    if alarm is None:
        key = "sentences.alarm_none" if found.complaints else "sentences.alarm_no_complaint"
        values: dict[str, tuple[int, Kind]] = (
            {"number": (found.complaints, "count")} if found.complaints else {}
        )
        return Sentence("alarm", key, values, count=found.complaints or None)
    return Sentence(
        "alarm",
        f"sentences.alarm{'_others' if alarm.others else ''}",
        {
            "what": (alarm.what, "text"),
            "dimension": (alarm.dimension, "dimension"),
            "since": (alarm.since, "date"),
            "number": (alarm.number, "count"),
            "expected": (alarm.expected, "points"),
            **({"others": (alarm.others, "count")} if alarm.others else {}),
        },
        count=alarm.others or None,
        chosen=f"{alarm.dimension}:{alarm.dimension_value}",
        main="number",
    )


def _programmes(found: Programmes | None) -> Sentence:
    if found is None:
        return Sentence("programme", "sentences.programme_none")
    if not found.programme:
        return Sentence(
            "programme",
            "sentences.programme_unclear",
            {"people": (found.people, "count")},
            count=found.people,
        )
    values: dict[str, tuple[str | Decimal, Kind]] = {"programme": (_short(found.name), "text")}
    key = f"sentences.programme_{found.verdict}"
    if found.verdict != WORKS or found.gain is None:
        return Sentence("programme", key, values, chosen=found.programme)
    values["gain"] = (found.gain, "money")
    return Sentence("programme", key, values, chosen=found.programme, main="gain")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
