"""What customers write about: something that they bought, some time after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.purchases import VOID
from suitecrm_bridge.sandbox.demo.values import DAY, Ints, pick_any
from suitecrm_bridge.sandbox.demo.words import SERVICE, letters, products

CUSTOMERS_PER_CASE = 10
MEAN_DELAY_DAYS = 14
DEFECT_DELAY_DAYS = 10
INVOICES_OF_A_COMPLAINER = 4
"""Settled invoices that somebody must have to complain again and again."""
SETTLED_DAYS = 60
"""About what was sold that many days ago, whoever complains has done so."""


@dataclass(frozen=True)
class Occasions:
    """Invoice lines and the seconds at which the customer wrote, in the order of time.

    `topic` is the number of the topic where it is planted, else -1; `complainers` are the
    customers who complain again and again.
    """

    line: Ints
    moment: Ints
    topic: Ints
    complainers: Ints


def draw(rng: np.random.Generator, ledger: Ledger, calendar: Calendar, first: int) -> Occasions:
    """Draw an occasion for ten customers, then those of the bad batch and of the complainers."""
    wanted = (first + ledger.customers.count) // CUSTOMERS_PER_CASE - first // CUSTOMERS_PER_CASE
    sold = _sold(ledger)
    usual = sold[pick_any(rng, len(sold), wanted if len(sold) else 0)]
    faulty = _faulty(rng, ledger, calendar, sold)
    settled = sold[
        ledger.invoices.day[ledger.invoices.lines.invoice[sold]] <= calendar.last_day - SETTLED_DAYS
    ]
    complainers = _complainers(rng, ledger, first, settled)
    again = _again(rng, ledger, settled, complainers)
    line = np.concatenate([usual, faulty, again])
    delay = rng.standard_exponential(len(line)) * MEAN_DELAY_DAYS
    defects = slice(len(usual), len(usual) + len(faulty))
    delay[defects] *= DEFECT_DELAY_DAYS / MEAN_DELAY_DAYS
    topic = np.full(len(line), -1, dtype=np.int64)
    causes = [topic.cause for topic in letters().topics]
    topic[defects] = causes.index("product_defect")
    topic[len(usual) + len(faulty) :] = pick_any(rng, len(causes) - causes.count(None), len(again))
    moment = ledger.invoices.moment[ledger.invoices.lines.invoice[line]]
    moment = moment + DAY + (delay * DAY).astype(np.int64)
    order = np.argsort(moment, kind="stable")
    order = order[moment[order] <= calendar.last_second]
    return Occasions(line[order], moment[order], topic[order], complainers)


def _sold(ledger: Ledger) -> Ints:
    """Return the lines of wares that were sold and neither cancelled nor credited.

    Who has just left has never complained, nor who uses one product up.
    """
    invoices, lines = ledger.invoices, ledger.invoices.lines
    ware = np.array([product.category != SERVICE for product in products()])[lines.product]
    content = ~np.isin(invoices.customer[lines.invoice], ledger.customers.apart)
    kept = (invoices.status[lines.invoice] != VOID) & (lines.quantity > 0)
    return np.flatnonzero(ware & kept & content)


def _faulty(rng: np.random.Generator, ledger: Ledger, calendar: Calendar, sold: Ints) -> Ints:
    """Return the sales of the bad batch that come back."""
    lines = ledger.invoices.lines
    number = [item.part_number for item in products()].index(planted.DEFECTIVE)
    since = calendar.last_day - planted.DEFECTIVE_DAYS + 1
    bad = (lines.product[sold] == number) & (ledger.invoices.day[lines.invoice[sold]] >= since)
    return np.asarray(sold[bad & (rng.random(len(sold)) < planted.DEFECTIVE_SHARE)])


def _complainers(rng: np.random.Generator, ledger: Ledger, first: int, settled: Ints) -> Ints:
    """Choose the customers who complain again and again: the first of the base is one of them."""
    each, half = planted.CUSTOMERS_PER_COMPLAINER, planted.CUSTOMERS_PER_COMPLAINER - 100
    wanted = (first + half + ledger.customers.count) // each - (first + half) // each
    invoices = np.unique(ledger.invoices.lines.invoice[settled])
    counts = np.bincount(ledger.invoices.customer[invoices], minlength=ledger.customers.count)
    able = np.flatnonzero(counts >= INVOICES_OF_A_COMPLAINER)
    return np.sort(able[np.argsort(rng.random(len(able)), kind="stable")][:wanted])


def _again(rng: np.random.Generator, ledger: Ledger, settled: Ints, complainers: Ints) -> Ints:
    invoice = ledger.invoices.lines.invoice[settled]
    owner = ledger.invoices.customer[invoice]
    found = [np.zeros(0, dtype=np.int64)]
    for customer in complainers.tolist():
        own = settled[owner == customer]
        bought = len(np.unique(invoice[owner == customer]))
        wanted = max(planted.COMPLAINTS_EACH, round(planted.COMPLAINT_SHARE * bought))
        found.append(own[pick_any(rng, len(own), wanted)])
    return np.concatenate(found)
