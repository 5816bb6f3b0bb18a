"""Memory stays bounded: pages go straight into the mirror and are forgotten."""

import gc

import pytest

from suitecrm_bridge.crm import Page, bulk
from suitecrm_bridge.jobs.storing import Storing
from tests.flows.world import filled_base, world_of
from tests.places import paths

PARALLEL = 2
MODULE = "AOS_Products_Quotes"


@pytest.fixture(params=paths("fast"))
def world(request, bases, tmp_path, monkeypatch):
    """A SuiteCRM that the bridge has not met, read in small pages."""
    monkeypatch.setattr(bulk, "PAGE_SIZE", 20)
    with world_of(tmp_path, filled_base(bases), routes=request.param) as opened:
        yield opened


@pytest.mark.story
def test_a_pull_holds_a_few_pages_at_once_however_many_there_are(world, monkeypatch):
    gc.collect()
    # What other tests of this process hold is theirs.
    others = sum(isinstance(one, Page) for one in gc.get_objects())
    held = []
    store = Storing.store

    def counting(self, *page):
        store(self, *page)
        held.append(sum(isinstance(one, Page) for one in gc.get_objects()) - others)

    monkeypatch.setattr(Storing, "store", counting)
    world.pull(MODULE, BRIDGE_PAGE_SIZE="20", BRIDGE_PARALLEL=str(PARALLEL))
    assert len(held) > 20
    # One that is stored, and for each range one that has come and one that is on its way.
    assert max(held) <= 1 + 2 * PARALLEL
