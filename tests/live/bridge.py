"""The bridge's command line as a person runs it, of this checkout or of an earlier commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.live.outcomes import Failed

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LIMIT = 1800
"""Seconds that a command may take."""


class Bridge:
    """The command line of one checkout, with a home of its own; it knows no settings file."""

    def __init__(self, source: Path, home: Path) -> None:
        self._source = source
        self._home = home

    def run(self, *arguments: str) -> str:
        """Run a command and return what it prints.

        Raises:
            Failed: it ends with another code than 0.
        """
        code, printed, said = self.answer(*arguments)
        if code:
            raise Failed(f"{arguments[0]} ended with code {code}: {said.strip()[-300:]}")
        return printed

    def answer(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command and return its exit code, what it prints, and what it says meanwhile."""
        given = {
            "PYTHONPATH": str(self._source),
            "PYTHONUTF8": "1",
            "BRIDGE_HOME": str(self._home),
            "BRIDGE_LANG": "en",
        }
        done = subprocess.run(
            [sys.executable, "-m", "suitecrm_bridge", *arguments],
            cwd=self._home,
            env=os.environ | given,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
        )
        return done.returncode, done.stdout, done.stderr

    def sync(self, *options: str) -> dict[str, Any]:
        """Sync and return the run's figures."""
        figures: dict[str, Any] = json.loads(self.run("sync", "--format", "json", *options))
        return figures

    def package(self, folder: Path) -> Path:
        """Build the package and return the zip."""
        self.run("package", "build", "--output", str(folder))
        return next(folder.glob("*.zip"))


@contextmanager
def at_commit(commit: str) -> Iterator[Path]:
    """Check out a commit into a folder of its own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "then"
        _git("worktree", "add", "--detach", str(place), commit)
        try:
            yield place
        finally:
            _git("worktree", "remove", "--force", str(place))


def short(commit: str) -> str:
    """Return the short name and the day of a commit."""
    return _git("log", "-1", "--format=%h of %cs", commit).strip()


def _git(*arguments: str) -> str:
    done = subprocess.run(
        [shutil.which("git") or "git", "-C", str(CHECKOUT), *arguments],
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise Failed(f"git {arguments[0]} says: {done.stderr.strip()}")
    return done.stdout
