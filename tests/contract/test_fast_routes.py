"""The fast routes that read: what `docs/fast-routes.md` promises, in the sandbox and for real."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import requests

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import catalogue
from tests.contract.fastroutes import ODD_IDS, STAMP, WORDS, answered, declined

BAD_IDS = ["x" * 37, "", "a\x00b", "a\nb", "\x7f"]
BAD_MOMENTS = [
    "2026-01-01",
    "2026-02-30 00:00:00",
    "2026-01-01 25:00:00",
    "now",
    "2026-01-01T00:00:00",
]


def test_ping_names_the_package_the_catalogue_and_suitecrm(crm):
    answer = answered(crm.get("ping"))
    assert answer["version"] == __version__
    assert answer["fingerprint"] == catalogue().fingerprint
    assert answer["suitecrm"]


def test_ping_names_the_user_of_the_token(crm):
    assert answered(crm.get("ping"))["user"] == crm.crm.current_user()["user_name"]


def test_ping_tells_the_servers_time_in_utc(crm):
    answer = answered(crm.get("ping"))
    crm.crm.current_user()
    told = datetime.strptime(answer["server_time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    assert abs(told - crm.crm.server_time) < timedelta(minutes=1)


def test_ping_tells_the_rights_in_every_module_of_the_catalogue(crm):
    rights = answered(crm.get("ping"))["modules"]
    assert rights.keys() >= catalogue().modules.keys()
    assert all(one.keys() == {"read", "write"} for one in rights.values())
    assert rights["Contacts"] == {"read": True, "write": True}


def test_ping_tells_the_limits(crm):
    limits = answered(crm.get("ping"))["limits"]
    assert limits == {
        "records": 20000,
        "links": 50000,
        "scores": 5000,
        "announced": 50,
        "members": 5000,
        "programmes": 200,
        "cards": 2000,
        "lists": 500,
        "bytes": 8388608,
    }


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer a.b.c"}])
@pytest.mark.parametrize("path", ["ping", "records/Contacts?columns=id", "links/contacts_cases"])
def test_without_a_token_the_answer_is_the_stock_apis_own(crm, headers, path):
    stock = requests.get(f"{crm.stock}/current-user", headers=headers, timeout=60)
    fast = requests.get(f"{crm.base}/{path}", headers=headers, timeout=60)
    assert fast.status_code == stock.status_code == 401
    assert fast.json().keys() == stock.json().keys()


@pytest.mark.parametrize("path", ["scores/Contacts", "members/x", "runs"])
def test_without_a_token_nothing_can_be_written(crm, path):
    assert requests.post(f"{crm.base}/{path}", json={}, timeout=60).status_code == 401


def test_a_client_that_takes_gzip_gets_it(crm, contact):
    given = {"headers": {"Accept-Encoding": "gzip"}, "stream": True}
    url = f"{crm.base}/records/Contacts?columns=last_name&after={crm.before}"
    with crm.http.get(url, timeout=60, **given) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert json.loads(gzip.decompress(response.raw.read()))["rows"][0][-1] == "Moreau"


def test_a_client_that_does_not_take_gzip_does_not_get_it(crm, contact):
    response = crm.get("ping", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers


def test_rows_start_with_id_deleted_and_date_modified_whatever_is_asked(crm, contact):
    for columns in ("last_name", "last_name,id", "date_modified,last_name,deleted,last_name"):
        answer = answered(crm.get("records/Contacts", columns=columns, after=crm.before))
        assert answer["columns"] == ["id", "deleted", "date_modified", "last_name"]
        assert answer["rows"] == [[contact, 0, STAMP, "Moreau"]]


def test_the_first_columns_may_be_all_that_is_asked(crm, contact):
    assert crm.own("Contacts", "id") == [{"id": contact, "deleted": 0, "date_modified": STAMP}]


def test_texts_come_as_people_typed_them(crm):
    id_ = crm.create("Contacts", last_name=WORDS, description=f"{WORDS}\nligne 2")
    row = crm.row("Contacts", id_, "last_name,description")
    assert (row["last_name"], row["description"]) == (WORDS, f"{WORDS}\nligne 2")


def test_what_is_empty_comes_as_null(crm, contact):
    row = crm.row("Contacts", contact, "title,rfm_segment_c,clv_c,account_id,email1,campaign_id")
    assert set(row.values()) == {contact, 0, STAMP, None}


def test_an_amount_comes_as_text_with_all_its_digits(crm):
    id_ = crm.create("Contacts", last_name="Rich", wallet_estimate_c="12345678.95")
    value = crm.row("Contacts", id_, "wallet_estimate_c")["wallet_estimate_c"]
    assert isinstance(value, str)
    assert Decimal(value) == Decimal("12345678.95")


def test_a_whole_number_comes_as_text(crm):
    id_ = crm.create("Cases", name="Late")
    assert crm.row("Cases", id_, "case_number")["case_number"].isdigit()


def test_a_contact_has_its_primary_address(crm):
    id_ = crm.create("Contacts", last_name="Moreau", email1="zoe@example.test")
    assert crm.row("Contacts", id_, "email1")["email1"] == "zoe@example.test"


@pytest.mark.parametrize("module", ["Contacts", "Opportunities"])
def test_a_record_has_the_account_that_it_is_linked_to(crm, module):
    account = crm.create("Accounts", name="Fils")
    values = {"last_name": "x"} if module == "Contacts" else {"name": "x", "amount": 5}
    id_ = crm.create(module, account_id=account, **values)
    assert crm.row(module, id_, "account_id")["account_id"] == account


@pytest.mark.parametrize("module", catalogue().modules)
def test_every_column_of_the_catalogue_can_be_asked(crm, module):
    columns = [*catalogue().columns_of(module)]
    answer = answered(crm.get(f"records/{module}", columns=",".join(columns), limit=5))
    assert set(answer["columns"]) == {*columns, "deleted"}
    for row in answer["rows"]:
        assert row[1] == 0
        assert all(value is None or isinstance(value, str) for value in [row[0], *row[2:]])
        assert "" not in row


def test_rows_come_in_the_order_of_their_ids(crm):
    ids = [crm.create("Contacts", last_name=name) for name in ("c", "a", "b")]
    assert [row["id"] for row in crm.own("Contacts", "last_name")] == ids


def test_pages_of_one_row_hold_every_row_once(crm):
    ids = [crm.create("Contacts", last_name=name) for name in ("c", "a", "b")]
    after, found = crm.before, []
    for complete in (False, False, True):
        answer = answered(crm.get("records/Contacts", columns="id", after=after, limit=1))
        assert answer["complete"] is complete
        after = answer["rows"][-1][0]
        found.append(after)
    assert found == ids


def test_rows_beyond_the_last_one_are_none_and_complete(crm, contact):
    answer = answered(crm.get("records/Contacts", columns="id", after=contact))
    assert (answer["rows"], answer["complete"]) == ([], True)


def test_to_id_ends_before_that_id(crm):
    first, second = crm.create("Contacts", last_name="a"), crm.create("Contacts", last_name="b")
    assert [row["id"] for row in crm.own("Contacts", "id", to_id=second)] == [first]


def test_a_window_has_its_start_and_not_its_end_to_the_second(crm, contact):
    later = "2020-01-02 03:04:06"
    assert len(crm.own("Contacts", "id", modified_from=STAMP, modified_to=later)) == 1
    assert crm.own("Contacts", "id", modified_from=later) == []
    assert crm.own("Contacts", "id", modified_to=STAMP) == []


def test_a_deleted_record_comes_only_when_asked_for_and_then_empty(crm, contact):
    crm.delete("Contacts", contact)
    assert crm.own("Contacts", "last_name") == []
    row = crm.row("Contacts", contact, "last_name,rfm_segment_c", deleted=1)
    assert row["date_modified"]
    assert row["deleted"] == 1
    assert (row["last_name"], row["rfm_segment_c"]) == (None, None)


def test_with_deleted_the_others_come_too(crm, contact):
    assert crm.row("Contacts", contact, "last_name", deleted=1)["last_name"] == "Moreau"


@pytest.mark.parametrize("module", ["Users", "NoSuchModule", "contacts", "Documents", "Emails"])
def test_a_module_outside_the_catalogue_is_unknown(crm, module):
    declined(crm.get(f"records/{module}", columns="id"), 404, "unknown_module")


@pytest.mark.parametrize("columns", ["no_such_c", "last_name,user_hash", "1", "id;", "last_name "])
def test_a_column_that_the_module_does_not_have_is_unknown(crm, columns):
    declined(crm.get("records/Contacts", columns=columns), 400, "unknown_column")


def test_columns_are_required(crm):
    declined(crm.get("records/Contacts"), 400, "invalid_request")
    declined(crm.get("records/Contacts", columns=""), 400, "invalid_request")


@pytest.mark.parametrize("path", ["records/Contacts?columns=id", "links/contacts_cases"])
@pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5", "1e3", ""])
def test_a_limit_that_is_no_number_is_refused(crm, path, limit):
    declined(crm.get(path, limit=limit), 400, "invalid_request", "limit")


@pytest.mark.parametrize(
    "path", ["records/Contacts?columns=id", "links/contacts_cases", "history/Cases"]
)
@pytest.mark.parametrize("most", ["0", "-1", "ten", "1.5", "1e3", "", "8388609", "9" * 30])
def test_a_bound_in_bytes_of_a_wrong_form_is_refused(crm, path, most):
    declined(crm.get(path, max_bytes=most), 400, "invalid_request", "max_bytes")


def test_a_page_ends_before_it_has_more_bytes_than_were_asked_for(crm):
    made = [crm.create("Cases", name=f"No {n}", description="é" * 3000) for n in range(5)]
    read, after, complete = [], crm.before, False
    while not complete:
        answer = crm.get("records/Cases", columns="description", after=after, max_bytes="14000")
        page = answered(answer)
        assert len(answer.content) < 14_200
        assert len(page["rows"]) == min(2, 5 - len(read))
        read += [row[0] for row in page["rows"]]
        after, complete = read[-1], page["complete"]
    assert read == made


@pytest.mark.parametrize("most", ["1", "100"])
def test_a_page_has_one_row_at_least_whatever_its_bytes(crm, most):
    made = [crm.create("Cases", name=f"No {n}", description="é" * 3000) for n in range(2)]
    asked = {"columns": "description", "max_bytes": most}
    page = answered(crm.get("records/Cases", after=crm.before, **asked))
    assert ([row[0] for row in page["rows"]], page["complete"]) == ([made[0]], False)
    page = answered(crm.get("records/Cases", after=made[0], **asked))
    assert ([row[0] for row in page["rows"]], page["complete"]) == ([made[1]], True)


@pytest.mark.parametrize(
    ("path", "limit"), [("records/Contacts?columns=id", 20001), ("links/contacts_cases", 50001)]
)
def test_more_rows_than_the_limit_are_refused(crm, path, limit):
    declined(crm.get(path, limit=limit), 400, "too_many_rows", "limit")


@pytest.mark.parametrize("bad", BAD_IDS)
def test_an_id_that_is_none_is_refused(crm, bad):
    declined(crm.get("records/Contacts", columns="id", after=bad), 400, "invalid_value", "after")
    declined(crm.get("records/Contacts", columns="id", to_id=bad), 400, "invalid_value", "to_id")
    declined(crm.get("links/contacts_cases", after=bad), 400, "invalid_value", "after")


@pytest.mark.parametrize("odd", ODD_IDS)
def test_a_page_begins_behind_any_id_that_a_record_can_have(crm, odd):
    """What is more than an id to the database would bring other rows, or none."""
    made = crm.create("Contacts", last_name="Last")
    ids = crm.rows("records/Contacts", columns="id")
    behind = crm.rows("records/Contacts", columns="id", after=odd)
    before = crm.rows("records/Contacts", columns="id", to_id=odd)
    assert made in [row["id"] for row in behind + before]
    assert before + behind == ids
    answered(crm.get("links/contacts_cases", after=odd))


@pytest.mark.parametrize("bad", BAD_MOMENTS)
@pytest.mark.parametrize("name", ["modified_from", "modified_to"])
def test_a_time_that_is_none_is_refused(crm, name, bad):
    declined(crm.get("records/Contacts", columns="id", **{name: bad}), 400, "invalid_value", name)
    declined(crm.get("links/contacts_cases", **{name: bad}), 400, "invalid_value", name)


@pytest.mark.parametrize("deleted", ["2", "yes", "true"])
def test_deleted_is_one_or_nothing(crm, deleted):
    response = crm.get("records/Contacts", columns="id", deleted=deleted)
    declined(response, 400, "invalid_request", "deleted")


def test_a_parameter_that_the_route_does_not_know_is_refused(crm):
    response = crm.get("records/Contacts", columns="id", since=STAMP)
    declined(response, 400, "invalid_request", "since")
    declined(crm.get("links/contacts_cases", columns="id"), 400, "invalid_request", "columns")
