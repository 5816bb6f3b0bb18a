"""A SuiteCRM, or a firewall, that does not tell which fields a module has is read all the same."""

import json

import pytest
from werkzeug.wrappers import Response

from tests.flows.world import WRITES, crm_rows
from tests.places import places

ANSWERS = {
    "a route that is not there": Response(json.dumps({"message": "Not found"}), 404),
    "a page of the web server": Response("<html>Not Found", 404),
    "a firewall": Response("<html>Forbidden", 403),
}


@pytest.mark.story
@pytest.mark.parametrize("answer", places(ANSWERS.values()), ids=ANSWERS)
def test_a_sync_ends_as_with_the_list_of_fields(filled, undisturbed, answer):
    filled.server.before_request.append(
        lambda method, path: answer if "/meta/fields/" in path else None
    )
    assert filled.sync().written == WRITES
    assert crm_rows(filled) == undisturbed[1]
