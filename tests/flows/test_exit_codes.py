"""How a command that cannot do its work ends, and what it says."""

import socket
from contextlib import contextmanager

import pytest

from tests.flows.processes import child

HOLD = """
import sys
from pathlib import Path
from suitecrm_bridge.mirror import Mirror

with Mirror.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""
WRONG = "wr0ng-s3cret-of-the-client"


@contextmanager
def holding(world, folder):
    """Another process that has the mirror open."""
    process = child("-c", HOLD, str(world.home), environment={}, folder=folder)
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.communicate("")


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_wrong_secret_ends_with_3_and_names_the_setting(empty):
    done = empty.command("sync", SUITECRM_CLIENT_SECRET=WRONG)
    assert done.exit_code == 3
    assert "SUITECRM_CLIENT_SECRET" in done.stderr


@pytest.mark.parametrize("command", ["sync", "doctor"])
def test_a_wrong_secret_shows_in_no_output(empty, command):
    done = empty.command("-vv", command, SUITECRM_CLIENT_SECRET=WRONG)
    assert "/access_token: 401" in done.stderr
    assert WRONG not in done.output


def test_the_secret_shows_in_no_output_of_a_sync_that_logs_everything(synced):
    done = synced.command("-vv", "sync", "--past", "--as-of", "2026-03-08")
    assert done.exit_code == 0
    assert "access_token" in done.stderr
    assert synced.server.client_secret not in done.output


@pytest.mark.parametrize("command", ["sync", "doctor"])
def test_a_crm_that_cannot_be_reached_ends_with_4_and_its_address(empty, closed_port, command):
    url = f"http://127.0.0.1:{closed_port}"
    done = empty.command(command, SUITECRM_URL=url)
    assert done.exit_code == 4
    assert url in done.output


def test_an_address_where_something_else_answers_ends_with_4(empty):
    done = empty.command("sync", SUITECRM_URL=f"{empty.server.url}/shop")
    assert done.exit_code == 4
    assert "/shop" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUITECRM_URL", "ftp://crm.example.com"),
        ("BRIDGE_RETRIES", "many"),
        ("SUITECRM_CLIENT_ID", ""),
    ],
)
def test_bad_settings_end_with_2_and_the_name_of_the_setting(empty, name, value):
    done = empty.command("sync", **{name: value})
    assert done.exit_code == 2
    assert name in done.stderr
    assert empty.requests == []


def test_an_unknown_option_ends_with_2(empty):
    assert empty.command("sync", "--backwards").exit_code == 2


@pytest.mark.parametrize("command", ["sync", "customers"])
def test_a_mirror_that_another_run_has_open_ends_with_8(synced, tmp_path, command):
    with holding(synced, tmp_path):
        done = synced.command(command)
    assert done.exit_code == 8
    assert "Another run" in done.stderr
    assert synced.patches == []


def test_the_mirror_is_free_again_once_the_other_run_ended(synced, tmp_path):
    with holding(synced, tmp_path):
        pass
    assert synced.command("customers").exit_code == 0


def test_a_file_that_is_no_mirror_ends_with_5(empty):
    empty.home.mkdir()
    (empty.home / "mirror.duckdb").write_bytes(b"x" * 8192)
    done = empty.command("customers")
    assert done.exit_code == 5
    assert "mirror.duckdb" in done.stderr


@pytest.mark.parametrize("command", ["customers", "segments", "report", "push", "score"])
def test_what_needs_an_earlier_step_ends_with_6_and_says_which(empty, command):
    done = empty.command(command)
    assert done.exit_code == 6
    assert "suitecrm-bridge sync" in done.stderr


def test_the_error_is_in_the_language_of_the_settings(empty):
    done = empty.command("customers", BRIDGE_LANG="fr")
    assert done.stderr.startswith("Erreur\u00a0: Il n'y a pas encore de scores.") or (
        done.stderr.startswith("Erreur\u00a0: Il n'y a pas encore de scores.")
    )


def test_a_process_of_its_own_ends_with_the_same_code(empty, tmp_path):
    process = child(
        "-m", "suitecrm_bridge", "customers", environment=empty.environment(), folder=tmp_path
    )
    out, err = process.communicate()
    assert (process.returncode, out) == (6, "")
    assert err.startswith("Error: There are no scores yet.")
