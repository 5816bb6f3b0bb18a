"""What becomes of a message that people attached to a programme's list."""

import pytest

from suitecrm_bridge.jobs.messages import stands
from suitecrm_bridge.push.messages import Message


def message(status, campaign_status="Active"):
    return Message("m", "Hello", status, "c", "Spring", campaign_status)


@pytest.mark.parametrize(
    ("status", "lacking", "wanted"),
    [
        ("sent", 1, "again"),
        ("sent", 0, "done"),
        ("active", 3, "press"),
        ("active", 0, "done"),
        ("scheduled", 3, "goes"),
        ("pending_send", 3, "goes"),
        ("sending", 3, "goes"),
        ("draft", 3, "held"),
        ("paused", 3, "held"),
        ("aborted", 3, "held"),
        ("inactive", 3, "held"),
        ("", 3, "held"),
        ("a word of a later version", 3, "held"),
    ],
)
def test_only_what_people_scheduled_and_suitecrm_sent_is_scheduled_again(status, lacking, wanted):
    assert stands(message(status), lacking) == wanted


@pytest.mark.parametrize("status", ["sent", "active", "scheduled", "draft"])
@pytest.mark.parametrize("campaign_status", ["Complete", "Inactive"])
def test_a_campaign_that_a_person_ended_sends_to_nobody_more(status, campaign_status):
    assert stands(message(status, campaign_status), 3) == "closed"
