"""Indicators of the whole portfolio, and what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pandas as pd

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import Entity, Indicator, indicators

YEAR = 365
CONVERSION_DAYS = 30
MONTHS = 24
BREAKDOWNS = ("by_lead_source", "by_field", "by_campaign", "by_month")

_PLACES = {"count": "1", "money": "0.01", "percent": "0.1", "days": "1", "ratio": "0.01"}
_SCALE = {"money": Decimal("0.01"), "percent": Decimal(100)}

Parts = Mapping[str, tuple[int, int]]
"""Numerator and denominator of each indicator; a denominator of 0 means that there is no value."""


def compute(engine: SqlEngine, entity: Entity, as_of: date) -> pd.DataFrame:
    """Compute the indicators of an entity; the catalogue's indicators.toml words each formula.

    Tables in: `customers` and `purchases` of the entity, and what `lifecycle.compute` is given;
    `profiles_<entity>`:
    customer_id, lead_source, campaign_id ("" where unknown), email, phone, address, wallet (1
    where filled in, else 0); `campaign_facts`: campaign_id, target_id, activity, day;
    `campaign_names`: campaign_id, name; `satisfaction_<entity>`: customer_id, day, satisfied (1
    or 0); `accounts_contacts`: contact_id, account_id.
    Columns out, in the catalogue's order: key; value (Decimal: money in units of the currency,
    percent with one place, ratios with two; None where there is none); unit; numerator;
    denominator (integers, money in hundredths); reason_key (the key of the indicator whose
    `missing` says why there is no value, else None). The tables of `BREAKDOWNS` stay.

    Args:
        engine: holds the tables.
        entity: whose portfolio.
        as_of: the day to look from; what comes later does not exist yet.

    Raises:
        DataError: a table is missing, or a sum is out of range.

    Reference:
        Farris, P. W. et al. (2010), Marketing Metrics, 2nd ed., for retention, repeat rate,
        satisfaction and the rates of campaigns.
    """
    _prepare(engine, entity, as_of)
    parts = {**_portfolio(engine), **_rates(engine)}
    rows = [_row(known, *parts[known.key]) for known in indicators().values()]
    return pd.DataFrame(rows, dtype=object)


def breakdowns(engine: SqlEngine) -> dict[str, pd.DataFrame]:
    """Return what the indicators of the last `compute` are made of, by name.

    by_lead_source, new customers: lead_source ("" where unknown), customers, cents. by_field:
    field (email, phone, address, lead_source, wallet, campaign), filled, customers. by_campaign:
    campaign_id, name, targeted, delivered, opened, clicked, opted_out (recipients in the year),
    reached, converted (customers), gathered (customers whose origin it is), complete (of those:
    with e-mail, phone and address). by_month, the last 24, the first one first: month (date),
    active, newcomers (customers), purchases (days), cents. Cents are hundredths, refunds deducted.
    """
    found = {name: engine.fetch(name) for name in BREAKDOWNS}
    months = found["by_month"]
    found["by_month"] = months.drop(columns="first_day")
    found["by_month"].insert(0, "month", [to_date(int(day)) for day in months["first_day"]])
    return found


def _prepare(engine: SqlEngine, entity: Entity, as_of: date) -> None:
    day = to_day(as_of)
    known = {
        "year_from": day - YEAR,
        "before_from": day - 2 * YEAR,
        "conversion_days": CONVERSION_DAYS,
        "by_account": int(entity == "accounts"),
    }
    engine.look_from(as_of)
    engine.values("indicator_parameters", known)
    engine.table("months", _months(as_of))
    engine.table("profiles", f"profiles_{entity}")
    engine.table("satisfaction", f"satisfaction_{entity}")


def _months(as_of: date) -> pd.DataFrame:
    """First and last day of the last months; the present one ends with `as_of`."""
    number = 12 * as_of.year + as_of.month - 1
    starts = [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]
    ends = [*(to_day(start) - 1 for start in starts[1:]), to_day(as_of)]
    return pd.DataFrame({"first_day": [to_day(start) for start in starts], "last_day": ends})


def _portfolio(engine: SqlEngine) -> Parts:
    row = engine.fetch("portfolio").iloc[0]
    found = {str(name): int(value) for name, value in row.items()}
    active, before = found["active"], found["active_before"]
    earlier = found["cents_before"] * active
    bases = engine.fetch("rhythm_base")
    base = bases.iloc[0] if len(bases) else {"base_days": 0, "measured": 0}
    return {
        "customers_all": (found["everyone"], 1),
        "customers_active": (active, 1),
        "customers_new": (found["newcomers"], 1),
        "customers_loyal": (found["loyal"], 1),
        "customers_won_back": (found["won_back"], 1),
        "customers_lost": (found["lost"], 1),
        "retention_rate": (found["loyal"], before),
        "revenue": (found["cents"], 1),
        "revenue_per_customer": (found["cents"], active),
        "revenue_per_customer_trend": (found["cents"] * before - earlier, max(earlier, 0)),
        "purchase_frequency": (found["days"], active),
        "repeat_rate": (found["repeaters"], active),
        "rhythm": (int(base["base_days"]), int(base["measured"])),
        "concentration": (found["top_cents"], found["positive_cents"]),
    }


def _rates(engine: SqlEngine) -> Parts:
    mail = engine.fetch("by_campaign").sum(numeric_only=True)
    sent = {str(name): int(value) for name, value in mail.items()}
    fields = {
        str(field): (int(filled), int(customers))
        for field, filled, customers in engine.fetch("by_field").itertuples(index=False)
    }
    gathered = fields.pop("campaign")
    sources = engine.fetch("by_lead_source").set_index("lead_source")["customers"]
    known = sources[sources.index != ""]
    referred = known[known.index.isin(indicators()["referral_share"].values)]
    answers = engine.fetch("satisfaction_year").iloc[0]
    return {
        "referral_share": (int(referred.sum()), int(known.sum())),
        "satisfaction": (int(answers["satisfied"]), int(answers["answers"])),
        "opening_rate": (sent["opened"], sent["delivered"]),
        "click_rate": (sent["clicked"], sent["delivered"]),
        "conversion_rate": (sent["converted"], sent["reached"]),
        "opt_out_rate": (sent["opted_out"], sent["delivered"]),
        "completeness": (sum(f for f, _ in fields.values()), sum(c for _, c in fields.values())),
        "gathered_by_campaigns": gathered,
    }


def _row(known: Indicator, numerator: int, denominator: int) -> dict[str, object]:
    value = _value(known.unit, numerator, denominator) if denominator else None
    return {
        "key": known.key,
        "value": value,
        "unit": known.unit,
        "numerator": numerator,
        "denominator": denominator,
        "reason_key": known.key if value is None else None,
    }


def _value(unit: str, numerator: int, denominator: int) -> Decimal:
    with localcontext(prec=60):
        exact = Decimal(numerator) * _SCALE.get(unit, Decimal(1)) / Decimal(denominator)
        return exact.quantize(Decimal(_PLACES[unit]), ROUND_HALF_UP)
