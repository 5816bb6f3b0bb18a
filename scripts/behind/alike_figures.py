"""Every figure of some demo bases and of CDNOW, as it is written and shown, for alike.py.

Only the public names of the package are used, so that it runs in an older checkout too:
`python scripts/behind/alike_figures.py FILE` writes the figures there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from suitecrm_bridge import i18n
from suitecrm_bridge.analytics import clv, retention, rfm
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.demo import filled_sandbox
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from suitecrm_bridge.settings import Settings

DAY = date(2026, 3, 8)
BASES = ((60, 1), (240, 2), (700, 3))
"""Customers and seed."""


def figures() -> dict[str, Any]:
    """Return everything by name."""
    found: dict[str, Any] = {}
    for customers, seed in BASES:
        for name, rows in _base(customers, seed).items():
            found[f"{customers} customers, seed {seed}: {name}"] = rows
    return found | _cdnow()


def _base(customers: int, seed: int) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as folder,
        filled_sandbox(customers, seed, DAY).serve() as server,
    ):
        environment = {
            "SUITECRM_URL": server.url,
            "SUITECRM_CLIENT_ID": server.client_id,
            "SUITECRM_CLIENT_SECRET": server.client_secret,
            "BRIDGE_HOME": folder,
            "BRIDGE_MAX_RATE": "1000",
            "BRIDGE_REACTIONS_MOST": "100",
        }
        output = Path(folder) / "output"
        with Context(Settings.read({}, environment)) as context:
            for days in (30, 0):
                sync(context, Summary(), as_of=DAY - timedelta(days=days), past=True)
            report(context, ("json", "csv", "html"), output)
            tables = _tables(context.mirror.connection)
        forecasts = [_told(environment, "backtest", entity) for entity in ("contacts", "accounts")]
        return {**tables, **_files(output, server.url), "forecasts": forecasts}


def _told(environment: Mapping[str, str], command: str, entity: str) -> str:
    arguments = [sys.executable, "-m", "suitecrm_bridge", command, "--of", entity]
    done = subprocess.run(
        [*arguments, "--format", "json"],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def _tables(connection: Any) -> dict[str, Any]:
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
        " AND (starts_with(table_name, 'scores_') OR table_name IN"
        " ('snapshots', 'snapshot_cuts', 'wanted_reactions', 'contacts', 'accounts', 'cases'))"
    ).fetchall()
    found = {}
    for (name,) in sorted(names):
        rows = connection.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in rows.description]
        kept = [i for i, column in enumerate(columns) if column not in _CLOCK]
        found[name] = sorted([str([row[i] for i in kept]) for row in rows.fetchall()])
    return found


_CLOCK = ("scored_at", "date_modified", "wanted_at")


def _files(output: Path, url: str) -> dict[str, Any]:
    return {
        file.name: file.read_text(encoding="utf-8").replace(url, "https://crm").splitlines()
        for file in sorted(output.rglob("*"))
        if file.suffix in (".json", ".csv", ".html")
    }


def _cdnow() -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests.analytics import cdnow

    bought = cdnow.sample()
    kept = retention.retain(bought, cdnow.END)
    return {
        "CDNOW: RFM": rfm.score(bought, cdnow.END).astype(str).to_numpy().tolist(),
        "CDNOW: summary": clv.summarize(bought, cdnow.END).astype(str).to_numpy().tolist(),
        "CDNOW: retention": kept.by_month.astype(str).to_numpy().tolist(),
    }


def main(arguments: list[str]) -> int:
    """Write the figures into the file named."""
    i18n.use_language("en")
    Path(arguments[0]).write_text(json.dumps(figures(), default=str, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
