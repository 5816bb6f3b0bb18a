"""Run commands in a process of its own, and say what was imported by then.

python -m tests.cli.imported                  the help of every command, groups before theirs
python -m tests.cli.imported sync --past ...  one command, at the time at which a world begins
"""

import contextlib
import io
import json
import sys

import click

from suitecrm_bridge.cli import main
from suitecrm_bridge.cli.translated import Group

HEAVY = (
    "duckdb",
    "jinja2",
    "numpy",
    "openpyxl",
    "pandas",
    "requests",
    "rich",
    "schedule",
    "scipy",
    "sklearn",
    "sqlglot",
    "urllib3",
    "werkzeug",
)


def imported():
    return [name for name in HEAVY if name in sys.modules]


def run(*arguments):
    """Return what a command prints on standard output."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(arguments)
    return said.getvalue()


def helps(group=main, path=()):
    """Yield each command with what is imported once its help was shown."""
    shown = run(*path, "--help")
    yield " ".join(path), {"shown": shown, "imported": imported()}
    if isinstance(group, Group):
        for name in group.list_commands(click.Context(group)):
            yield from helps(group.get_command(click.Context(group), name), (*path, name))


def synced():
    from tests.flows import at_noon

    at_noon.set_clock()
    return {"shown": run(*sys.argv[1:]), "imported": imported()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(synced() if sys.argv[1:] else dict(helps())))
