"""The project's own Python environment: `.venv` at the root, made and mended as needed.

Standard library only. Each door imports it first, so it has to parse on every
Python that someone may still have as `python3`: the version is checked when it runs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

BEHIND = Path(__file__).resolve().parent
ROOT = BEHIND.parent.parent
OLDEST = (3, 11)
STAMP = "bridge-stamp.json"
LINES_SHOWN = 20
DEBIAN_HINT = "On Debian and Ubuntu: apt install python3-venv"

_CAPTURED = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
    "encoding": "utf-8",
    "errors": "replace",
}


class SetUpFailed(Exception):
    """The environment cannot be made; the message says why and what to do."""


def check_python(version: Sequence[int] = sys.version_info[:2]) -> None:
    """Refuse a Python that is too old for the project."""
    if tuple(version) < OLDEST:
        needed, found = (".".join(map(str, parts)) for parts in (OLDEST, version))
        raise SetUpFailed(
            f"SuiteCRM Bridge needs Python {needed} or newer; {sys.executable} is Python {found}. "
            "Install a newer Python and start the script with it."
        )


def prepare(extras: Iterable[str] = (), root: Path = ROOT) -> Path:
    """Return the Python of an environment that has the project and its `extras` installed.

    A second call is quick: a stamp inside the environment tells that nothing has changed.

    Args:
        extras: names of optional dependencies in pyproject.toml.
        root: folder of the project.

    Raises:
        SetUpFailed: the environment cannot be made.
    """
    check_python()
    folder = root / ".venv"
    stamp = folder / STAMP
    known = _read_stamp(stamp)
    # Installed once, an extra stays: the demo must not throw out what the tests need.
    wanted = _stamp(root, {*extras, *known.get("extras", [])})
    if not _is_sound(folder, known, wanted):
        _make(folder)
    elif known == wanted and _runs(folder, "import suitecrm_bridge"):
        return python_of(folder)
    stamp.unlink(missing_ok=True)
    _install(root, folder, wanted["extras"])
    stamp.write_text(json.dumps(wanted, indent=2), encoding="utf-8")
    return python_of(folder)


def python_of(folder: Path) -> Path:
    """Return the path of the Python in an environment, on Windows as elsewhere."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def run(command: Iterable[object], cwd: Path = ROOT) -> int:
    """Run a command whose output goes straight to the user; return its exit code."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, env=_for_child(), check=False).returncode


def begin(command: Iterable[object], cwd: Path = ROOT) -> Callable[[], int]:
    """Begin a command beside others; return what waits for its end, shows it and tells its code."""
    words = [str(word) for word in command]
    begun = subprocess.Popen(words, cwd=cwd, **_CAPTURED, env=_for_child())

    def end() -> int:
        output, _ = begun.communicate()
        print(output, end="", flush=True)
        return begun.returncode

    return end


def door(steps: Callable[[list[str]], int]) -> int:
    """Run a script's `steps` on its arguments; return the exit code, with a text on failure."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may lack a character; a question mark beats a traceback.
        stream.reconfigure(errors="replace")
    try:
        code = steps(sys.argv[1:])
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read this has read enough; the interpreter must not try to write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SetUpFailed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _stamp(root: Path, extras: Iterable[str]) -> dict[str, Any]:
    return {
        "project": hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest(),
        "extras": sorted(extras),
        "python": list(sys.version_info[:2]),
        "root": str(root),
    }


def _read_stamp(stamp: Path) -> dict[str, Any]:
    try:
        known = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _is_sound(folder: Path, known: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Tell whether the environment starts, and was made in this place with this Python.

    One without a stamp was made by hand: what somebody put into it stays.
    """
    made_here = all(known.get(key, wanted[key]) == wanted[key] for key in ("python", "root"))
    version = tuple(wanted["python"])
    there = folder.is_dir() and made_here
    return there and _runs(folder, f"import pip, sys; assert sys.version_info[:2] == {version}")


def _runs(folder: Path, code: str) -> bool:
    try:
        return _quietly([python_of(folder), "-I", "-c", code]).returncode == 0
    except OSError:
        return False


def _make(folder: Path) -> None:
    print(f"Making the environment {folder}", flush=True)
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpFailed(
            f"{sys.executable} lacks the module venv or ensurepip, which make environments. "
            + DEBIAN_HINT
        )
    _remove(folder)
    # Started from an environment, the Python that it was made from is the one that lasts.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = _quietly([base, "-m", "venv", folder])
    if made.returncode != 0:
        raise SetUpFailed(
            f"The environment {folder} cannot be made. {DEBIAN_HINT}\n"
            + _end(made.stdout.splitlines())
        )


def _remove(folder: Path) -> None:
    try:
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise SetUpFailed(
            f"The old environment {folder} cannot be removed ({error}). "
            "Close the programs that use it, delete the folder and run again."
        ) from error


def _install(root: Path, folder: Path, extras: list[str]) -> None:
    print("Installing the project and what it needs; the first time takes a minute", flush=True)
    what = f".[{','.join(extras)}]" if extras else "."
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    last = deque(maxlen=LINES_SHOWN)
    with subprocess.Popen(
        [str(python_of(folder)), "-m", "pip", "install", *options, "-e", what],
        cwd=root,
        **_CAPTURED,
        env=_for_child(),
    ) as pip:
        for line in pip.stdout:
            print(f"  {line.rstrip()}", flush=True)
            last.append(line.rstrip())
    if pip.returncode != 0:
        raise SetUpFailed(
            "pip could not install the project. Most often the package index is out of reach: "
            "check the network and, behind a proxy, the variable HTTPS_PROXY. The end of its "
            f"output:\n{_end(last)}"
        )


def _quietly(command: Iterable[object]) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, check=False, env=_for_child(), **_CAPTURED)


def _end(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in list(lines)[-LINES_SHOWN:])


def _for_child() -> dict[str, str]:
    """Return the environment for child processes, without what would lead them astray."""
    astray = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"}
    # Else each of many processes would compile the whole project for itself.
    astray.add("PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    return {**kept, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8:replace"}


if __name__ == "__main__":
    # Before several doors are opened at once: each of them would make it.
    sys.exit(door(lambda extras: print(prepare(extras)) or 0))
