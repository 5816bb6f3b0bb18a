"""The pieces that chaos is made of: each disturbance disturbs, and each expectation can fail."""

import json
from datetime import date
from types import SimpleNamespace

import chaos_office
import pytest
from chaos_bad import BadRecords
from chaos_checks import healed, incomplete, refused, set_apart, without
from chaos_dress import FORMS, dress
from chaos_office import Office
from chaos_people import People
from chaos_world import Run, dice
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.sandbox import Sandbox

DAY = date(2026, 3, 8)
WRITE = ("Contacts", "c1", {"purchase_total_c": 0})


@pytest.fixture
def sandbox():
    with Sandbox() as sandbox:
        fill(sandbox.store, 10, 1, DAY)
        yield sandbox


@pytest.fixture
def people(sandbox):
    return People(sandbox.store, dice("test", 1), DAY)


@pytest.fixture
def office(sandbox, people):
    office = Office(sandbox, people, dice("test", 1), [].append)
    office.chance = 1.0
    return office


def asked(path):
    return Request(EnvironBuilder(path=path).get_environ())


def answered(body):
    return Response(json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    ("form", "then"),
    [
        ("decimal comma", "1234,500000"),
        ("points between thousands", "1.234,50"),
        ("with a currency", "€1,234.50"),
        ("spaces between thousands", "1\u202f234,50"),
        ("words", "on request"),
    ],
)
def test_amounts_change_their_form_on_the_way_over_the_fast_routes(form, then):
    page = {"columns": ["id", "total_amount", "name"], "rows": [["a", "1234.500000", "1.5"]]}
    response = answered(page)
    dress("AOS_Invoices", {"total_amount"}, FORMS[form])(
        asked("/Api/V8/custom/bridge/v1/records/AOS_Invoices"), response
    )
    assert response.json["rows"] == [["a", then, "1.5"]]


@pytest.mark.parametrize("ending", ["AOS_Invoices", "AOS_Invoices/a"])
def test_amounts_change_their_form_on_the_way_over_the_stock_api(ending):
    record = {"id": "a", "attributes": {"total_amount": 5, "name": "1.5"}}
    response = answered({"data": record if ending.endswith("/a") else [record]})
    dress("AOS_Invoices", {"total_amount"}, FORMS["decimal comma"])(
        asked(f"/Api/V8/module/{ending}"), response
    )
    assert '"total_amount": "5,000000", "name": "1.5"' in response.get_data(as_text=True)


def test_other_modules_and_other_records_stay_as_they_are():
    page = {"columns": ["id", "total_amount"], "rows": [["a", "1.00"], ["b", "1.00"]]}
    response = answered(page)
    change = dress("AOS_Invoices", {"total_amount"}, FORMS["words"], {"b"})
    change(asked("/Api/V8/custom/bridge/v1/records/Opportunities"), response)
    assert response.json == page
    change(asked("/Api/V8/custom/bridge/v1/records/AOS_Invoices"), response)
    assert response.json["rows"] == [["a", "1.00"], ["b", "on request"]]


def test_a_form_writes_every_column_as_it_was_when_it_was_opened(
    monkeypatch, sandbox, people, office
):
    monkeypatch.setattr(chaos_office, "FORMS", ("Contacts",))
    office.work()
    for row in sandbox.store.rows("Contacts"):
        values = {"rfm_score_c": "555", "date_modified": row["date_modified"]}
        sandbox.store.update("Contacts", row["id"], values)
    while not office.saved:
        office.work()
    scores = [row["rfm_score_c"] for row in sandbox.store.rows("Contacts")]
    assert scores.count("555") == len(scores) - 1
    assert [*people.overwritten()] == []


def test_a_form_meets_a_conflict_where_the_bridge_alone_has_saved(sandbox, office):
    for _ in range(20):
        office.work()
        for module in ("Contacts", "Accounts", "Cases"):
            for row in sandbox.store.rows(module):
                sandbox.store.update(module, row["id"], {"date_modified": "2030-01-01 00:00:00"})
    assert office.conflicts >= office.disturbed > 0


def test_a_form_that_is_saved_while_the_bridge_saves_waits_and_loses_nothing(
    sandbox, people, office
):
    id_ = sandbox.store.rows("Contacts")[0]["id"]
    while not office._waiting:
        with sandbox.store.holding.hold("contacts", id_):
            office._meanwhile("Contacts", id_)
            assert office.saved == 0
    office.rest()
    assert office.saved == 1
    assert [*people.overwritten()] == []


def test_what_people_typed_is_as_it_was_at_the_backup(sandbox, people):
    kept, before = people.keep(), sandbox.keep()
    for _ in range(10):
        people.edit()
    sandbox.restore(before)
    assert [*people.overwritten()] != []
    people.put_back(kept)
    assert [*people.overwritten()] == []


def test_bad_records_come_beside_good_ones_and_can_be_taken_away(sandbox, people):
    result = SimpleNamespace(disturbances={"bad record": 0})
    watch = SimpleNamespace(dresses=[])
    world = SimpleNamespace(sandbox=sandbox, people=people, watch=watch, result=result)
    before = sandbox.store.rows("AOS_Invoices")
    bad = BadRecords(world, dice("test", 1))
    for _ in range(20):
        bad.come()
    assert 0 < len(bad.there()) == result.disturbances["bad record"] <= 5
    assert [*people.overwritten()] == []
    bad.leave(sandbox.store)
    assert sandbox.store.rows("AOS_Invoices") == before


@pytest.mark.parametrize(
    ("run", "broken"),
    [(Run(6), 0), (Run(0), 1), (Run(6, (WRITE,)), 1), (Run(0, (WRITE,)), 2)],
)
def test_what_cannot_be_believed_is_neither_written_nor_called_done(run, broken):
    assert len([*refused(run)]) == broken


@pytest.mark.parametrize(
    ("run", "modules", "broken"),
    [
        (Run(9, calm=True), ["AOS_Invoices"], 0),
        (Run(4), ["AOS_Invoices"], 0),
        (Run(4, calm=True), ["AOS_Invoices"], 1),
        (Run(0), ["AOS_Invoices"], 1),
        (Run(3, calm=True), ["AOS_Invoices"], 1),
        (Run(3, calm=True), ["AOS_Invoices", "Accounts"], 0),
        (Run(9, (WRITE,), calm=True), ["AOS_Invoices"], 1),
        (Run(9, (WRITE,), calm=True), ["Cases"], 0),
        (Run(9, (WRITE,), calm=True), ["Contacts"], 1),
    ],
)
def test_no_figure_of_what_cannot_be_read_is_written(run, modules, broken):
    assert len([*incomplete(run, modules)]) == broken


@pytest.mark.parametrize(
    ("first", "again", "broken"),
    [(Run(0), Run(0), 0), (Run(7), Run(7), 0), (Run(4), Run(4), 1), (Run(0), Run(0, (WRITE,)), 1)],
)
def test_a_restored_database_is_healed_when_a_full_read_writes_nothing_more(first, again, broken):
    assert len([*healed(first, again)]) == broken


def test_a_bad_record_is_listed_with_a_reason():
    letters = [{"record_id": "a", "reason": "a date"}, {"record_id": "b", "reason": ""}]
    assert [*set_apart(letters, {"a"})] == []
    assert [*set_apart(letters, {"a", "b", "c"})] == ["2 of 3 bad records are not listed: b"]


def test_rows_of_bad_records_are_left_out_of_the_comparison_with_what_belongs_to_them():
    rows = {"invoices": [{"id": "a"}, {"id": "b"}], "dead_letters": [{"record_id": "a"}]}
    assert without(rows, {"a"}) == {"invoices": [{"id": "b"}], "dead_letters": []}
    assert without(rows, set()) == rows
