"""The runs of a seed: disturbed ones until enough have succeeded, then calm ones."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import timedelta

from chaos_bad import BadRecords
from chaos_bridge import Result
from chaos_checks import DONE, NOT_BELIEVED, PARTIAL, PASSING
from chaos_marketing import Marketing
from chaos_office import Office
from chaos_spells import KINDS, Restored, Spell
from chaos_world import Run, World

from suitecrm_bridge.sandbox import Faults

TRIES = 40
"""Runs within which one or two must succeed, those under a spell not counted: with programmes over
the stock API a run takes many requests, and few such runs escape every fault of a bad mixture."""
STROKES = 4
"""The first runs; only these are killed or told to stop."""
DOUBTED = 2
"""Runs that the brake stops before one succeeds, and somebody says that it is right."""
MOST_BAD = 3
"""Less than this many bad records come between two runs."""
PEOPLE, BAD, PROGRAMMES = "people at work", "bad records", "programmes"
DISTURBANCES = (PEOPLE, BAD, PROGRAMMES, *KINDS)
LASTING = ("poison", "unreadable")
"""Faults that no later run escapes."""


def disturbed_runs(world: World, faults: Faults, bad: BadRecords) -> None:
    """Sync until enough runs have succeeded and every spell has been cast."""
    dice, spells = world.dice("runs"), _drawn(world)
    often = _people(world)
    if world.befalls(PROGRAMMES, world.dice("marketing begins"), 0.7):
        world.marketing = Marketing(world, world.dice("marketing"))
    wanted, succeeded, left, doubted = dice.randint(1, 2), False, TRIES, 0
    spoilt = world.befalls(BAD, dice, 0.35)
    restored = any(isinstance(spell, Restored) for spell in spells)
    while (wanted > 0 or spells) and left:
        _between(world, dice, bad if spoilt else None)
        if restored and (not world.kept or dice.random() < 0.3):
            world.keep()
        spell = _next(spells, dice, succeeded=succeeded, urgent=wanted <= 0)
        if spell:
            _under(world, spell, faults, dice, often)
        else:
            # In so small a base people may take a figure from everybody: somebody says go.
            go = ("--accept",) if doubted >= DOUBTED else ()
            run = _disturbed(world, faults, dice, often, *go, struck=TRIES - left < STROKES)
            doubted = 0 if run.code in (DONE, PARTIAL) else doubted + (run.code == NOT_BELIEVED)
            passed = run.code == DONE or (run.code == PARTIAL and bool(_lasting(faults)))
            wanted, succeeded, left = wanted - passed, succeeded or passed, left - 1
        world.clock.advance(dice.choice([0.02, 0.3, 3, 20, 30, 170]))
    if wanted > 0:
        world.result.findings.append(f"{wanted} runs too few of {TRIES} succeeded")


def _between(world: World, dice: random.Random, bad: BadRecords | None) -> None:
    """Let people work before a run begins."""
    for _ in range(dice.randrange(4)):
        world.watch.edit()
    for _ in range(dice.randrange(MOST_BAD) if bad else 0):
        if bad:
            bad.come()
    if world.marketing:
        world.marketing.work()


def _drawn(world: World) -> list[Spell]:
    """Return the spells of a seed."""
    dice = world.dice("spells")
    chosen = [name for name in KINDS if world.befalls(name, dice, 0.35)]
    dice.shuffle(chosen)
    world.result.disturbances.update(chosen)
    return [KINDS[name](world, world.dice(name)) for name in chosen]


def _people(world: World) -> float:
    """Let people have forms open in some seeds; return how often they do something."""
    dice = world.dice("office")
    if world.befalls(PEOPLE, dice, 0.5):
        world.watch.office = Office(
            world.sandbox, world.people, world.dice("forms"), world.watch.excuse
        )
    return dice.choice([0.02, 0.05, 0.1])


def _next(
    spells: list[Spell], dice: random.Random, *, succeeded: bool, urgent: bool
) -> Spell | None:
    """Take the spell that the next run is under, if any."""
    fit = [spell for spell in spells if succeeded or not spell.later]
    if not fit or not (urgent or dice.random() < 0.4):
        return None
    spells.remove(fit[0])
    return fit[0]


def _under(world: World, spell: Spell, faults: Faults, dice: random.Random, often: float) -> None:
    """Let a run be under a spell, and see whether it was taken in."""
    calm = spell.calm or dice.random() < 0.6
    spell.begin()
    if calm:
        run = _calm(world, faults, *spell.options, ahead=spell.ahead)
    else:
        run = _disturbed(world, faults, dice, often, spell=spell)
    spell.end()
    name = type(spell).__name__
    world.result.findings += [
        f"run {world.result.runs - 1}, {name}: {line}" for line in spell.broken(run)
    ]


def _calm(world: World, faults: Faults, *options: str, ahead: timedelta = timedelta()) -> Run:
    """Sync without any disturbance but what lasts."""
    world.server.faults = Faults(_lasting(faults), faults.seed)
    run = replace(world.run(*options, ahead=ahead, BRIDGE_RETRIES="1"), calm=True)
    faults.counts.update(world.server.faults.counts)
    return run


def _disturbed(
    world: World,
    faults: Faults,
    dice: random.Random,
    often: float,
    *go: str,
    struck: bool = False,
    spell: Spell | None = None,
) -> Run:
    """Sync under faults and edits, and perhaps a stroke."""
    watch, result = world.watch, world.result
    world.server.faults, watch.edit_chance = faults, 0.01
    world.people_work(often)
    dies = world.marketing.dies() if world.marketing and struck else {}
    struck = struck and not dies and dice.random() < 0.8
    kills = struck and _prepare_stroke(world, dice)
    options = spell.options if spell else dice.choice([(), (), (), ("--full",)])
    before = dice.choice([(), ("-v",), ("-vv",), ("-q",)])
    run = world.run(
        *options,
        *go,
        before=before,
        ahead=spell.ahead if spell else timedelta(),
        BRIDGE_RETRIES=str(dice.randint(2, 5)),
        **dies,
    )
    fallen = struck and watch.stroke is None
    watch.stroke, watch.edit_chance = None, 0.0
    world.people_work(0)
    if fallen:
        result.kills, result.stops = result.kills + kills, result.stops + (not kills)
        watch.forgive()
    died = bool(dies) and run.code < 0
    if died:
        result.kills += 1
        watch.forgive()
    _check_exit(result, run.code, killed=died or (kills and fallen), spell=spell)
    return replace(run, fallen=fallen or died)


def _prepare_stroke(world: World, dice: random.Random) -> bool:
    """Let the run be killed, or told to stop, at a request by chance; return whether killed."""
    kills, watch, bridge = dice.random() < 0.6, world.watch, world.bridge

    def stroke() -> None:
        watch.stroke = None
        if bridge.process is not None:
            (bridge.process.kill if kills else bridge.process.terminate)()

    watch.stroke_at = dice.randint(1, dice.choice([10, 50, 200]))
    watch.stroke_before = dice.random() < 0.5
    watch.stroke = stroke
    return kills


def _check_exit(result: Result, code: int, *, killed: bool, spell: Spell | None) -> None:
    # Where there are no signals, a process that is told to stop is killed.
    allowed = PASSING | set(spell.exits if spell else ())
    if code not in allowed and not (killed and code < 0) and os.name != "nt":
        result.findings.append(f"run {result.runs - 1} ended with {code}")


def _lasting(faults: Faults) -> dict[str, tuple[float, float]]:
    return {name: faults.values[name] for name in LASTING if name in faults.values}


def calm_runs(world: World) -> None:
    """Sync until everything is due that ever waits, and once more, which must write nothing."""
    world.clock.noon(days=8)
    first = world.run(BRIDGE_RETRIES="1")
    if first.code == NOT_BELIEVED:
        # In so small a base people may take a figure from everybody: somebody says go.
        first = world.run("--accept", BRIDGE_RETRIES="1")
    # A write that SuiteCRM saved as a record has a new date, which the next run reads.
    world.clock.advance(hours=0.5)
    second = world.run(BRIDGE_RETRIES="1")
    if {first.code, second.code} - {DONE, PARTIAL}:
        world.result.findings.append(f"the calm runs ended with {first.code} and {second.code}")
    if second.writes:
        first_one = " ".join(map(str, second.writes[0]))
        world.result.findings.append(
            f"{len(second.writes)} writes when nothing changed: {first_one}"
        )
    if world.marketing:
        world.marketing.end()
