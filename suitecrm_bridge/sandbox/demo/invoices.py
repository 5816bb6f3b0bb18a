"""The rows of invoices and of their lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.sandbox.demo.amounts import InvoiceAmounts
from suitecrm_bridge.sandbox.demo.batch import Rows, kept_by, rows
from suitecrm_bridge.sandbox.demo.customers import Customers
from suitecrm_bridge.sandbox.demo.people import Identity
from suitecrm_bridge.sandbox.demo.purchases import STATUSES, TERM_DAYS, Invoices
from suitecrm_bridge.sandbox.demo.values import (
    BASE_CURRENCY,
    dates,
    ids,
    money,
    money_twice,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.words import countries, products, rates

TITLES = {
    ("fr", False): "Facture",
    ("fr", True): "Avoir",
    ("en", False): "Invoice",
    ("en", True): "Credit note",
}


def currency_ids(seed: int) -> list[str]:
    """Return the ids of the currencies in the order of `rates`; the base has SuiteCRM's own."""
    return [BASE_CURRENCY, *ids(seed, "Currencies", 1, len(rates()) - 1)]


@dataclass(frozen=True)
class Ledger:
    """The invoices of one block with everything their rows refer to.

    `first` and `first_line` are the numbers of invoices and lines in the blocks before.
    """

    seed: int
    first: int
    first_line: int
    customers: Customers
    who: Identity
    product_ids: list[str]
    invoices: Invoices
    amounts: InvoiceAmounts

    def invoice_rows(self, part: slice) -> Rows:
        """Return the invoices of `part`."""
        invoices, amounts, who = self.invoices, self.amounts, self.who
        customer = invoices.customer[part]
        numbers = range(self.first + part.start + 1, self.first + part.stop + 1)
        languages = [countries()[c].language for c in self.customers.country[customer].tolist()]
        credit = invoices.credit[part].tolist()
        owner = take(who.users, self.customers.owner[customer])
        day = invoices.day[part]
        term = np.where(invoices.business[part], TERM_DAYS, 0)
        columns = {
            "id": self.invoice_ids(part),
            "date_entered": times(invoices.moment[part]),
            "date_modified": times(invoices.settled[part]),
            "number": list(numbers),
            "name": [
                f"{TITLES[language, back]} {number}"
                for language, back, number in zip(languages, credit, numbers, strict=True)
            ],
            "status": take(STATUSES, invoices.status[part]),
            "invoice_date": dates(day),
            "due_date": dates(day + term),
            "billing_account_id": take_or_none(who.accounts, self.customers.account[customer]),
            "billing_contact_id": take(who.contacts, customer),
            "currency_id": take(currency_ids(self.seed), invoices.currency[part]),
        }
        for name, cents in {
            "total_amt": amounts.list_total,
            "discount_amount": amounts.discount,
            "subtotal_amount": amounts.subtotal,
            "tax_amount": amounts.tax,
            "shipping_amount": amounts.shipping,
            "shipping_tax_amt": amounts.shipping_tax,
            "total_amount": amounts.total,
        }.items():
            own, converted = money_twice(cents[part], amounts.rate[part])
            columns |= {name: own, f"{name}_usdollar": converted}
        return rows(len(customer), {**columns, **kept_by(owner)})

    def line_rows(self, part: slice) -> Rows:
        """Return the lines of `part`."""
        lines, amounts = self.invoices.lines, self.amounts.lines
        invoice, goods = lines.invoice[part], products()
        customer = self.invoices.customer[invoice]
        span = slice(int(invoice[0]), int(invoice[-1]) + 1)
        moment = times(self.invoices.moment[invoice])
        columns = {
            "id": ids(self.seed, "AOS_Products_Quotes", self.first_line + part.start, len(invoice)),
            "date_entered": moment,
            "date_modified": moment,
            "name": [goods[i].name for i in lines.product[part].tolist()],
            "part_number": [goods[i].part_number for i in lines.product[part].tolist()],
            "number": lines.position[part],
            "parent_type": "AOS_Invoices",
            "parent_id": take(self.invoice_ids(span), invoice - span.start),
            "product_id": take(self.product_ids, lines.product[part]),
            "currency_id": take(currency_ids(self.seed), self.invoices.currency[invoice]),
            "product_qty": [f"{quantity}.0000" for quantity in lines.quantity[part].tolist()],
            "discount": "Percentage",
            "vat": [f"{vat / 10:.1f}" for vat in self.invoices.vat[invoice].tolist()],
        }
        for name, cents in {
            "product_cost_price": amounts.cost,
            "product_list_price": amounts.list_price,
            "product_discount_amount": -amounts.discount,
            "product_unit_price": amounts.unit_price,
            "product_total_price": amounts.total,
            "vat_amt": amounts.vat,
        }.items():
            own, converted = money_twice(cents[part], amounts.rate[part])
            columns |= {name: own, f"{name}_usdollar": converted}
        percent = self.invoices.percent[invoice]
        columns["product_discount"] = money(percent * 1_000_000)
        owner = take(self.who.users, self.customers.owner[customer])
        return rows(len(invoice), {**columns, **kept_by(owner)})

    def invoice_ids(self, part: slice) -> list[str]:
        """Return the ids of the invoices of `part`."""
        return ids(self.seed, "AOS_Invoices", self.first + part.start, part.stop - part.start)
