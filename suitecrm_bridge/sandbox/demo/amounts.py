"""What the invoices come to, in cents of their own currency, as SuiteCRM adds it up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.purchases import PRICE_RISE_A_YEAR, Invoices
from suitecrm_bridge.sandbox.demo.values import Floats, Ints
from suitecrm_bridge.sandbox.demo.words import products, rates

# Postage for private people and companies, and the subtotal from which there is none.
POSTAGE = (690, 1500)
FREE_FROM = (8_000, 30_000)


@dataclass(frozen=True)
class LineAmounts:
    """Amounts of the lines; all but `total` and `vat` are for one piece."""

    rate: Floats
    cost: Ints
    list_price: Ints
    discount: Ints
    unit_price: Ints
    total: Ints
    vat: Ints


@dataclass(frozen=True)
class InvoiceAmounts:
    """Amounts of the invoices; `revenue` is the subtotal in cents of the base currency."""

    rate: Floats
    list_total: Ints
    discount: Ints
    subtotal: Ints
    tax: Ints
    shipping: Ints
    shipping_tax: Ints
    total: Ints
    lines: LineAmounts

    @property
    def revenue(self) -> Floats:
        """Subtotals in cents of the base currency."""
        return self.subtotal / self.rate


def add_up(invoices: Invoices, calendar: Calendar) -> InvoiceAmounts:
    """Return the amounts of `invoices`."""
    rate = np.array(list(rates().values()))[invoices.currency]
    lines = _lines(invoices, rate, calendar)
    quantity = invoices.lines.quantity

    def total(amounts: Ints) -> Ints:
        sums = np.bincount(invoices.lines.invoice, weights=amounts, minlength=invoices.count)
        return np.rint(sums).astype(np.int64)

    subtotal = total(lines.total)
    shipping = _shipping(invoices, subtotal, rate)
    shipping_tax = _part(shipping, invoices.vat, 1000)
    tax = total(lines.vat) + shipping_tax
    return InvoiceAmounts(
        rate=rate,
        list_total=total(lines.list_price * quantity),
        discount=total(-lines.discount * quantity),
        subtotal=subtotal,
        tax=tax,
        shipping=shipping,
        shipping_tax=shipping_tax,
        total=subtotal + tax + shipping,
        lines=lines,
    )


def _lines(invoices: Invoices, rates_: Floats, calendar: Calendar) -> LineAmounts:
    lines = invoices.lines
    rate = rates_[lines.invoice]
    years = (calendar.last_day - invoices.priced[lines.invoice]) / 365.25
    factor = (1 - PRICE_RISE_A_YEAR) ** years * rate
    price = np.array([product.price for product in products()])[lines.product]
    cost = np.array([product.cost for product in products()])[lines.product]
    list_price = np.rint(price * factor).astype(np.int64)
    discount = _part(list_price, invoices.percent[lines.invoice], 100)
    total = (list_price - discount) * lines.quantity
    return LineAmounts(
        rate=rate,
        cost=np.rint(cost * factor).astype(np.int64),
        list_price=list_price,
        discount=discount,
        unit_price=list_price - discount,
        total=total,
        vat=_part(total, invoices.vat[lines.invoice], 1000),
    )


def _shipping(invoices: Invoices, subtotal: Ints, rate: Floats) -> Ints:
    postage = np.where(invoices.business, POSTAGE[1], POSTAGE[0]) * rate
    free_from = np.where(invoices.business, FREE_FROM[1], FREE_FROM[0]) * rate
    owed = ~invoices.credit & (subtotal < free_from)
    return np.where(owed, np.rint(postage), 0).astype(np.int64)


def _part(amounts: Ints, part: Ints, whole: int) -> Ints:
    return np.rint(amounts * part / whole).astype(np.int64)
