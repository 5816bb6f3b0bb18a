"""What a programme's figures say, on any night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Literal

from suitecrm_bridge.analytics.effects import rates
from suitecrm_bridge.analytics.effects.assignment import Split
from suitecrm_bridge.analytics.effects.effect import Effect
from suitecrm_bridge.analytics.effects.randomised import Randomised
from suitecrm_bridge.analytics.effects.sequence import margin, needed

Verdict = Literal["works", "does_harm", "no_difference", "unclear", "void"]
Because = Literal["effect", "complaints", "opt_outs", "split", "few"]

LEAST = 50
"""With fewer entrants in an arm nothing is told while the programme runs."""

LEAST_TELLING = 40
"""Entrants of each arm whose outcome must not be the usual one. With ten the limits of what few buy
for much missed the truth in 4 of 100 programmes on some night, where 3 are promised: a control in
which nobody has yet bought for much makes any programme look good."""

OUTCOME_PART, GUARD_PART = 0.6, 0.2
"""Of what may be wrong, how much the outcome may use up, and each of complaints and opt-outs."""

_SELDOM = 0.02
"""About how many complain or opt out anyway."""

_FIRM: Sequence[frozenset[Verdict]] = (
    frozenset({"unclear"}),
    frozenset({"works", "no_difference"}),
    frozenset({"does_harm"}),
    frozenset({"void"}),
)


@dataclass(frozen=True)
class Rule:
    """What was named before the start; nothing of it may depend on what came after.

    Args:
        cost: of treating one entrant, in the unit of the outcome.
        worth: the least gain beyond the cost for which the programme is worth the trouble, above 0.
        planned: how many entrants are to come.
        alpha: how often a verdict may be wrong, over all nights and all that is looked at.
        complaints: how many more of the treated may complain, as a share.
        opt_outs: how many more of them may opt out, as a share.
        usual: how many were thought to buy anyway, where the outcome is that they do.
    """

    cost: float
    worth: float
    planned: int
    alpha: float = 0.05
    complaints: float = 0.01
    opt_outs: float = 0.01
    usual: float = 0.1


@dataclass(frozen=True)
class Guard:
    """To how many of the treated and of the control something happened, and of how many."""

    hits: tuple[int, int]
    n: tuple[int, int]


@dataclass(frozen=True)
class Night:
    """What is known on a night, of those whose time after their entry is over.

    Args:
        split: of all who entered.
        effect: on the outcome; None where too few are known.
        bought: who bought, where that is the outcome: its limits hold for few, too.
        complaints: who complained.
        opt_outs: who opted out.
        due: the days from tonight until the time of each of the others is over, in order.
        per_day: how many enter each day from now on.
        last: the effect where few entered and nobody else will: it is looked at once.
    """

    split: Split
    effect: Effect | None = None
    bought: Guard | None = None
    complaints: Guard | None = None
    opt_outs: Guard | None = None
    due: Sequence[int] = ()
    per_day: float = 0.0
    last: Randomised | None = None


@dataclass(frozen=True)
class Judgement:
    """A verdict, why, and the limits of what it is about.

    Args:
        verdict: what is told.
        because: what tells it.
        low: the least that the effect on an entrant may be, or how many more of the treated
            complain or opt out.
        high: the most that it may be.
        estimate: of the same.
        days: how long it still takes until it can be told; None where it never will with those who
            enter.
        needed: how many entrants that takes.
    """

    verdict: Verdict
    because: Because
    low: float = -inf
    high: float = inf
    estimate: float = 0.0
    days: int | None = None
    needed: int = 0


def judged(night: Night, rule: Rule) -> Judgement:
    """Return what can be told tonight; which of the nights one looks is of no account.

    A programme works where an entrant surely brings more than addressing them costs. It does harm
    where they surely bring less than without it, or where surely more of the treated complain or
    opt out than is borne. No difference is worth having where the gain is surely below `worth`.
    """
    if not night.split.sound:
        return Judgement("void", "split")
    guarded: Sequence[tuple[Because, Guard | None, float]] = (
        ("complaints", night.complaints, rule.complaints),
        ("opt_outs", night.opt_outs, rule.opt_outs),
    )
    for because, guard, borne in guarded:
        more = _more(guard, borne, rule)
        if more and more.low > borne:
            return Judgement("does_harm", because, more.low, more.high, more.estimate)
    return _of_effect(night, rule)


def limits(effect: Effect, rule: Rule) -> tuple[float, float]:
    """Return the limits of the effect, which hold it on every night."""
    alpha = OUTCOME_PART * rule.alpha
    width = margin(effect.entrants, effect.error, rule.planned, alpha)
    return effect.estimate - width, effect.estimate + width


def tells(effect: Effect | None) -> bool:
    """Return whether enough have entered for the limits to hold."""
    return (
        effect is not None
        and min(effect.treated, effect.control) >= LEAST
        and effect.telling >= LEAST_TELLING
    )


def running(nights: Iterable[Judgement]) -> Judgement:
    """Return what stands after nights in order.

    What was told once stands: a programme that works does not cease to for a while. Only harm goes
    over it, and a split that is not as planned over everything.
    """
    stands = Judgement("unclear", "few")
    for tonight in nights:
        stands = after(stands, tonight)
    return stands


def after(stands: Judgement, tonight: Judgement) -> Judgement:
    """Return what stands after one more night."""
    if firmness(tonight.verdict) > firmness(stands.verdict) or stands.verdict == "unclear":
        return tonight
    return stands


def firmness(verdict: Verdict) -> int:
    """Return how firm a verdict stands: 0 can become any other, a higher one only higher ones."""
    return next(place for place, among in enumerate(_FIRM) if verdict in among)


def _of_effect(night: Night, rule: Rule) -> Judgement:
    found = night.effect
    if found is not None and (tells(found) or night.bought is not None):
        told = _between(*_seen(found, night.bought, rule), rule)
        return told if told.verdict != "unclear" else _later(told, found, night, rule)
    if night.last is not None:
        last = night.last
        return replace(_between(last.low, last.high, last.estimate, rule), because="few")
    known = night.split.treated + night.split.control - len(night.due)
    wanted = _first(night.split, found)
    return Judgement("unclear", "few", days=_days(wanted - known, night), needed=wanted)


def _seen(found: Effect, bought: Guard | None, rule: Rule) -> tuple[float, float, float]:
    """Return between which limits the outcome lies on every night, and its estimate.

    Where it is that people buy, exact limits and those for many use up half each of what may be
    wrong, and the narrower of each side counts.
    """
    if bought is None:
        return *limits(found, rule), found.estimate
    halved = replace(rule, alpha=rule.alpha / 2)
    exact = rates.difference(bought.hits, bought.n, OUTCOME_PART * halved.alpha, rule.usual)
    low, high = limits(found, halved) if tells(found) else (-1.0, 1.0)
    return max(low, exact.low), min(high, exact.high), found.estimate


def _between(low: float, high: float, estimate: float, rule: Rule) -> Judgement:
    verdict: Verdict = "unclear"
    if high < 0:
        verdict = "does_harm"
    elif high < rule.cost + rule.worth:
        verdict = "no_difference"
    elif low > rule.cost:
        verdict = "works"
    return Judgement(verdict, "effect", low, high, estimate)


def _later(told: Judgement, effect: Effect, night: Night, rule: Rule) -> Judgement:
    """Return until when it is likely told, and where that is over, until when it surely is."""
    alpha = OUTCOME_PART * rule.alpha / (1 if night.bought is None else 2)
    wanted = needed(effect.spread, rule.worth, rule.planned, alpha)
    if wanted <= effect.entrants:
        wanted = needed(effect.spread, rule.worth / 2, rule.planned, alpha, 0.0)
    whole = ceil(wanted)
    return replace(told, days=_days(whole - effect.entrants, night), needed=whole)


def _days(more: int, night: Night) -> int | None:
    if night.due and more <= len(night.due):
        return max(1, night.due[max(more, 1) - 1])
    if night.per_day <= 0:
        return None
    waited = night.due[-1] if night.due else 0
    return max(1, waited + ceil((more - len(night.due)) / night.per_day))


def _first(split: Split, effect: Effect | None) -> int:
    """Return how many must be known for both arms to have the least, by what is known of them."""
    total = split.treated + split.control
    smaller = max(min(split.treated, split.control), 1)
    wanted = LEAST * max(total, 2) / smaller
    if effect is not None and effect.telling < LEAST_TELLING:
        # Where nobody has bought yet the first one is taken to come soon.
        wanted = max(wanted, LEAST_TELLING * effect.entrants / max(effect.telling, 1))
    return ceil(wanted)


def _more(guard: Guard | None, borne: float, rule: Rule) -> rates.Limits | None:
    """Return how many more of the treated it happened to; None where that is not above `borne`."""
    if guard is None or not all(guard.n):
        return None
    treated, control = (hits / n for hits, n in zip(guard.hits, guard.n, strict=True))
    if treated - control <= borne:
        return None
    return rates.difference(guard.hits, guard.n, GUARD_PART * rule.alpha, _SELDOM)
