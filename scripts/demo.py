"""Show the bridge at work on a made-up company; nothing to configure."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Run the command `demo` in the project's environment; say where its files are."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Every other option goes to the command suitecrm-bridge demo: see docs/commands.md.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--output", type=Path, default=environment.ROOT / "demo-output", help="folder for files"
    )
    parser.add_argument("--lang", help="language of the demo and its report")
    own, others = parser.parse_known_args(arguments)
    python = environment.prepare()
    command = [python, "-m", "suitecrm_bridge", *(["--lang", own.lang] if own.lang else [])]
    command += ["demo", "--output", own.output.resolve(), *others]
    code = environment.run(command, cwd=Path.cwd())
    if code != 0:
        print(f"\nThe demo failed (exit code {code}); see above.", file=sys.stderr)
    else:
        print(f"\nEverything lies in {own.output.resolve()}")
    return code


if __name__ == "__main__":
    sys.exit(environment.door(steps))
