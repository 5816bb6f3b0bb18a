"""Drives the package and the bridge on a real SuiteCRM of any version, and keeps what came of it.

    python -m tests.live.drive [--from COMMIT] [--only CHECKS] [--without CHECKS]
                               [--keep] [--pictures FOLDER] [--record]
    python -m tests.live.drive --not-run VERSION PHP REASON

Checks are install, upgrade (from a package built at COMMIT), sync, doctor, rights, contract,
screens, programmes and uninstall; each says "passed", "failed" or "not run" and why, and none
stops the next. An empty REASON takes one back. --keep installs over what is installed and
uninstalls nothing. --record appends the run to docs/compatibility.json, of which
docs/compatibility.md is made.

    SUITECRM_URL, SUITECRM_CLIENT_ID, SUITECRM_CLIENT_SECRET     as the bridge wants them
    SUITECRM_ADMIN, SUITECRM_ADMIN_PASSWORD     an administrator, for the screens
    SUITECRM_THROWAWAY=yes     what is installed there, and what its fields hold, may be lost:
        needed for upgrade, rights and uninstall, and for an install that begins without a trace
    SUITECRM_ROOT     folder of SuiteCRM's files, of an 8 public/legacy, to compare (optional)
    SUITECRM_DSN      mysql://user:password@host/name, to compare the schema, and to put back what
        the contract tests tell the administration page (optional; PyMySQL); programmes needs it
    SUITECRM_SINK     where programmes listens for mail (optional; 127.0.0.1:2525)
    SUITECRM_SCHEDULERS     the command that runs the schedulers of an 8, for programmes
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.live import place, records, told
from tests.live.checks import NAMES, Checks
from tests.live.module_loader import ModuleLoader
from tests.live.outcomes import FAILED, Outcome, named, run


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 where a check failed, 2 where nothing was tried."""
    given = _parser().parse_args(arguments)
    if given.not_run:
        records.add_not_run(*given.not_run)
        return 0
    if unset := place.missing(os.environ):
        print(f"Set {', '.join(unset)} first.\n\n{__doc__}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        wanted = named(given.only, NAMES) if given.only else list(NAMES)
        left = named(given.without, NAMES)
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return _drive(given, [name for name in wanted if name not in left])


def _drive(given: argparse.Namespace, wanted: list[str]) -> int:
    # Whoever stops it finds no user, no dashlet and no checkout left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    where = place.read(os.environ)
    began = datetime.now(UTC)
    versions = told.ask(ModuleLoader(where.screens, where.admin, where.password))
    print(f"SuiteCRM {versions.suitecrm} on PHP {versions.php}", flush=True)  # noqa: T201
    came: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(where, Path(folder), given.earlier, given.pictures, keep=given.keep)
        try:
            for name, outcome in run(checks.all(), wanted, _say, where.tidy):
                came[name] = outcome
        finally:
            checks.close()
            if given.record and came:
                older = checks.upgraded_from
                kept = records.entry(versions.suitecrm, versions.php, older, came, began)
                records.add_run(kept)
    return int(any(outcome.result == FAILED for outcome in came.values()))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.live.drive")
    parser.add_argument("--from", dest="earlier", metavar="COMMIT")
    parser.add_argument("--only", default="", metavar="CHECKS", help="joined by commas")
    parser.add_argument("--without", default="", metavar="CHECKS", help="joined by commas")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--not-run", nargs=3, metavar=("VERSION", "PHP", "REASON"))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
