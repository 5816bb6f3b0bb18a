"""Kinds of charts that are drawn more than once: bars, and heat maps."""

from __future__ import annotations

from collections.abc import Sequence

from suitecrm_bridge.report.charts.spec import (
    ACCENT,
    COUNT,
    INK,
    Chart,
    Rows,
    Spec,
    across,
    mark,
    one_of,
    spec,
    told,
)
from suitecrm_bridge.report.page_tables import simple
from suitecrm_bridge.report.words import Words

FEW = 5
"""Up to here an axis of counts names every number."""


def bars(
    key: str,
    title: str,
    unit: str,
    said: str,
    names: Sequence[str],
    figures: Sequence[float],
    shown: Sequence[str],
    heading: str,
    words: Words,
    *,
    of: str = "",
    form: str = COUNT,
) -> Chart:
    """Return a bar for each name."""
    rows = [
        {"name": name, "value": figure, "shown": text}
        for name, figure, text in zip(names, figures, shown, strict=True)
    ]
    axis = dict(across("value", form=form))
    most = max(figures, default=0)
    if form == COUNT and most <= FEW and min(figures, default=0) >= 0:
        # Else there would be ticks between, with the same whole numbers on them.
        axis["axis"] = {**axis["axis"], "values": list(range(int(most) + 1))}
    encoding = {"y": one_of("name"), "x": axis}
    tips = told(("name", ""), ("shown", heading))
    layer = mark("bar", {"tooltip": tips}, color=ACCENT, cornerRadiusEnd=2)
    first = words.column(of) if of else words.text("dashboard.name")
    pairs = [list(pair) for pair in zip(names, shown, strict=True)]
    table = simple([first, heading], pairs, words, numbers=(1,))
    drawn = spec(rows, layer, encoding=encoding)
    return Chart(key, title, unit, said, drawn, table, height=26 * len(rows) + 30)


def heat(values: Rows, field: str, shown: str, encoding: Spec) -> Spec:
    """Return a heat map that is read by its numbers, and by its shade from afar."""
    shade = {
        "field": field,
        "type": "quantitative",
        "scale": {"range": [0.06, 0.5]},
        "legend": None,
    }
    cells = mark("rect", {"fillOpacity": shade}, color=ACCENT)
    numbers = mark("text", {"text": {"field": shown}}, fontSize=11, color=INK)
    return spec(values, cells, numbers, encoding=encoding)
