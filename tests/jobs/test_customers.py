from contextlib import contextmanager
from decimal import Decimal

import pytest

from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.insights import actions as counts
from suitecrm_bridge.insights import customers as asked
from suitecrm_bridge.jobs import totals as jobs_totals
from suitecrm_bridge.report import reading, summed_rows
from suitecrm_bridge.report.model import Customer

ENTITIES = ("contacts", "accounts")


@contextmanager
def nothing_asked(opened, **settings):
    """A context for reading, which needs the CRM for nothing."""
    opened.server.close()
    with opened.context(**settings) as context:
        yield context


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_most_valuable_customers_come_first(scored, entity):
    with nothing_asked(scored) as context:
        frame = asked.customers(context.mirror, entity, context.lang).frame
    assert len(frame) == {"contacts": 60, "accounts": 12}[entity]
    totals = [total for total in frame["purchase_total"] if total is not None]
    assert totals == sorted(totals, reverse=True)
    assert all(isinstance(total, Decimal) for total in totals)


def test_a_segment_and_a_limit_narrow_the_list(scored):
    with nothing_asked(scored) as context:
        everybody = asked.customers(context.mirror, "contacts", context.lang).frame
        segment = everybody["rfm_segment"].iloc[0]
        alike = everybody[everybody["rfm_segment"] == segment]
        found = asked.customers(
            context.mirror, "contacts", context.lang, segment=segment, limit=2
        ).frame
    assert found["customer_id"].to_list() == alike["customer_id"].to_list()[:2]


def test_the_reason_is_in_the_language_of_the_settings(scored):
    with nothing_asked(scored, BRIDGE_LANG="fr") as context:
        french = asked.customers(context.mirror, "contacts", context.lang).frame
    query = "SELECT rfm_reason_fr FROM scores_contacts WHERE customer_id = ?"
    first = french.iloc[0]
    assert scored.mirrored(query, first["customer_id"]) == [(first["rfm_reason"],)]


def test_a_customer_is_found_by_id_whichever_kind_it_is(scored):
    with nothing_asked(scored) as context:
        for entity in ENTITIES:
            wanted = (
                asked.customers(context.mirror, entity, context.lang).frame["customer_id"].iloc[3]
            )
            ((kind, frame),) = asked.customer(context.mirror, wanted, context.lang)
            assert (kind, frame["customer_id"].to_list()) == (entity, [wanted])


def test_a_customer_is_found_by_name_in_any_case(scored):
    with nothing_asked(scored) as context:
        name = asked.customers(context.mirror, "accounts", context.lang).frame["name"].iloc[0]
        found = asked.customer(context.mirror, name.upper(), context.lang)
    assert [frame["name"].iloc[0] for _, frame in found] == [name]


def test_customers_of_one_name_are_all_found(scored):
    scored.mirrored(
        "UPDATE accounts SET name = 'Martin' WHERE id IN (SELECT id FROM accounts"
        " ORDER BY id LIMIT 3)"
    )
    with nothing_asked(scored) as context:
        found = asked.customer(context.mirror, "Martin", context.lang)
    assert [(kind, len(frame)) for kind, frame in found] == [("accounts", 1)] * 3


def test_an_unknown_customer_is_named(scored):
    with nothing_asked(scored) as context, pytest.raises(NotFound, match="Nobody At All"):
        asked.customer(context.mirror, "Nobody At All", context.lang)


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_segments_hold_every_customer_and_all_the_revenue(scored, entity):
    with nothing_asked(scored) as context:
        everybody = asked.customers(context.mirror, entity, context.lang).frame
        segments = asked.segments(context.mirror, entity).frame
    assert segments["customers"].sum() == len(everybody)
    assert segments["share"].sum() == pytest.approx(1)
    totals = [total for total in everybody["purchase_total"] if total is not None]
    assert sum(r for r in segments["revenue"] if r is not None) == sum(totals)


@pytest.mark.parametrize("entity", ENTITIES)
def test_what_the_database_sums_up_is_what_the_rows_come_to(scored, entity, monkeypatch):
    for module in (summed_rows, jobs_totals):
        monkeypatch.setattr(module, "NAMED", 12)
        monkeypatch.setattr(module, "OF_EACH", 2)
    with nothing_asked(scored) as context:
        frame = asked.customers(context.mirror, entity, context.lang).frame
        rows = reading.rows(frame, Customer, "customers", context.lang)
        left = [row.customer_id for row in rows[:3]]
        found = jobs_totals.totals(context.mirror, entity, left)
    assert found == summed_rows.of_rows(rows, left)
    assert len(found.named) == min(12, len(rows))


@pytest.mark.parametrize("read", [counts.actions, counts.leaving, asked.segments])
def test_nothing_can_be_read_before_anything_was_scored(empty, read):
    with empty.context() as context, pytest.raises(NotFound, match="sync"):
        read(context.mirror, "contacts")
