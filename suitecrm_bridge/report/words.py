"""Labels, numbers and colours as a reader sees them, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlsplit

from suitecrm_bridge import i18n
from suitecrm_bridge.catalogue import Language, catalogue, indicators, manners
from suitecrm_bridge.money import cents
from suitecrm_bridge.report.model import Cell, IndicatorRow, Report, Tables
from suitecrm_bridge.report.outlook import OUTSIDE, Leavers
from suitecrm_bridge.tables import NONE, UNITS, shown

FIFTH_AT_MOST = 0.22
"""A score that holds more buyers than that is no fifth any more."""
INK, PAPER = "#0d1217", "#ffffff"


class Words:
    """Formats values in `lang`; what is None becomes a dash."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def text(self, key: str, **params: object) -> str:
        """Return the message `key`."""
        return self.prose(i18n.text(key, self.lang, **params))

    def prose(self, text: str) -> str:
        """Return `text` with the spaces at which no line may break."""
        return manners()[self.lang].printed(text)

    def counted(self, key: str, count: int, **params: object) -> str:
        """Return the message `key` in singular or plural, with {number} as the count in words."""
        return self.text(key, count=count, number=self.number(count), **params)

    def number(self, value: int | None) -> str:
        """Return a whole number."""
        return NONE if value is None else i18n.number(value, self.lang)

    def amount(self, value: Decimal | None) -> str:
        """Return an amount with its cents."""
        return self.minor(None if value is None else cents(value))

    def minor(self, minor_units: int | None) -> str:
        """Return hundredths as an amount with its cents."""
        return NONE if minor_units is None else i18n.amount(minor_units, self.lang)

    def money(self, minor_units: int) -> str:
        """Return hundredths as an amount with the sign of the currency, where it is known."""
        return i18n.money(minor_units, self.lang)

    def unit(self) -> str:
        """Return in words what amounts are in: the currency's sign, or the base currency."""
        sign = i18n.current_currency()
        return (
            self.text("dashboard.unit_sign", sign=sign)
            if sign
            else self.text("dashboard.unit_money")
        )

    def whole(self, minor_units: int | None) -> str:
        """Return hundredths as an amount rounded to whole units, for where space is scarce."""
        return NONE if minor_units is None else self.number(round(minor_units / 100))

    def each(self, purchases: int, buyers: int) -> str:
        """Return how many purchases a buyer makes, nothing before the first one."""
        if not buyers:
            return ""
        shown = self.decimal(purchases / buyers, 1)
        return self.text("report.average_note", number=shown)

    def decimal(self, value: float | Decimal | None, places: int) -> str:
        """Return a number with that many decimals."""
        return NONE if value is None else i18n.decimal(value, places, self.lang)

    def percent(self, share: float | None) -> str:
        """Return a share between 0 and 1 as a percentage with one decimal."""
        return NONE if share is None else i18n.percent(share, self.lang)

    def day(self, value: date | None) -> str:
        """Return a date."""
        return NONE if value is None else i18n.day(value, self.lang)

    def month(self, value: date) -> str:
        """Return a month by its first day."""
        return i18n.month(value, self.lang)

    def stay_month(self, value: date, provisional: bool) -> str:
        """Return a month, and that it is provisional where it is."""
        shown = i18n.month(value, self.lang)
        return self.text("report.provisional_month", month=shown) if provisional else shown

    def segment(self, key: str) -> str:
        """Return the label of a segment."""
        found = catalogue().segments.get(key)
        return found.label[self.lang] if found else key

    def place(self, key: str) -> str:
        """Return the label of a segment, or that of coming from or going outside."""
        return self.text(f"tables.{key}") if key in OUTSIDE else self.segment(key)

    def option(self, dropdown: str, key: str) -> str:
        """Return the label of a value of a dropdown, a dash where there is none."""
        found = catalogue().dropdowns[dropdown].get(key)
        return found[self.lang] if found else NONE

    def indicator_label(self, row: IndicatorRow) -> str:
        """Return the name of an indicator."""
        return indicators()[row.key].label[self.lang]

    def indicator_note(self, row: IndicatorRow) -> str:
        """Return the formula of an indicator, or why it has no value."""
        known = indicators()[row.key]
        said = known.missing if row.value is None and known.missing else known.formula
        return self.prose(said[self.lang])

    def indicator(self, row: IndicatorRow) -> str:
        """Return the value of an indicator with its unit."""
        return shown(row.value, UNITS[row.unit], self.lang)

    def standing(self, row: Leavers) -> str:
        """Return the label of a row of the table of who is at risk or lost."""
        if row.kind in ("leaving", "all"):
            return self.text(f"report.{row.kind}_sum")
        label = self.text(f"tables.standing_{row.standing}")
        return self.text("report.sum_of", what=label) if row.kind else label

    def column(self, name: str) -> str:
        """Return the heading of a column: its field's label where it is a field of SuiteCRM."""
        field = catalogue().fields.get(f"{name}_c")
        return field.label[self.lang] if field else self.text(f"report.column_{name}")

    def scale(self, tables: Tables) -> str:
        """Return what a score stands for in this base, in words that are true of it."""
        if tables.basis is None:
            return ""
        if tables.basis != "fifths":
            return self.text(f"report.scale_{tables.basis}")
        axis, score, share = fullest(tables.grid)
        if share <= FIFTH_AT_MOST:
            return self.text("report.scale_fifths")
        name = self.text(f"report.{axis}")
        return self.text("report.scale_ties", axis=name, score=score, share=self.percent(share))

    def amounts(self, report: Report) -> str:
        """Return what amounts are, in which currency, and how many are known only as a total."""
        are = self.text(f"report.amounts_{report.amounts}")
        sign = i18n.current_currency()
        currency = self.text("cli.in_currency" if sign else "report.base_currency", sign=sign)
        told = f"{are}, {currency}."
        if not report.only_totals:
            return told
        return f"{told} {self.counted('report.only_totals', report.only_totals)}"

    def skipped(self, report: Report) -> list[str]:
        """Return a line for each reason why records were left out, and those that are named."""
        source = report.purchases_source
        reasons = [
            self._reason(key, count, source) for key, count in report.skipped.items() if count
        ]
        return [*reasons, *report.unbearable]

    def _reason(self, key: str, count: int, source: str) -> str:
        for name in (f"report.skipped_{key}", f"report.skipped_{source}_{key}"):
            if name in catalogue().messages:
                return self.counted(name, count)
        return self.counted("report.skipped_other", count, reason=key.replace("_", " "))


def fullest(grid: Sequence[Cell]) -> tuple[str, int, float]:
    """Return the score of recency or frequency that holds most buyers, and their share."""
    buyers = sum(cell.customers for cell in grid)
    held: Counter[tuple[str, int]] = Counter()
    for cell in grid:
        held["recency", cell.recency] += cell.customers
        held["frequency", cell.frequency] += cell.customers
    (axis, score), most = max(held.items(), key=lambda one: one[1], default=(("recency", 1), 0))
    return axis, score, most / buyers if buyers else 0.0


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(colour: str) -> str:
    """Return the text colour that stands out most on `colour`."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def is_web(address: str) -> bool:
    """Return whether a browser may follow `address`."""
    return urlsplit(address).scheme in ("http", "https")


def record_link(crm_url: str, module: str, record: str) -> str | None:
    """Return the address of a record in SuiteCRM, None where there is no web address."""
    if not is_web(crm_url):
        return None
    return f"{crm_url}/index.php?module={module}&action=DetailView&record={quote(record, safe='')}"
