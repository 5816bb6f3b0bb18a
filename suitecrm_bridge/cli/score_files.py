"""`score --purchases`: customers whose purchases lie in files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import say, show_json, show_pairs
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.score_files import FileChoices, Scored, Work, score_files
from suitecrm_bridge.purchase_files import LOCAL


@dataclass(frozen=True)
class FileOptions:
    """What was said on the command line about scoring files."""

    accept: bool
    memory: int | None
    work: Work
    master: str | None


def score_purchases(
    app: App, path: str, output: Path, as_of: date | None, options: FileOptions, form: str
) -> None:
    """Score purchases in files, and say what came of it."""
    began = time.monotonic()
    with app.open() as context:
        settings = context.settings
        choices = FileChoices(
            min_buyers=settings.min_buyers,
            discount_rate=settings.discount_rate / 100,
            max_lost=settings.max_lost,
            memory_mb=options.memory or settings.memory_mb,
            zone=settings.time_zone.key,
            rules=context.rules,
            work=options.work,
            master=options.master or LOCAL,
        )
        day = as_of or context.today()
        scored = score_files(path, output, day, choices, accept=options.accept)
    seconds = time.monotonic() - began
    if form == "json":
        show_json(_as_dict(scored, output, day, seconds))
        return
    _show(scored, output, seconds)


def _as_dict(scored: Scored, output: Path, as_of: date, seconds: float) -> dict[str, Any]:
    return {
        "files": scored.files,
        "rows": scored.counts.rows,
        "set_apart": scored.counts.set_apart,
        "reasons": scored.reasons,
        "listed_in": None if scored.bad is None else str(scored.bad),
        "customers": scored.counts.customers,
        "amounts": "as_in_files",
        "as_of": as_of,
        "output": str(output),
        "remarks": scored.remarks,
        "seconds": round(seconds, 1),
    }


def _show(scored: Scored, output: Path, seconds: float) -> None:
    counts = scored.counts
    told: list[tuple[str, Any]] = [
        (text("cli.files_read"), scored.files),
        (text("cli.rows_read"), counts.rows),
        (text("cli.rows_set_apart"), counts.set_apart),
    ]
    if scored.bad is not None:
        told.append((text("cli.listed_in"), str(scored.bad)))
    told += [
        (text("cli.customers_scored"), counts.customers),
        (text("cli.amounts"), text("cli.amounts_as_in_files")),
        (text("cli.written_to"), str(output)),
        (text("cli.seconds"), f"{seconds:.1f}"),
    ]
    show_pairs(told)
    for remark in scored.remarks:
        say(remark, err=True)
