"""The charts of a workbook, beside the tables that they are drawn from."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.utils import get_column_letter

from suitecrm_bridge.report.sheets import Chart, Sheet

COLOURS = ("1B5E9B", "C4661F", "3FA66B")
WIDTH, LEAST_HEIGHT, BAR_HEIGHT = 18.0, 8.0, 0.55
"""Centimetres: of a chart, and of a bar."""
ROWS_A_CENTIMETRE = 2


def draw(page: Any, sheet: Sheet, last: int) -> None:
    """Put the charts of a sheet beside its rows, which end with `last`, one below the other."""
    place, column = 2, get_column_letter(len(sheet.columns) + 2)
    for chart in sheet.charts:
        first = 2 + chart.first
        end = min(first + chart.rows - 1 if chart.rows else last, last)
        if end < first:
            continue
        drawn = _drawn(page, sheet, chart, first, end)
        page.add_chart(drawn, f"{column}{place}")
        place += round(drawn.height * ROWS_A_CENTIMETRE) + 2


def _drawn(page: Any, sheet: Sheet, chart: Chart, first: int, end: int) -> Any:
    at = {one.name: place for place, one in enumerate(sheet.columns, start=1)}
    drawn: Any = LineChart() if chart.line else BarChart()
    if not chart.line:
        drawn.type = "bar"
        drawn.x_axis.scaling.orientation = "maxMin"
    drawn.title = chart.title
    drawn.width = WIDTH
    drawn.height = LEAST_HEIGHT if chart.line else max(LEAST_HEIGHT, BAR_HEIGHT * (end - first + 4))
    for name, colour in zip(chart.values, COLOURS, strict=False):
        values = Reference(page, min_col=at[name], min_row=first, max_row=end)
        drawn.add_data(values, titles_from_data=False)
        series = drawn.series[-1]
        series.tx = _named(page, at[name])
        fill = series.graphicalProperties
        if chart.line:
            fill.line.solidFill, series.smooth = colour, False
        else:
            fill.solidFill = colour
    labels = Reference(page, min_col=at[chart.labels], min_row=first, max_row=end)
    drawn.set_categories(labels)
    # Without this word the axes are not drawn by every spreadsheet.
    drawn.x_axis.delete = drawn.y_axis.delete = False
    if len(chart.values) == 1:
        drawn.legend = None
    else:
        drawn.legend.position = "b"
    return drawn


def _named(page: Any, column: int) -> Any:
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel

    heading = Reference(page, min_col=column, min_row=1, max_row=1)
    return SeriesLabel(strRef=StrRef(str(heading)))
