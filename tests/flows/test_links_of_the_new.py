"""A link to a record that is new leaves the date of what it leads to alone."""

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.flows.crowded import crowded_base
from tests.flows.world import filled_base, world_of
from tests.places import paths, places

pytestmark = pytest.mark.usefixtures("standing_figures")

ASKED = [link for link in catalogue().links.values() if link.link]
NEW = "0a1b2c3d-0000-4000-8000-00000000000a"


def link_to(world, link, other):
    """Link a record of the other module to an old one, whose id is returned."""
    own = next(row["id"] for row in world.store.rows(link.module) if not row["deleted"])
    row = {link.crm_own_id: own, link.crm_other_id: other}
    world.store.load_link(link.table, [row])
    return own


def mirrored(world, link, other):
    query = f"SELECT {link.own_id} FROM {link.table} WHERE {link.other_id} = ?"
    return world.mirrored(query, other)


@pytest.mark.story
@pytest.mark.parametrize("routes", paths("fast"))
@pytest.mark.parametrize("link", places(ASKED), ids=lambda link: link.table)
def test_what_a_new_record_is_linked_to_arrives_with_it(link, routes, bases, tmp_path):
    with world_of(tmp_path, *crowded_base(bases, routes=routes), routes=routes) as world:
        world.clock.advance(hours=1)
        model = next(row for row in world.store.rows(link.other_module))
        new = {name: value for name, value in model.items() if not name.startswith("date_")}
        world.store.load(link.other_module, [new | {"id": NEW}])
        own = link_to(world, link, NEW)
        world.pull()
        assert mirrored(world, link, NEW) == [(own,)]


@pytest.mark.long
@pytest.mark.parametrize("link", places(ASKED), ids=lambda link: link.table)
def test_what_was_deleted_before_the_first_sync_and_is_restored_has_its_links(
    link, bases, tmp_path
):
    with world_of(tmp_path, filled_base(bases)) as world:
        other = next(row["id"] for row in world.store.rows(link.other_module))
        own = link_to(world, link, other)
        before = world.sandbox.keep()
        world.store.update(link.other_module, other, {"deleted": 1})
        world.pull()
        assert mirrored(world, link, other) == []
        world.sandbox.restore(before)
        world.clock.advance(hours=25)
        world.pull()
        assert (own,) in mirrored(world, link, other)


def test_a_link_that_ends_before_it_is_asked_for_is_no_fault(synced):
    synced.clock.advance(hours=1)
    (link,) = (link for link in ASKED if link.table == "opportunities_contacts")
    model = next(row for row in synced.store.rows("Contacts"))
    synced.store.load("Contacts", [model | {"id": NEW}])
    link_to(synced, link, NEW)

    def deleted(method, path):
        if "/relationships/opportunities" in path:
            synced.store.update("Contacts", NEW, {"deleted": 1})

    synced.server.before_request.append(deleted)
    synced.pull()
    assert mirrored(synced, link, NEW) == []
