"""Show the bridge at work on a made-up company; nothing to configure, nothing to install.

Usage: python scripts/demo.py [OPTIONS OF `suitecrm-bridge demo`]

    python scripts/demo.py
    python scripts/demo.py --customers 300 --output some-folder
"""

from __future__ import annotations

import sys
from pathlib import Path

import _environment


def steps(arguments: list[str]) -> int:
    """Run the command `demo` in the project's environment; say where its files are."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
    python = _environment.prepare()
    output = _output(arguments)
    if output is None:
        output = _environment.ROOT / "demo-output"
        arguments = [*arguments, "--output", str(output)]
    code = _environment.run([python, "-m", "suitecrm_bridge", "demo", *arguments], cwd=Path.cwd())
    if code != 0:
        print(f"\nThe demo failed (exit code {code}); see above.", file=sys.stderr)
    elif Path(output).is_dir():
        print(f"\nEverything lies in {Path(output).resolve()}")
    return code


def _output(arguments: list[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word.startswith("--output="):
            return word.partition("=")[2]
        if word == "--output" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


if __name__ == "__main__":
    sys.exit(_environment.door(steps))
