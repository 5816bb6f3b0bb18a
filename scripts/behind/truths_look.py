"""Finds the truths of the demo base, or not; see truths.py."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats
from truths_base import mirrored

from suitecrm_bridge.analytics.complaints import alarms, competitors, satisfaction, slowness
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.insights.complaints.ready import prepared
from suitecrm_bridge.insights.complaints.texts import find_competitors, find_themes
from suitecrm_bridge.insights.worth import Worth, give_facts
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.sandbox.demo import Truths, truths

AS_OF = date(2026, 3, 8)
SOON = 28
"""A beginning is right that many days around that of the bad batch: one period of the charts."""


@dataclass(frozen=True)
class Finding:
    """What of a seed was planted, how much of that was found, and what else was found."""

    seed: int
    truth: str
    planted: int
    found: int
    wrong: int
    note: str = ""


def main(arguments: list[str]) -> int:
    """Look into the seeds asked for; return 0 whatever was found."""
    options = _options(arguments)
    findings = []
    look = partial(looked, customers=options.customers)
    seeds = range(options.first, options.first + options.seeds)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=spawned) as pool:
        for found in pool.map(look, seeds) if options.jobs > 1 else map(look, seeds):
            findings += found
            print(line(found), flush=True)
    print(summary(findings), flush=True)
    if options.json:
        text = json.dumps([asdict(finding) for finding in findings], indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="truths.py")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path, help="file for the findings")
    return parser.parse_args(arguments)


def looked(seed: int, customers: int) -> list[Finding]:
    """Look into the base of a seed."""
    planted = truths(customers, seed, AS_OF)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        mirrored(Path(home), customers, seed, AS_OF) as context,
    ):
        engine = _analysed(context)
        return [look(seed, engine, planted) for look in (_product, _country, _rival, _complainers)]


def _analysed(context: Context) -> Engine:
    engine = Engine(context.mirror.connection)
    prepared(context.mirror, context.choices, engine, "contacts", AS_OF)
    give_facts(context.mirror, engine)
    engine.table("survey_facts", "survey_facts_of_all")
    satisfaction.prepare(engine, AS_OF)
    Worth(context.mirror, context.choices, engine, AS_OF)
    find_themes(context.mirror, context.rules, engine, context.lang)
    find_competitors(context.rules, engine, AS_OF)
    alarms.compute(engine, AS_OF)
    slowness.compute(engine, AS_OF)
    return engine


def _product(seed: int, engine: Engine, planted: Truths) -> Finding:
    found = engine.fetch("complaint_alarms")
    right = (found["dimension"] == "product") & (found["value"] == planted.defective_product)
    begun = [to_date(int(day)) for day in found["since_day"][right]]
    days = [(day - planted.defective_since).days for day in begun]
    others = found[~right]
    notes = [f"since {day:+} days" for day in days]
    notes += [f"{row.dimension} {row.value}" for row in others.itertuples()]
    hit = any(abs(day) <= SOON for day in days)
    return Finding(seed, "product", 1, int(hit), len(others), ", ".join(notes))


def _country(seed: int, engine: Engine, planted: Truths) -> Finding:
    found = set(engine.fetch("slow_countries")["country"])
    others = found - {planted.slow_country}
    hit = planted.slow_country in found
    return Finding(seed, "country", 1, int(hit), len(others), ", ".join(sorted(others)))


def _rival(seed: int, engine: Engine, planted: Truths) -> Finding:
    found = competitors.summary(engine)["competitor"]
    most = found.iloc[0] if len(found) else ""
    hit = most == planted.rival
    return Finding(seed, "rival", 1, int(hit), int(bool(most) and not hit), "" if hit else most)


def _complainers(seed: int, engine: Engine, planted: Truths) -> Finding:
    flagged = engine.fetch("review")
    found = set(flagged["customer_id"][flagged["serial_complainer"] == 1])
    right = planted.serial_complainers & found
    return Finding(
        seed, "complainer", len(planted.serial_complainers), len(right), len(found - right)
    )


def line(findings: Sequence[Finding]) -> str:
    """Return what was found in a seed."""
    words = [f"{one.truth} {one.found}/{one.planted} +{one.wrong}" for one in findings]
    notes = "; ".join(one.note for one in findings if one.note)
    return f"seed {findings[0].seed:4}  {'  '.join(words)}  {notes}".rstrip()


def summary(findings: Sequence[Finding]) -> str:
    """Return how many of each truth were found, and how often something else was."""
    return "\n".join(_rates(findings))


def _rates(findings: Sequence[Finding]) -> Iterator[str]:
    head = f"{'':<12}{'planted':>8}{'found':>8}{'rate':>8}  {'95 %':<16}"
    yield f"{head}{'wrong':>6}  seeds with wrong"
    for truth in dict.fromkeys(one.truth for one in findings):
        own = [one for one in findings if one.truth == truth]
        planted, found = sum(one.planted for one in own), sum(one.found for one in own)
        wrong, seeds = sum(one.wrong for one in own), sum(one.wrong > 0 for one in own)
        low, high = exact(found, planted)
        rate = found / planted if planted else np.nan
        yield (
            f"{truth:<12}{planted:>8}{found:>8}{rate:>8.1%}  {f'{low:.1%} to {high:.1%}':<16}"
            f"{wrong:>6}  {seeds} of {len(own)}"
        )


def exact(hits: int, number: int) -> tuple[float, float]:
    """Return the limits of a share (Clopper and Pearson 1934), between which it lies at 95 %."""
    law: Any = stats.beta
    low = law.ppf(0.025, hits, number - hits + 1) if hits else 0.0
    high = law.ppf(0.975, hits + 1, number - hits) if hits < number else 1.0
    return float(low), float(high)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
