"""The five sentences that everybody reads first, on a SuiteCRM with demo data."""

from datetime import timedelta
from decimal import Decimal

from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.insights.first_figures import first_sentences
from tests.flows.world import DAY


def told(world):
    with world.context() as context:
        found = first_sentences(context.mirror, context.choices, "contacts", names=False)
        return {one.topic: one for one in found}, everybody(context.mirror, "contacts")


def test_a_base_with_one_day_of_scores_says_how_many_are_lost_and_to_call(synced):
    found, frame = told(synced)
    lost = frame[frame["standing"] == "lost"]
    assert found["left"].values["customers"] == (len(lost), "count")
    assert found["left"].values["cost"] == (sum(lost["lost_value"], Decimal(0)), "money")
    calls = frame[frame["next_action"] == "call_now"]
    assert found["call"].values["customers"] == (len(calls), "count")
    assert found["moved"].key == "sentences.moved_unknown"
    assert found["programme"].key == "sentences.programme_none"


def test_who_was_here_a_month_ago_and_is_lost_now_has_left_since(synced):
    with synced.context() as context:
        connection = context.mirror.connection
        lost = connection.execute(
            "SELECT customer_id FROM scores_contacts WHERE standing = 'lost' ORDER BY 1 LIMIT 1"
        ).fetchone()[0]
        for table in ("snapshots", "snapshot_cuts"):
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE (as_of - 30 AS as_of) FROM {table}"
            )
        connection.execute(
            "UPDATE snapshots SET lifecycle = 'active', rfm_segment = 'champions'"
            " WHERE customer_id = ? AND as_of < ?",
            [lost, DAY],
        )
    found, _ = told(synced)
    assert found["left"].values["customers"] == (1, "count")
    assert found["left"].values["since"] == (DAY - timedelta(days=30), "date")
    assert found["moved"].values["worse"] == (1, "count")
    assert found["moved"].values["better"] == (0, "count")
