"""Measures what is promised of programmes; see effects.py."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from effects_budget import budget_table
from effects_world import BUSINESSES, DAYS, PLANTED, Business, Programme, drawn, named

from suitecrm_bridge.analytics.effects.assignment import split
from suitecrm_bridge.analytics.effects.effect import Effect, effect
from suitecrm_bridge.analytics.effects.verdict import (
    Guard,
    Judgement,
    Night,
    after,
    judged,
    limits,
    tells,
)

ONE_DAY = 1.96
"""Errors of an interval of 95 % that is looked at once."""

WRONG = {
    "effect": frozenset({"no_difference", "does_harm", "void"}),
    "none": frozenset({"works", "does_harm", "void"}),
    "harm": frozenset({"works", "void"}),
}
"""What must not be told of each."""

RIGHT = {"effect": "works", "none": "no_difference", "harm": "does_harm"}


@dataclass(frozen=True)
class Played:
    """What became of a programme over a year of nights.

    `held` says whether the limits held the truth on every night, `told` the days from the start on
    which a right verdict came (None for never), `named` those that were named before (None where
    it was said that too few enter), `wrong` whether anything wrong was ever told, `wrong_daily`
    whether an interval of one day ever was.
    """

    held: bool
    told: int | None
    named: int | None
    wrong: bool
    wrong_daily: bool


def main(arguments: list[str]) -> int:
    """Print the tables."""
    options = _options(arguments)
    seeds = range(options.first, options.first + options.seeds)
    if options.part in (None, "nights"):
        chosen = [name for name in BUSINESSES if options.only in (None, name)]
        for line in nights_table(
            chosen, range(options.first, options.first + options.seeds), options.jobs
        ):
            print(line, flush=True)
    if options.part is None:
        print()
    if options.part in (None, "budget"):
        for line in budget_table(seeds):
            print(line, flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="effects.py")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--only", choices=list(BUSINESSES))
    parser.add_argument("--part", choices=["nights", "budget"])
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args(arguments)


def nights_table(chosen: Sequence[str], seeds: Sequence[int], jobs: int) -> Iterator[str]:
    """Yield, of each business and what is planted, what a year of nights comes to."""
    yield (
        "| Business | Planted | Limits held | Right verdict | Median days | Named | In time |"
        " Ever wrong | By one-day intervals |"
    )
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in chosen:
        for planted in PLANTED:
            play = partial(played, BUSINESSES[name], planted)
            yield f"| {name} | {planted} | {_line(_each(play, seeds, jobs), planted)} |"


def _each(play: partial[Played], seeds: Sequence[int], jobs: int) -> list[Played]:
    if jobs == 1:
        return [play(seed) for seed in seeds]
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawned) as pool:
        return list(pool.map(play, seeds, chunksize=4))


def _line(plays: Sequence[Played], planted: str) -> str:
    told = [play.told for play in plays if play.told is not None]
    named = [play.named for play in plays if play.named is not None]
    in_time = [
        play.told is not None and play.told <= play.named
        for play in plays
        if play.named is not None
    ]
    cells = [
        _share([play.held for play in plays]),
        _share([play.told is not None for play in plays]),
        f"{np.median(told):.0f}" if told else "–",
        f"{np.median(named):.0f}" if named and planted == "harm" else "–",
        _share(in_time) if in_time and planted == "harm" else "–",
        _share([play.wrong for play in plays]),
        _share([play.wrong_daily for play in plays]),
    ]
    return " | ".join(cells)


def _share(flags: Sequence[bool]) -> str:
    return f"{100 * np.mean(flags):.1f} %"


def played(business: Business, planted: str, seed: int) -> Played:
    """Look at a programme every night for a year, from when the first entrants' time is over."""
    programme = drawn(business, planted, seed)
    stands: Judgement | None = None
    held, told, wrong, wrong_daily = True, None, False, False
    for night in range(1, DAYS + 1):
        known = night * business.per_day
        found = effect(
            programme.outcome[:known], programme.treated[:known], programme.before[:known]
        )
        tonight = judged(seen(business, programme, known, found), business.rule)
        stands = tonight if stands is None else after(stands, tonight)
        if found is not None and tells(found):
            low, high = limits(found, business.rule)
            held &= low <= programme.effect <= high
            wrong_daily |= _daily(business, found) in WRONG[planted]
        wrong |= stands.verdict in WRONG[planted]
        if told is None and stands.verdict == RIGHT[planted]:
            told = night + business.window
    outlook = named(business, planted, seed)
    return Played(held, told, outlook.harm_days, wrong, wrong_daily)


def seen(business: Business, programme: Programme, known: int, found: Effect | None) -> Night:
    """Return what is known of a programme when the time of that many entrants is over."""
    treated = programme.treated[:known]
    sizes = int(treated.sum()), int(known - treated.sum())
    complained, opted_out = (
        Guard((int(flags[:known][treated].sum()), int(flags[:known][~treated].sum())), sizes)
        for flags in (programme.complained, programme.opted_out)
    )
    return Night(
        split=split(*sizes, business.control_share),
        effect=found,
        complaints=complained,
        opt_outs=opted_out,
        per_day=business.per_day,
    )


def _daily(business: Business, found: Effect) -> str:
    """Return what an interval of 95 % says that holds on one day only."""
    rule, width = business.rule, ONE_DAY * found.error
    low, high = found.estimate - width, found.estimate + width
    if high < 0:
        return "does_harm"
    if high < rule.cost + rule.worth:
        return "no_difference"
    return "works" if low > rule.cost else "unclear"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
