"""Leads and targets: who will become a customer, and where customers came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics import leads
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.reasons.lead import lead_reasons
from suitecrm_bridge.catalogue import ENTITY_MODULES, LANGUAGES, Language, indicators
from suitecrm_bridge.i18n import number, percent, text
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.customers import require_scores
from suitecrm_bridge.insights.ways import LEAD_SOURCES
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Kind, Table, columns, words

LISTED: Mapping[str, Kind] = {
    "name": "text",
    "kind": "text",
    "source": "text",
    "chance": "share",
    "expected": "money",
    "reason": "prose",
    "lead_id": "id",
}
SOURCES: Mapping[str, Kind] = {
    "name": "text",
    "leads": "count",
    "customers": "count",
    "cost": "money",
    "cost_each": "money",
    "watched": "count",
    "value": "money",
    "payback": "days",
}
CALIBRATION: Mapping[str, Kind] = {
    "kind": "text",
    "fifth": "count",
    "looks": "count",
    "expected": "points",
    "won": "count",
}


@dataclass(frozen=True)
class Scored:
    """Open leads and targets with their scores, and how well such scores forecast.

    `rows` has kind, lead_id, chance (0 to 1), expected (Decimal, in units of the currency), and
    reason_<language>.
    """

    rows: pd.DataFrame
    trials: pd.DataFrame


def give_facts(mirror: Mirror, choices: Choices, engine: Engine) -> None:
    """Give an engine what it takes to say which customers are meant; the mirror has the rest."""
    mirror.facts.define_leads()
    source = choices.source(mirror)
    engine.values("purchase_rule", *({"entity": e, "source": source} for e in ENTITY_MODULES))
    engine.values("profit_parameters", asdict(choices.rates))


def score(
    mirror: Mirror, engine: Engine, as_of: date, kinds: Sequence[str] = leads.KINDS
) -> Scored:
    """Score open leads and targets, or those of one kind, from what `give_facts` gave."""
    leads.compute(engine, as_of)
    found = engine.fetch("lead_scores")
    found = found[found["kind"].isin(list(kinds))].reset_index(drop=True)
    wins = engine.fetch("lead_wins")
    entered = {
        (kind, id): int(day) for kind, id, day in wins[["kind", "lead_id", "day"]].to_numpy()
    }
    campaigns = dict(engine.fetch("campaign_names").astype(object).to_numpy().tolist())
    reasons = lead_reasons(found, engine.fetch("lead_points"), entered, campaigns)
    rows = pd.DataFrame(
        {
            "kind": found["kind"].astype(object),
            "lead_id": found["lead_id"].astype(object),
            "chance": found["probability"].round(4).astype(object),
            "expected": to_units(found["worth_cents"]),
            **{f"reason_{lang}": reasons[lang] for lang in LANGUAGES},
        }
    )
    return Scored(rows, engine.fetch("lead_trials"))


def on_records(mirror: Mirror, choices: Choices, engine: Engine, as_of: date) -> pd.DataFrame:
    """Return what is to stand on leads in SuiteCRM.

    Columns out: lead_id, lead_score (percent), lead_value, lead_reason_<language>. Leads that are
    not scored any more come too, with nothing, where something still stands on them.
    """
    give_facts(mirror, choices, engine)
    rows = score(mirror, engine, as_of, ["leads"]).rows.set_index("lead_id")
    chance = [Decimal(f"{100 * value:.1f}") for value in rows["chance"]]
    found = pd.DataFrame(
        {
            "lead_score": pd.Series(chance, index=rows.index, dtype=object),
            "lead_value": rows["expected"],
            **{f"lead_reason_{lang}": rows[f"reason_{lang}"] for lang in LANGUAGES},
        },
        dtype=object,
    )
    left = found.index.union(mirror.scores.with_figures("leads"))
    return found.reindex(left).rename_axis("lead_id").reset_index()


def lead_table(
    mirror: Mirror, choices: Choices, lang: Language, as_of: date | None, limit: int | None
) -> Table:
    """Return open leads and targets, the most promising first.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, as_of)
    found = score(mirror, engine, day)
    known = engine.fetch("lead_facts").astype(object)[["kind", "lead_id", "source"]]
    rows = found.rows.merge(known, on=["kind", "lead_id"], how="left")
    named = mirror.facts.lead_names()
    rows["name"] = [named.get(id, "") for id in rows["lead_id"]]
    rows["reason"] = rows[f"reason_{lang}"]
    order = pd.DataFrame({"e": rows["expected"].astype(float), "c": rows["chance"].astype(float)})
    rows = rows.loc[order.sort_values(["e", "c"], ascending=False, kind="stable").index]
    rows = rows[[*LISTED]].reset_index(drop=True).head(limit if limit is not None else len(rows))
    told = rows.assign(kind=[text(f"leads.kind_{kind}", lang) for kind in rows["kind"]])
    said = tuple(_tried(trial, lang) for trial in found.trials.to_dict("records"))
    return Table("leads", rows, columns("leads.", LISTED), said=said, for_people=told)


def calibration_table(
    mirror: Mirror, choices: Choices, lang: Language, as_of: date | None
) -> Table:
    """Return how many were forecast to become customers, and how many did.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, as_of)
    leads.compute(engine, day)
    frame = engine.fetch("lead_calibration").astype(object)
    told = frame.assign(kind=[text(f"leads.kind_{kind}", lang) for kind in frame["kind"]])
    said = tuple(_tried(trial, lang) for trial in engine.fetch("lead_trials").to_dict("records"))
    return Table("calibration", frame, columns("leads.", CALIBRATION), said=said, for_people=told)


def source_table(
    mirror: Mirror, choices: Choices, by: str, lang: Language, as_of: date | None
) -> Table:
    """Return where customers came from: by source, campaign, or origin.

    Raises:
        NotFound: nothing was scored yet.
    """
    engine, day = _ready(mirror, choices, as_of)
    found = leads.compare(engine, day, indicators()["referral_share"].values)
    found = found[found["by_what"] == by].reset_index(drop=True).astype(object)
    frame = pd.DataFrame(
        {
            **{name: found[name] for name in ("name", "leads", "customers")},
            "cost": to_units(found["cost_cents"]),
            "cost_each": to_units(found["cost_each_cents"]),
            "watched": found["watched"],
            "value": to_units(found["value_cents"]),
            "payback": found["payback_days"],
        }
    )
    rates = engine.fetch("margin_rates")["margin_rate"]
    said = text(f"leads.payback_by_{'margin' if rates.notna().any() else 'purchases'}", lang)
    frame.insert(1, "label", pd.Series(_named(engine, by, frame["name"], lang), dtype=object))
    named, *others = columns("leads.", SOURCES)
    return Table(
        f"leads_by_{by}",
        frame,
        (replace(named, names="label"), *others),
        title=words(f"leads.title_{by}"),
        said=(said,),
    )


def report_parts(mirror: Mirror, choices: Choices, lang: Language) -> list[Table]:
    """Return where customers came from, in each way; no table where there are no leads.

    Raises:
        NotFound: nothing was scored yet.
    """
    found = (source_table(mirror, choices, by, lang, None) for by in LEAD_SOURCES)
    return [table for table in found if len(table.frame)]


def _named(engine: Engine, by: str, names: pd.Series[Any], lang: Language) -> list[str]:
    if by == "origin":
        return [text(f"leads.origin_{name}", lang) for name in names]
    known: dict[str, str] = {"": text("leads.unknown", lang)}
    if by == "campaign":
        known |= dict(engine.fetch("campaign_names").astype(object).to_numpy().tolist())
    return [known.get(name, name) for name in names]


def _tried(trial: Mapping[Any, Any], lang: Language) -> str:
    kind = text(f"leads.kinds_{trial['kind']}", lang)
    sizes = {name: number(int(trial[name]), lang) for name in ("customers", "late_customers")}
    if trial["reason"]:
        return text(
            f"leads.{trial['reason']}",
            lang,
            kind=kind,
            fewest=number(leads.FEWEST_EARLY, lang),
            fewest_late=number(leads.FEWEST_LATE, lang),
            **sizes,
        )
    shares = {n: percent(float(trial[n]), lang) for n in ("top", "top_newest", "top_source")}
    return text("leads.tried", lang, kind=kind, **shares, **sizes)


def _ready(mirror: Mirror, choices: Choices, as_of: date | None) -> tuple[Engine, date]:
    require_scores(mirror, "contacts")
    engine = Engine(mirror.connection)
    give_facts(mirror, choices, engine)
    return engine, as_of or mirror.scores.as_of("contacts") or choices.today
