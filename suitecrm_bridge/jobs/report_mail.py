"""Mail what a report says first, once for each day of scores."""

from __future__ import annotations

import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import current_currency, day, decimal, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.notices import MAIN, addresses
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.notify import Attachment, Letter, send_letter

logger = logging.getLogger(__name__)

STATE_FILE = "mailed.json"
"""Beside the mirror: which day's summary was mailed."""
RESULTS = ("done", "partial")
"""After a run that ended otherwise the figures are not those of today."""
MOST_BYTES = 10 * 2**20
"""Of a file in a mail: most servers take that much."""
ZIP, PAGE = "report.zip", "report.html"


def send(context: Context, run: Run) -> None:
    """Mail the summary where the settings name somebody, unless that of the day was mailed.

    What does not get through is a warning, and is tried again after the next sync.
    """
    settings = context.settings
    recipients = addresses(settings.report_mail_to)
    if run.command != MAIN or run.result not in RESULTS or not recipients:
        return
    scored = context.mirror.scores.as_of("contacts") or context.today()
    file = settings.home / STATE_FILE
    if _mailed(file) == scored.isoformat():
        return
    try:
        letter = written(context, scored)
        send_letter(settings.smtp, settings.mail_from, recipients, letter, context.written_lang)
        write_whole(file, json.dumps({"as_of": scored.isoformat()}) + "\n", private=True)
    except (BridgeError, OSError) as error:
        logger.warning("%s", text("notify.report_unsent", error=error))
    else:
        logger.info("mailed the summary of %s", scored)


def written(context: Context, scored: date) -> Letter:
    """Return the summary of a day as a letter, in the installation's language.

    Raises:
        NotFound: nothing was scored yet.
        CatalogueError: a programme file cannot be used.
        DataError: a sum is out of range.
        StoreError: the page cannot be written.
    """
    from suitecrm_bridge.insights.first_figures import first_sentences

    lang, holds = context.written_lang, context.settings.report_mail
    choices = replace(context.choices, lang=lang)
    told = first_sentences(context.mirror, choices, names=holds != "summary")
    closing = [text("notify.report_crm", lang, crm=context.settings.url)]
    closing.insert(0, _amounts(context))
    attachment = None
    if holds == "page":
        page = zipped(context)
        if len(page) > MOST_BYTES:
            size = decimal(len(page) / 2**20, 1, lang)
            closing.insert(0, text("notify.report_too_large", lang, size=size))
        else:
            attachment = Attachment(ZIP, page)
            closing.insert(0, text("notify.report_attached", lang, file=ZIP))
    subject = text("notify.report_subject", lang, day=day(scored, lang))
    return Letter(subject, [one.said(lang) for one in told], closing, attachment)


def zipped(context: Context) -> bytes:
    """Return the page as a zip, in the installation's language."""
    from suitecrm_bridge.jobs.report import report

    with tempfile.TemporaryDirectory() as folder, in_written_language(context):
        (page,) = report(context, ["html"], Path(folder))
        return pack({PAGE: page.read_bytes()})


def pack(files: dict[str, bytes]) -> bytes:
    """Return files as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@contextmanager
def in_written_language(context: Context) -> Iterator[None]:
    """Speak the installation's language in the block, whatever a command asked for."""
    shown, context.shown_lang = context.shown_lang, None
    try:
        yield
    finally:
        context.shown_lang = shown


def _amounts(context: Context) -> str:
    lang, sign = context.written_lang, current_currency()
    known = text(f"report.amounts_{context.choices.amounts(context.mirror)}", lang)
    currency = (
        text("cli.in_currency", lang, sign=sign) if sign else text("report.base_currency", lang)
    )
    return text("cli.amounts_are", lang, amounts=known, currency=currency)


def _mailed(file: Path) -> str:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        return str(known["as_of"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""
