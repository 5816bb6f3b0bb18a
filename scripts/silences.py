"""Count how many silences that ended were longer than the limit, by how much was known before.

Usage: python scripts/silences.py [--customers C] [--bases B]

Bases are drawn whose customers buy at random, by the clock, in bursts, half of them each, or leave
after some purchases. Limits are found as for every base; the table of docs/indicators.md says of
how many in a hundred silences that ended within two years it would have been said that they lapsed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Count in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    judged = environment.BEHIND / "silences_judged.py"
    return environment.run([python, judged, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
