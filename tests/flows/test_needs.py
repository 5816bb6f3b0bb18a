"""What the catalogue says that figures are made from, against what they are really made from."""

import shutil

import pytest

from suitecrm_bridge.catalogue import catalogue, needs, sources
from suitecrm_bridge.jobs.inputs import inputs
from suitecrm_bridge.mirror import MIRROR_FILE, SCORED_MODULES
from tests.flows.crowded import crowded_base
from tests.flows.world import DAY, log_left_alone, world_of
from tests.places import places

HISTORY = "Cases_history"
NEEDED = sorted(
    {need for field in catalogue().fields.values() for need in field.needs} - {"purchases"}
)
UNNEEDED = sorted({*sources(catalogue())} - {*NEEDED, "AOS_Invoices", "Contacts", "Accounts"})


@pytest.fixture(scope="module")
def world(bases, tmp_path_factory):
    """A SuiteCRM with data of every kind, which each test leaves as it was."""
    folder = tmp_path_factory.mktemp("needs")
    with log_left_alone(), world_of(folder, *crowded_base(bases, routes=True), routes=True) as one:
        yield one


@pytest.fixture(scope="module")
def before(world):
    """Every score by what counts as a purchase, with nothing taken away."""
    return {purchases: scored(world, purchases) for purchases in ("invoices", "opportunities")}


def scored(world, purchases, *without):
    """Score with the tables of some sources emptied; return every score by entity and column."""
    kept = world.home / "kept"
    shutil.copy(world.home / MIRROR_FILE, kept)
    modules = catalogue().modules
    for name in without:
        table = "history" if name == HISTORY else modules[name].table if name in modules else name
        if not name.endswith("_history") or name == HISTORY:
            world.mirrored(f"DELETE FROM {table}")
    world.score(DAY, BRIDGE_PURCHASES=purchases)
    found = {}
    with world.context() as context:
        for entity in SCORED_MODULES:
            cursor = context.mirror.connection.execute(f"SELECT * FROM scores_{entity} ORDER BY 1")
            names = [column[0] for column in cursor.description]
            rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
            found[entity] = rows
    shutil.move(kept, world.home / MIRROR_FILE)
    return found


def moved(before, after):
    """Yield the module and the field of each figure that is another for anybody."""
    for entity, module in SCORED_MODULES.items():
        for field in catalogue().fields_of(module, "bridge"):
            for column in (field.column, f"{field.column}_en"):
                pairs = [
                    (row.get(column), after[entity][id].get(column))
                    for id, row in before[entity].items()
                    if id in after[entity]
                ]
                if any(one != other for one, other in pairs):
                    yield module, field


@pytest.mark.story
@pytest.mark.parametrize("source", places(["AOS_Invoices", *NEEDED], every=8))
def test_a_figure_changes_with_nothing_but_what_it_needs(world, before, source):
    found = {*moved(before["invoices"], scored(world, "invoices", source))}
    unsaid = [
        (module, field.name)
        for module, field in found
        if source not in needs(catalogue(), field, module, "invoices")
    ]
    assert unsaid == []
    assert found


@pytest.mark.parametrize(
    "source", places(["Opportunities", "opportunities_contacts", "AOS_Invoices"])
)
def test_purchases_are_what_the_setting_says(world, before, source):
    found = {*moved(before["opportunities"], scored(world, "opportunities", source))}
    assert [
        (module, field.name)
        for module, field in found
        if source not in needs(catalogue(), field, module, "opportunities")
    ] == []
    assert bool(found) == (source != "AOS_Invoices")


def test_no_figure_changes_with_what_none_needs(world, before):
    assert [*moved(before["invoices"], scored(world, "invoices", *UNNEEDED))] == []


def test_stale_sources_are_among_the_inputs_of_scores(world):
    with world.context() as context:
        assert inputs(context, DAY) != inputs(context, DAY, ["AOS_Invoices"])
