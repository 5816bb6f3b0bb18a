"""Tables for the analytics, typed as the mirror types them."""

import pandas as pd

from suitecrm_bridge.analytics.engine import Engine

OF_CUSTOMERS = frozenset(
    {
        "bought",
        "complaint_facts",
        "customer_profit",
        "customer_traits",
        "customers",
        "engagement_facts",
        "fraud_facts",
        "group_facts",
        "moment_facts",
        "next_offers",
        "purchases",
        "review_facts",
        "rfm",
        "service_facts",
        "survey_facts",
        "touch_facts",
        "wallet_facts",
        "wish_facts",
    }
)
"""Tables whose rows say which kind of customer they are of: here of contacts."""


def give(engine, name, frame):
    """Give an engine a table, of contacts where its rows are of customers."""
    engine.table(name, frame, "contacts" if name in OF_CUSTOMERS else "")


def engine_of(columns, texts, rows):
    """An engine with each table of `columns`; those of `texts` hold text, the others integers."""
    engine = Engine()
    for name, names in columns.items():
        frame = pd.DataFrame(rows.get(name, []), columns=names)
        for column in names:
            frame[column] = frame[column].astype("string" if column in texts else "Int64")
        give(engine, name, frame)
    return engine
