"""`all sync` against several SuiteCRMs, one of which is not there."""

import json
from contextlib import ExitStack

import pytest

from suitecrm_bridge.sandbox import Sandbox
from tests.flows.processes import command

CLIENTS = ("ada", "bob")


def written(folder, name, url, client, secret):
    (folder / name).mkdir()
    lines = (
        f"SUITECRM_URL={url}",
        f"SUITECRM_CLIENT_ID={client}",
        f"SUITECRM_CLIENT_SECRET={secret}",
        "BRIDGE_RETRIES=0",
        "BRIDGE_TIMEOUT=300",
    )
    (folder / name / "config.env").write_text("\n".join(lines), "utf-8")


@pytest.mark.story
def test_those_that_can_be_synced_are_and_the_others_are_told(tmp_path):
    folder = tmp_path / "clients"
    folder.mkdir()
    with ExitStack() as opened:
        for name in CLIENTS:
            sandbox = opened.enter_context(Sandbox())
            server = opened.enter_context(sandbox.serve())
            written(folder, name, server.url, server.client_id, server.client_secret)
        written(folder, "gone", "http://127.0.0.1:9", "x", "y")
        options = ("--parallel", "3", "--format", "json")
        done = command("all", "sync", str(folder), *options, environment={})
    ended = {one["client"]: one["ended"] for one in json.loads(done.stdout)}
    assert ended == {"ada": "done", "bob": "done", "gone": "failed"}
    assert done.exit_code == 10
    assert (folder / "ada" / "mirror.duckdb").is_file()
