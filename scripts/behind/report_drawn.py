"""Draw a report over a made-up base in a mirror.

`report_drawn.py HOME MEMORY CUSTOMERS TIMES` makes the base: customers that are scored, as many
times over under other ids, with countries and owners. `report_drawn.py HOME MEMORY` draws the page,
and prints as JSON the CPU seconds of drawing and the peak memory in MB.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import score_night
from memory import peak_mb

from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.settings import Settings

IDS = {
    "accounts": ("id",),
    "contacts": ("id",),
    "accounts_contacts": ("contact_id", "account_id"),
    "invoices": ("id", "billing_contact_id", "billing_account_id"),
    "invoice_lines": ("id", "parent_id"),
    "cases": ("id", "contact_created_by_id"),
    "scores_contacts": ("customer_id",),
    "scores_accounts": ("customer_id",),
    "snapshots": ("customer_id",),
}
"""The columns of ids in each table that grows."""
COUNTRIES = (
    "France", "Belgium", "Germany", "Italy", "Spain", "Ireland", "Austria", "Poland", "Portugal",
    "Sweden", "Norway", "Denmark",
)  # fmt: skip
OWNERS = 15


def main(arguments: list[str]) -> int:
    """Make the base, or draw its page."""
    home, memory = Path(arguments[0]), arguments[1]
    settings = {"BRIDGE_HOME": str(home), "BRIDGE_MEMORY_MB": memory}
    with Context(Settings.read(settings, {})) as context:
        if len(arguments) > 2:
            _made(context, *map(int, arguments[2:]))
            return 0
        began = time.process_time()
        report(context, ["html"], home / "report")
        print(json.dumps({"cpu": time.process_time() - began, "peak_mb": peak_mb()}))
    return 0


def _made(context: Context, customers: int, times: int) -> None:
    score_night._fill(context, customers)
    score(context, Summary(), score_night.DAY, past=True)
    connection = context.mirror.connection
    for table, keys in IDS.items() if times > 1 else ():
        columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
        told = ", ".join(_renamed(name) if name in keys else f'"{name}"' for name in columns)
        connection.execute(f"CREATE TEMP TABLE once AS SELECT * FROM {table}")
        connection.execute(f"INSERT INTO {table} SELECT {told} FROM once, range(1, {times}) t(k)")
        connection.execute("DROP TABLE once")
    for table, country in (
        ("contacts", "primary_address_country"),
        ("accounts", "billing_address_country"),
    ):
        connection.execute(
            f"UPDATE {table} SET {country} = ?[1 + CAST(hash(id) % {len(COUNTRIES)} AS INTEGER)],"
            f" assigned_user_id = concat('user-', hash(concat(id, 'o')) % {OWNERS})",
            [list(COUNTRIES)],
        )
    names = {f"user-{number}": f"Ada {number}" for number in range(OWNERS)}
    context.mirror.owners.keep(names, score_night.DAY)


def _renamed(name: str) -> str:
    empty = f"coalesce(\"{name}\", '') = ''"
    return f'CASE WHEN {empty} THEN "{name}" ELSE concat(k, \'-\', "{name}") END AS "{name}"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
