"""The fast routes `digests` and `claims`, and the marks: what `docs/fast-routes.md` promises."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.contract.fastroutes import NEW, WORDS, Target, answered, declined

RUN = {
    "started_at": "2026-11-21 02:15:00",
    "finished_at": "2026-11-21 02:19:41",
    "result": "done",
    "figures": {"written": 40},
}
MARK = "0123456789abcdef" * 2
BAD_MARKS = ["", "x" * 32, MARK.upper(), MARK + "0", MARK[1:], 5, None, [MARK], f"{MARK}\n"]
WITH_FIELDS = [module for module in catalogue().modules if catalogue().fields_of(module)]

VALUES: list[tuple[str, Any, str]] = [
    ("rfm_segment_c", "champions", "9:champions"),
    ("rfm_score_c", "555", "3:555"),
    ("rfm_recency_c", 5, "5"),
    ("purchase_count_c", 0, "0"),
    ("purchase_count_c", 2_147_483_647, "2147483647"),
    ("clv_c", 1234.5, "1234.50"),
    ("clv_c", 0, "0"),
    ("clv_c", -0.01, "-0.01"),
    ("purchase_total_c", 1234567890.12, "1234567890.12"),
    ("alive_probability_c", 0.5, "0.5000"),
    ("last_purchase_c", "2024-02-29", "2024-02-29"),
    ("promised_by_c", "2026-11-21 20:31:07", "2026-11-21 20:31"),
    ("scored_at_c", "2026-11-21", "2026-11-21"),
    ("review_flag_c", True, "1"),
    ("review_flag_c", False, "0"),
    ("rfm_reason_c", WORDS, f"{len(WORDS.encode())}:{WORDS}"),
    ("rfm_reason_c", "R&D <chef> a|b", "14:R&D <chef> a|b"),
    ("rfm_reason_c", " bords\n", "7: bords\n"),
    ("rfm_reason_c", None, ""),
    ("clv_c", None, ""),
    ("review_flag_c", None, ""),
    ("scored_at_c", None, ""),
]
"""Values that are written, with the form that the digest takes of them."""


@pytest.fixture
def claimed(crm, request) -> Iterator[Target]:
    """A SuiteCRM that is given back to the bridge that had it."""
    before = answered(crm.get("ping"))
    if before["bridge"] is None:
        # No route makes it nobody's again.
        request.getfixturevalue("put_back")
    yield crm
    claim(crm, before["bridge"] or MARK, before["state"] or MARK, take_over=True)


def claim(crm: Target, bridge: Any, state: Any, **options: Any) -> Any:
    return crm.post("claims", {"bridge": bridge, "state": state, **options})


def marks(crm: Target) -> tuple[str | None, str | None]:
    ping = answered(crm.get("ping"))
    return ping["bridge"], ping["state"]


def number(*parts: str) -> int:
    """Return what the document says that a record comes to."""
    return int(hashlib.md5("|".join(parts).encode()).hexdigest()[:15], 16)


def digest(crm: Target, module: str, *columns: str) -> tuple[int, int]:
    answer = answered(crm.get(f"digests/{module}", columns=",".join(columns)))
    assert isinstance(answer["digest"], str)
    return answer["records"], int(answer["digest"])


@pytest.mark.parametrize(("name", "value", "form"), VALUES)
def test_a_record_adds_to_the_digest_what_its_values_come_to(crm, name, value, form):
    module = catalogue().fields[name].modules[0]
    before = digest(crm, module, name)
    id_ = crm.create(module, **NEW[module])
    answered(crm.write(module, [name], [id_, value], notify=False))
    after = digest(crm, module, name)
    assert (after[0] - before[0], after[1] - before[1]) == (1, number(id_, form))


@pytest.mark.parametrize("module", WITH_FIELDS)
def test_every_field_of_the_package_can_be_in_a_digest(crm, module):
    columns = [field.id_name or field.name for field in catalogue().fields_of(module)]
    before = digest(crm, module, *columns)
    id_ = crm.create(module, **NEW[module])
    records, total = digest(crm, module, *columns)
    assert records - before[0] == 1
    # A new record may have a default in a field that people fill in.
    row = crm.row(module, id_, ",".join(columns))
    if not any(row[name] for name in columns):
        assert total - before[1] == number(id_, *[""] * len(columns))


@pytest.mark.parametrize(
    ("module", "name"), [("Contacts", "email_opt_out"), ("Leads", "invalid_email")]
)
def test_what_is_said_of_an_address_can_be_in_a_digest(crm, module, name):
    before = digest(crm, module, name)[1]
    email = f"{secrets.token_hex(8)}@example.com"
    with_one = crm.create(module, last_name="Moreau", email1=email)
    without = crm.create(module, last_name="Moreau")
    assert digest(crm, module, name)[1] - before == number(with_one, "0") + number(without, "")


def test_a_digest_takes_the_values_in_the_order_that_is_asked(crm, contact):
    answered(crm.write("Contacts", ["rfm_recency_c", "clv_c"], [contact, 4, 2.5], notify=False))
    one = digest(crm, "Contacts", "rfm_recency_c", "clv_c")
    other = digest(crm, "Contacts", "clv_c", "rfm_recency_c")
    crm.delete("Contacts", contact)
    assert one[1] - digest(crm, "Contacts", "rfm_recency_c", "clv_c")[1] == number(
        contact, "4", "2.50"
    )
    assert other[1] - digest(crm, "Contacts", "clv_c", "rfm_recency_c")[1] == number(
        contact, "2.50", "4"
    )


def test_a_deleted_record_is_in_no_digest(crm, contact):
    before = digest(crm, "Contacts", "rfm_score_c")
    crm.delete("Contacts", contact)
    records, _ = digest(crm, "Contacts", "rfm_score_c")
    assert records == before[0] - 1


def test_an_amount_that_people_filled_in_counts_with_its_decimals(crm):
    before = digest(crm, "Contacts", "wallet_estimate_c")
    id_ = crm.create("Contacts", last_name="Rich", wallet_estimate_c=Decimal("12345678.9"))
    after = digest(crm, "Contacts", "wallet_estimate_c")
    assert after[1] - before[1] == number(id_, "12345678.90")


@pytest.mark.parametrize("columns", ["last_name", "clv_c,no_such_c", "id", "clv_c ", "clv_c,"])
def test_a_digest_of_other_columns_is_refused(crm, columns):
    declined(crm.get("digests/Contacts", columns=columns), 400, "unknown_column")


def test_a_digest_of_no_columns_is_refused(crm):
    declined(crm.get("digests/Contacts"), 400, "invalid_request", "columns")
    declined(crm.get("digests/Contacts", columns="clv_c", limit=5), 400, "invalid_request", "limit")


@pytest.mark.parametrize("module", ["Users", "Products", "AOS_Invoices", "contacts"])
def test_a_module_without_fields_of_the_package_has_no_digest(crm, module):
    declined(crm.get(f"digests/{module}", columns="clv_c"), 404, "unknown_module")


def test_ping_tells_the_marks(crm):
    ping = answered(crm.get("ping"))
    assert len(ping["installation"]) == 32
    assert {"bridge", "state"} <= ping.keys()


def test_a_claim_is_told_by_ping_and_leaves_the_installation_as_it_is(claimed):
    before = answered(claimed.get("ping"))["installation"]
    bridge, state = secrets.token_hex(16), secrets.token_hex(16)
    answer = answered(claim(claimed, bridge, state, take_over=True))
    assert answer == {"installation": before, "bridge": bridge, "state": state}
    assert marks(claimed) == (bridge, state)
    assert answered(claimed.get("ping"))["installation"] == before


def test_the_same_bridge_may_claim_again(claimed):
    bridge = secrets.token_hex(16)
    answered(claim(claimed, bridge, MARK, take_over=True))
    state = secrets.token_hex(16)
    answered(claim(claimed, bridge, state))
    assert marks(claimed) == (bridge, state)


def test_another_bridge_is_refused_and_changes_nothing(claimed):
    bridge, state = secrets.token_hex(16), secrets.token_hex(16)
    answered(claim(claimed, bridge, state, take_over=True))
    for options in ({}, {"take_over": False}):
        refused = claim(claimed, secrets.token_hex(16), MARK, **options)
        declined(refused, 409, "other_bridge")
    assert marks(claimed) == (bridge, state)


def test_a_bridge_that_takes_over_shuts_the_other_out(claimed):
    first, second = secrets.token_hex(16), secrets.token_hex(16)
    answered(claim(claimed, first, MARK, take_over=True))
    answered(claim(claimed, second, MARK, take_over=True))
    declined(claim(claimed, first, MARK), 409, "other_bridge")


@pytest.mark.parametrize("bad", BAD_MARKS)
@pytest.mark.parametrize("name", ["bridge", "state"])
def test_a_mark_of_another_form_is_refused(crm, name, bad):
    body = {"bridge": MARK, "state": MARK, name: bad}
    declined(crm.post("claims", body), 400, "invalid_value", name)


@pytest.mark.parametrize("bad", ["yes", 1, None, []])
def test_taking_over_is_said_with_true_or_false(crm, bad):
    refused = claim(crm, MARK, MARK, take_over=bad)
    declined(refused, 400, "invalid_request", "take_over")


@pytest.mark.parametrize("missing", ["bridge", "state"])
def test_a_claim_needs_both_marks(crm, missing):
    body = {"bridge": MARK, "state": MARK}
    del body[missing]
    declined(crm.post("claims", body), 400, "invalid_request", missing)


def test_the_run_of_the_bridge_that_writes_here_leaves_its_marks(claimed, put_back):
    bridge, state = secrets.token_hex(16), secrets.token_hex(16)
    answered(claim(claimed, bridge, state, take_over=True))
    assert answered(claimed.post("runs", RUN | {"bridge": bridge})) == {"recorded": True}
    assert marks(claimed) == (bridge, state)


def test_the_run_of_another_bridge_is_refused(claimed):
    answered(claim(claimed, secrets.token_hex(16), MARK, take_over=True))
    other = RUN | {"bridge": secrets.token_hex(16)}
    declined(claimed.post("runs", other), 409, "other_bridge")


def test_the_run_of_a_bridge_that_does_not_say_who_it_is_changes_the_state(claimed, put_back):
    bridge, state = secrets.token_hex(16), secrets.token_hex(16)
    answered(claim(claimed, bridge, state, take_over=True))
    assert answered(claimed.post("runs", RUN)) == {"recorded": True}
    assert marks(claimed)[0] == bridge
    assert marks(claimed)[1] not in (None, state)


@pytest.mark.parametrize("bad", [bad for bad in BAD_MARKS if bad is not None])
def test_a_run_with_a_mark_of_another_form_is_refused(crm, bad):
    declined(crm.post("runs", RUN | {"bridge": bad}), 400, "invalid_value", "bridge")
