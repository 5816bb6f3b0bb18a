"""The charts of customers: revenue by month, segments, lifecycle, moves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.money import cents
from suitecrm_bridge.report.charts.kinds import bars, heat
from suitecrm_bridge.report.charts.spec import (
    ACCENT,
    MONEY,
    QUIET,
    SHARE,
    Chart,
    across,
    across_months,
    coloured,
    mark,
    one_of,
    spec,
    told,
)
from suitecrm_bridge.report.dashboard_data import ComparedData
from suitecrm_bridge.report.model import SegmentRow
from suitecrm_bridge.report.outlook import Group
from suitecrm_bridge.report.page_tables import PageTable, simple
from suitecrm_bridge.report.totals import Spent, Totals
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import OUTSIDE


def revenue(words: Words) -> Chart:
    """Return the line of revenue by month beside the same months a year before.

    The page itself puts the rows in, since they follow what is chosen.
    """
    now, before = words.text("dashboard.this_year"), words.text("dashboard.year_before")
    amount, month = words.column("revenue"), words.text("dashboard.month")
    colour = dict(coloured("series", [now, before], [ACCENT, QUIET]))
    colour["legend"] = {**colour["legend"], "symbolType": "stroke", "symbolSize": 300}
    encoding = {
        "x": across_months(words.lang),
        "y": across("value", form=MONEY, scale={"zero": True}),
        "color": colour,
        "strokeDash": {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": [now, before], "range": [[1, 0], [5, 4]]},
            "legend": colour["legend"],
        },
        "tooltip": told(("label", month), ("series", ""), ("shown", amount)),
    }
    over = mark("point", filled=True, size=150, opacity=0)
    drawn = spec([], mark("line", strokeWidth=2.5), over, encoding=encoding)
    headings = [month, now, before]
    return Chart(
        "revenue",
        words.text("dashboard.revenue_title"),
        words.unit(),
        "",
        {**drawn, "usermeta": {"series": [now, before]}},
        simple(headings, [], words, numbers=(1, 2)),
        height=260,
        live=True,
    )


def by_segment(rows: Sequence[SegmentRow], words: Words) -> Chart:
    """Return how many customers each segment has, and which share of revenue it brings."""
    whose, share = words.text("report.customers"), words.text("dashboard.revenue_share")
    values = [
        {
            "segment": words.segment(row.segment),
            "kind": kind,
            "share": value or 0,
            "shown": words.percent(value),
        }
        for row in rows
        for kind, value in ((whose, row.customer_share), (share, row.revenue_share))
    ]
    encoding = {
        "y": one_of("segment"),
        "yOffset": {"field": "kind", "sort": None},
        "x": across("share", form=SHARE),
        "color": coloured("kind", [whose, share], [QUIET, ACCENT]),
        "tooltip": told(("segment", ""), ("kind", ""), ("shown", words.text("report.share"))),
    }
    table = simple(
        [words.column("segment"), whose, words.column("revenue"), share],
        [
            [
                words.segment(row.segment),
                words.number(row.customers),
                words.minor(row.revenue_cents),
                words.percent(row.revenue_share),
            ]
            for row in rows
        ],
        words,
        numbers=(1, 2, 3),
    )
    unit = words.text("dashboard.unit_share")
    title = words.text("dashboard.segments_title")
    drawn = spec(values, mark("bar", cornerRadiusEnd=2), encoding=encoding)
    return Chart(
        "segments", title, unit, _best(rows, words), drawn, table, height=24 * len(rows) + 60
    )


def _best(rows: Sequence[SegmentRow], words: Words) -> str:
    """Return in words which segment brings most."""
    best = max(rows, key=lambda row: row.revenue_share or 0, default=None)
    if best is None or not best.revenue_share:
        return ""
    return words.text(
        "dashboard.segments_said",
        segment=words.segment(best.segment),
        customers=words.percent(best.customer_share),
        revenue=words.percent(best.revenue_share),
    )


def groups(
    key: str, rows: Sequence[Group], dropdown: str, words: Words, *, money: bool = False
) -> Chart:
    """Return customers, or what is still expected of them, by a dropdown."""
    names = [words.option(dropdown, row.key) for row in rows]
    figures = [cents(row.clv) / 100 if money else row.customers for row in rows]
    shown = [words.amount(row.clv) if money else words.number(row.customers) for row in rows]
    heading = words.column("clv") if money else words.text("report.customers")
    title = words.text("report.value_at_risk" if money else "report.lifecycle")
    said = ""
    if any(figures):
        most = max(range(len(rows)), key=lambda place: figures[place])
        said = words.text("dashboard.most_said", what=names[most], value=shown[most])
    unit = words.unit() if money else words.text("dashboard.unit_customers")
    return bars(key, title, unit, said, names, figures, shown, heading, words, of=dropdown)


def flows(data: ComparedData, words: Words) -> Chart | None:
    """Return who moved from which segment to which, as a heat map; None where nobody did."""
    moved = data.moves[
        (data.moves["customers"] > 0) & (data.moves["from_segment"] != data.moves["to_segment"])
    ]
    if moved.empty:
        return None
    order = [*catalogue().segments, *OUTSIDE]
    ends = [key for key in order if key in set(moved["from_segment"]) | set(moved["to_segment"])]
    names = [words.place(key) for key in ends]
    values = [
        {
            "start": words.place(str(start)),
            "end": words.place(str(end)),
            "customers": int(count),
            "shown": words.number(int(count)),
        }
        for start, end, count in zip(
            moved["from_segment"], moved["to_segment"], moved["customers"], strict=True
        )
    ]
    after = words.column("to_segment")
    before = words.column("from_segment")
    encoding = {
        "y": {**one_of("start", before, names), "scale": {"domain": names}},
        "x": {**one_of("end", after, names, labelAngle=-40), "scale": {"domain": names}},
        "tooltip": told(
            ("start", before), ("end", after), ("shown", words.text("report.customers"))
        ),
    }
    days = {"before": words.day(data.before), "after": words.day(data.after)}
    return Chart(
        f"flows-{data.ago}",
        words.text("dashboard.flows_title", **days),
        words.text("dashboard.unit_customers"),
        words.prose(data.note)
        or words.counted("dashboard.flows_said", int(sum(moved["customers"]))),
        heat(values, "customers", "shown", encoding),
        PageTable((), ()),
        height=28 * len(ends) + 90,
    )


def spent(found: Spent, words: Words) -> Chart | None:
    """Return how many customers have bought for how much; None before the first two."""
    if found.customers < 2:
        return None
    names = [_up_to(low, high, words) for low, high in pairwise([0, *found.edges])]
    counts = [high - low for low, high in pairwise([0, *found.up_to])]
    said = words.text("dashboard.spent_said", value=words.money(found.middle))
    title, unit = words.text("dashboard.spent_title"), words.text("dashboard.unit_customers")
    heading = words.text("report.customers")
    texts = [words.number(count) for count in counts]
    return bars("spent", title, unit, said, names, counts, texts, heading, words)


def profit(totals: Totals, words: Words) -> Chart | None:
    """Return the profit that each segment brings; None where nobody's is known."""
    sums = totals.profits
    if not sums:
        return None
    keys = [key for key in catalogue().segments if key in sums]
    texts = [words.minor(sums[key]) for key in keys]
    said = words.counted("dashboard.profit_said", totals.losing)
    title, unit = words.text("dashboard.profit_title"), words.unit()
    names, figures = [words.segment(key) for key in keys], [sums[key] / 100 for key in keys]
    heading = words.column("profit")
    return bars("profit", title, unit, said, names, figures, texts, heading, words)


def _up_to(low: float, high: float, words: Words) -> str:
    return f"{words.number(round(low))} – {words.number(round(high))}"
