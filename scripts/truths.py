"""Look for what is planted in the demo base, seed by seed, and count what is found and what is not.

Usage: python scripts/truths.py [--seeds N] [--first S] [--customers C] [--jobs J] [--json FILE]

Planted are a bad batch of a product, a slow country, a rival who is named most, and customers who
complain again and again. A line a seed; at the end how many of each were found, with the exact
95 % interval, and what was found that was not planted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Look in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    truths = environment.BEHIND / "truths_look.py"
    return environment.run([python, truths, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
