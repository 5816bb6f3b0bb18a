"""What the customers buy and when, as numbers: invoices, credit notes and their lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.calendar import Calendar, at_opening_hours
from suitecrm_bridge.sandbox.demo.customers import Customers
from suitecrm_bridge.sandbox.demo.values import DAY, Flags, Floats, Ints, pick, pick_any
from suitecrm_bridge.sandbox.demo.words import countries, products, rates

REFUNDED = 0.016
WHOLLY_REFUNDED = 0.3
CANCELLED = 0.012
NEVER_PAID = 0.008
LATE_NEVER_PAID = 0.25
LATE_DAYS = 120
PROMOTED = 0.08
PROMOTION = 10
BARGAIN = 30
BELOW_COST = 65
TRADE_DISCOUNTS = (0, 5, 10, 15)
TRADE_DISCOUNT_SHARES = (50, 25, 17, 8)
FOREIGN_CURRENCY = (0.1, 0.4)
PRICE_RISE_A_YEAR = 0.03
TERM_DAYS = 30

STATUSES = ("Paid", "Unpaid", "Cancelled")
PAID, UNPAID, VOID = range(3)


@dataclass(frozen=True)
class Lines:
    """Invoice lines in the order of the invoices; quantities of credit notes are negative."""

    invoice: Ints
    position: Ints
    product: Ints
    quantity: Ints


@dataclass(frozen=True)
class Invoices:
    """Invoices and credit notes in the order of time.

    `priced` is the day whose prices hold, `percent` the discount, `currency` the number of the
    currency, `settled` the second at which the record was last changed.
    """

    customer: Ints
    business: Flags
    moment: Ints
    priced: Ints
    credit: Flags
    percent: Ints
    currency: Ints
    vat: Ints
    status: Ints
    settled: Ints
    lines: Lines

    @property
    def count(self) -> int:
        """Number of invoices."""
        return len(self.customer)

    @property
    def day(self) -> Ints:
        """Epoch day of each invoice."""
        return self.moment // DAY


def draw(
    rng: np.random.Generator, apart: np.random.Generator, customers: Customers, calendar: Calendar
) -> Invoices:
    """Draw what a block of customers bought; who leaves or uses something up from `apart`."""
    invoices = _sales(rng, customers, calendar, *_visits(rng, customers, calendar))
    invoices = _with_credit_notes(rng, invoices, calendar)
    visits = _visits_of_leaver(apart, customers, calendar)
    invoices = _joined(invoices, _sales(apart, customers, calendar, *visits))
    return _in_order_of_time(_joined(invoices, _refills(apart, customers, calendar)))


def _refills(rng: np.random.Generator, customers: Customers, calendar: Calendar) -> Invoices:
    """Return the purchases of those who use one product up, in a rhythm that varies a little."""
    times, who = planted.REFILL_TIMES, customers.refillers
    ago = 5 + np.tile(np.arange(times) * planted.REFILL_EVERY_DAYS, len(who))
    ago += np.repeat(pick_any(rng, 25, len(who)), times) + pick_any(rng, 7, len(ago))
    sales = _sales(rng, customers, calendar, np.repeat(who, times), calendar.last_day - ago)
    number = [item.part_number for item in products()].index(planted.REFILL)
    each = np.arange(sales.count)
    one = np.ones_like(each)
    return replace(sales, lines=Lines(each, one, np.full(len(each), number), one))


def _visits_of_leaver(
    rng: np.random.Generator, customers: Customers, calendar: Calendar
) -> tuple[Ints, Ints]:
    """Return customer and day of each purchase of who has just left: regular, then none."""
    ago = np.arange(0, planted.LEAVER_STAYED_DAYS, planted.LEAVER_EVERY_DAYS)
    ago = np.tile(ago + planted.LEAVER_GONE_DAYS, len(customers.leaver))
    late = pick_any(rng, 3, len(ago)) * (ago > planted.LEAVER_GONE_DAYS)
    return np.repeat(customers.leaver, len(ago)), calendar.last_day - ago - late


def _joined(one: Invoices, other: Invoices) -> Invoices:
    """Return the invoices of both, the lines of the second under their new numbers."""
    moved = replace(other.lines, invoice=other.lines.invoice + one.count)
    lines = {
        name: np.concatenate([getattr(one.lines, name), getattr(moved, name)])
        for name in vars(one.lines)
    }
    columns = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in vars(one)
        if name != "lines"
    }
    return Invoices(lines=Lines(**lines), **columns)


def _sales(
    rng: np.random.Generator,
    customers: Customers,
    calendar: Calendar,
    customer: Ints,
    day: Ints,
) -> Invoices:
    business = customers.business[customer]
    moment = at_opening_hours(rng, day)
    status, settled = _settlement(rng, moment, business, customers.late[customer], calendar)
    country = customers.country[customer]
    return Invoices(
        customer=customer,
        business=business,
        moment=moment,
        priced=day,
        credit=np.zeros(len(day), dtype=np.bool_),
        percent=_discounts(rng, customers, customer),
        currency=_currencies(rng, customers)[customer],
        vat=np.array([place.vat for place in countries()])[country],
        status=status,
        settled=settled,
        lines=_paired(rng, _baskets(rng, business, customers.spend[customer])),
    )


def _visits(
    rng: np.random.Generator, customers: Customers, calendar: Calendar
) -> tuple[Ints, Ints]:
    """Return customer and day of each purchase: a first one, and repeats while they last."""
    life = customers.end - customers.start
    repeats = rng.poisson(customers.rate * life)
    count = np.where(customers.buyer, 1 + repeats, 0)
    customer = np.repeat(np.arange(customers.count), count)
    first = np.ones(len(customer), dtype=np.bool_)
    first[1:] = customer[1:] != customer[:-1]
    share = np.where(first, 0.0, rng.random(len(customer)))
    busy_time = customers.start[customer] + life[customer] * share
    return customer, calendar.days(busy_time, customers.business[customer])


def _settlement(
    rng: np.random.Generator, moment: Ints, business: Flags, late: Flags, calendar: Calendar
) -> tuple[Ints, Ints]:
    """Return status and last change: companies pay within two months, people at once."""
    count = len(moment)
    void = rng.random(count) < CANCELLED
    delay = np.where(business, 5 * DAY + rng.random(count) * 50 * DAY, rng.random(count) * DAY)
    delay[late] += LATE_DAYS * DAY
    delay[void] = rng.random(int(void.sum())) * 5 * DAY
    settled = moment + delay.astype(np.int64)
    unpaid = business & ~void & (rng.random(count) < np.where(late, LATE_NEVER_PAID, NEVER_PAID))
    unpaid |= settled > calendar.last_second
    status = np.where(unpaid, UNPAID, np.where(void, VOID, PAID))
    return status, np.where(unpaid, moment, settled)


def _discounts(rng: np.random.Generator, customers: Customers, customer: Ints) -> Ints:
    agreed = np.array(TRADE_DISCOUNTS)[pick(rng, TRADE_DISCOUNT_SHARES, customers.count)]
    promoted = np.where(rng.random(len(customer)) < PROMOTED, PROMOTION, 0)
    usual = np.where(customers.business[customer], agreed[customer], promoted)
    hunted = np.where(customers.hunter[customer], BARGAIN, usual)
    return np.where(customers.costly[customer], BELOW_COST, hunted)


def _currencies(rng: np.random.Generator, customers: Customers) -> Ints:
    """Some customers abroad are billed in their own currency."""
    order = list(rates())
    local = np.array([order.index(place.currency) for place in countries()])[customers.country]
    chance = np.where(customers.business, FOREIGN_CURRENCY[1], FOREIGN_CURRENCY[0])
    return np.where(rng.random(customers.count) < chance, local, 0)


def _baskets(rng: np.random.Generator, business: Flags, spend: Floats) -> Lines:
    """Fill a basket for each invoice; who spends more takes dearer things, and more of them."""
    sizes = np.minimum(1 + rng.poisson(np.where(business, 1.2, 1.0)), 12)
    invoice = np.repeat(np.arange(len(sizes)), sizes)
    position = np.arange(len(invoice)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1
    goods = products()
    trade = business[invoice]
    height = rng.random(len(invoice)) ** (1 / spend[invoice])
    product = np.where(
        trade,
        _rung([item.trade for item in goods], height),
        _rung([item.home for item in goods], height),
    )
    lot = np.array([item.lot for item in goods])[product]
    more = np.where(trade, (lot - 1) * 0.25, np.minimum(lot - 1, 3) * 0.12) * spend[invoice]
    return Lines(invoice, position, product, 1 + rng.poisson(more))


def _paired(rng: np.random.Generator, lines: Lines) -> Lines:
    """Let the first product of the planted pair bring the second along."""
    first, second = ([item.part_number for item in products()].index(part) for part in planted.PAIR)
    led = (lines.product == first) & (rng.random(len(lines.product)) < planted.PAIR_SHARE)
    after = np.flatnonzero(led) + 1
    invoice = np.insert(lines.invoice, after, lines.invoice[led])
    return Lines(
        invoice=invoice,
        position=np.arange(len(invoice)) - np.searchsorted(invoice, invoice) + 1,
        product=np.insert(lines.product, after, second),
        quantity=np.insert(lines.quantity, after, 1),
    )


def _rung(weights: list[float], height: Floats) -> Ints:
    edges = np.cumsum(weights)
    found = np.searchsorted(edges, height * edges[-1], side="right")
    return np.asarray(np.minimum(found, len(weights) - 1), dtype=np.int64)


def _with_credit_notes(rng: np.random.Generator, sales: Invoices, calendar: Calendar) -> Invoices:
    """Append credit notes: some give all back, most only the first line."""
    day = sales.day + 3 + (rng.random(sales.count) * 28).astype(np.int64)
    refunded = rng.random(sales.count) < REFUNDED
    refunded &= (sales.status != VOID) & (day <= calendar.last_day)
    whole = rng.random(sales.count) < WHOLLY_REFUNDED
    source = np.flatnonzero(refunded)
    moment = at_opening_hours(rng, day[source])

    lines = sales.lines
    back = refunded[lines.invoice] & (whole[lines.invoice] | (lines.position == 1))
    number = np.cumsum(refunded) - 1 + sales.count
    both = Lines(
        invoice=np.concatenate([lines.invoice, number[lines.invoice[back]]]),
        position=np.concatenate([lines.position, lines.position[back]]),
        product=np.concatenate([lines.product, lines.product[back]]),
        quantity=np.concatenate([lines.quantity, -lines.quantity[back]]),
    )

    def extend(values: Ints) -> Ints:
        return np.concatenate([values, values[source]])

    return Invoices(
        customer=extend(sales.customer),
        business=np.concatenate([sales.business, sales.business[source]]),
        moment=np.concatenate([sales.moment, moment]),
        priced=extend(sales.priced),
        credit=np.arange(sales.count + len(source)) >= sales.count,
        percent=extend(sales.percent),
        currency=extend(sales.currency),
        vat=extend(sales.vat),
        status=np.concatenate([sales.status, np.full(len(source), PAID)]),
        settled=np.concatenate([sales.settled, moment]),
        lines=both,
    )


def _in_order_of_time(invoices: Invoices) -> Invoices:
    order = np.argsort(invoices.moment, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    invoice = rank[invoices.lines.invoice]
    by_invoice = np.argsort(invoice, kind="stable")
    lines = invoices.lines
    return replace(
        invoices,
        customer=invoices.customer[order],
        business=invoices.business[order],
        moment=invoices.moment[order],
        priced=invoices.priced[order],
        credit=invoices.credit[order],
        percent=invoices.percent[order],
        currency=invoices.currency[order],
        vat=invoices.vat[order],
        status=invoices.status[order],
        settled=invoices.settled[order],
        lines=Lines(
            invoice=invoice[by_invoice],
            position=lines.position[by_invoice],
            product=lines.product[by_invoice],
            quantity=lines.quantity[by_invoice],
        ),
    )
