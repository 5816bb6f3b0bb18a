"""The whole base, block by block, in an order in which every reference is already there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.batch import Batch
from suitecrm_bridge.sandbox.demo.block import Block, House, Offsets
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.campaigns import campaign_rows
from suitecrm_bridge.sandbox.demo.house import product_rows, user_rows
from suitecrm_bridge.sandbox.demo.planted import Truths
from suitecrm_bridge.sandbox.demo.surveys import survey_batches
from suitecrm_bridge.sandbox.demo.values import ids
from suitecrm_bridge.sandbox.demo.words import products, sellers

BONDS = ("leaving", "refillers", "evening", "idea_givers")
BLOCK = 20_000
"""Customers drawn together; invoices and cases are numbered in the order of time within them."""


def generate(customers: int, seed: int, as_of: date) -> Iterator[Batch]:
    """Return the demo base: a maker of kitchen equipment, its French and English customers.

    `customers` is the number of contacts. There are one account for five of them, about five
    invoices for each over the three years up to `as_of` (so 20,000 contacts have about 100,000
    invoices with 200,000 lines), an opportunity for eight and a case for ten. Half the buyers
    bought once, one contact in eight never, and the best tenth makes somewhat over half the
    revenue.

    The same arguments give the same rows. Rows come as SuiteCRM's database holds them, in an
    order in which every id that they refer to has come before; only a block of customers lies
    in memory, as numbers.

    Args:
        customers: how many contacts, from 0.
        seed: any whole number from 0.
        as_of: the last day of the base; nothing in it was entered later.

    Raises:
        ValueError: `customers` or `seed` is negative.
    """
    if customers < 0 or seed < 0:
        raise ValueError(f"customers ({customers}) and seed ({seed}) must not be negative")
    return _batches(_house(seed, as_of), customers)


def truths(customers: int, seed: int, as_of: date) -> Truths:
    """Return what is planted in the base that `generate` makes of the same arguments."""
    house = _house(seed, as_of)
    found: dict[str, frozenset[str]] = {}
    for block in _blocks(house, customers):
        found = {name: found.get(name, frozenset()) | own for name, own in block.traits.items()}
    id_of = dict(zip([item.part_number for item in products()], house.products, strict=True))
    first, second = planted.PAIR
    return Truths(
        defective_product=id_of[planted.DEFECTIVE],
        defective_since=as_of - timedelta(planted.DEFECTIVE_DAYS - 1),
        slow_country=planted.SLOW_COUNTRY,
        rival=planted.RIVAL,
        pair=(id_of[first], id_of[second]),
        serial_complainers=found.get("serial_complainers", frozenset()),
        late_payers=found.get("late_payers", frozenset()),
        discount_hunters=found.get("discount_hunters", frozenset()),
        costly=found.get("costly", frozenset()),
        refill_product=id_of[planted.REFILL],
        **{name: found.get(name, frozenset()) for name in BONDS},
    )


def _house(seed: int, as_of: date) -> House:
    return House(
        seed=seed,
        calendar=Calendar(as_of),
        users=ids(seed, "Users", 0, len(sellers())),
        products=ids(seed, "AOS_Products", 0, len(products())),
    )


def _batches(house: House, customers: int) -> Iterator[Batch]:
    seed, users, calendar = house.seed, house.users, house.calendar
    yield Batch("module", "Users", user_rows(users, calendar))
    yield Batch("module", "AOS_Products", product_rows(house.products, users, calendar))
    if customers:
        yield Batch("module", "Campaigns", campaign_rows(seed, users, calendar))
        yield from survey_batches(seed, users, calendar)
    for block in _blocks(house, customers):
        yield from block.batches()


def _blocks(house: House, customers: int) -> Iterator[Block]:
    done = Offsets()
    while done.contacts < customers:
        block = Block(house, done, min(BLOCK, customers - done.contacts))
        yield block
        done = block.done
