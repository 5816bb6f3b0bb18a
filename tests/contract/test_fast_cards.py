"""The fast route `cards`: what `docs/fast-routes.md` promises."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.fastroutes import Target, answered, declined
from tests.contract.test_fast_marks import MARK
from tests.contract.test_fast_programmes import OTHER
from tests.contract.test_fast_programmes import holder as holder

pytestmark = pytest.mark.usefixtures("holder")
MONTHS = "2025-12" + ",0" * 11 + ",1250"


def card(id: str, *changes: list[str]) -> list[Any]:
    return [id, "leaving", "2026-05-02", 1000.5, 2, MONTHS, list(changes)]


def tell(crm: Target, *rows: Any, **changes: Any) -> Any:
    body = {"rows": list(rows), "gone": [], "bridge": MARK}
    return crm.post("cards/Contacts", body | changes)


def test_what_is_told_of_customers_that_are_there_is_kept(crm: Target) -> None:
    ids = [crm.create("Contacts", last_name=name) for name in ("One", "Two")]
    rows = [card(id, ["segment", "2026-11-01", "loyal"]) for id in ids]
    assert answered(tell(crm, *rows, card("nobody-at-all")))["told"] == 2
    assert answered(tell(crm, *rows))["told"] == 2
    answered(tell(crm, gone=ids))


def test_who_is_gone_need_not_have_been_there(crm: Target) -> None:
    assert answered(tell(crm, gone=["nobody-at-all"])) == {"told": 0}


def test_another_bridge_is_refused(crm: Target) -> None:
    declined(tell(crm, bridge=OTHER), 409, "other_bridge")


def test_only_modules_of_customers_have_cards(crm: Target) -> None:
    body = {"rows": [], "gone": [], "bridge": MARK}
    declined(crm.post("cards/Cases", body), 404, "unknown_module")


def test_a_wrong_row_is_named_and_nothing_is_kept(crm: Target) -> None:
    wrong = [*card("a")[:5], "2025-13", []]
    declined(tell(crm, card("b"), wrong), 400, "invalid_value", "rows[1].months")
