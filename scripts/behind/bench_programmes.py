"""Plan every shipped programme for many contacts, and fill target lists.

The plan is that of a first night, on which everybody may enter, and of the night after, on which
most stay; the label tells the peak memory of a process that plans both. A list is filled in the
SuiteCRM that the settings name (SUITECRM_URL, ...), from contacts that it has, and deleted at the
end, or in a sandbox where they name none: over the stock API with a request a member, and over the
package's fast routes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bench_timing import CannotDo, Task, Work
from memory import peak_mb

from suitecrm_bridge.catalogue import Rules, catalogue
from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.insights.programmes import Planned, planned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.push.lists import LISTS, TREATED, Difference, change_members
from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.settings import Secret, Settings

DAY = date(2026, 3, 1)
MEMORY = 1_000
KEPT = ("enrolments", "contacts", "waiting")
"""Tables that a first night fills."""
MAX_RATE = 100_000
TINY = ("--contacts", "500", "--members", "40", "--one-by-one", "5")
"""Options for a test of the suite itself."""

_CONTACTS = """
INSERT INTO contacts (id, email1, email_opt_out, invalid_email, phone_work, do_not_call,
    lawful_basis, birthdate, date_modified)
SELECT md5(i::VARCHAR), 'p' || i || '@example.com', i % 40 = 0, i % 61 = 1, '1', i % 25 = 0,
    '^consent^', DATE '1960-01-01' + (i % 15000)::INT, '2026-01-01'
FROM range($count) t(i)
"""
_SCORES = """
CREATE TABLE scores_contacts AS SELECT md5(i::VARCHAR) AS customer_id, 'loyal' AS rfm_segment,
    ['new', 'active', 'at_risk', 'lapsed'][1 + (i // 7) % 4] AS lifecycle,
    1 + i % 9 AS purchase_count,
    DATE '2026-03-01' - (i % 700)::INT AS last_purchase,
    DATE '2026-03-01' - (700 + i % 800)::INT AS first_purchase,
    DATE '2026-02-10' + (i % 60)::INT AS next_purchase,
    (i % 500)::DECIMAL(26, 6) AS value_at_stake, 'product ' || (i % 300) AS next_offer,
    0 AS complaint_open, i % 3 AS complaint_count, i % 100 AS potential_score,
    1 + i % 5 AS rfm_monetary, 1 + i % 5 AS rfm_frequency, 1 + i % 4 AS rfm_recency,
    'here' AS standing, i % 100 AS satisfaction,
    CASE WHEN i % 200 = 0 THEN 'serious' ELSE 'none' END AS complaints
FROM range($count) t(i)
"""


def options(parser: Any) -> None:
    """Add the suite's arguments."""
    parser.add_argument("--contacts", type=int, default=200_000, help="made-up contacts to plan")
    parser.add_argument("--members", type=int, default=10_000, help="members of a target list")
    parser.add_argument(
        "--one-by-one", type=int, default=100, help="of them over the stock API (default 100)"
    )


def tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Yield the tasks."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        command = [sys.executable, __file__, str(home), str(options.contacts)]
        peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        with Mirror.open(home, memory_mb=MEMORY) as mirror:
            # What the other process kept is the first night; of it a plan is made anew here.
            after = _planning(mirror, DAY + timedelta(days=1))
            yield Task(
                f"plan {len(Rules().programmes)} programmes for {options.contacts:,} contacts,"
                f" {peak} MB at most",
                ("as if it were the first night", _first(mirror)),
                [("the night after", after)],
                "contacts",
            )
    yield from _lists(options)


def _lists(options: argparse.Namespace) -> Iterator[Task]:
    with _server(options.members) as crm:
        contacts = crm.module("Contacts").iterate(fields=["id"])
        ids = [contact["id"] for contact in islice(contacts, options.members)]
        made = crm.module(LISTS).create({"name": "SuiteCRM Bridge: bench.py", "list_type": TREATED})
        try:
            yield Task(
                "put contacts on a target list and take them off",
                (
                    "stock API, a request each",
                    _filling(crm, made["id"], ids[: options.one_by_one], fast=False),
                ),
                [("fast routes", _filling(crm, made["id"], ids, fast=True))],
                "members",
            )
        finally:
            crm.module(LISTS).delete(made["id"])


@contextmanager
def _server(members: int) -> Iterator[SuiteCRM]:
    """Yield the SuiteCRM that the settings name, or a sandbox that has enough contacts."""
    settings = Settings.read()
    if settings.url:
        with Context(replace(settings, max_rate=MAX_RATE)) as context:
            yield context.crm
        return
    people = [{"id": str(uuid5(NAMESPACE_OID, str(i))), "last_name": "x"} for i in range(members)]
    with Sandbox(package=True, routes=True) as sandbox, sandbox.serve() as server:
        sandbox.store.load("Contacts", people)
        credentials = Credentials(server.client_id, Secret(server.client_secret))
        with SuiteCRM(server.url, credentials, max_rate=MAX_RATE) as crm:
            yield crm


def _filling(crm: SuiteCRM, made: str, ids: list[str], *, fast: bool) -> Work:
    def fill() -> int:
        routes = crm.fast_routes() if fast else None
        if fast and routes is None:
            raise CannotDo("the package is not installed")
        for change in ({"add": ids}, {"remove": ids}):
            wanted = [Difference(made, "Contacts", **change)]
            for _ in change_members(crm, routes, wanted, most=len(ids)):
                pass
        return 2 * len(ids)

    return fill


def _first(mirror: Mirror) -> Work:
    """Return the work of a first night; what was kept of one is put aside meanwhile."""

    def plan() -> int:
        with mirror.whole():
            run = mirror.connection.execute
            for table in KEPT:
                run(f"CREATE TEMP TABLE kept_{table} AS FROM programme_{table}")
                run(f"DELETE FROM programme_{table}")
            found = planned(mirror, Rules(), DAY)
            for table in KEPT:
                run(f"INSERT INTO programme_{table} FROM kept_{table}")
                run(f"DROP TABLE kept_{table}")
        return _count(mirror, found)

    return plan


def _planning(mirror: Mirror, day: date) -> Work:
    return lambda: _count(mirror, planned(mirror, Rules(), day))


def _count(mirror: Mirror, found: Planned) -> int:
    if found.plan.empty:
        raise RuntimeError("nobody was planned")
    return mirror.records.count("Contacts")


def _make(home: Path, contacts: int) -> None:
    """Make a mirror, and plan and keep its first night."""
    with Mirror.open(home, memory_mb=MEMORY) as mirror:
        run = mirror.connection.execute
        run(_CONTACTS, {"count": contacts})
        run(_SCORES, {"count": contacts})
        for module in ("Contacts", "CampaignLog", "Leads"):
            columns = list(catalogue().columns_of(module))
            run("INSERT INTO bookmarks VALUES (?, '2026-03-01', ?, 'fast')", [module, columns])
        for key in Rules().programmes:
            mirror.programmes.start(key, DAY)
        found = planned(mirror, Rules(), DAY)
        mirror.programmes.accept(found.plan, found.channels, found.insides, DAY)
        planned(mirror, Rules(), DAY + timedelta(days=1))


if __name__ == "__main__":
    _make(Path(sys.argv[1]), int(sys.argv[2]))
    print(peak_mb())
