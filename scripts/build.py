"""Build wheel and sdist, and the bill of materials of what the bridge runs with.

Usage: python scripts/build.py [--output FOLDER] [--sbom | --try]

FOLDER is "dist" by default. --sbom makes the bill alone, which needs no network: CycloneDX JSON
with every library, its version and its licence, as installed in this checkout's environment.
--try installs the wheel where nothing else is, plays the demo there and builds the package.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Build in the project's environment, and say which files were made."""
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--output", type=Path, default=environment.ROOT / "dist")
    parser.add_argument("--sbom", action="store_true")
    parser.add_argument("--try", dest="tried", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.help:
        print(__doc__)
        return 0
    python, output = environment.prepare(["dev"]), chosen.output.resolve()
    if not chosen.sbom:
        code = environment.run([python, "-m", "build", "--outdir", output, environment.ROOT])
        if code:
            return code
        if chosen.tried and (code := environment.run([python, _behind("installed.py"), output])):
            return code
    return environment.run([python, _behind("sbom.py"), output])


def _behind(name: str) -> Path:
    return environment.BEHIND / name


if __name__ == "__main__":
    sys.exit(environment.door(steps))
