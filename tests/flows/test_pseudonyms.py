"""What is handed on with pseudonyms names nobody, in whichever format, and can be joined."""

import json
import re
import zipfile

import pytest

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.mirror.pseudonyms import KEY_FILE

FORMATS = ("html", "xlsx", "csv", "json")
LISTS = (
    ("customers", "--format", "json"),
    ("customers", "--format", "csv", "--of", "accounts"),
    ("customers",),
    ("complaints", "--by", "product", "--format", "json"),
    ("complaints", "--causes", "--format", "json"),
    ("leads", "--format", "csv"),
    ("leads",),
    ("relations", "--by", "ideas", "--format", "json"),
    ("relations", "--by", "wishes"),
    ("relations", "--by", "quadrants", "--of", "accounts", "--format", "csv"),
)
TOLD = "Ombeline Quervezec told us of her knee."


@pytest.fixture(scope="module")
def exported(fast_world, tmp_path_factory):
    """A world, and by name what each file and list with pseudonyms holds."""
    world, folder = fast_world, tmp_path_factory.mktemp("handed-on")
    (case, *_), *_ = world.mirrored("SELECT id FROM cases ORDER BY date_entered DESC")
    world.clock.advance(hours=1)
    world.store.update("Cases", case, {"description": TOLD, "name": "Ombeline's knee"})
    world.sync()
    return world, {**drawn(world, folder), **listed(world)}


@pytest.fixture(scope="module")
def fast_world(bases, tmp_path_factory):
    from tests.flows.conftest import synced_over

    with synced_over(bases, tmp_path_factory.mktemp("pseudonyms"), fast=True) as world:
        yield world


def drawn(world, folder):
    formats = [part for form in FORMATS for part in ("--format", form)]
    done = world.command("report", "--pseudonyms", *formats, "--output", str(folder))
    assert done.exit_code == 0, done.stderr
    return dict(held(folder))


def held(folder):
    for file in sorted(folder.iterdir()):
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as opened:
                parts = [opened.read(name).decode("utf-8", "replace") for name in opened.namelist()]
            yield file.name, "\n".join(parts)
        else:
            yield file.name, file.read_text("utf-8")


def listed(world):
    found = {}
    for arguments in LISTS:
        done = world.command(*arguments, "--pseudonyms")
        assert done.exit_code == 0, done.stderr
        found[" ".join(arguments)] = done.stdout
    return found


def told_of_people(world):
    """Everything that tells who somebody is: ids, whole names, addresses and numbers."""
    rows = world.mirrored(
        "SELECT id, concat(first_name, ' ', last_name), email1, phone_work, phone_mobile"
        " FROM contacts UNION ALL SELECT id, name, email1, phone_office, NULL FROM accounts"
        " UNION ALL SELECT id, concat(first_name, ' ', last_name), email1, phone_work, phone_mobile"
        " FROM leads UNION ALL SELECT id, NULL, NULL, NULL, NULL FROM cases"
        " UNION ALL SELECT DISTINCT assigned_user_id, NULL, NULL, NULL, NULL FROM contacts"
    )
    return {words.strip() for row in rows for words in row if words and len(words.strip()) > 4}


def test_no_file_and_no_list_names_anybody(exported):
    world, files = exported
    known = told_of_people(world)
    assert len(known) > 100
    found = {
        name: sorted(words for words in known if words in content)[:3]
        for name, content in files.items()
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_what_people_wrote_is_left_out(exported):
    _, files = exported
    assert [name for name, content in files.items() if "Ombeline" in content] == []


def test_every_format_holds_pseudonyms(exported):
    _, files = exported
    for name in ("report.html", "report.xlsx", "customers-contacts.csv", "report.json"):
        assert re.search(r"\bC-[0-9a-f]{10}\b", files[name]), name


def test_figures_are_those_of_the_report_with_names(exported, tmp_path):
    world, files = exported
    world.command("report", "--format", "json", "--output", str(tmp_path))
    named = json.loads((tmp_path / "report.json").read_text("utf-8"))
    other = json.loads(files["report.json"])
    for entity in ("contacts", "accounts"):
        for part in ("key_figures", "segments", "indicators", "grid", "leaving"):
            assert other["entities"][entity][part] == named["entities"][entity][part], part


def test_two_exports_can_be_joined_and_another_secret_makes_other_pseudonyms(exported):
    world, files = exported
    first = files["customers --format json"]
    assert world.command("customers", "--format", "json", "--pseudonyms").stdout == first
    (world.home / KEY_FILE).unlink()
    other = world.command("customers", "--format", "json", "--pseudonyms").stdout
    ids = [{row["customer_id"] for row in json.loads(said)} for said in (first, other)]
    assert len(ids[0]) == len(ids[1]) > 0
    assert not ids[0] & ids[1]


def test_the_mirror_itself_stays_as_it_is(exported):
    world, _ = exported
    rows = world.mirrored("SELECT count(*) FROM contacts WHERE starts_with(last_name, 'C-')")
    assert rows == [(0,)]


def test_a_secret_that_is_damaged_is_refused(exported):
    world, _ = exported
    (world.home / KEY_FILE).write_text("no key", "utf-8")
    done = world.command("customers", "--pseudonyms")
    assert (done.exit_code, KEY_FILE in done.stderr) == (StoreError.exit_code, True)
    (world.home / KEY_FILE).unlink()
