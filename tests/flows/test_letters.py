"""Letters of programmes: a file for the printer, in which everybody stands once."""

import csv
import stat
import sys

import pytest

from suitecrm_bridge.jobs import deliveries, delivery_files
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.deliveries import Deliveries
from suitecrm_bridge.report import rendering
from tests.flows.begun import HELLO, begin, change, run
from tests.flows.test_calls import treated, waiting

LETTERS = HELLO.replace('"mail"', '"letter"')


def reached(world):
    found = world.mirrored(
        "SELECT id FROM contacts JOIN scores_contacts ON customer_id = id WHERE complaints = 'none'"
        " AND coalesce(lawful_basis, '') NOT LIKE '%withdrawn%' ORDER BY id"
    )
    return [id for (id,) in found]


def files(world):
    folder = world.home / "letters"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def rows(world, delimiter=","):
    found = []
    for file in files(world):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            found += csv.DictReader(opened, delimiter=delimiter)
    return found


def references(world):
    found = [row["Reference"] for row in rows(world)]
    assert len(found) == len(set(found))
    return set(found)


def test_everybody_who_is_treated_stands_in_one_file_with_their_address(fast_synced):
    world = fast_synced
    begin(world, LETTERS)
    foreseen = run(world, dry_run=True).deliveries
    assert files(world) == []
    summary = run(world)
    assert references(world) == treated(world) != set()
    assert summary.deliveries == foreseen == {"letter": len(rows(world))}
    [file] = files(world)
    assert file.name == "hello-first-2026-03-09.csv"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    known = world.mirrored(
        "SELECT id, primary_address_city, primary_address_postalcode, last_name FROM contacts"
    )
    by = {id: known for id, *known in known}
    for row in rows(world):
        city, code, name = by[row["Reference"]]
        assert (row["City"], row["Postal code"]) == (city, code)
        assert name in row["Salutation"]
    before = file.read_bytes()
    assert run(world).deliveries == {}
    assert [one.read_bytes() for one in files(world)] == [before]


def test_in_french_the_file_is_as_spreadsheets_there_expect_it(fast_synced):
    world = fast_synced
    begin(world, LETTERS)
    with world.context(BRIDGE_LANG="fr") as context:
        jobs.run(context, Summary())
    [file] = files(world)
    first = file.read_bytes().splitlines()[0]
    assert first.startswith(b"\xef\xbb\xbfNom;Rue;Code postal;Ville;Pays;")
    assert {row["Formule d'appel"].split()[0] for row in rows(world, ";")} & {"Monsieur", "Madame"}


def test_an_address_that_cannot_be_right_waits_until_it_is_mended(fast_synced):
    world = fast_synced
    begin(world, LETTERS.replace("share = 0.3", "share = 0"))
    one, two, three = reached(world)[:3]
    wrong = {"primary_address_country": "France", "primary_address_postalcode": "7501"}
    change(world, one, **wrong)
    change(world, two, primary_address_city="")
    change(world, three, primary_address_city="?")
    world.pull("Contacts")
    run(world)
    assert one in waiting(world, "bad_postcode")
    assert two in waiting(world, "no_address")
    assert three in waiting(world, "bad_address")
    change(world, one, primary_address_postalcode="75011")
    world.pull("Contacts")
    world.clock.advance(days=1)
    run(world)
    names = [file.name for file in files(world)]
    assert names == ["hello-first-2026-03-09.csv", "hello-first-2026-03-10.csv"]
    assert references(world) == treated(world)
    assert one not in waiting(world, "bad_postcode")


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("step", ["sending", "write", "made", "replace"])
@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_is_killed_at_any_step_leaves_nobody_out_and_nobody_twice(
    fast_synced, monkeypatch, step, before
):
    world = fast_synced
    begin(world, LETTERS)
    kill = [True]

    def killing(call):
        def killed(*given, **named):
            if before and kill:
                raise Killed
            found = call(*given, **named)
            if kill:
                raise Killed
            return found

        return killed

    whole = {
        "sending": (Deliveries, "sending"),
        "write": (rendering, "write_file"),
        "made": (Deliveries, "made"),
        "replace": (delivery_files, "finish"),
    }
    owner, name = whole[step]
    monkeypatch.setattr(owner, name, killing(getattr(owner, name)))
    with pytest.raises(Killed):
        run(world)
    kill.clear()
    # Whoever fetches files takes what has its name.
    for file in files(world):
        if file.suffix == ".csv":
            unmade = "SELECT count(*) FROM programme_deliveries WHERE made IS NULL"
            assert world.mirrored(unmade) == [(0,)]
    run(world)
    assert references(world) == treated(world)
    assert [file.suffix for file in files(world)] == [".csv"]


def test_a_second_file_of_a_day_has_a_name_of_its_own_also_when_the_first_was_fetched(fast_synced):
    world = fast_synced
    begin(world, LETTERS.replace("share = 0.3", "share = 0"))
    late = reached(world)[0]
    change(world, late, primary_address_city="")
    world.pull("Contacts")
    run(world)
    [first] = files(world)
    first.unlink()
    change(world, late, primary_address_city="Lyon")
    world.pull("Contacts")
    run(world)
    assert [file.name for file in files(world)] == ["hello-first-2026-03-09-2.csv"]
    assert references(world) == {late}


def test_a_name_that_a_spreadsheet_would_calculate_is_harmless(fast_synced):
    world = fast_synced
    begin(world, LETTERS.replace("share = 0.3", "share = 0"))
    someone = reached(world)[0]
    change(world, someone, first_name="=1+1", primary_address_street="1 rue A\nBât. B")
    world.pull("Contacts")
    run(world)
    row = {row["Reference"]: row for row in rows(world)}[someone]
    assert row["Name"].startswith("'=1+1")
    assert row["Street"] == "1 rue A Bât. B"


def test_whose_record_went_before_the_letter_was_written_gets_none(fast_synced, monkeypatch):
    world = fast_synced
    begin(world, LETTERS)
    with monkeypatch.context() as patched:
        patched.setattr("suitecrm_bridge.jobs.letters.hand_out", lambda *_: 0)
        run(world)
    someone, *others = sorted(treated(world))
    world.mirrored("DELETE FROM contacts WHERE id = ?", someone)
    with world.context() as context:
        deliveries.deliver(context, Summary())
    assert references(world) == {*others}
    made = world.mirrored("SELECT made FROM programme_deliveries WHERE person = ?", someone)
    assert made == [(None,)]


def test_whose_address_went_before_the_letter_was_written_gets_it_when_it_is_there_again(
    fast_synced, monkeypatch
):
    world = fast_synced
    begin(world, LETTERS)
    with monkeypatch.context() as patched:
        patched.setattr("suitecrm_bridge.jobs.letters.hand_out", lambda *_: 0)
        run(world)
    someone, *others = sorted(treated(world))
    city = "SELECT primary_address_city FROM contacts WHERE id = ?"
    before = world.mirrored(city, someone)[0][0]
    world.mirrored("UPDATE contacts SET primary_address_city = NULL WHERE id = ?", someone)
    assert run(world).deliveries == {"letter": len(others)}
    assert references(world) == {*others}
    world.mirrored("UPDATE contacts SET primary_address_city = ? WHERE id = ?", before, someone)
    run(world)
    assert references(world) == {someone, *others}
