"""What the token route answers, and a client that acts for a person."""

import pytest

from suitecrm_bridge.crm import SuiteCRM
from tests.crm.conftest import (
    URL,
    USER,
    answer,
)

ME = "/Api/V8/current-user"


def oauth(error, description, status):
    payload = {"error": error, "error_description": description, "message": description}
    return answer(payload, status)


WRONG_SECRET = oauth("invalid_client", "Client authentication failed", 401)


def bearers(transport):
    return [r.headers["Authorization"] for r in transport.sent(ME)]


@pytest.fixture
def as_user(transport, clock):
    return SuiteCRM(URL, USER, transport, retries=2, timing=clock.timing)
