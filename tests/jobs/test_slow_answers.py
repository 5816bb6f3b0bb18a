"""A run that is asked to stop does not wait for an answer that does not come."""

import threading

import pytest

from suitecrm_bridge.errors import Stopped
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.settings import Settings
from suitecrm_bridge.wire import watch
from tests.crm.test_crm_bounds import suitecrm
from tests.hostile import HEAD


@pytest.mark.parametrize("where", ["access_token", "ping", "meta/fields", "module/Contacts"])
@pytest.mark.parametrize("before", [b"", HEAD, HEAD + b"\r\n{"], ids=["silence", "head", "body"])
def test_a_run_that_is_asked_to_stop_leaves_an_answer_that_does_not_come(
    where, before, tmp_path, monkeypatch
):
    monkeypatch.setattr(watch, "STOP_SECONDS", 0.1)

    def never():
        context.stop.set()
        yield before
        threading.Event().wait(20)

    with suitecrm(lambda line: never() if where in line else None) as server:
        environment = {
            "SUITECRM_URL": server.url,
            "SUITECRM_CLIENT_ID": "x",
            "SUITECRM_CLIENT_SECRET": "y",
            "BRIDGE_HOME": str(tmp_path),
            "BRIDGE_TIMEOUT": "3600",
            "BRIDGE_RETRIES": "5",
        }
        with Context(Settings.read({}, environment)) as context, pytest.raises(Stopped):
            pull(context, Summary(), ["Contacts"])
        assert sum(where in line for line in server.requests) == 1
