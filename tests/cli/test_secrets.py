"""No secret gets out, whichever command is given and whatever goes wrong."""

import inspect

import click
import pytest
from click.testing import CliRunner

from suitecrm_bridge import errors, settings
from suitecrm_bridge.cli import main
from suitecrm_bridge.cli.translated import Group
from tests.cli.test_help import TREE
from tests.places import places

SECRETS = {
    "SUITECRM_CLIENT_SECRET": "Zq7-client",
    "SUITECRM_PASSWORD": "Zq7-password",
    "BRIDGE_WEBHOOK": "https://hooks.example.org/Zq7-hook",
    "BRIDGE_PROGRAMMES_WEBHOOK": "https://hooks.example.org/Zq7-programmes",
    "BRIDGE_PROGRAMMES_SECRET": "Zq7-signature-of-programmes-Zq7",
    "BRIDGE_SMTP": "smtps://bridge:Zq7-mail@mail.example.org",
}
NEVER_ENDS = ("demo", "sandbox serve", "schedule run")
COMMANDS = [
    " ".join(path)
    for path, command in TREE.items()
    if not isinstance(command, Group) and " ".join(path) not in NEVER_ENDS
]
CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.BridgeError)
]


def environment(home):
    return SECRETS | {
        "SUITECRM_URL": "http://127.0.0.1:9",
        "SUITECRM_CLIENT_ID": "bridge",
        "SUITECRM_USERNAME": "somebody",
        "BRIDGE_RETRIES": "0",
        "BRIDGE_HOME": str(home),
    }


def run(home, *arguments):
    return CliRunner().invoke(main, ["-vv", *arguments], env=environment(home))


def words(command):
    """A command with something in the place of each argument that it needs."""
    path = tuple(command.split())
    needed = [p for p in TREE[path].params if isinstance(p, click.Argument) and p.required]
    return [*path, *("2026-03-01" for _ in needed)]


def told(home, done):
    files = [file.read_bytes().decode("utf-8", "replace") for file in home.rglob("*.*")]
    return "".join([done.output, repr(done.exception), *files])


def test_every_setting_that_is_a_secret_is_tried():
    assert settings.secret_names() == SECRETS.keys()


@pytest.mark.parametrize("command", places(COMMANDS, every=1))
def test_no_command_shows_a_secret(at_home, tmp_path, command):
    home = tmp_path / "home"
    done = run(home, *words(command))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Zq7" not in told(home, done)


@pytest.mark.parametrize("kind", CLASSES)
def test_no_error_shows_a_secret(at_home, tmp_path, monkeypatch, kind):
    def broken(*args, **options):
        error = kind.__new__(kind)
        Exception.__init__(error, f"the server says {' '.join(SECRETS.values())}")
        monkeypatch.setattr(kind, "__str__", lambda self: self.args[0])
        raise error

    monkeypatch.setattr("suitecrm_bridge.jobs.sync.sync", broken)
    done = run(tmp_path / "home", "sync")
    assert done.exit_code == kind.exit_code
    assert "the server says" in done.output
    assert "Zq7" not in told(tmp_path / "home", done)
