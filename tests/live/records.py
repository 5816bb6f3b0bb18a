"""The file of runs, of which docs/compatibility.md is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from suitecrm_bridge import __version__
from tests.live.outcomes import Outcome

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "compatibility.json"


def entry(
    suitecrm: str, php: str, older: str | None, checks: Mapping[str, Outcome], at: datetime
) -> dict[str, Any]:
    """Return a run as it is kept."""
    return {
        "suitecrm": suitecrm,
        "php": php,
        "bridge": __version__,
        "at": at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
        "upgraded_from": older,
        "checks": {name: {"result": one.result, "said": one.said} for name, one in checks.items()},
    }


def add_run(run: Mapping[str, Any], file: Path = FILE) -> None:
    """Append a run."""
    kept = _read(file)
    kept["runs"].append(run)
    _write(file, kept)


def add_not_run(suitecrm: str, php: str, because: str, file: Path = FILE) -> None:
    """Say of a version, with a PHP or with any (""), why it was not run; "" takes that back."""
    kept = _read(file)
    about = {"suitecrm": suitecrm, "php": php}
    others = [one for one in kept["not_run"] if about.items() - one.items()]
    kept["not_run"] = others + ([about | {"because": because}] if because else [])
    _write(file, kept)


def _read(file: Path) -> dict[str, list[Any]]:
    if not file.is_file():
        return {"runs": [], "not_run": []}
    kept: dict[str, list[Any]] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _write(file: Path, kept: Mapping[str, Any]) -> None:
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8", newline="\n")
