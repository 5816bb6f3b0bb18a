"""What stands on leads after a sync, over either path."""

import json
from decimal import Decimal

import pandas as pd
import pytest

OURS = ("lead_score_c", "lead_value_c", "lead_reason_c")


@pytest.fixture
def told(world):
    """A world in which one open lead has been scored and written; with its id."""
    lead = next(row["id"] for row in world.store.rows("Leads") if not row["converted"])
    row = {"lead_id": lead, "lead_score": Decimal("42.5"), "lead_value": Decimal("120.00")}
    row |= {"lead_reason_en": "In favour.", "lead_reason_fr": "Pour."}
    with world.context() as context:
        context.mirror.scores.save("leads", pd.DataFrame([row], dtype=object))
    world.push()
    return world, lead


def written(world, lead):
    return [world.store.row("Leads", lead)[name] for name in OURS]


def test_a_lead_has_its_chance_value_and_reason_and_is_written_once(told):
    world, lead = told
    score, value, reason = written(world, lead)
    assert (float(score), float(value), reason) == (42.5, 120.0, "In favour.")
    assert world.push().written == 0


def test_a_lead_who_objects_to_profiling_loses_score_and_reason(told):
    world, lead = told
    world.clock.advance(minutes=20)
    world.store.update("Leads", lead, {"no_profiling_c": 1})
    world.pull("Leads")
    world.push()
    assert not any(written(world, lead))


def test_a_base_that_is_too_small_takes_old_scores_away(told):
    world, lead = told
    world.clock.advance(minutes=20)
    world.sync(as_of=world.clock().date())
    assert not any(written(world, lead))


def test_targets_are_mirrored_and_known_by_the_leads_they_became(synced):
    rows = synced.store.rows("Prospects")
    became = {row["id"]: row["lead_id"] for row in rows if row["lead_id"]}
    assert became
    mirrored = dict(synced.mirrored("SELECT id, lead_id FROM targets WHERE lead_id IS NOT NULL"))
    assert mirrored == became
    assert synced.mirrored("SELECT count(*) FROM targets") == [(len(rows),)]


def test_erasing_a_lead_takes_the_target_that_they_were_along(synced):
    target, lead = synced.mirrored("SELECT id, lead_id FROM targets WHERE lead_id IS NOT NULL")[0]
    with synced.context() as context:
        people = context.mirror.privacy.people(lead)
    assert {(one.module, one.id) for one in people} == {("Leads", lead), ("Prospects", target)}


@pytest.mark.parametrize("by", ["source", "campaign", "origin"])
def test_the_command_compares_where_customers_came_from(synced, by):
    done = synced.command("leads", "--by", by, "--format", "json")
    rows = json.loads(done.stdout)
    known = [row for row in synced.store.rows("Leads") if row["campaign_id"] or by != "campaign"]
    assert sum(row["leads"] for row in rows) == len(known)
    assert all(row["label"] for row in rows)
    assert all(row["cost"] for row in rows if by == "campaign")


def test_the_command_says_why_there_are_no_scores(synced):
    told = synced.command("leads").stdout
    assert "Leads: no scores." in told
    assert "Targets: no scores." in told
    assert json.loads(synced.command("leads", "--calibration", "--format", "json").stdout) == []
