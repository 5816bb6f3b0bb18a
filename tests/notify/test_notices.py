import json
from datetime import UTC, datetime

import pytest

from suitecrm_bridge.notify import Notice

SINCE = datetime(2026, 3, 9, 12, tzinfo=UTC)
FAILED = Notice(
    state="failed",
    since=SINCE,
    run_id="0123456789abcdef",
    command="sync",
    crm="https://crm.example.com",
    error="SuiteCRM does not answer.",
    figures={"pulled": {"Contacts": 3}},
)


def test_a_notice_says_what_failed_since_when_and_what_to_do():
    local = SINCE.astimezone()
    words = FAILED.text("en")
    assert "“sync” has been failing for https://crm.example.com" in words
    assert f"{local:%Y-%m-%d}, {local:%H:%M}" in words
    assert "SuiteCRM does not answer." in words
    assert "suitecrm-bridge doctor" in words
    assert FAILED.run_id in words


def test_a_notice_speaks_french():
    assert "échoue" in FAILED.subject("fr")
    assert f"{SINCE.astimezone():%d/%m/%Y}" in FAILED.text("fr")
    assert FAILED.as_dict("fr")["text"] == f"{FAILED.subject('fr')}\n\n{FAILED.text('fr')}"


@pytest.mark.parametrize("state", ["done", "partial", "failed"])
def test_each_state_has_words_of_its_own(state):
    notice = Notice(state, SINCE, "1", "sync", "https://crm.example.com")
    others = {"done", "partial", "failed"} - {state}
    for other in others:
        another = Notice(other, SINCE, "1", "sync", "https://crm.example.com")
        assert notice.subject("en") != another.subject("en")
        assert notice.text("fr") != another.text("fr")


def test_for_programs_a_notice_is_plain_values():
    values = json.loads(json.dumps(FAILED.as_dict("en")))
    assert values.pop("text").startswith("SuiteCRM Bridge: sync fails")
    assert values == {
        "state": "failed",
        "since": "2026-03-09T12:00:00+00:00",
        "run_id": "0123456789abcdef",
        "command": "sync",
        "crm": "https://crm.example.com",
        "error": "SuiteCRM does not answer.",
        "figures": {"pulled": {"Contacts": 3}},
    }
