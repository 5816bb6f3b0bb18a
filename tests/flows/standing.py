"""Scores that cost little, for tests of what is read and written and not of what is scored."""

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import ENTITY_MODULES
from suitecrm_bridge.insights import next_actions, relations, worth
from suitecrm_bridge.jobs import complaints
from tests.flows.world import fast_base, settled_base

_KEYS = ["entity", "customer_id"]
_RANKED = ("rfm_", "recency", "purchase", "first_purchase", "last_purchase", "average_purchase")


@pytest.fixture
def standing_figures(bases, monkeypatch):
    """Once a base is scored, its figures stand, but for those of RFM, which are computed anew."""
    for base in (settled_base, fast_base):
        base(bases)
    monkeypatch.setattr(complaints, "Scoring", _choose(complaints.Scoring))
    monkeypatch.setattr(worth, "Worth", _worth(worth.Worth))
    monkeypatch.setattr(next_actions, "Actions", _Actions)
    monkeypatch.setattr(relations, "Relations", _relations(relations.Relations))


def _choose(real):
    return lambda context, *given: (
        _Standing(context) if _scored(context.mirror) else real(context, *given)
    )


class _Standing:
    def __init__(self, context):
        self._mirror = context.mirror

    def look_at_customers(self):
        """Find nothing more than before."""

    def customers(self, part):
        return pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=_KEYS))

    def cases(self):
        return _table(self._mirror, "cases")

    def react(self):
        """Want nothing more than before."""


def _worth(real):
    return lambda mirror, *given: _Stood(mirror) if _scored(mirror) else real(mirror, *given)


class _Stood:
    def __init__(self, mirror):
        self._tables = [_table(mirror, entity).assign(entity=entity) for entity in ENTITY_MODULES]

    def of(self, part):
        stood = pd.concat(self._tables).set_index(_KEYS)
        ranked = [name for name in stood if name.startswith(_RANKED)]
        return stood.drop(columns=[*ranked, "as_of", "scored_at"])


def _relations(real):
    return lambda mirror, *given: _NoMore() if _scored(mirror) else real(mirror, *given)


class _NoMore:
    def of(self, part):
        """Add nothing: it stands among the worth."""
        return pd.DataFrame(index=pd.MultiIndex.from_frame(part.fetch("rfm")[_KEYS]))


class _Actions:
    def __init__(self, *given, real=next_actions.Actions):
        self._real = lambda: real(*given)

    def of(self, part, scores):
        if "next_action" in scores:
            return pd.DataFrame(index=scores.index)
        return self._real().of(part, scores)


def _scored(mirror):
    return all(mirror.scores.exist(entity) for entity in (*ENTITY_MODULES, "cases"))


def _table(mirror, entity):
    found = mirror.connection.execute(f"FROM scores_{entity}")
    names = [column[0] for column in found.description]
    return pd.DataFrame(found.fetchall(), columns=names, dtype=object)
