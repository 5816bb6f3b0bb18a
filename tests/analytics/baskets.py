"""Sales of made-up shops, as the analytics take them."""

import numpy as np

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.days import to_date
from tests.analytics.frames import engine_of

AS_OF = to_date(1000)

COLUMNS = {
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "line_facts": ["invoice_id", "product_id", "cents"],
    "product_facts": ["product_id"],
}
TEXTS = {"customer_id", "purchase_id", "invoice_id", "product_id"}


def loaded(sales, products=None, as_of=AS_OF):
    """An engine with sales given as (customer, day, product); one invoice a customer and day."""
    invoices = sorted({(customer, day) for customer, day, _ in sales})
    rows = {
        "purchases": [(c, f"{c}-{d}", d, 1000) for c, d in invoices],
        "line_facts": [(f"{c}-{d}", p, 500) for c, d, p in sales],
        "product_facts": [(p,) for p in products or sorted({p for _, _, p in sales})],
    }
    engine = engine_of(COLUMNS, TEXTS, rows)
    engine.look_from(as_of)
    engine.table("customers", "buyers")
    rfm.rank(engine, {"contacts": "fifths"}, "invoices", as_of, 30)
    return engine


def visits(chance, customers, rate=6.0, since=0, until=1000):
    """Each customer's days with a purchase, some of them in one year, some in the next."""
    for customer in range(customers):
        number = 1 + chance.poisson(rate)
        yield f"c{customer:04}", sorted(chance.integers(since, until, number).tolist())


def shop(kind, seed=1, customers=600, products=20):
    """Sales of a shop that sells by one of these habits.

    pairs: whoever buys a first thing buys its own second later. popularity: everybody draws from
    the same few best sellers. repeats: everybody uses up one thing of their own. nothing: all
    products are drawn alike.
    """
    chance = np.random.default_rng(seed)
    names = [f"p{number:02}" for number in range(products)]
    weight = 0.7 ** np.arange(products)
    sales = []
    for who, days in visits(chance, customers):
        own, pair = int(chance.integers(products)), 0
        for place, day in enumerate(days):
            if kind == "pairs":
                # Each pair of visits: a thing, and what belongs to it.
                pair = int(chance.integers(products // 2)) if place % 2 == 0 else pair
                product = 2 * pair + place % 2
            elif kind == "popularity":
                product = int(chance.choice(products, p=weight / weight.sum()))
            elif kind == "repeats" and chance.random() < 0.7:
                product = own
            else:
                product = int(chance.integers(products))
            sales.append((who, day, names[product]))
    return sales
