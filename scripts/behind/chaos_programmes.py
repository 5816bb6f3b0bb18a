"""The programmes of a seed, and how a second bridge comes to have them."""

from __future__ import annotations

from pathlib import Path

from chaos_deliveries import QUOTA

from suitecrm_bridge.mirror import Mirror

OF_PROGRAMMES = "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'programme%'"
"""What a bridge knows of programmes that no other can know."""
SHIPPED = (
    "recovery", "welcome", "win_back", "reorder", "loyalty", "upsell", "cross_sell", "anniversary",
    "ambassadors", "nurture",
)  # fmt: skip
ADDRESSING = f"""
[cap]
contacts = 2
days = 6
[control]
share = 0.1
rotates_days = 9
[quota]
calls_a_day = {QUOTA}
"""
SEGMENTS = '[segments]\nlists = ["contacts"]\n'
JOURNEY = """
[programme]
label = { en = "Journey", fr = "Parcours" }
description = { en = "Speaks to everybody.", fr = "Parle à chacun." }
of = "contacts"
audience = 'purchase_count >= 0'
priority = 80
again_days = 3
[waves.hello]
channel = "mail"
label = { en = "Hello", fr = "Bonjour" }
[waves.ring]
channel = "call"
label = { en = "Ring", fr = "Appel" }
after_days = 1
[waves.last]
channel = "mail"
label = { en = "Last", fr = "Dernier" }
after_days = 2
if = 'purchase_count > 0 and not clicked'
[exit]
when = 'complained'
[control]
share = 0.3
[measure]
days = 4
"""
LEADS = """
[programme]
label = { en = "Leads", fr = "Prospects" }
description = { en = "Speaks to leads.", fr = "Parle aux prospects." }
of = "leads"
audience = 'status is not empty'
priority = 70
again_days = 2
[waves.one]
channel = "mail"
label = { en = "One", fr = "Un" }
[waves.two]
channel = "call"
label = { en = "Two", fr = "Deux" }
after_days = 2
[control]
share = 0.2
[measure]
days = 3
"""


def copied(home: Path, other: Path) -> None:
    """Let the bridge in `other` have the programmes of the one in `home`, and remember as much."""
    if not (home / "addressing.toml").exists():
        return
    (other / "programmes").mkdir(parents=True, exist_ok=True)
    for file in (home / "addressing.toml", *(home / "programmes").iterdir()):
        target = other / file.relative_to(home)
        target.write_bytes(file.read_bytes())
    with Mirror.open(home) as mirror:
        names = mirror.connection.execute(OF_PROGRAMMES).fetchall()
        tables = {name: mirror.connection.execute(f"FROM {name}").fetchall() for (name,) in names}
    with Mirror.open(other) as mirror:
        for name, rows in tables.items():
            for row in rows:
                marks = ", ".join("?" for _ in row)
                mirror.connection.execute(f"INSERT INTO {name} VALUES ({marks})", list(row))
