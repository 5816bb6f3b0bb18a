"""The part of docs/privacy.md that the catalogue makes: what is stored, and what for."""

from __future__ import annotations

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.purposes import purposes

OWN = "The bridge's own fields: read back so that only what differs is written"
ENTERED = "Entered by people for the figures (docs/fields.md)"


def columns() -> str:
    """Return a row for each module and purpose, with the columns."""
    known, rows = purposes(catalogue()), ["| Module | What for | Columns |", "| --- | --- | --- |"]
    for key, module in catalogue().modules.items():
        by_purpose: dict[str, list[str]] = {}
        for name in module.columns:
            by_purpose.setdefault(known[name].said["en"], []).append(name)
        for writer, said in (("people", ENTERED), ("bridge", OWN)):
            for field in catalogue().fields_of(key, writer):
                by_purpose.setdefault(said, []).append(field.name)
        for said, names in by_purpose.items():
            rows.append(f"| {key} | {said} | {', '.join(f'`{name}`' for name in names)} |")
    return "\n".join(rows)
