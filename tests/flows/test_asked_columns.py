"""A column that a programme names is mirrored from then on, over both paths, and no longer."""

import pytest

from suitecrm_bridge.catalogue import catalogue, use_own
from suitecrm_bridge.errors import CatalogueError
from tests.flows.begun import HELLO, begin, change, lists, members, run

AUDIENCE = "audience = 'purchase_count >= 0'"


@pytest.fixture(autouse=True)
def shipped_again():
    yield
    use_own(None)


def asking(words):
    content = HELLO.replace(AUDIENCE, f"audience = '{words}'").replace("share = 0.3", "share = 0")
    assert words in content
    return content


def test_a_column_that_a_programme_names_is_read_from_then_on_and_goes_again(world):
    world.sandbox.make_field("Contacts", "loyalty_card_c", "bool")
    cards = world.mirrored(
        "SELECT id FROM contacts WHERE email1 LIKE '%@%' AND NOT email_opt_out ORDER BY id LIMIT 5"
    )
    for (id,) in cards[:3]:
        change(world, id, loyalty_card_c=1, department="Sales", do_not_call=0, email_opt_out=0)
    change(world, cards[3][0], loyalty_card_c=0, department="Sales")
    change(world, cards[4][0], loyalty_card_c=1, department="Bought")
    begin(world, asking('loyalty_card_c and Contacts.department = "sales"'))
    world.pull("Contacts")
    run(world)
    assert members(world) <= {id for (id,) in cards[:3]}
    assert members(world)
    (world.home / "programmes" / "hello.toml").unlink()
    world.pull("Contacts")
    with world.context() as context:
        columns = context.mirror.connection.execute("DESCRIBE contacts").fetchall()
    assert not {"loyalty_card_c", "department"} & {column[0] for column in columns}


def test_a_field_that_suitecrm_has_not_is_refused_with_file_key_and_what_is_like_it(fast_synced):
    world = fast_synced
    world.sandbox.make_field("Contacts", "loyalty_card_c", "bool")
    begin(world, asking("loyalty_crad_c = true"))
    with pytest.raises(CatalogueError) as refused:
        world.sync()
    said = str(refused.value)
    assert "programmes/hello.toml, audience" in said
    assert "loyalty_crad_c" in said
    assert "did you mean loyalty_card_c?" in said
    assert lists(world) == []


def test_a_preview_before_the_first_reading_says_that_the_next_sync_reads_it(fast_synced):
    world = fast_synced
    world.sandbox.make_field("Contacts", "loyalty_card_c", "bool")
    begin(world, asking("loyalty_card_c = true"))
    result = world.command("programmes", "preview", "hello")
    assert result.exit_code == CatalogueError.exit_code
    assert "the next sync reads it" in " ".join(result.stderr.split())


def test_the_fast_routes_go_on_with_a_column_of_an_installations_own(tmp_path):
    before = catalogue().fingerprint
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "hello.toml").write_text(asking("vip_c"), encoding="utf-8")
    use_own(tmp_path)
    assert catalogue().columns_of("Contacts")["vip_c"] == "text"
    assert catalogue().fingerprint == before
