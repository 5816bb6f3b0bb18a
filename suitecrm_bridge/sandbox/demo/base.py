"""The whole base, block by block, in an order in which every reference is already there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from suitecrm_bridge.sandbox.demo.batch import Batch
from suitecrm_bridge.sandbox.demo.block import Block, Done, House
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.house import product_rows, user_rows
from suitecrm_bridge.sandbox.demo.values import ids
from suitecrm_bridge.sandbox.demo.words import products, sellers

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
    house = House(
        seed=seed,
        calendar=Calendar(as_of),
        users=ids(seed, "Users", 0, len(sellers())),
        products=ids(seed, "AOS_Products", 0, len(products())),
    )
    return _batches(house, customers)


def _batches(house: House, customers: int) -> Iterator[Batch]:
    yield Batch("module", "Users", user_rows(house.users, house.calendar))
    yield Batch("module", "AOS_Products", product_rows(house.products, house.users, house.calendar))
    done = Done()
    while done.contacts < customers:
        block = Block(house, done, min(BLOCK, customers - done.contacts))
        yield from block.batches()
        done = block.done
