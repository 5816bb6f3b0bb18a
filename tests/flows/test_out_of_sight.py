"""Records that a role or a security group hides keep their links, and return with them."""

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import BridgeError, TooManyVanished
from suitecrm_bridge.jobs.reconcile import HANDFUL
from tests.flows.crowded import crowded_base
from tests.flows.world import synced_base, world_of
from tests.places import paths, places

LINKS = tuple(catalogue().links)
ENDS = sorted(
    {end for link in catalogue().links.values() for end in (link.module, link.other_module)}
)
OPTIONS = "surveyquestionoptions_surveyquestionresponses"


@pytest.fixture(params=paths("stock"))
def world(request, bases, tmp_path):
    """A SuiteCRM with many links of each kind, after one sync over either path."""
    database, home = crowded_base(bases, routes=request.param)
    with world_of(tmp_path, database, home, routes=request.param) as opened:
        opened.fast = request.param
        yield opened


def everything(world):
    """Every link, and every record in which one stands."""
    tables = [
        *LINKS,
        *(catalogue().modules[link.module].table for link in catalogue().links.values()),
    ]
    return {table: world.mirrored(f"SELECT * FROM {table} ORDER BY ALL") for table in tables}


def all_links(world):
    return {table: links(world, table) for table in LINKS}


def links(world, table):
    return world.mirrored(f"SELECT * FROM {table} ORDER BY ALL")


def hide(world, module, share):
    """Put a share of a module's records out of sight; return their ids."""
    ids = [row["id"] for row in world.store.rows(module) if not row["deleted"]]
    hidden = ids[: max(1, int(len(ids) * share))]
    world.sight.hide(module, hidden)
    return hidden


def unlinked(world):
    """Return a contact that no link would bring back."""
    tables = [link.table for link in catalogue().links.values() if link.link]
    linked = {value for t in tables for row in world.store.link_rows(t) for value in row.values()}
    return next(r["id"] for r in world.store.rows("Contacts") if r["id"] not in linked)


def pull(world, **options):
    try:
        return world.pull(**options)
    except TooManyVanished as stopped:
        return stopped


def touch_partners(world, module):
    """Let what is linked to a module be read again with its links."""
    ends = [{link.module, link.other_module} for link in catalogue().links.values()]
    for other in set().union(*(pair for pair in ends if module in pair)) - {module}:
        for row in world.store.rows(other):
            world.store.update(other, row["id"], {"description": "new"})


@pytest.mark.story
@pytest.mark.parametrize("full", places([False, True]))
def test_what_changed_in_a_hidden_record_arrives_with_it_though_its_date_tells_nothing(world, full):
    contact = unlinked(world)
    # In the same minute as the bridge's own write, and after it.
    world.store.update("Contacts", contact, {"last_name": "Nouveau nom"})
    hide(world, "Contacts", 0.7)
    world.sight.hide("Contacts", [contact])
    world.clock.advance(days=2)
    assert isinstance(pull(world, full=full), TooManyVanished)
    world.sight.restore()
    world.clock.advance(days=2)
    world.pull()
    found = world.mirrored("SELECT last_name FROM contacts WHERE id = ?", contact)
    assert found == [("Nouveau nom",)]


@pytest.mark.story
@pytest.mark.parametrize(
    ("module", "share"),
    places([*((module, 0.9) for module in ENDS), ("Contacts", 0.5), ("Accounts", 0.5)], every=6),
)
def test_links_stand_while_a_brake_holds_and_when_the_right_is_back(world, module, share):
    before = all_links(world)
    assert len(hide(world, module, share)) > HANDFUL
    world.clock.advance(hours=1)
    touch_partners(world, module)
    assert not isinstance(pull(world), TooManyVanished)
    assert all_links(world) == before
    world.clock.advance(days=2)
    assert isinstance(pull(world), TooManyVanished)
    assert all_links(world) == before
    world.sight.restore()
    world.clock.advance(days=1)
    world.pull()
    assert all_links(world) == before


@pytest.mark.story
def test_every_link_table_has_more_rows_than_may_be_gone_unasked(world):
    assert [table for table in LINKS if len(links(world, table)) <= HANDFUL] == []


@pytest.mark.story
@pytest.mark.parametrize("module", places(["Contacts", "Accounts", "Cases", "Opportunities"]))
def test_a_few_records_that_were_hidden_return_with_their_links(world, module):
    before = everything(world)
    hidden = hide(world, module, 0.08)
    world.clock.advance(days=2)
    assert world.pull().deleted[module] == len(hidden)
    world.sight.restore()
    world.clock.advance(days=2)
    world.pull()
    assert everything(world) == before


@pytest.mark.story
def test_a_changed_case_keeps_the_contact_that_is_out_of_sight(world):
    case, contact = links(world, "contacts_cases")[0]
    world.clock.advance(hours=1)
    world.sight.hide("Contacts", [contact])
    world.store.update("Cases", case, {"name": "Autre"})
    world.pull()
    assert (case, contact) in links(world, "contacts_cases")
    assert world.mirrored("SELECT name FROM cases WHERE id = ?", case) == [("Autre",)]


@pytest.mark.story
def test_every_case_may_change_while_the_contacts_are_out_of_sight(world):
    before = links(world, "contacts_cases")
    hide(world, "Contacts", 1)
    world.clock.advance(hours=1)
    for row in world.store.rows("Cases"):
        world.store.update("Cases", row["id"], {"name": "Autre"})
    pull(world)
    assert links(world, "contacts_cases") == before


@pytest.mark.story
def test_a_link_that_ended_while_its_contact_was_out_of_sight_ends_with_its_return(world):
    case, contact = links(world, "contacts_cases")[0]
    link = world.sandbox.app._records._schema.beans["Cases"].links["contacts"]
    world.clock.advance(hours=1)
    world.sight.hide("Contacts", [contact])
    world.store.unrelate(link, case, contact)
    world.store.update("Cases", case, {"name": "Autre"})
    world.pull()
    world.sight.restore()
    world.clock.advance(days=1, hours=1)
    world.pull()
    assert (case, contact) not in links(world, "contacts_cases")


@pytest.mark.story
def test_a_link_that_ended_between_records_in_sight_leaves_at_once(world):
    case, contact = links(world, "contacts_cases")[0]
    link = world.sandbox.app._records._schema.beans["Cases"].links["contacts"]
    world.clock.advance(hours=1)
    world.store.unrelate(link, case, contact)
    world.store.update("Cases", case, {"name": "Autre"})
    world.pull()
    assert (case, contact) not in links(world, "contacts_cases")


@pytest.mark.long
def test_the_mirror_holds_no_doubts_when_all_is_in_sight_again(world):
    hide(world, "Contacts", 0.08)
    world.clock.advance(days=2)
    world.pull()
    world.sight.restore()
    world.clock.advance(days=2)
    world.pull()
    assert world.mirrored("SELECT * FROM lost_links") == []


def test_a_mass_of_links_that_is_gone_stops_the_run(fast_synced):
    asked_for = [link.table for link in catalogue().links.values() if link.link]
    table = max(asked_for, key=lambda name: len(links(fast_synced, name)))
    before = links(fast_synced, table)
    assert len(before) > HANDFUL
    fast_synced.store.write(f"DELETE FROM {table} WHERE ?", [(1,)])
    fast_synced.clock.advance(days=2)
    for _ in range(2):
        with pytest.raises(TooManyVanished, match=table):
            fast_synced.pull()
    assert links(fast_synced, table) == before
    fast_synced.pull(BRIDGE_MAX_VANISHED="100")
    assert links(fast_synced, table) == []


@pytest.mark.story
def test_a_handful_of_links_may_be_gone(fast_synced):
    gone = links(fast_synced, "contacts_cases")[:HANDFUL]
    fast_synced.store.write("DELETE FROM contacts_cases WHERE case_id = ? AND contact_id = ?", gone)
    fast_synced.clock.advance(days=2)
    fast_synced.pull(BRIDGE_MAX_VANISHED="0")
    assert not {*gone} & {*links(fast_synced, "contacts_cases")}


def test_a_link_row_that_is_gone_without_a_trace_leaves_with_the_next_comparison(fast_synced):
    case, contact = links(fast_synced, "contacts_cases")[0]
    fast_synced.store.write(
        "DELETE FROM contacts_cases WHERE case_id = ? AND contact_id = ?", [(case, contact)]
    )
    fast_synced.clock.advance(days=2)
    fast_synced.pull()
    assert (case, contact) not in links(fast_synced, "contacts_cases")


@pytest.mark.story
def test_answers_keep_their_options_while_surveys_are_partly_hidden(world):
    before = links(world, OPTIONS)
    hide(world, "SurveyQuestionOptions", 0.9)
    world.clock.advance(days=2)
    with pytest.raises(TooManyVanished, match="SurveyQuestionOptions"):
        world.pull()
    assert links(world, OPTIONS) == before
    world.sight.restore()
    world.clock.advance(days=1)
    world.pull()
    assert links(world, OPTIONS) == before


@pytest.mark.story
def test_customers_that_a_write_does_not_find_are_not_forgotten_in_mass(bases, tmp_path):
    database, home, _ = synced_base(bases)
    with world_of(tmp_path, database, home) as world:
        before = everything(world)
        world.mirrored("UPDATE contacts SET complaint_count_c = 77")
        world.sight.hide("Contacts", [row["id"] for row in world.store.rows("Contacts")])
        with pytest.raises(BridgeError):
            world.push()
        (count,) = world.mirrored("SELECT count(*) FROM contacts")
        assert count[0] >= len(world.store.rows("Contacts")) - HANDFUL - 50
        world.sight.restore()
        world.clock.advance(days=2)
        world.pull(full=True)
        assert all_links(world) == {table: before[table] for table in LINKS}
