"""The command line, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from suitecrm_bridge.cli import main

ROOT = Path(__file__).parents[2]


def command(*arguments: str, environment: Mapping[str, str]) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(arguments), env=dict(environment))


def child(
    *arguments: str, environment: Mapping[str, str], folder: Path, **options: Any
) -> subprocess.Popen[str]:
    """Start the command line in a process of its own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SUITECRM_", "BRIDGE_"))}
    own = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=inherited | own | dict(environment),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def start_sync(environment: Mapping[str, str], folder: Path) -> subprocess.Popen[str]:
    """Start a sync of the day of the demo data, at the time at which a world begins."""
    words = ("-m", "tests.flows.at_noon", "sync", "--past", "--as-of", "2026-03-08")
    return child(*words, environment=environment, folder=folder)
