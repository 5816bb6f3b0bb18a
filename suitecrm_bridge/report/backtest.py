"""What the forecasts were worth, in words: for a page and for the terminal alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.held_out import FIGURES, Figure, HeldOut, Line
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.report.page import harmless_on_a_page
from suitecrm_bridge.report.rendering import write_file
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import NONE

FILE = "backtest.html"


@dataclass(frozen=True)
class Part:
    """What is told of a figure: a headline with the verdict, a table, and notes below it.

    The first column of `rows` holds labels; `verdict` is better, no_better, unclear or none.
    """

    figure: Figure
    headline: str
    verdict: str
    headers: list[str]
    rows: list[list[str]]
    notes: list[str]


def span(found: HeldOut, words: Words) -> str:
    """Return in words when it was forecast, and what it was held against."""
    return words.text(
        "backtest.span",
        until=words.day(found.until),
        day=words.day(found.as_of),
        days=words.number(found.days),
    )


def parts(found: HeldOut, words: Words) -> list[Part]:
    """Return what is told of each figure."""
    return [_part(figure, found, words) for figure in FIGURES]


def closing(words: Words) -> str:
    """Return in words what the verdicts mean."""
    return words.text("backtest.note_verdict")


def reason(line: Line, words: Words) -> str:
    """Return why there is no figure, '' where there is one."""
    if isinstance(line.reason, NotFitted):
        return words.prose(line.reason.sentence(words.lang))
    return words.text(f"backtest.reason_{line.reason}") if line.reason else ""


def write(
    found: HeldOut, entity: str, folder: Path, lang: Language, *, private: bool, note: str = ""
) -> Path:
    """Write the page into a folder, with a note at its end, and return the file.

    Raises:
        StoreError: it cannot be written.
    """
    writer = partial(_draw, found, entity, note, Words(lang))
    return write_file(folder / FILE, writer, lang, private)


def _draw(found: HeldOut, entity: str, note: str, words: Words, file: BinaryIO) -> None:
    environment = Environment(
        loader=PackageLoader("suitecrm_bridge.report"),
        autoescape=True,
        finalize=harmless_on_a_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("backtest.html.j2").render(
        t=words.text,
        lang=words.lang,
        entity=entity,
        span=span(found, words),
        parts=parts(found, words),
        closing=closing(words),
        note=note,
    )
    file.write(page.encode("utf-8"))


def _part(figure: Figure, found: HeldOut, words: Words) -> Part:
    lines = found.of(figure)
    why = [reason(line, words) for line in lines if line.reason]
    if why:
        return Part(figure, _headline(figure, "backtest.verdict_none", words), "none", [], [], why)
    return {"value": _value, "churn": _churn, "offer": _offer}[figure](lines, found.days, words)


def _headline(figure: Figure, verdict: str, words: Words) -> str:
    return words.text(
        "backtest.headline",
        figure=words.text(f"backtest.{figure}"),
        verdict=words.text(verdict),
    )


def _value(lines: list[Line], days: int, words: Words) -> Part:
    sales, missed = lines
    rows = [
        [words.counted("backtest.row_sales", sales.customers), *_amounts(sales, words)],
        [words.text("backtest.row_missed"), *_amounts(missed, words)],
    ]
    notes = [words.text("backtest.note_value", days=words.number(days))]
    if missed.low is not None and missed.naive:
        less = 1 - (missed.forecast or 0.0) / missed.naive
        notes.insert(0, _compared("note_missed", less, missed, ("larger", "smaller"), words))
    return _judged("value", missed, _heads(words, "forecast", "came", "simple"), rows, notes, words)


def _churn(lines: list[Line], days: int, words: Words) -> Part:
    right, *bands = lines
    rows = [
        [
            words.text("backtest.row_right"),
            words.percent(right.forecast),
            NONE,
            words.percent(right.naive),
        ],
    ]
    for band in bands:
        bounds = {name: words.percent(getattr(band, name)) for name in ("low", "high")}
        came = words.text("backtest.between", share=words.percent(band.came), **bounds)
        label = words.text(f"backtest.row_{band.measure}", number=words.number(band.customers))
        rows.append([label, words.percent(band.forecast), came, NONE])
    ahead = (right.forecast or 0) - (right.naive or 0)
    notes = [
        _compared("note_right", ahead, right, ("fewer", "more"), words),
        words.text("backtest.note_churn", days=words.number(days)),
    ]
    return _judged("churn", right, _heads(words, "forecast", "came", "simple"), rows, notes, words)


def _offer(lines: list[Line], _: int, words: Words) -> Part:
    rows = [
        [
            words.text(f"backtest.row_{line.measure}"),
            words.percent(line.forecast),
            words.percent(line.naive),
            words.text(
                "backtest.range", low=_signed(line.low, words), high=_signed(line.high, words)
            ),
            words.text(f"backtest.short_{line.verdict}"),
        ]
        for line in lines
    ]
    verdict = _best(lines)
    headline = _headline("offer", f"backtest.offer_{verdict}", words)
    heads = _heads(words, "right", "simple", "difference", "verdict")
    notes = [words.text("backtest.note_offer")]
    shown = "no_better" if verdict == "popular" else verdict
    return Part("offer", headline, shown, heads, rows, notes)


def _best(lines: list[Line]) -> str:
    """What becomes of offers: the ways are judged by the best seller, and that one by the lot."""
    verdicts = {line.measure: line.verdict for line in lines}
    popular = verdicts.pop("popular", None)
    if "better" in verdicts.values():
        return "better"
    if popular == "better":
        return "popular"
    return "unclear" if "unclear" in (*verdicts.values(), popular) else "no_better"


def _judged(
    figure: Figure,
    line: Line,
    heads: list[str],
    rows: list[list[str]],
    notes: list[str],
    words: Words,
) -> Part:
    verdict = line.verdict or "none"
    return Part(
        figure, _headline(figure, f"backtest.verdict_{verdict}", words), verdict, heads, rows, notes
    )


def _heads(words: Words, *names: str) -> list[str]:
    return ["", *(words.text(f"backtest.{name}") for name in names)]


def _amounts(line: Line, words: Words) -> list[str]:
    values = (line.forecast, line.came, line.naive)
    return [words.whole(None if value is None else round(value)) for value in values]


def _compared(note: str, found: float, line: Line, sides: tuple[str, str], words: Words) -> str:
    """Say how much better it is, and between what and what."""

    def said(value: float) -> str:
        shown = {"share": words.percent(abs(value)), "points": words.decimal(100 * abs(value), 1)}
        return words.text(f"backtest.{sides[value >= 0]}", **shown)

    low, high = line.low or 0.0, line.high or 0.0
    return words.text(f"backtest.{note}", found=said(found), low=said(low), high=said(high))


def _signed(share: float | None, words: Words) -> str:
    points = 100 * (share or 0.0)
    sign = "−" if points < -0.05 else "+"
    return f"{sign}{words.decimal(abs(points), 1)}"


def frame(found: HeldOut, words: Words) -> pd.DataFrame:
    """Return one row a figure; amounts in units of the currency, shares between 0 and 1."""
    names = ("forecast", "came", "naive", "low", "high")
    rows = []
    for line in found.lines:
        scale = 100 if line.measure in ("sales", "missed") else 1
        values = {name: _scaled(line, name, scale) for name in names}
        rows.append(
            {
                "figure": line.figure,
                "measure": line.measure,
                "customers": line.customers,
                **values,
                "verdict": line.verdict,
                "reason": reason(line, words) or None,
                "until": found.until,
                "as_of": found.as_of,
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _scaled(line: Line, name: str, scale: int) -> float | None:
    """Amounts in units; by how much it is better is a share of its miss."""
    value = getattr(line, name)
    if value is None:
        return None
    return round(value / scale, 2) if scale > 1 and name not in ("low", "high") else float(value)
