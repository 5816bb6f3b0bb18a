"""Collect what a server without network needs: the bridge's wheel, and those that it asks for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from behind import environment

README = """\
SuiteCRM Bridge for a server without network: Python {python}, {platforms}.

    python3 -m venv bridge
    bridge/bin/pip install --no-index --find-links {folder} suitecrm-bridge
    bridge/bin/suitecrm-bridge init

On Windows: py -m venv bridge, then bridge\\Scripts\\pip and bridge\\Scripts\\suitecrm-bridge.
Nothing is fetched: --no-index keeps pip to this folder. An upgrade is the same with a newer folder,
and "--upgrade" behind "install".
"""


def parser() -> argparse.ArgumentParser:
    """Return what understands the arguments."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--output", type=Path, default=Path("wheelhouse"), help="folder")
    made.add_argument("--python", default=None, help="version of the server's Python, such as 3.12")
    made.add_argument(
        "--platform",
        action="append",
        default=[],
        help="the server's, such as manylinux2014_x86_64 or win_amd64; may be given several times",
    )
    made.add_argument("--wheel", type=Path, help="the bridge's wheel; built from here without it")
    made.add_argument("--extra", action="append", default=[], help="such as keyring or spark")
    return made


def building(python: str, output: Path) -> list[str]:
    """Return the command that builds the bridge's own wheel."""
    root = str(environment.ROOT)
    return [python, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(output), root]


def fetching(python: str, wheel: Path, given: argparse.Namespace) -> list[str]:
    """Return the command that fetches what the wheel asks for."""
    wanted = f"{wheel}[{','.join(given.extra)}]" if given.extra else str(wheel)
    command = [python, "-m", "pip", "download", "--dest", str(given.output), wanted]
    for platform in given.platform:
        command += ["--platform", platform]
    if given.python:
        command += ["--python-version", given.python]
    if given.platform or given.python:
        # pip takes for another machine only what needs no building there.
        command += ["--only-binary", ":all:"]
    return command


def steps(arguments: list[str]) -> int:
    """Build, fetch, and say how it is installed."""
    given = parser().parse_args(arguments)
    given.output = given.output.resolve()
    given.output.mkdir(parents=True, exist_ok=True)
    python = str(environment.prepare())
    if given.wheel is None:
        if code := environment.run(building(python, given.output)):
            return code
        given.wheel = max(given.output.glob("suitecrm_bridge-*.whl"))
    if code := environment.run(fetching(python, given.wheel, given)):
        return code
    (given.output / "README.txt").write_text(readme(given), encoding="utf-8")
    count = len(list(given.output.glob("*.whl")))
    print(f"{count} wheels in {given.output}; README.txt there says how they are installed.")
    return 0


def readme(given: argparse.Namespace) -> str:
    """Return how the folder is installed."""
    here = ".".join(map(str, sys.version_info[:2]))
    return README.format(
        python=given.python or here,
        platforms=", ".join(given.platform) or sys.platform,
        folder=given.output.name,
    )


if __name__ == "__main__":
    sys.exit(environment.door(steps))
