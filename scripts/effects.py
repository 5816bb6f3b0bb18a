"""Measure what is promised of programmes: of the verdict about each, and of the plan for a budget.

Usage: python scripts/effects.py [--seeds N] [--first S] [--only BUSINESS] [--part PART] [--jobs J]

Plays programmes in businesses that differ, a seed after another: with an effect that was planted,
with none, and with harm, and looks every night for a year. Prints the tables of
docs/programme-effects.md: how often the limits hold the truth on every night, how often a verdict
is ever wrong, beside an interval of one day that is looked at as often, and how often harm is
stopped within the days that were named before the start. PART is nights, budget, or both when it
is not given; the plan for a budget is held against greedy ones and the exact one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Measure in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    measured = environment.BEHIND / "effects_measured.py"
    return environment.run([python, measured, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
