"""Keep the workbook of the report among SuiteCRM's documents, where the settings ask for it."""

from __future__ import annotations

import json
import logging
import tempfile
from pathlib import Path

from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.notices import MAIN
from suitecrm_bridge.jobs.report_mail import RESULTS, in_written_language, pack
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.push.documents import Paper, publish

logger = logging.getLogger(__name__)

STATE_FILE = "published.json"
"""Beside the mirror: which day was published, and what a run that was cut off left behind."""
MARK, FILE, KIND = "report", "report.zip", "application/zip"
WORKBOOK = "report.xlsx"
"""In the zip: SuiteCRM reads every cell of a bare workbook into its search index."""


def keep(context: Context, run: Run) -> None:
    """Publish the workbook of the day, unless that was done or nobody asked for it.

    What SuiteCRM does not take is a warning, and is tried again after the next sync.
    """
    holds = context.settings.report_document
    if holds == "no" or run.command != MAIN or run.result not in RESULTS:
        return
    scored = context.mirror.scores.as_of("contacts") or context.today()
    file = context.settings.home / STATE_FILE
    known = _known(file)
    if known.get("as_of") == scored.isoformat():
        return

    def begin(left: str) -> None:
        _note(file, known.get("as_of", ""), left)

    lang = context.written_lang
    try:
        paper = Paper(
            mark=MARK,
            name=text("notify.document_name", lang),
            description=text(f"notify.document_{holds}", lang),
            file=FILE,
            kind=KIND,
            content=_workbook(context, names=holds == "names"),
            change=text("notify.document_change", lang, day=day(scored, lang)),
        )
        _, revision = publish(context.crm, paper, begin, known.get("left", ""))
        _note(file, scored.isoformat(), "")
    except (BridgeError, OSError) as error:
        logger.warning("%s", text("notify.document_unpublished", error=error))
    else:
        logger.info("published the report as revision %d", revision)


def _workbook(context: Context, *, names: bool) -> bytes:
    from suitecrm_bridge.jobs.report import report

    with tempfile.TemporaryDirectory() as folder, in_written_language(context):
        (made,) = report(context, ["xlsx"], Path(folder), names=names)
        return pack({WORKBOOK: made.read_bytes()})


def _known(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in known.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _note(file: Path, as_of: str, left: str) -> None:
    write_whole(file, json.dumps({"as_of": as_of, "left": left}) + "\n", private=True)
