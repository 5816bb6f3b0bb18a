"""What programmes brought: a mirror and who entered come in, a verdict for each goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.effects import outcomes, words
from suitecrm_bridge.analytics.effects.assignment import TREATED, Split, split
from suitecrm_bridge.analytics.effects.effect import Effect, Flags, Numbers, capped, effect
from suitecrm_bridge.analytics.effects.outcomes import Window, known_before
from suitecrm_bridge.analytics.effects.randomised import randomised
from suitecrm_bridge.analytics.effects.segments import by_segment
from suitecrm_bridge.analytics.effects.verdict import (
    OUTCOME_PART,
    Guard,
    Judgement,
    Night,
    Rule,
    Verdict,
    after,
    judged,
    tells,
)
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import ENTITY_MODULES, Language
from suitecrm_bridge.catalogue.conditions import LEADS
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.leads import lead_outcomes
from suitecrm_bridge.mirror.programmes.since import define_since

RECENT_DAYS = 28
"""Over how many days it is looked how many enter."""


@dataclass(frozen=True)
class Declared:
    """What a programme's file says of measuring it, all of it before the start.

    Args:
        of: which kind of people it addresses.
        outcome: what is to become better.
        days: for how many days an entrant is watched.
        cost: of addressing one of them, in units of the base currency.
        least: the least effect worth having beyond the cost, in units, or as a share who buy.
        control_share: which share is left out.
        planned: how many are to enter.
        running: whether anybody still enters.
        most: what one person may bring at most, in units; None for no bound.
    """

    of: str
    outcome: Literal["margin", "conversion"]
    days: int
    cost: Decimal
    least: Decimal
    control_share: float
    planned: int
    running: bool = True
    most: Decimal | None = None

    @property
    def rule(self) -> Rule:
        """The same for the verdict; money in hundredths."""
        money = self.outcome == "margin"
        return Rule(
            cost=float(self.cost) * 100 if money else 0.0,
            worth=float(self.least) * (100 if money else 1),
            planned=max(self.planned, 1),
        )


@dataclass(frozen=True)
class Measured:
    """What a programme brought, in hundredths of the base currency.

    Args:
        stands: the verdict that holds.
        tonight: what the figures of this night alone say.
        split: of all who entered.
        known: how many of them whose time is over.
        earns: the effect on what an entrant brings; None where too few are known.
        buys: the effect on whether they buy; None where too few are known.
        complained: how many more of the treated complained, as a share.
        opted_out: how many more of them opted out, as a share.
        by_sales: whether sales count in the place of margins.
        said: the verdict as a sentence.
        segments: the columns of `by_segment`.
    """

    stands: Verdict
    tonight: Judgement
    split: Split
    known: int
    earns: Effect | None
    buys: Effect | None
    complained: float | None
    opted_out: float | None
    by_sales: bool
    said: str
    segments: pd.DataFrame = field(repr=False)


def measured(
    mirror: Mirror,
    choices: Choices,
    enrolments: pd.DataFrame,
    declared: Mapping[str, Declared],
    as_of: date,
    stands: Mapping[str, Verdict] | None = None,
) -> dict[str, Measured]:
    """Measure programmes as of a day.

    Args:
        mirror: what is known.
        choices: what counts as a purchase, and in which language is spoken.
        enrolments: programme, person, arm ("treated" or "control"), since (days since 1970) and,
            where there is one, segment (at the entry). Of several entries into a programme a
            person's first one counts.
        declared: what each programme's file says.
        as_of: what comes later does not exist yet.
        stands: the verdict that held up to now, by programme.

    Raises:
        DataError: a sum is out of range.
    """
    if not declared:
        return {}
    found = outcomes_of(mirror, choices, enrolments, declared, as_of)
    held = stands or {}
    return {
        key: _measured(found[found["programme"] == key], one, to_day(as_of), held.get(key), choices)
        for key, one in declared.items()
    }


def outcomes_of(
    mirror: Mirror,
    choices: Choices,
    enrolments: pd.DataFrame,
    declared: Mapping[str, Declared],
    as_of: date,
) -> pd.DataFrame:
    """Return what became of those who entered, with their segment; else as `measured`."""
    entries = _entries(enrolments, declared)
    of_leads = {key: one for key, one in declared.items() if one.of == LEADS}
    if of_leads:
        leads = _of_leads(mirror, choices, entries, of_leads, as_of)
        others = {key: one for key, one in declared.items() if one.of != LEADS}
        if not others:
            return leads
        found = outcomes_of(mirror, choices, enrolments, others, as_of)
        return pd.concat([found, leads], ignore_index=True)
    engine = Engine(mirror.connection)
    mirror.facts.define_value()
    rules = [{"entity": entity, "source": choices.source(mirror)} for entity in ENTITY_MODULES]
    engine.values("purchase_rule", *rules)
    engine.table("complaint_days", "complaint_facts_of_all")
    engine.table("opt_out_days", "opt_out_facts_of_all")
    engine.table("enrolments", entries.drop(columns="segment"))
    windows = {key: Window(one.days) for key, one in declared.items()}
    found = outcomes.compute(engine, as_of, windows, choices.rates)
    return found.merge(entries[["programme", "customer_id", "segment"]], how="left")


def _of_leads(
    mirror: Mirror,
    choices: Choices,
    entries: pd.DataFrame,
    declared: Mapping[str, Declared],
    as_of: date,
) -> pd.DataFrame:
    own = entries[entries["programme"].isin(list(declared))].rename(
        columns={"customer_id": "person"}
    )
    days = own["programme"].map({key: one.days for key, one in declared.items()})
    define_since(mirror.facts, mirror.connection, choices.source(mirror))
    found = lead_outcomes(mirror.connection, own.assign(days=days.astype("int64")), to_day(as_of))
    return found.assign(segment="")


def floats(frame: pd.DataFrame, column: str) -> Numbers:
    """Return a column of numbers, missing ones as 0."""
    return frame[column].to_numpy(dtype="float64", na_value=0.0)


def _entries(enrolments: pd.DataFrame, declared: Mapping[str, Declared]) -> pd.DataFrame:
    known = enrolments[enrolments["programme"].isin(list(declared))]
    first = known.sort_values("since", kind="stable").drop_duplicates(["programme", "person"])
    kinds = {key: one.of for key, one in declared.items()}
    frame = pd.DataFrame(
        {
            "entity": first["programme"].map(kinds),
            "customer_id": first["person"],
            "programme": first["programme"],
            "wave": "",
            "arm": first["arm"],
            "segment": first.get("segment", ""),
        }
    ).astype("string")
    return frame.assign(since_day=first["since"].astype("int64")).reset_index(drop=True)


def _measured(
    entered: pd.DataFrame, one: Declared, day: int, stands: Verdict | None, choices: Choices
) -> Measured:
    rule, over = one.rule, entered[entered["over"] == 1]
    treated = (over["arm"] == TREATED).to_numpy(bool)
    all_treated = int((entered["arm"] == TREATED).sum())
    column = outcomes.column(entered)
    brought = capped(floats(over, column), None if one.most is None else float(one.most) * 100)
    before = known_before(floats(over, f"{column}_before"))
    bought = floats(over, "bought")
    earns, buys = effect(brought, treated, before), effect(bought, treated, before)
    money = one.outcome == "margin"
    due = outcomes.due(entered, day)
    night = Night(
        split=split(all_treated, len(entered) - all_treated, one.control_share),
        effect=earns if money else buys,
        bought=None if money else _guard(bought, treated),
        complaints=_guard(floats(over, "complained"), treated),
        opt_outs=_guard(floats(over, "opted_out"), treated),
        due=due,
        per_day=_per_day(entered, day) if one.running else 0.0,
    )
    if money and not one.running and not due and not tells(earns):
        last = randomised(brought, treated, before, OUTCOME_PART * rule.alpha)
        night = replace(night, last=last)
    tonight = judged(night, rule)
    held = tonight if stands is None else after(Judgement(stands, "effect"), tonight)
    return Measured(
        stands=held.verdict,
        tonight=tonight,
        split=night.split,
        known=len(over),
        earns=earns,
        buys=buys,
        complained=_more(night.complaints),
        opted_out=_more(night.opt_outs),
        by_sales=column == "cents",
        said=_said(held.verdict, tonight, one, night.split, choices.lang),
        segments=_by_segment(over, brought, before, 100 * float(one.cost)),
    )


def _per_day(entered: pd.DataFrame, day: int) -> float:
    """Return how many entered a day of late."""
    return float((entered["since_day"] > day - RECENT_DAYS).sum()) / RECENT_DAYS


def _guard(happened: Numbers, treated: Flags) -> Guard:
    hits = int(happened[treated].sum()), int(happened[~treated].sum())
    return Guard(hits, (int(treated.sum()), int((~treated).sum())))


def _more(guard: Guard | None) -> float | None:
    """Return how many more of the treated it happened to, as a share."""
    if guard is None or not all(guard.n):
        return None
    return guard.hits[0] / guard.n[0] - guard.hits[1] / guard.n[1]


def _said(stands: Verdict, tonight: Judgement, one: Declared, split: Split, lang: Language) -> str:
    if stands != tonight.verdict:
        label = text(f"effects.verdict_{stands}", lang)
        return text("effects.stands", lang, verdict=label)
    measure: words.Measure = "money" if one.outcome == "margin" else "conversion"
    return words.verdict(tonight, measure, one.rule, split, one.control_share, lang)


def _by_segment(over: pd.DataFrame, brought: Numbers, before: Numbers, cost: float) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "segment": over["segment"].fillna(""),
            "outcome": brought,
            "treated": (over["arm"] == TREATED).to_numpy(bool),
            "before": before[:, 0],
            "before_root": before[:, 1],
        }
    )
    return by_segment(frame[frame["segment"] != ""], cost)
