"""Figures of complaints in the cells of a crossing, from frames that a test makes."""

from datetime import date

from suitecrm_bridge.analytics.complaints import satisfaction
from suitecrm_bridge.analytics.complaints.figures import crossing
from suitecrm_bridge.analytics.days import to_day

from .base import AS_OF, prepared, rows

TODAY = to_day(AS_OF)


def figures(*dimensions, as_of=AS_OF, since=date(2000, 1, 1), until=None, **tables):
    engine = prepared(as_of=as_of, **tables)
    satisfaction.prepare(engine, as_of)
    return rows(crossing(engine, dimensions, as_of, since=since, until=until))


def owner_of(**customers):
    return [{"case_id": id, "customer_id": customer} for id, customer in customers.items()]


def bought(customer, *days, id="p", cents=1000):
    return [
        {"customer_id": customer, "purchase_id": f"{id}{customer}{day}", "day": day, "cents": cents}
        for day in days
    ]


def traits(id, country):
    return {"customer_id": id, "country": country, "region": "", "account_type": "", "industry": ""}
