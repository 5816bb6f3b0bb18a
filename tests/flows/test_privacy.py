"""Erasing a person: nothing of the bridge names them any more, and they do not come back."""

import gzip
import json
import zipfile

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import CrmUnreachable, NotFound, StoreError
from suitecrm_bridge.jobs import privacy
from suitecrm_bridge.mirror import MIRROR_FILE, Mirror, backup
from suitecrm_bridge.mirror.suppression import FILE
from tests.flows.conftest import synced_over
from tests.places import paths

FIRST, LAST = "Ombeline", "Quervezec-Tréhou"
EMAIL, PHONE = "ombeline.qt@example.org", "+33 1 70 36 39 04"


def named(world):
    """Give the buyer with most cases names that stand nowhere else; return their id."""
    (who, *_), *_ = world.mirrored(
        "SELECT contact_id, count(*) FROM contacts_cases JOIN scores_contacts"
        " ON customer_id = contact_id WHERE purchase_count > 1 GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    world.clock.advance(hours=1)
    world.store.update(
        "Contacts",
        who,
        {"first_name": FIRST, "last_name": LAST, "email1": EMAIL, "phone_mobile": PHONE},
    )
    (case, *_), *_ = world.mirrored("SELECT case_id FROM contacts_cases WHERE contact_id = ?", who)
    world.store.update("Cases", case, {"description": f"{FIRST} {LAST} is angry."})
    world.sync()
    return who


def told(world):
    """Every value of the mirror as one text, and what every file holds, unpacked too."""
    with Mirror.open(world.home) as mirror:
        tables = mirror.connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
        ).fetchall()
        rows = [mirror.connection.execute(f"FROM {name}").fetchall() for (name,) in tables]
    yield repr(rows)
    for file in world.home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            yield content.decode("utf-8", "replace")
            if content.startswith(b"\x1f\x8b"):
                yield gzip.decompress(content).decode()
            if content.startswith(b"PK"):
                with zipfile.ZipFile(file) as opened:
                    yield from (
                        opened.read(name).decode("utf-8", "replace") for name in opened.namelist()
                    )


def still_there(world, who):
    parts = [part.lower() for part in told(world)]
    words = (who, FIRST, LAST, EMAIL, PHONE)
    return [word for word in words if any(word.lower() in part for part in parts)]


def erased(world, who, **options):
    with world.context() as context:
        return privacy.erase(context, who, **options)


def fields_filled(world, who):
    row = next(row for row in world.store.rows("Contacts") if row["id"] == who)
    names = [field.name for field in catalogue().fields_of("Contacts", "bridge")]
    return [name for name in names if row.get(name) not in (None, "", "0", 0, False)]


def buyer(world):
    """A contact with purchases, a case and a score."""
    rows = world.mirrored(
        "SELECT contact_id FROM contacts_cases JOIN scores_contacts ON customer_id = contact_id"
        " WHERE purchase_count > 1 ORDER BY 1 LIMIT 1"
    )
    return rows[0][0]


@pytest.mark.story
@pytest.mark.parametrize("fast", paths("fast", other=pytest.mark.story))
def test_who_is_erased_is_found_in_no_file_and_does_not_come_back(bases, tmp_path, fast):
    with synced_over(bases, tmp_path, fast=fast) as world:
        someone, home = named(world), world.home
        world.command("report", "--format", "html", "--format", "xlsx", "--format", "csv")
        (home / "old.log.gz").write_bytes(gzip.compress(f"wrote {someone}".encode()))
        assert still_there(world, someone) == [someone, FIRST, LAST, EMAIL, PHONE]
        assert fields_filled(world, someone)
        erased(world, someone)
        assert still_there(world, someone) == []
        assert fields_filled(world, someone) == []
        world.clock.advance(days=1)
        assert world.sync(full=True).failed == 0
        assert still_there(world, someone) == []
        assert fields_filled(world, someone) == []


def everywhere(world, someone):
    """Leave word of somebody wherever the bridge leaves any, and return the files."""
    home = world.home
    assert world.command("report", "--format", "json").exit_code == 0
    assert world.command("doctor", "--bundle", str(home / "support.zip")).exit_code in (0, 2, 4)
    with Mirror.open(home) as mirror:
        ask, about = mirror.connection.execute, json.dumps({"last_name": LAST, "email1": EMAIL})
        now = "2026-03-09 01:00:00"
        ask(
            "INSERT OR REPLACE INTO dead_letters VALUES ('write', 'Contacts', ?, ?, ?, 1, ?, ?, ?)",
            [someone, f"{EMAIL} is refused", about, now, now, now],
        )
        ask(
            "INSERT INTO programme_enrolments VALUES"
            " ('hello', ?, '2026-03-01', 'treated', ?, '', 'first', '2026-03-01', 0, false,"
            " NULL, NULL)",
            [someone, someone],
        )
        ask("INSERT INTO programme_contacts VALUES ('hello', 'first', ?, 'mail', '2026-03-01')",
            [someone])  # fmt: skip
        ask("INSERT INTO wanted_reactions VALUES ('k', 'r', ?, 1, ?, NULL, 5, ?)",
            [f"{FIRST} {LAST}", now, about])  # fmt: skip
        ask("UPDATE runs SET error = ?", [f"{PHONE} is no number"])
    (home / backup.BACKUP_FILE).write_bytes((home / MIRROR_FILE).read_bytes())
    (home / "letters").mkdir(exist_ok=True)
    lines = {
        home / "letters" / "hello.csv": f"1,{FIRST} {LAST}\n2,Ada\n",
        home / "programmes.jsonl": f'{{"person": "{someone}"}}\n{{"person": "2"}}\n',
        home / "last-sync.log": f"wrote {someone.upper()}\nwrote 2\n",
    }
    for file, said in lines.items():
        file.write_text(said, "utf-8")
    with zipfile.ZipFile(home / "old.zip", "w") as packed:
        packed.writestr("report.csv", f"{FIRST} {LAST},{PHONE}")
    return lines


def test_erasing_finds_them_in_reports_letters_logs_backups_and_the_state_of_programmes(
    fast_synced,
):
    world = fast_synced
    someone = named(world)
    lines = everywhere(world, someone)
    preview = world.command("privacy", "erase", someone).stdout
    for told_of in (*map(str, lines), "old.zip", backup.BACKUP_FILE, "programme_enrolments"):
        assert told_of in preview.replace("\n", "") or told_of in preview
    erased(world, someone)
    assert still_there(world, someone) == []
    assert not (world.home / backup.BACKUP_FILE).exists()
    for file, said in lines.items():
        assert file.read_text("utf-8") == said.splitlines(keepends=True)[1]
    assert someone not in (world.home / FILE).read_text("utf-8")


def test_the_bundle_for_support_names_nobody_before_they_are_erased(fast_synced):
    someone, zip = named(fast_synced), fast_synced.home / "support.zip"
    fast_synced.command("doctor", "--bundle", str(zip))
    with zipfile.ZipFile(zip) as opened:
        parts = [opened.read(name).decode("utf-8").lower() for name in opened.namelist()]
    words = (someone, FIRST, LAST, EMAIL, PHONE)
    assert [word for word in words for part in parts if word.lower() in part] == []


def test_erasing_takes_the_person_out_of_every_table_and_empties_the_fields(fast_synced):
    someone = buyer(fast_synced)
    before = fast_synced.mirrored("SELECT count(*), sum(total_amount) FROM invoices")
    done = erased(fast_synced, someone)
    assert {"contacts", "scores_contacts", "contacts_cases", "ledger"} <= done.rows.keys()
    assert [part for part in told(fast_synced) if someone in part] == []
    assert fields_filled(fast_synced, someone) == []
    assert fast_synced.mirrored("SELECT count(*), sum(total_amount) FROM invoices") == before


def test_a_preview_changes_nothing_and_counts_what_goes(fast_synced):
    someone = buyer(fast_synced)
    done = fast_synced.command("privacy", "erase", someone)
    assert (done.exit_code, someone in done.stdout) == (1, True)
    assert fields_filled(fast_synced, someone)
    assert fast_synced.mirrored("SELECT count(*) FROM contacts WHERE id = ?", someone) == [(1,)]


def test_what_is_shown_of_a_person_is_every_row_with_its_reasons(fast_synced):
    someone = buyer(fast_synced)
    done = fast_synced.command("privacy", "show", someone, "--format", "json")
    shown = json.loads(done.stdout)
    (score,) = shown["scores_contacts"]
    assert score["rfm_reason_en"]
    assert {"contacts", "contacts_cases", "invoices"} <= shown.keys()
    assert "rfm_reason_en" in fast_synced.command("privacy", "show", someone).stdout


def test_an_id_of_which_nothing_is_held_is_refused(fast_synced):
    with fast_synced.context() as context, pytest.raises(NotFound, match="nobody-1"):
        privacy.preview(context, "nobody-1")


def test_erasing_again_what_was_cut_off_ends_it(fast_synced):
    someone = buyer(fast_synced)
    erased(fast_synced, someone, local=True)
    shown = fast_synced.command("privacy", "show", someone, "--format", "json")
    assert (json.loads(shown.stdout), "were erased" in shown.stderr) == ({}, True)
    (fast_synced.home / "a.log").write_text(f"{someone}\nother\n", "utf-8")
    erased(fast_synced, someone.upper(), local=True)
    assert (fast_synced.home / "a.log").read_text("utf-8") == "other\n"


def test_where_suitecrm_cannot_be_reached_nothing_is_erased(fast_synced):
    someone = buyer(fast_synced)
    with fast_synced.context(SUITECRM_URL="http://127.0.0.1:9") as context:
        with pytest.raises(CrmUnreachable):
            privacy.erase(context, someone)
        assert context.mirror.privacy.people(someone)[0].module == "Contacts"


def test_a_file_of_the_erased_that_is_damaged_stops_every_command(fast_synced):
    (fast_synced.home / FILE).write_text("{", "utf-8")
    with pytest.raises(StoreError, match=FILE):
        Mirror.open(fast_synced.home)
