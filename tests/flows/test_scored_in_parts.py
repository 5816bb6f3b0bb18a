"""A base of many customers is scored part by part, and comes to what it comes to as a whole."""

from datetime import timedelta
from functools import partial

import pytest

from suitecrm_bridge.analytics import parts
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.world import DAY


def scores_of(context, entity):
    found = context.mirror.connection.execute(f"FROM scores_{entity} ORDER BY ALL")
    return [column[0] for column in found.description], found.fetchall()


@pytest.mark.parametrize("at_once", [7, 71])
def test_customers_scored_in_parts_have_the_scores_of_all_at_once(synced, monkeypatch, at_once):
    tomorrow = DAY + timedelta(days=1)
    synced.clock.advance(days=1)
    with synced.context() as context:
        score(context, Summary(), tomorrow)
        whole = {entity: scores_of(context, entity) for entity in ("contacts", "accounts")}
        context.mirror.scores.forget_inputs()
        monkeypatch.setattr(parts, "parts", partial(parts.parts, at_once=at_once))
        summary = Summary()
        score(context, summary, tomorrow)
        assert {entity: scores_of(context, entity) for entity in whole} == whole
        assert summary.scored == {entity: len(rows) for entity, (_, rows) in whole.items()}
