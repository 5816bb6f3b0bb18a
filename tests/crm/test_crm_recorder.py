import json
import sys
from pathlib import Path

import pytest
import record
import recorder
from behind import environment

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import DataError
from tests.crm.conftest import (
    CONTACTS,
    PASSWORD,
    SECRET,
    TOKEN_PATH,
    URL,
    USER,
    answer,
    contact,
    listing,
    meta,
    token,
    uuid,
)

SCRIPTS = Path(__file__).parents[2] / "scripts"
ME = {"name": "me", "method": "GET", "path": "/V8/current-user"}


@pytest.fixture
def recording(transport, clock):
    crm = SuiteCRM(URL, USER, transport, timing=clock.timing)
    transport.on("GET", "/Api/V8/meta/fields/Contacts", meta(last_name="name"))
    return recorder.Recorder(crm, USER)


def test_an_exchange_is_the_request_and_its_answer(recording, transport):
    given = answer({"data": 1}, 418, {"content-type": "application/json"})
    transport.on("GET", "/Api/V8/current-user", given)
    assert recording.exchange(ME) == {
        "name": "me",
        "request": {
            "method": "GET",
            "path": "/Api/V8/current-user",
            "content_type": None,
            "body": None,
            "authorization": "Bearer <token>",
        },
        "response": {"status": 418, "content_type": "application/json", "body": {"data": 1}},
    }


def test_an_answer_that_is_no_json_is_kept_as_text(recording, transport):
    transport.on("GET", "/Api/V8/current-user", answer(b'{"a": 1}oops'))
    assert recording.exchange(ME)["response"]["body"] == '{"a": 1}oops'


def test_no_secret_is_recorded(recording, transport):
    transport.on("POST", TOKEN_PATH, token("t0k.en.1"), token("t0k.en.2", refresh="r3fr3sh"))
    transport.on("GET", "/Api/V8/current-user", answer({"said": f"{SECRET} t0k.en.1 {PASSWORD}"}))
    body = {name: f"${{{name}}}" for name in ("client_secret", "username", "password")}
    login = {"name": "login", "method": "POST", "path": "/access_token", "body": body}
    kept = json.dumps([recording.exchange(ME), recording.exchange(login)])
    assert transport.forms()[-1] == {
        "client_secret": SECRET,
        "username": "anna",
        "password": PASSWORD,
    }
    for secret in (SECRET, "hunter2", "t0k.en", "r3fr3sh"):
        assert secret not in kept
    assert '"<jwt>"' in kept


@pytest.mark.parametrize("authorization", [None, "Bearer garbage"])
def test_a_request_may_go_without_a_valid_token(recording, transport, authorization):
    kept = recording.exchange({**ME, "authorization": authorization})
    assert transport.requests[-1].headers.get("Authorization") == authorization
    assert kept["request"]["authorization"] == authorization


def test_a_modules_key_stands_for_its_first_record(recording, transport):
    transport.on("GET", CONTACTS, listing(contact(1)))
    transport.on("GET", f"{CONTACTS}/{uuid(1)}", answer({"data": {}}))
    entry = {"name": "one", "method": "GET", "path": "/V8/module/Contacts/${Contacts}"}
    assert recording.exchange(entry)["request"]["path"] == f"{CONTACTS}/{uuid(1)}"


def test_a_request_for_a_record_that_there_is_not_is_left_out(recording, transport, capsys):
    transport.on("GET", CONTACTS, listing())
    one = {"name": "one", "method": "GET", "path": "/V8/module/Contacts/${Contacts}"}
    assert [kept["name"] for kept in recorder.record(recording, [one, ME])] == ["me"]
    assert "left out: one" in capsys.readouterr().err


def test_the_list_that_ships_only_reads():
    assert len(recorder.read_requests(recorder.REQUESTS, allow_writes=False)) > 50


def test_a_list_that_writes_needs_leave(tmp_path):
    file = tmp_path / "requests.json"
    file.write_text(json.dumps([{"name": "x", "method": "PATCH", "path": "/V8/module"}]))
    with pytest.raises(DataError, match="--allow-writes"):
        recorder.read_requests(file, allow_writes=False)
    assert len(recorder.read_requests(file, allow_writes=True)) == 1


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"name": "x"}]', "no json"])
def test_a_list_of_another_form_is_refused(tmp_path, content):
    file = tmp_path / "requests.json"
    file.write_text(content)
    with pytest.raises(DataError, match=r"requests\.json"):
        recorder.read_requests(file, allow_writes=False)


def test_a_recording_is_written_whole_or_not_at_all(tmp_path):
    file = tmp_path / "new" / "recording.json"
    recorder.write(file, {"exchanges": ["é"]})
    with pytest.raises(TypeError):
        recorder.write(file, {"exchanges": [object()]})
    assert json.loads(file.read_text(encoding="utf-8")) == {"exchanges": ["é"]}
    assert list(file.parent.iterdir()) == [file]


def test_missing_settings_are_named_and_nothing_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert recorder.main(["--output", str(tmp_path / "out.json")]) == 2
    assert "SUITECRM_URL" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_door_runs_the_recorder_in_the_projects_environment(monkeypatch):
    started = []
    monkeypatch.setattr(record.environment, "prepare", lambda: Path(sys.executable))
    monkeypatch.setattr(
        record.environment, "run", lambda command, cwd: started.append(command) or 0
    )
    assert record.steps(["--output", "x.json"]) == 0
    assert started == [
        [Path(sys.executable), environment.BEHIND / "recorder.py", "--output", "x.json"]
    ]
