"""A pull of answers of any form ends: by a typed error, or with the odd records set apart."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import BridgeError, BrokenAnswer, Incomplete
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.settings import Settings
from tests.crm.conftest import CLIENT, URL, Clock, answer, denied, query, refusal, token, uuid
from tests.crm.odd import Repeating, answers
from tests.flows.world import Clock as WallClock
from tests.places import places

MOST = 600
MODULE = "Cases"
COLUMNS = catalogue().columns_of(MODULE)
SERVED = {
    "text": "varchar",
    "enum": "enum",
    "int": "int",
    "number": "decimal",
    "money": "currency",
    "bool": "bool",
    "date": "date",
    "datetime": "datetime",
    "id": "id",
}
PLAIN = {
    "text": "Panne",
    "enum": "Open_New",
    "int": "3",
    "number": "1.5",
    "money": "12.500000",
    "bool": "1",
    "date": "2026-03-01",
    "datetime": "2026-03-09 12:00:00",
    "id": uuid(7),
}
META = {
    "data": {
        "type": "fields",
        "attributes": {name: {"type": SERVED[kind]} for name, kind in COLUMNS.items()},
    }
}
VALUES = {name: PLAIN[kind] for name, kind in COLUMNS.items()}
RECORDS = [
    {"type": "Case", "id": uuid(n), "attributes": {k: v for k, v in VALUES.items() if k != "id"}}
    for n in (1, 2)
]
LIST = {"meta": {"total-pages": 1}, "data": RECORDS}
LINKED = {"data": [{"type": "Contact", "id": uuid(50), "attributes": {"last_name": "Roux"}}]}
HEAD = ["id", "deleted", "date_modified"]
OTHERS = [name for name in COLUMNS if name not in HEAD]
TABLE = {
    "columns": [*HEAD, *OTHERS],
    "rows": [
        [uuid(n), int(n == 2), VALUES["date_modified"], *(VALUES[name] for name in OTHERS)]
        for n in (1, 2, 3)
    ],
    "complete": True,
}
LINKS = {
    "columns": [*HEAD, "contact_id", "case_id"],
    "rows": [[uuid(1), 0, "2026-03-09 12:00:00", uuid(8), uuid(1)]],
    "complete": True,
}
HISTORY = {
    "columns": [*HEAD, "parent_id", "created_by", "field_name", "before", "after"],
    "rows": [[uuid(1), 0, "2026-03-09 12:00:00", uuid(1), "1", "status", "a", "b"]],
    "complete": True,
}
PING = {
    "version": "0.1.0",
    "fingerprint": catalogue().fingerprint,
    "limits": {
        "records": 20_000,
        "links": 50_000,
        "scores": 5_000,
        "announced": 50,
        "bytes": 2**23,
    },
}
USER = {"data": {"type": "User", "id": "1", "attributes": {"user_name": "admin"}}}

tried = settings(
    max_examples=max(13, 2 * settings.default.max_examples + 1),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    with Mirror.open(tmp_path_factory.mktemp("odd")) as opened:
        yield opened


def listed(request):
    """Answer the columns that a comparison asks for."""
    asked = [name for name in query(request)["columns"].split(",") if name not in HEAD]
    places = [TABLE["columns"].index(name) for name in [*HEAD, *asked] if name in TABLE["columns"]]
    rows = [[row[place] for place in places] for row in TABLE["rows"]]
    return answer({**TABLE, "columns": [TABLE["columns"][place] for place in places], "rows": rows})


def several(document):
    return st.lists(answers(document), min_size=1, max_size=3)


def pulled(mirror, *, fast, **routes):
    """Read the module from a SuiteCRM that answers so; return the summary and the error, if any."""
    given = {
        "meta/modules": [denied()],
        "access_token": [token()],
        "meta/fields": [answer(META)],
        "current-user": [answer(USER)],
        "logout": [answer({})],
        "/ping": [answer(PING) if fast else refusal("no", 404)],
        f"records/{MODULE}?columns=date_modified": [listed],
        "/digests/": [refusal("no", 404)],
        "/records/": [answer(TABLE)],
        "/links/": [answer(LINKS)],
        "/history/": [answer(HISTORY)],
        "/relationships/": [answer(LINKED)],
        f"module/{MODULE}": [answer(LIST)],
        "module/Contacts/": [refusal("no such record", 404)],
    }
    transport = Repeating(given | routes, MOST)
    environment = {"SUITECRM_URL": URL, "SUITECRM_CLIENT_ID": "x", "SUITECRM_CLIENT_SECRET": "y"}
    summary, failure = Summary(), None
    timing = Clock().timing
    with SuiteCRM(URL, CLIENT, transport, retries=1, max_rate=math.inf, timing=timing) as crm:
        context = Context(Settings.read({}, environment), clock=WallClock())
        context.crm, context.mirror = crm, mirror
        for _ in range(2):
            try:
                pull(context, summary, [MODULE], full=True)
            except BridgeError as error:
                failure = error
    assert failure is None or str(failure).encode()
    assert mirror.records.count(MODULE) >= 0
    return summary, failure


@pytest.mark.parametrize("fast", [False, True], ids=["stock", "fast"])
def test_a_pull_of_right_answers_reads_them(mirror, fast):
    summary, failure = pulled(mirror, fast=fast)
    assert failure is None
    assert summary.pulled[MODULE] > 0
    assert summary.rejected == {}


@tried
@given(several(LIST), several(LINKED), several(META))
def test_a_pull_over_the_stock_api_ends(mirror, lists, linked, meta):
    pulled(
        mirror,
        fast=False,
        **{f"module/{MODULE}": lists, "/relationships/": linked, "meta/fields": meta},
    )


@tried
@given(several(TABLE), several(LINKS), several(HISTORY))
def test_a_pull_over_the_fast_routes_ends(mirror, table, links, history):
    pulled(mirror, fast=True, **{"/records/": table, "/links/": links, "/history/": history})


@pytest.mark.story
@tried
@given(several(PING), several(LIST))
def test_a_pull_from_a_package_that_says_odd_things_ends(mirror, ping, lists):
    pulled(mirror, fast=True, **{"/ping": ping, f"module/{MODULE}": lists})


def with_value(column, value):
    """A table whose second record has a value that none should have."""
    rows = [list(row) for row in TABLE["rows"]]
    rows[2][TABLE["columns"].index(column)] = value
    return answer({**TABLE, "rows": rows})


def column_of(kind):
    return next(name for name, own in COLUMNS.items() if own == kind and name not in HEAD)


@pytest.mark.parametrize("kind", ["text", "enum", "datetime"])
@pytest.mark.parametrize("value", places([["a"], [], {}, {"a": {"b": [1]}}, [[[[[[[]]]]]]]]))
def test_a_record_that_holds_a_list_or_a_map_is_set_apart_by_itself(mirror, kind, value):
    odd = with_value(column_of(kind), value)
    summary, failure = pulled(mirror, fast=True, **{"/records/": [odd]})
    assert failure is None
    assert summary.rejected == {MODULE: 2}  # once in each of the two pulls
    letters = mirror.connection.execute("SELECT record_id FROM dead_letters").fetchall()
    assert (uuid(3),) in letters


@pytest.mark.story
@pytest.mark.parametrize(
    "value", ["1e999999999", "7" * 5_000, "x", True, 7, 1.5, "2026-13-01", "9999999999-01-01"]
)
def test_a_moment_that_is_none_sets_its_record_apart(mirror, value):
    odd = with_value(column_of("datetime"), value)
    summary, failure = pulled(mirror, fast=True, **{"/records/": [odd]})
    assert failure is None
    assert summary.rejected == {MODULE: 2}
    letters = mirror.connection.execute("SELECT record_id FROM dead_letters").fetchall()
    assert (uuid(3),) in letters


@pytest.mark.parametrize("fast", [False, True], ids=["stock", "fast"])
def test_a_page_that_comes_again_and_again_ends_the_pull(mirror, fast):
    again = {
        "/records/": [answer({**TABLE, "complete": False})],
        f"module/{MODULE}": [answer({**LIST, "meta": {"total-pages": 2**40}})],
    }
    _, failure = pulled(mirror, fast=fast, **again)
    assert isinstance(failure, BrokenAnswer | Incomplete)
