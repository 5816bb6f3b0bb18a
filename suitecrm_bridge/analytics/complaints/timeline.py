"""The timeline of each complaint: made, first answered, resolved, reopened, in business time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import (
    EARLIEST,
    Calendar,
    business_minutes,
    business_time,
    calendar_days,
)
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import STEPS, ComplaintRules, complaint_rules


def prepare(
    engine: SqlEngine,
    as_of: date,
    calendar: Calendar | None = None,
    rules: ComplaintRules | None = None,
) -> None:
    """Make the timeline of every complaint, into the table `complaint_timeline`.

    Tables in, as the mirror's `define_complaints` leaves them: `case_facts` (case_id; created,
    modified; status, state, priority, type, product, cause, channel, owner), `case_answers`
    (case_id, moment, kind), `case_changes` (case_id, moment, place, basis, field, value_before,
    value_after), `case_statuses` (case_id, moment, place, status: which status it has had since
    then, from when on that is known). Moments are whole minutes since 1970 in UTC;
    unknown texts are "".

    Columns out, a row for each complaint made from 2000 to the end of `as_of`: case_id; created,
    first_response, resolved (moments, null where not yet); response_basis ("update" or "call");
    basis of resolved ("history", "observed" between two pulls, or "modified": when the closed case
    was last changed); reopened (times); open (1 or 0); created_day, month_day, resolved_day (epoch
    days, local); response_minutes, resolution_minutes, age_minutes (business minutes without those
    spent waiting for the customer; the age of open ones only), waited_minutes (the business minutes
    left out, until it was resolved or so far), waited_clock (all minutes of the same waiting),
    waiting_known (1 where its statuses are known from the beginning, else 0: of what is not known
    nothing is left out), age_days (calendar days, of open ones only); breached, within (1 or 0;
    both 0 while the target can still be met or missed); status, priority, type, product, cause,
    channel, owner. What happened after `as_of` does not exist yet.

    A first response is the first update that the customer can see and that is not theirs, or the
    first call held. Resolved is the closing that lasted: who reopens a case says that it was not.

    Raises:
        DataError: a table is missing.
    """
    rules = rules or complaint_rules()
    calendar = calendar or Calendar()
    pieces = business_time(calendar, as_of)
    cutoff = calendar.midnight(as_of + timedelta(days=1))
    parameters = {
        "earliest": calendar.midnight(EARLIEST),
        "cutoff": cutoff,
        "cutoff_open": business_minutes(pieces),
        "serious_late": int(rules.serious.late),
        "serious_reopened": int(rules.serious.reopened),
    }
    engine.look_from(as_of)
    engine.values("complaint_parameters", parameters)
    engine.table("business_time", pieces)
    engine.table("calendar_days", calendar_days(as_of))
    engine.table("complaint_targets", _targets(rules))
    engine.table("complaint_statuses", _statuses(rules))
    engine.table("complaint_steps", _steps(rules))
    engine.table("waiting_statuses", _waiting(rules))
    engine.table("serious_words", _serious(rules))
    engine.make("complaint_timeline")


def _targets(rules: ComplaintRules) -> pd.DataFrame:
    rows = [{"priority": key, **asdict(target)} for key, target in rules.targets.items()]
    return pd.DataFrame(rows).astype({"priority": "string"})


def _statuses(rules: ComplaintRules) -> pd.DataFrame:
    """Which words of SuiteCRM mean closed (1) and which not (0); what is not here tells nothing."""
    closed = set(rules.closed_statuses)
    known = sorted(closed.union(*rules.path.values()))
    rows = [("status", word, int(word in closed)) for word in known]
    rows += [("state", word, 1) for word in rules.closed_states]
    rows += [("state", word, 0) for word in rules.open_states if word not in rules.closed_states]
    frame = pd.DataFrame(rows, columns=["field", "word", "closed"])
    return frame.astype({"field": "string", "word": "string", "closed": "int64"})


def _steps(rules: ComplaintRules) -> pd.DataFrame:
    rows = [(word, number) for number, step in enumerate(STEPS) for word in rules.path[step]]
    frame = pd.DataFrame(rows, columns=["status", "step"])
    return frame.astype({"status": "string", "step": "int64"})


def _waiting(rules: ComplaintRules) -> pd.DataFrame:
    return pd.DataFrame({"status": list(rules.waiting)}, dtype="string")


def _serious(rules: ComplaintRules) -> pd.DataFrame:
    """Which words of a case make an open complaint a serious one."""
    rows = [("priority", word) for word in rules.serious.priorities]
    rows += [("cause", word) for word in rules.serious.causes]
    frame = pd.DataFrame(rows, columns=["name", "word"])
    return frame.astype({"name": "string", "word": "string"})
