"""Whatever an answer holds, the outcome is a typed error or a record, after few requests."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suitecrm_bridge.crm import FastRoutes, PageSize, PageTrail, Reader, SuiteCRM
from suitecrm_bridge.crm.answers import RequestInfo, read
from suitecrm_bridge.crm.decoding import json_of
from suitecrm_bridge.errors import BridgeError, BrokenAnswer
from tests.crm.conftest import (
    CLIENT,
    URL,
    Clock,
    answer,
    contact,
    denied,
    listing,
    meta,
    token,
    uuid,
)
from tests.crm.odd import ODD, Repeating, answers, body
from tests.crm.right import (
    FIELDS,
    HISTORY,
    LINKS,
    LIST,
    META,
    MODULES,
    PING,
    RECORD,
    TABLE,
    TOKEN,
    USER,
    WRITTEN,
)

MOST = 400

tried = settings(
    max_examples=max(30, settings.default.max_examples),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def several(document):
    return st.lists(answers(document), min_size=1, max_size=4)


def outcome(act, **routes):
    """Do something with a SuiteCRM that answers so; return its error, if any."""
    paths = {
        "modules": "meta/modules",
        "token": "access_token",
        "fields": "meta/fields",
        "user": "current-user",
    }
    given = {paths.get(name, name): steps for name, steps in routes.items()}
    usual = {
        "meta/modules": [denied()],
        "access_token": [token()],
        "meta/fields": [answer(META)],
        "current-user": [answer(USER)],
        "logout": [answer({})],
    }
    transport = Repeating({**given, **{k: v for k, v in usual.items() if k not in given}}, MOST)
    crm = SuiteCRM(URL, CLIENT, transport, retries=2, max_rate=math.inf, timing=Clock().timing)
    failure = None
    try:
        act(crm)
    except BridgeError as error:
        failure = error
    finally:
        crm.close()
    if failure is not None:
        assert 0 < len(str(failure).encode()) < 20_000
    return failure


def consumed(pages):
    return [*pages]


def all_pages(fetch, where):
    after, way = None, PageTrail(where)
    while True:
        page = fetch(after)
        assert all(isinstance(record["id"], str) for record in page.records)
        assert all(isinstance(one.error, BridgeError) for one in page.rejected)
        if page.complete:
            return
        after = page.last_id
        way.step(after)


@tried
@given(st.one_of(body(LIST), body(TABLE), body(TOKEN), st.binary(max_size=200)))
def test_any_bytes_become_an_object_or_none(content):
    found, rest = json_of(content)
    assert found is None or isinstance(found, dict)
    rest.encode()
    str(found).encode() if content.count(b"[") < 50 else None


@tried
@given(answers(LIST), st.sampled_from(["GET", "POST", "PATCH"]))
def test_any_answer_is_read_or_an_error(given_answer, method):
    try:
        read(given_answer, RequestInfo(method, "/V8/module/Contacts", "Contacts", uuid(1)), str)
    except BridgeError as error:
        str(error).encode()


@tried
@given(several(LIST))
def test_a_list_of_any_form_ends(steps):
    outcome(
        lambda crm: consumed(crm.module("Contacts").iterate(fields=FIELDS, size=7)),
        **{"module/Contacts": steps},
    )


@tried
@given(several(LIST))
def test_a_reader_of_lists_of_any_form_ends(steps):
    def pages(crm):
        reader = Reader(crm.module("Contacts"), PageSize(16))
        all_pages(lambda after: reader.page(FIELDS, after=after), "Contacts")

    outcome(pages, **{"module/Contacts": steps})


@tried
@given(several({"data": RECORD, "meta": {"message": "saved"}}), st.booleans())
def test_one_record_of_any_form_is_read_or_an_error(steps, all_fields):
    def act(crm):
        module = crm.module("Contacts")
        assert module.get(uuid(1), None if all_fields else FIELDS)["id"] == uuid(1)
        module.update(uuid(1), {"last_name": "Roux", "amount": 1})
        module.create({"last_name": "Roux"}, uuid(1))

    outcome(act, **{"V8/module": steps})


@tried
@given(several(LIST))
def test_links_of_any_form_end(steps):
    def act(crm):
        found = crm.module("Contacts").related(uuid(1), "cases", size=2)
        assert all(isinstance(id, str) for id in found)
        crm.module("Contacts").estimate()
        crm.module("Contacts").id_at(5)

    outcome(act, **{"module/Contacts": steps})


@tried
@given(several(META), several(MODULES), several(USER), st.lists(answers(LIST), min_size=1))
def test_what_a_server_says_of_itself_in_any_form_is_taken_or_an_error(
    fields, modules, user, records
):
    def act(crm):
        crm.module("Contacts").fields()
        crm.module("Contacts").readable(FIELDS)
        crm.modules()
        crm.current_user()
        crm.module("Contacts").page(fields=FIELDS)

    outcome(act, fields=fields, modules=modules, user=user, **{"module/Contacts": records})


@tried
@given(several(TOKEN))
def test_a_token_of_any_form_is_used_or_an_error(steps):
    def act(crm):
        for _ in range(5):
            crm.module("Contacts").page(fields=["last_name"])

    listed = [listing(contact(1))]
    outcome(act, token=steps, **{"module/Contacts": listed})


@tried
@given(several(PING), several(TABLE), several(LINKS), several(HISTORY))
def test_the_fast_routes_in_any_form_end(ping, table, links, history):
    def act(crm):
        routes = crm.fast_routes()
        if routes is None:
            return
        fields, size = ["last_name", "amount"], routes.sizes(100)
        all_pages(
            lambda after: routes.page("Contacts", fields=fields, after=after, size=size), "Contacts"
        )
        consumed(routes.linked("contacts_cases", "contact_id", "case_id"))
        all_pages(lambda after: routes.history("Cases", after=after), "Cases")
        routes.links_changed("contacts_cases", None)

    outcome(act, **{"/ping": ping, "/records/": table, "/links/": links, "/history/": history})


@tried
@given(several(TABLE), several(LINKS), several(HISTORY))
def test_each_fast_route_in_any_form_ends(table, links, history):
    routes = {"/records/": table, "/links/": links, "/history/": history}
    for act in (
        lambda fast: all_pages(
            lambda after: fast.page("Contacts", fields=["last_name", "amount"], after=after), "x"
        ),
        lambda fast: consumed(fast.linked("contacts_cases", "contact_id", "case_id")),
        lambda fast: all_pages(lambda after: fast.history("Cases", after=after), "x"),
        lambda fast: fast.links_changed("contacts_cases", None),
    ):
        outcome(lambda crm, act=act: act(FastRoutes(crm.api, PING)), **routes)


@tried
@given(several(WRITTEN))
def test_an_answer_to_writes_in_any_form_is_taken_or_an_error(steps):
    def act(crm):
        rows = {uuid(n): [n] for n in range(3)}
        routes = FastRoutes(crm.api, PING)
        for one in routes.write("Contacts", ["rfm_recency_c"], rows, notify=True):
            assert (type(one.id), type(one.message)) == (str, str)
        routes.record_run({"result": "done"})

    outcome(act, **{"/scores/": steps, "/runs": steps})


@tried
@given(st.lists(st.tuples(st.text(min_size=1, max_size=3), st.booleans()), min_size=1, max_size=9))
def test_pages_with_any_ids_in_any_order_end(ids):
    pages = [
        answer({**TABLE, "rows": [[id, 0, None, "x", None]], "complete": last}) for id, last in ids
    ]
    lists = [listing({"id": id, "last_name": "x"}, pages=9) for id, _ in ids]

    def act(crm):
        routes = FastRoutes(crm.api, PING)
        all_pages(
            lambda after: routes.page("Contacts", fields=["last_name", "amount"], after=after), "x"
        )

    outcome(act, **{"/records/": pages})
    outcome(
        lambda crm: consumed(crm.module("Contacts").iterate(fields=["last_name"], size=1)),
        **{"module/Contacts": lists},
    )


@pytest.mark.parametrize("ids", ["aa", "aba", "abcabc", "ba", "a-a_a-", "aA", "_-_"])
def test_pages_that_lead_back_are_told(ids):
    ids = [ids] if len(ids) == 1 else [*ids] if "-" not in ids and "_" not in ids else ["a-", "a_"]
    pages = [answer({**TABLE, "rows": [[id, 0, None, "x", None]]}) for id in ids]

    def act(crm):
        routes = FastRoutes(crm.api, PING)
        all_pages(
            lambda after: routes.page("Contacts", fields=["last_name", "amount"], after=after), "x"
        )

    assert isinstance(outcome(act, **{"/records/": pages}), BrokenAnswer)


@given(ODD)
def test_no_odd_limit_of_the_package_is_believed(odd):
    limits = {**PING["limits"], "records": odd}
    with pytest.raises(BrokenAnswer):
        FastRoutes(None, {**PING, "limits": limits}).sizes()


@pytest.mark.parametrize("lacking", ["records", "links", "scores"])
def test_a_package_that_keeps_a_limit_to_itself_is_refused(lacking):
    limits = {name: value for name, value in PING["limits"].items() if name != lacking}
    with pytest.raises(BrokenAnswer, match=f"limits.{lacking}"):
        FastRoutes(None, {**PING, "limits": limits}).sizes()


def test_a_module_without_a_field_is_none():
    def act(crm):
        crm.module("Contacts").readable(FIELDS)

    assert isinstance(outcome(act, fields=[meta()]), BrokenAnswer)
