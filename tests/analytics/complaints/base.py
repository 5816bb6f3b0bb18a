"""Hand-made complaints in canonical facts, in any engine."""

from datetime import UTC, date, datetime

import pandas as pd

from suitecrm_bridge.analytics.complaints.timeline import prepare
from suitecrm_bridge.analytics.engine import Engine
from tests.analytics.frames import give

AS_OF = date(2026, 3, 31)
COLUMNS = {
    "case_facts": "case_id created# modified# status state priority type product cause channel"
    " owner",
    "case_answers": "case_id moment# kind",
    "case_changes": "case_id moment# place# basis field value_before value_after",
    "case_statuses": "case_id moment# place# status",
    "customer_traits": "customer_id country region account_type industry",
    "customer_scores": "customer_id segment lifecycle clv_cents#",
    "case_customers": "case_id customer_id",
    "complaint_facts": "customer_id case_id day#",
    "customers": "customer_id",
    "purchases": "customer_id purchase_id day# cents#",
    "line_facts": "line_id invoice_id product_id day# quantity_thousandths# cents# cost_cents#",
    "survey_facts": "answer_id response_id question_id customer_id day# kind value#",
    "question_facts": "question_id survey_id name kind happiness#",
    "case_themes": "case_id theme",
}
OPEN, CLOSED = ("Open_New", "Open"), ("Closed_Closed", "Closed")


def at(day, clock="10:00", month=3):
    """A moment of 2026 in UTC; 2 March is a Monday."""
    hour, minute = map(int, clock.split(":"))
    return int(datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp()) // 60


def case(id, created, status=OPEN, modified=None, **texts):
    known = {name: "" for name in ("type", "product", "cause", "channel", "owner")}
    own = {"case_id": id, "created": created, "modified": modified or created}
    own |= {"status": status[0], "state": status[1], "priority": "P2"}
    return {**own, **known, **texts}


def changes(id, *moves, basis="history"):
    """Changes of state: (moment, state after)."""
    return [
        {
            "case_id": id,
            "moment": moment,
            "place": place,
            "basis": basis,
            "field": "state",
            "value_before": "",
            "value_after": state,
        }
        for place, (moment, state) in enumerate(moves, 1)
    ]


def stood(id, *statuses):
    """Statuses and since when: (moment, status)."""
    return [
        {"case_id": id, "moment": moment, "place": place, "status": status}
        for place, (moment, status) in enumerate(statuses)
    ]


def answer(id, moment, kind="update"):
    return {"case_id": id, "moment": moment, "kind": kind}


def load(engine, **tables):
    """Put every table into an engine, those that are not given empty."""
    for name, words in COLUMNS.items():
        kinds = {w.rstrip("#"): "Int64" if w.endswith("#") else "string" for w in words.split()}
        frame = pd.DataFrame(tables.get(name, []), columns=list(kinds)).astype(kinds)
        give(engine, name, frame)
    return engine


def prepared(*, as_of=AS_OF, calendar=None, rules=None, **tables):
    """An engine with these tables and the timeline of the complaints in them."""
    engine = load(Engine(), **tables)
    prepare(engine, as_of, calendar, rules)
    return engine


def rows(frame):
    """A frame as dicts, missing values as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")
