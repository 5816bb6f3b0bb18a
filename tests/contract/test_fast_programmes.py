"""The fast route `programmes`: what `docs/fast-routes.md` promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.fastroutes import Target, answered, declined
from tests.contract.test_fast_marks import BAD_MARKS, MARK

OTHER = "fedcba9876543210" * 2
PROGRAMME = {
    "key": "contract_test",
    "label": {"en": 'Test & "trial"', "fr": "Été <b>"},
    "description": {"en": "Tries.", "fr": "Essaie."},
    "state": "off",
    "since": None,
    "people": 0,
    "controls": 0,
    "waiting": 0,
    "contacts": 0,
    "verdict": None,
    "lists": [],
}


@pytest.fixture
def holder(crm, put_back) -> Iterator[str]:
    """The bridge that writes there."""
    before = answered(crm.get("ping"))
    answered(crm.post("claims", {"bridge": MARK, "state": MARK, "take_over": True}))
    yield MARK
    body = {"bridge": before["bridge"] or MARK, "state": before["state"] or MARK}
    answered(crm.post("claims", body | {"take_over": True}))


def tell(crm: Target, *programmes: Any, **changes: Any) -> Any:
    body = {"programmes": list(programmes), "mark": MARK, "done": [], "bridge": MARK}
    return crm.post("programmes", body | changes)


def test_what_is_told_is_known_by_its_mark(crm, holder):
    assert answered(tell(crm, PROGRAMME)) == {"told": 1}
    assert answered(crm.get("programmes")) == {"wishes": [], "mark": MARK}
    answered(tell(crm, mark=OTHER))
    assert answered(crm.get("programmes"))["mark"] == OTHER


def test_another_bridge_tells_nothing(crm, holder):
    answered(tell(crm, mark=OTHER))
    declined(tell(crm, PROGRAMME, bridge=OTHER), 409, "other_bridge")
    assert answered(crm.get("programmes"))["mark"] == OTHER


@pytest.mark.parametrize("mark", BAD_MARKS)
def test_what_is_no_mark_is_refused(crm, holder, mark):
    declined(tell(crm, mark=mark), 400, "invalid_value", "mark")
    declined(tell(crm, bridge=mark), 400, "invalid_value", "bridge")
    declined(tell(crm, done=[MARK, mark]), 400, "invalid_value", "done[1]")


def test_a_programme_that_is_none_is_refused_with_its_place(crm, holder):
    wrong = PROGRAMME | {"state": "asleep"}
    declined(tell(crm, PROGRAMME, wrong), 400, "invalid_value", "programmes[1].state")
    declined(tell(crm, PROGRAMME, PROGRAMME), 400, "invalid_value", "programmes")


def test_more_programmes_than_are_taken_are_refused(crm, holder):
    most = answered(crm.get("ping"))["limits"]["programmes"]
    many = [PROGRAMME | {"key": f"p{place}"} for place in range(most + 1)]
    declined(tell(crm, *many), 400, "too_many_rows", "programmes")
    assert answered(tell(crm, *many[1:])) == {"told": most}
    answered(tell(crm))


@pytest.mark.parametrize("key", ["programmes", "mark", "done", "bridge"])
def test_each_key_is_needed(crm, holder, key):
    body = {"programmes": [], "mark": MARK, "done": [], "bridge": MARK}
    del body[key]
    declined(crm.post("programmes", body), 400, "invalid_request", key)


def test_what_is_not_known_is_refused(crm, holder):
    declined(tell(crm, budget=5), 400, "invalid_request", "budget")
    declined(crm.get("programmes", since=5), 400, "invalid_request", "since")
    declined(tell(crm, programmes={"a": 1}), 400, "invalid_request", "programmes")
