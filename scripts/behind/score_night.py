"""Score a made-up base in a mirror, in this checkout or an older one.

`score_night.py HOME CUSTOMERS` fills a mirror in the folder HOME where there is none;
`score_night.py HOME` scores it, and prints as JSON the CPU seconds of scoring, without what Python
imports, the peak memory in MB and how many customers have scores. PYTHONPATH says which checkout.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path

from memory import peak_mb

from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.settings import Settings

DAY = date(2026, 3, 1)

_BASE = Path(__file__).with_suffix(".sql")


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
    for statement in filter(str.strip, _BASE.read_text(encoding="utf-8").split(";\n")):
        named = {name: size for name, size in sizes.items() if f"${name}" in statement}
        connection.execute(statement, named)
    connection.execute(
        "INSERT INTO bookmarks (module, through, columns) VALUES ('Contacts', '2026-02-28', [])"
    )


def _import() -> None:
    """Import what scoring takes from others: it costs the same whatever is scored."""
    for name in ("pandas", "scipy.optimize", "scipy.sparse", "scipy.special", "scipy.stats"):
        import_module(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
