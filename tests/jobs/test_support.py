"""The zip for support: how an installation stands, and nothing of anybody."""

import json
import zipfile

from tests.settings.conftest import SECRETS

REASON = (
    "SuiteCRM accepted Contacts {id} but stored other values (x). Compare type and length of these"
    " fields with docs/fields.md. Ask {name}, {email}."
)
OF_PEOPLE = {
    "SUITECRM_USERNAME": "ada.lovelace",
    "BRIDGE_MAIL_TO": "boss@example.org",
    "BRIDGE_REACTION_USER": "ada.lovelace",
}


def unpacked(file):
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_the_bundle_says_how_things_stand_and_nothing_of_anybody(synced, tmp_path):
    world, file = synced, tmp_path / "support.zip"
    people = world.mirrored("SELECT id, first_name || ' ' || last_name, email1 FROM contacts")
    id, name, email = next(row for row in people if row[2])
    reason = REASON.format(id=id, name=name, email=email)
    with world.context() as context:
        connection = context.mirror.connection
        connection.execute(
            "INSERT INTO dead_letters (direction, module, record_id, reason, attributes, attempts,"
            " first_failed_at, last_tried_at, next_try_at)"
            " VALUES ('write', 'Contacts', ?, ?, '{}', 1, now(), now(), now())",
            [id, reason],
        )
        connection.execute("UPDATE runs SET error = ?", [reason])
    secrets = {key: value for key, value in SECRETS.items() if key.startswith("BRIDGE_")}
    done = world.command("doctor", "--bundle", str(file), **secrets, **OF_PEOPLE)
    assert "support.zip" in done.stderr
    parts = unpacked(file)
    everything = "\n".join(parts.values())
    words = {word for row in people for word in row if word} | {"boss", "lovelace"}
    words |= {*SECRETS.values(), world.server.client_secret, str(world.home), "127.0.0.1"}
    assert [word for word in words if word in everything] == []
    (left,) = json.loads(parts["mirror.json"])["left"]
    assert left["said"][0]["message"] == "push.not_kept"
    assert json.loads(parts["mirror.json"])["rows"]["contacts"] == len(people)
    assert json.loads(parts["settings.json"])["BRIDGE_MIN_BUYERS"] == "5"
    assert json.loads(parts["runs.json"])[0]["figures"]["scored"]["contacts"] == len(people)
    assert {one["status"] for one in json.loads(parts["doctor.json"])} <= {"PASS", "WARN", "FAIL"}


def test_a_bundle_is_written_where_there_is_no_mirror_and_no_suitecrm(empty, tmp_path):
    file = tmp_path / "support.zip"
    settings = {"BRIDGE_HOME": str(tmp_path / "new"), "SUITECRM_URL": "http://127.0.0.1:9"}
    done = empty.command("doctor", "--bundle", str(file), **settings)
    assert done.exit_code != 0
    assert json.loads(unpacked(file)["versions.json"])["suitecrm-bridge"]
