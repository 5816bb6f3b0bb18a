"""What figures of programmes say, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Literal

from suitecrm_bridge.analytics.effects.assignment import Split
from suitecrm_bridge.analytics.effects.before import Outlook
from suitecrm_bridge.analytics.effects.budget import Plan
from suitecrm_bridge.analytics.effects.verdict import Judgement, Rule
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import amount, decimal, number, percent, text

NEVER = 1_000_000_000
"""It takes more people than there are where this many are needed."""

Measure = Literal["money", "conversion"]
"""What an outcome is: hundredths of the base currency, or 1 with a purchase and 0 without."""


def verdict(
    judgement: Judgement,
    measure: Measure,
    rule: Rule,
    split: Split,
    control_share: float,
    lang: Language | None = None,
) -> str:
    """Return a verdict as a sentence.

    Args:
        judgement: what was told.
        measure: of which kind the outcome is.
        rule: what was named before the start.
        split: of those who entered.
        control_share: which share was to be left out.
        lang: default, the language in use.
    """
    if judgement.verdict == "void":
        share, total = percent(control_share, lang), split.treated + split.control
        counts = {"control": number(split.control, lang), "total": number(total, lang)}
        return text("effects.void", lang, share=share, **counts)
    if judgement.verdict == "unclear":
        return _unclear(judgement, lang)
    if judgement.because in ("complaints", "opt_outs"):
        low = shown(judgement.low, "conversion", lang)
        return text(f"effects.does_harm_{judgement.because}", lang, low=low)
    figures = {
        "low": judgement.low,
        "high": judgement.high,
        "least": -judgement.high,
        "estimate": judgement.estimate,
        "cost": rule.cost,
        "wanted": rule.cost + rule.worth,
    }
    words = {name: shown(value, measure, lang) for name, value in figures.items()}
    return text(f"effects.{judgement.verdict}_{measure}", lang, **words)


def outlook(
    found: Outlook, measure: Measure, rule: Rule, lang: Language | None = None
) -> Iterator[str]:
    """Yield what is told before the start, a sentence each; for money also what it should bring."""
    entrants, needed = number(found.entrants, lang), number(found.needed, lang)
    if isfinite(found.smallest):
        smallest = shown(found.smallest, measure, lang)
        yield text("effects.smallest", lang, entrants=entrants, smallest=smallest)
    elif found.needed >= NEVER:
        yield text("effects.smallest_never", lang)
    else:
        yield text("effects.smallest_none", lang, entrants=entrants, needed=needed)
    if measure == "money":
        parts = {"gain": found.gain, "cost": found.cost, "forgone": found.control_cost}
        money = {name: shown(value, measure, lang) for name, value in parts.items()}
        yield text("effects.expected", lang, **money)
    worth = shown(rule.worth, measure, lang)
    if found.harm_days is None:
        yield text("effects.harm_unseen", lang, worth=worth)
    else:
        yield text("effects.harm_seen", lang, worth=worth, count=found.harm_days)


def planned(plan: Plan, lang: Language | None = None) -> str:
    """Return what a plan costs and should bring, and what no plan can exceed."""
    parts = {"cost": plan.cost, "value": plan.value, "at_most": plan.at_most}
    money = {name: shown(value, "money", lang) for name, value in parts.items()}
    return text("effects.planned", lang, **money)


def one_more(
    plan: Plan, lang: Language | None = None, labels: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield what one more unit of each budget would bring, and one more message by each channel.

    Budgets of programmes are named by their labels, where they are too small.
    """
    for (kind, name), price in plan.next_one.items():
        nothing = round(price, 2) <= 0
        if kind == "budget" and nothing:
            yield text("effects.one_more_nothing", lang)
        elif kind == "budget":
            yield text("effects.one_more_budget", lang, value=decimal(price, 2, lang))
        elif kind == "channel":
            value, channel = shown(price, "money", lang), text(f"programmes.channel_{name}", lang)
            key = "one_more_no_message" if nothing else "one_more_message"
            yield text(f"effects.{key}", lang, channel=channel, value=value)
        elif not nothing:
            label = (labels or {}).get(name, name)
            value = decimal(price, 2, lang)
            yield text("effects.one_more_programme", lang, programme=label, value=value)


def shown(value: float, measure: Measure, lang: Language | None = None) -> str:
    """Return an amount of hundredths as money, or a share as people of a hundred."""
    if measure == "money":
        return amount(round(value), lang)
    return decimal(100 * value, 1, lang)


def _unclear(judgement: Judgement, lang: Language | None) -> str:
    if judgement.days is not None:
        return text(
            "effects.unclear", lang, count=judgement.days, number=number(judgement.days, lang)
        )
    if judgement.needed:
        return text("effects.unclear_never", lang, needed=number(judgement.needed, lang))
    return text("effects.unclear_few", lang)
