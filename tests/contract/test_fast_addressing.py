"""The fast route `addressing`: what `docs/fast-routes.md` promises of it."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from tests.contract.fastroutes import BAD_IDS, NOBODY, answered, declined

OTHER = "0000000c-0000-4000-8000-00000000fffe"
BODY: dict[str, Any] = {"mark": "0123456789abcdef" * 2, "contacts": 3, "days": 30, "lists": []}


def told(**changes: Any) -> dict[str, Any]:
    return BODY | changes


def test_what_was_told_is_known_again_by_its_mark(crm, put_back):
    for lists in ([], [[NOBODY, OTHER, 2, 14], [OTHER, None, None, None]]):
        mark = secrets.token_hex(16)
        answer = answered(crm.post("addressing", told(mark=mark, lists=lists)))
        assert answer == {"lists": len(lists)}
        assert answered(crm.get("ping"))["addressing"] == mark


def test_it_leaves_the_marks_of_the_bridge_alone(crm, put_back):
    before = answered(crm.get("ping"))
    answered(crm.post("addressing", told(mark=secrets.token_hex(16))))
    after = answered(crm.get("ping"))
    assert [before[name] for name in ("installation", "bridge", "state")] == [
        after[name] for name in ("installation", "bridge", "state")
    ]


@pytest.mark.parametrize("missing", sorted(BODY))
def test_all_of_it_is_told_at_once(crm, missing):
    body = {name: value for name, value in BODY.items() if name != missing}
    declined(crm.post("addressing", body), 400, "invalid_request", missing)


@pytest.mark.parametrize("name", ["contacts", "days"])
@pytest.mark.parametrize("bad", [0, -1, 1.5, "3", None, True, 100_000])
def test_a_cap_that_is_no_number_is_refused(crm, name, bad):
    declined(crm.post("addressing", told(**{name: bad})), 400, "invalid_value", name)


@pytest.mark.parametrize("bad", BAD_IDS)
def test_a_list_whose_id_is_none_is_refused(crm, bad):
    row = [bad, None, None, None]
    declined(crm.post("addressing", told(lists=[row])), 400, "invalid_value", "lists[0]")


@pytest.mark.parametrize("bad", ["x", {"id": NOBODY}, [], [NOBODY], [NOBODY, None, None, None, 1]])
def test_a_list_of_another_form_is_refused(crm, bad):
    declined(crm.post("addressing", told(lists=[bad])), 400, "invalid_request", "lists[0]")


@pytest.mark.parametrize("bad", [0, "2", 1.5, True])
def test_a_cap_of_a_programmes_own_that_is_no_number_is_refused(crm, bad):
    row = [NOBODY, None, bad, 14]
    declined(crm.post("addressing", told(lists=[row])), 400, "invalid_value", "lists[0]")


def test_more_lists_than_the_limit_are_refused(crm):
    most = answered(crm.get("ping"))["limits"]["lists"]
    rows = [[f"list-{number}", None, None, None] for number in range(most + 1)]
    declined(crm.post("addressing", told(lists=rows)), 400, "too_many_rows", "lists")
