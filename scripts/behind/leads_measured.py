"""What scores of leads are worth on the demo data, over many seeds; see `scripts/leads.py`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from documents import between_markers

from suitecrm_bridge.analytics import leads
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.sandbox.demo import generate

PAGE = Path(__file__).parents[2] / "docs" / "leads.md"
AS_OF = date(2026, 6, 30)
Z = 1.96


def main() -> None:
    """Measure, print the table and write it into the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--customers", type=int, default=20_000)
    asked = parser.parse_args()
    found = [measured(seed, asked.customers) for seed in range(1, asked.seeds + 1)]
    trials = pd.DataFrame([trial for trial, _ in found])
    fifths = pd.concat([fifth for _, fifth in found])
    content = "\n".join(page(trials, fifths, asked.customers))
    print(content)
    text = PAGE.read_text(encoding="utf-8")
    start = "<!-- measured: made by scripts/leads.py -->"
    text = text.replace(start, "<!-- measured: made by scripts/generate.py -->")
    text = between_markers(text, content, "docs/leads.md", "measured")
    text = text.replace("<!-- measured: made by scripts/generate.py -->", start)
    PAGE.write_text(text, encoding="utf-8", newline="\n")


def measured(seed: int, customers: int) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return how well leads of a base were forecast, and the fifths."""
    engine = Engine()
    for name, frame in tables(seed, customers).items():
        engine.table(name, frame)
    leads.compute(engine, AS_OF)
    trial = engine.fetch("lead_trials").set_index("kind").loc["leads"].to_dict()
    fifths = engine.fetch("lead_calibration")
    return trial, fifths[fifths["kind"] == "leads"]


def tables(seed: int, customers: int) -> dict[str, pd.DataFrame]:
    """Return the facts about leads of a base, and the purchases of those who became customers."""
    rows: dict[str, list[dict[str, Any]]] = {"Leads": [], "Calls": [], "AOS_Invoices": []}
    for batch in generate(customers, seed, AS_OF):
        if batch.name in rows:
            rows[batch.name] += batch.rows
    facts = pd.DataFrame(list(_facts(rows["Leads"])))
    calls = [row for row in rows["Calls"] if row["parent_type"] == "Leads"]
    touches = pd.DataFrame(
        {
            "kind": "leads",
            "lead_id": [row["parent_id"] for row in calls],
            "day": [_day(row["date_start"]) for row in calls],
            "talked": 1,
        }
    )
    bought = [row for row in rows["AOS_Invoices"] if row["status"] != "Cancelled"]
    purchases = pd.DataFrame(
        {
            "entity": "contacts",
            "customer_id": [row["billing_contact_id"] for row in bought],
            "purchase_id": [row["id"] for row in bought],
            "day": [_day(row["invoice_date"]) for row in bought],
            "cents": [round(100 * float(row["total_amount"])) for row in bought],
        }
    )
    return {"lead_facts": facts, "lead_touches": touches, "purchases": purchases}


def _facts(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "kind": "leads",
            "lead_id": row["id"],
            "day": _day(row["date_entered"]),
            "source": row["lead_source"],
            "campaign": row["campaign_id"] or "",
            "country": row["primary_address_country"] or "",
            "industry": "",
            "contact_id": row["contact_id"] or "",
            "account_id": "",
            "closed": int(row["status"] in ("Converted", "Dead")),
            "rival": 0,
            "silent": 0,
        }


def _day(moment: str) -> int:
    return to_day(datetime.fromisoformat(moment).replace(tzinfo=UTC).date())


def page(trials: pd.DataFrame, fifths: pd.DataFrame, customers: int) -> Iterator[str]:
    """Yield the lines of the tables."""
    late = trials["late_customers"].sum()
    yield (
        f"Over {len(trials)} bases of the demo data with {customers:,} customers each, in which"
        f" becoming a customer depends on the source and on calls, {late:,} customers of the"
        " last 180 days were forecast from those before:"
    )
    yield ""
    yield "| | score | newest first | average of the source | gain on newest | gain on source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, label in (("auc", "AUC"), ("top", "customers among the top fifth")):
        own = trials[name].to_numpy(float)
        others = [trials[f"{name}_{way}"].to_numpy(float) for way in ("newest", "source")]
        means = [f"{values.mean():.3f}" for values in (own, *others)]
        yield f"| {label} | {' | '.join([*means, *(_gain(own - one) for one in others)])} |"
    yield ""
    yield (
        "A gain comes with its 95 % interval over the bases. Below, a lead counts once for each day"
        " on which it is looked at."
    )
    yield ""
    yield "| fifth by score | looks | customers forecast | customers won |"
    yield "| --- | --- | --- | --- |"
    sums = fifths.groupby("fifth")[["looks", "expected", "won"]].sum()
    for fifth, row in sums.iterrows():
        yield f"| {fifth} | {row['looks']:,.0f} | {row['expected']:,.0f} | {row['won']:,.0f} |"


def _gain(values: np.ndarray[Any, Any]) -> str:
    half = Z * values.std(ddof=1) / len(values) ** 0.5
    return f"{values.mean():+.3f} ({values.mean() - half:.3f} to {values.mean() + half:.3f})"


if __name__ == "__main__":
    main()
