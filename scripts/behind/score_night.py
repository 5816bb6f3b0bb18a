"""Score a made-up base in a mirror, in this checkout or an older one.

`score_night.py HOME CUSTOMERS` fills a mirror in the folder HOME where there is none; `score_night.py
HOME` scores it, and prints as JSON the CPU seconds of scoring, without what Python imports, the
peak memory in MB and how many customers have scores. Which checkout does it goes by PYTHONPATH.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from memory import peak_mb

from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.settings import Settings

DAY = date(2026, 3, 1)

# Five in six are contacts, one is an account; each buys four times, some seldom and some often.
_BASE = """
INSERT INTO accounts (id, date_entered, date_modified, name, industry)
SELECT 'account-' || md5('a' || i), '2022-01-01', '2026-01-01', 'Company ' || i,
    ['Retail', 'Media', 'Energy'][1 + i % 3]
FROM range($accounts) t(i);

INSERT INTO contacts (id, date_entered, date_modified, first_name, last_name, email1, lead_source)
SELECT md5('c' || i), '2022-01-01', '2026-01-01', 'Ada', 'No. ' || i,
    'p' || i || '@example.com', ['Web Site', 'Cold Call', 'Email'][1 + i % 3]
FROM range($contacts) t(i);

INSERT INTO accounts_contacts (contact_id, account_id)
SELECT md5('c' || i), 'account-' || md5('a' || i % $accounts) FROM range($contacts) t(i);

INSERT INTO products (id, date_entered, date_modified, name, category, cost_usdollar, price_usdollar)
SELECT md5('p' || i), '2022-01-01', '2026-01-01', 'Product ' || i, 'Kind ' || i % 12,
    5 + i, 10 + 2 * i
FROM range(120) t(i);

INSERT INTO invoices (id, date_entered, date_modified, number, name, status, invoice_date, due_date,
    billing_contact_id, billing_account_id, total_amt, subtotal_amount, total_amount)
SELECT md5('i' || i), '2022-01-01', '2026-01-01', i, 'Invoice ' || i,
    CASE WHEN hash(i * 8) % 50 = 0 THEN 'Cancelled' ELSE 'Paid' END, day, day + 30,
    CASE WHEN i % 6 < 5 THEN md5('c' || k) END,
    CASE WHEN i % 6 = 5 THEN 'account-' || md5('a' || k % $accounts) END, amount, amount, amount
FROM (
    SELECT i, CAST(floor($contacts * power(hash(i * 8 + 1) / 18446744073709551616.0, 2)) AS BIGINT) AS k,
        DATE '2023-03-01' + CAST(floor(1096 * sqrt(hash(i * 8 + 2) / 18446744073709551616.0)) AS INT)
            AS day,
        CAST(10 + hash(i * 8 + 3) % 40000 / 100 AS DECIMAL(18, 2)) AS amount
    FROM range($invoices) t(i)
);

INSERT INTO invoice_lines (id, date_entered, date_modified, name, number, parent_type, parent_id,
    product_id, product_qty, product_cost_price_usdollar, product_unit_price_usdollar,
    product_total_price_usdollar)
SELECT md5('l' || i), '2022-01-01', '2026-01-01', 'Line', 1 + i % 2, 'AOS_Invoices',
    md5('i' || i // 2), md5('p' || CAST(floor(120 * power(hash(i * 8 + 4) / 18446744073709551616.0, 2)) AS BIGINT)),
    1, 5, 20, 20
FROM range(2 * $invoices) t(i);

INSERT INTO cases (id, date_entered, date_modified, case_number, name, type, status, state, priority,
    description, contact_created_by_id, complaint_c)
SELECT md5('k' || i), entered, '2026-01-01', i, 'It came late ' || i, 'Product',
    CASE WHEN i % 9 = 0 THEN 'Open_New' ELSE 'Closed_Closed' END,
    CASE WHEN i % 9 = 0 THEN 'Open' ELSE 'Closed' END, 'P' || 1 + i % 3,
    'The delivery came late and the box was damaged.', md5('c' || i * 13 % $contacts), i % 2 = 0
FROM (
    SELECT i, TIMESTAMP '2024-03-01' + to_days(CAST(hash(i * 8 + 5) % 729 AS INT)) AS entered
    FROM range($cases) t(i)
);
"""


def main(arguments: list[str]) -> int:
    """Fill, or score and print what it cost."""
    home = Path(arguments[0])
    with Context(Settings.read({"BRIDGE_HOME": str(home)}, {})) as context:
        if len(arguments) > 1:
            _fill(context, int(arguments[1]))
            return 0
        _import()
        summary, began = Summary(), time.process_time()
        score(context, summary, DAY, past=True)
        cpu = time.process_time() - began
    found = {"cpu": cpu, "peak_mb": peak_mb(), "customers": sum(summary.scored.values())}
    print(json.dumps(found))
    return 0


def _fill(context: Context, customers: int) -> None:
    sizes = {
        "accounts": customers // 6,
        "contacts": customers - customers // 6,
        "invoices": 4 * customers,
        "cases": customers // 10,
    }
    connection = context.mirror.connection
    for statement in filter(str.strip, _BASE.split(";\n")):
        named = {name: size for name, size in sizes.items() if f"${name}" in statement}
        connection.execute(statement, named)
    connection.execute("INSERT INTO bookmarks (module, through, columns) VALUES ('Contacts', '2026-02-28', [])")


def _import() -> None:
    """Import what scoring takes from others: it costs the same whatever is scored."""
    import pandas
    import scipy.optimize
    import scipy.sparse
    import scipy.special
    import scipy.stats

    assert pandas and scipy  # noqa: S101


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
