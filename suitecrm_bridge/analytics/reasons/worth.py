"""What a customer brings, could bring, might buy next, and why to look at them: in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.analytics.review import REASONS
from suitecrm_bridge.catalogue import LANGUAGES, Language, catalogue
from suitecrm_bridge.i18n import money, number, text

Row = Mapping[Any, Any]

_KEYS = ["entity", "customer_id"]

_PROFIT = (
    "net_cents",
    "margin_cents",
    "service_cents",
    "late_cents",
    "profit_cents",
    "cases",
    "minutes",
)
_AMOUNTS = ("net", "margin", "service", "late", "profit")
_OFFER = (
    "product",
    "because",
    "basis",
    "confidence",
    "times",
    "gap_days",
    "segment",
    "tested",
    "hits",
    "naive_hits",
)
_RIGHT = ("hits", "naive_hits")
_REVIEW = (
    *REASONS,
    "complaints",
    "rejected",
    "bought",
    "purchases",
    "invoices",
    "overdue",
    "discounted",
    "discount_percent",
    "profit_cents",
)


def profit_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say what each customer brings and costs.

    Columns in: those that `profit.compute` puts out.
    Columns out, with the index of `rows`: en, fr; empty for who neither bought nor was served.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _PROFIT, "profit")
    return _said(rows, _PROFIT, _profit)


def potential_reasons(signals: pd.DataFrame, weights: Mapping[str, int]) -> pd.DataFrame:
    """Say what makes up the potential of each customer, the greatest share first.

    The shares add up to the score.

    Columns in: entity, customer_id, signal, strength, as `potential.compute` puts them out.
    Columns out: entity, customer_id, en, fr.

    Args:
        signals: the signals that could be told.
        weights: those that the score was made with.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(signals, (*_KEYS, "signal", "strength"), "potential")
    weight = pd.Series(
        [weights.get(signal, 0) for signal in signals["signal"]], signals.index, dtype="int64"
    )
    points = signals.assign(points=weight * signals["strength"].astype("int64"), weight=weight)
    points = points[points["weight"] > 0]
    points = points.assign(share=_shares(points))
    points = points.sort_values([*_KEYS, "share", "signal"], ascending=[True, True, False, True])
    parts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    columns = (points[name].to_list() for name in (*_KEYS, "signal", "share"))
    for entity, customer, signal, share in zip(*columns, strict=True):
        parts.setdefault((entity, customer), []).append((signal, share))
    out: dict[str, list[str]] = {}
    for lang in LANGUAGES:
        words = {signal: text(f"analytics.signal_{signal}", lang) for signal in weights}
        sentence = text("analytics.potential_shares", lang, shares="{shares}")
        out[lang] = [
            sentence.format(shares=", ".join(f"{words[signal]} {share}" for signal, share in own))
            for own in parts.values()
        ]
    keys = pd.DataFrame(list(parts), columns=_KEYS, dtype="string")
    return keys.assign(**out)


def _shares(points: pd.DataFrame) -> pd.Series[Any]:
    """Each signal's part of the score in whole points, rounded so that their sum is the score's."""
    groups = points.groupby(_KEYS)
    weight = groups["weight"].transform("sum")
    score = (2 * groups["points"].transform("sum") + weight) // (2 * weight)
    whole, rest = points["points"] // weight, points["points"] % weight
    missing = score - whole.groupby([points[key] for key in _KEYS]).transform("sum")
    ranked = points.assign(rest=rest).sort_values(["rest", "signal"], ascending=[False, True])
    place = ranked.groupby(_KEYS).cumcount().reindex(points.index)
    found: pd.Series[Any] = whole + (place < missing).astype("int64")
    return found.astype("int64")


def offer_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say why each customer is offered what they are offered.

    Columns in: product and because (names, because missing where no rule led there); basis,
    confidence, times, gap_days, segment, tested, hits and naive_hits, as `offers.compute` puts them
    out.
    Columns out, with the index of `rows`: en, fr; empty where there is no offer.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _OFFER, "offers")
    return _said(rows, _OFFER, lambda lang: lambda row: _offer(row, lang))


def review_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say why a person should look at each customer.

    Columns in: those that `review.compute` puts out.
    Columns out, with the index of `rows`: en, fr; empty where there is no reason.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _REVIEW, "review")
    return _said(rows, _REVIEW, lambda lang: lambda row: _review(row, lang))


def _said(
    rows: pd.DataFrame,
    columns: tuple[str, ...],
    speaker: Callable[[Language], Callable[[Row], str]],
) -> pd.DataFrame:
    known = rows[list(columns)].astype(object)
    known = known.where(known.notna(), None)

    def records() -> Iterator[Row]:
        for values in known.itertuples(index=False, name=None):
            yield dict(zip(columns, values, strict=True))

    out = {lang: [*map(speaker(lang), records())] for lang in LANGUAGES}
    return pd.DataFrame(out, index=rows.index)


def _profit(lang: Language) -> Callable[[Row], str]:
    # Most rows differ only in their amounts: the rest is filled in once.
    @cache
    def sentence(parts: tuple[str, ...], cases: int, minutes: int) -> str:
        counts = {"cases": number(cases, lang), "minutes": number(minutes, lang)}
        amounts = {name: f"{{{name}}}" for name in _AMOUNTS}
        return " ".join(
            text(f"analytics.profit_{part}", lang, **amounts, **counts) for part in parts
        )

    def say(row: Row) -> str:
        cents = {name: row[f"{name}_cents"] for name in _AMOUNTS}
        costs = tuple(name for name in ("service", "late") if cents[name])
        # Without sales, or with none that an invoice tells about, there is nothing to say of them.
        known = ("known" if cents["margin"] is not None else "unknown",) if cents["net"] else ()
        left = ("left",) if costs and cents["profit"] is not None else ()
        if not (known or costs):
            return ""
        words = sentence((*known, *costs, *left), int(row["cases"]), int(row["minutes"]))
        shown = {n: money(int(value), lang) for n, value in cents.items() if value is not None}
        return words.format(**shown)

    return say


def _offer(row: Row, lang: Language) -> str:
    if row["product"] is None:
        return ""
    named = _named(row, lang)
    # In whole percent: it says the same to everybody, and must not change for all every night.
    shares = {name: round(100 * int(row[name]) / int(row["tested"])) for name in _RIGHT}
    tried = "tried_popular" if row["basis"] == "popular" else "tried"
    return f"{named} {text(f'analytics.offer_{tried}', lang, **shares)}"


def _named(row: Row, lang: Language) -> str:
    product, basis = row["product"], row["basis"]
    if basis == "rule":
        percent = max(1, round(int(row["confidence"]) / 10_000))
        because = row["because"] or text("analytics.offer_unnamed", lang)
        return text("analytics.offer_rule", lang, product=product, because=because, percent=percent)
    if basis == "repeat":
        times, gap = (number(int(row[name]), lang) for name in ("times", "gap_days"))
        key = "offer_repeat_daily" if int(row["gap_days"]) == 1 else "offer_repeat"
        return text(f"analytics.{key}", lang, product=product, times=times, gap=gap)
    if basis == "segment":
        segment = catalogue().segments[row["segment"]].label[lang]
        return text("analytics.offer_segment", lang, product=product, segment=segment)
    return text("analytics.offer_popular", lang, product=product)


def _review(row: Row, lang: Language) -> str:
    figures = {
        name: number(int(row[name]), lang)
        for name in (
            "complaints",
            "rejected",
            "bought",
            "purchases",
            "invoices",
            "overdue",
            "discounted",
        )
    }
    loss = "" if row["profit_cents"] is None else money(-int(row["profit_cents"]), lang)
    return " ".join(
        text(
            f"analytics.review_{reason}",
            lang,
            **figures,
            percent=row["discount_percent"],
            loss=loss,
        )
        for reason in REASONS
        if row[reason]
    )
