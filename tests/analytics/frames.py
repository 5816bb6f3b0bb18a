"""Tables for the analytics, typed as the mirror types them."""

import pandas as pd

from suitecrm_bridge.analytics.engine import Engine


def engine_of(columns, texts, rows):
    """An engine with each table of `columns`; those of `texts` hold text, the others integers."""
    engine = Engine()
    for name, names in columns.items():
        frame = pd.DataFrame(rows.get(name, []), columns=names)
        for column in names:
            frame[column] = frame[column].astype("string" if column in texts else "Int64")
        engine.table(name, frame)
    return engine
