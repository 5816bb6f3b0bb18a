"""What customers are worth, from a base large enough for forecasts to what stands in the CRM."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import ENTITY_MODULES, catalogue
from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.sandbox import Sandbox
from tests.flows.made_once import made_once, own_place
from tests.flows.world import DAY, Clock, crm_rows, world_of

pytestmark = pytest.mark.story

CUSTOMERS = 300
NAMED = {
    "lifecycle_c",
    "next_purchase_c",
    "alive_probability_c",
    "clv_c",
    "churn_risk_c",
    "margin_c",
    "cost_to_serve_c",
    "profit_c",
    "potential_score_c",
    "wallet_share_c",
    "next_offer_c",
    "review_flag_c",
    "review_reason_c",
    "value_reason_c",
}


@made_once
def worth_base(folder):
    database = own_place(folder) / "crm.sqlite"
    with Sandbox(path=database, clock=Clock()) as sandbox:
        fill(sandbox.store, CUSTOMERS, 1, DAY)
    return database


@pytest.fixture(scope="module", params=["fast", pytest.param("stock", marks=pytest.mark.long)])
def told(request, bases, tmp_path_factory):
    """A world after three syncs, two on one day and one on the next, and what each left."""
    folder = tmp_path_factory.mktemp(request.param)
    with world_of(folder, worth_base(bases), routes=request.param == "fast") as opened:
        first, rows = opened.sync(), crm_rows(opened)
        again = opened.sync()
        opened.clock.advance(days=1)
        tomorrow = opened.sync(as_of=DAY + timedelta(days=1))
        yield request.param, (first, again, tomorrow), rows, crm_rows(opened), opened


def test_after_one_sync_every_figure_stands_in_the_crm_for_somebody(told):
    path, (first, _, _), rows, _, _ = told
    complaints = sum(bool(row["complaint_c"]) for row in rows["Cases"])
    assert (first.path, first.written) == (path, CUSTOMERS + CUSTOMERS // 5 + complaints)
    for module in ENTITY_MODULES.values():
        filled = {name for row in rows[module] for name in NAMED if row[name]}
        # Only of companies somebody estimates the need, and an offer must have proved itself.
        estimated = {"wallet_share_c"} if module == "Contacts" else set()
        assert NAMED - filled <= {"next_offer_c", *estimated}


def test_a_second_sync_on_the_same_day_writes_nothing(told):
    assert (told[1][1].planned, told[1][1].written) == (0, 0)


def known(field, value):
    if value in (None, ""):
        return None
    if field.type == "date":
        return date.fromisoformat(str(value)[:10])
    return Decimal(str(value)) if field.type in ("decimal", "int") else value


def moved(field, old, new):
    """Tell whether a value differs by more than its drift."""
    one, other = known(field, old), known(field, new)
    return one != other and not (field.drift and field.drift.covers(one, other))


def test_the_day_after_only_those_are_written_of_whom_something_moved_beyond_its_drift(told):
    _, (_, _, tomorrow), before, after, opened = told
    written = 0
    for module in ENTITY_MODULES.values():
        reasons = [f for f in catalogue().fields_of(module, "bridge") if not f.accompanies]
        for old, new in zip(before[module], after[module], strict=True):
            if old["scored_at_c"] != new["scored_at_c"]:
                written += 1
                assert any(moved(f, old[f.name], new[f.name]) for f in reasons), new["id"]
    assert tomorrow.written == written
    assert 0 < written < (CUSTOMERS + CUSTOMERS // 5) / 2
    assert opened.push(dry_run=True).planned == 0
