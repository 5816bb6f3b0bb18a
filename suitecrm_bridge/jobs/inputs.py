"""What scores are made from: when nothing of it changed, they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from suitecrm_bridge import __version__
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings import Secret

_MADE_BY = ("analytics", "catalogue", "insights", "jobs", "mirror")
"""Folders of the package whose programs and data decide what a score is."""
_NOT_OF_SCORES = frozenset(
    {
        "url",
        "client_id",
        "username",
        "verify_tls",
        "allow_http",
        "home",
        "page_size",
        "parallel",
        "timeout",
        "retries",
        "max_rate",
        "memory_mb",
        "schedule",
        "log_format",
        "metrics_file",
        "webhook",
        "programmes_webhook",
        "programmes_secret",
        "mail_to",
        "mail_from",
        "report_mail_to",
        "report_mail",
        "report_document",
        "smtp",
    }
)
"""Settings that say where the bridge reads, how fast, and who is notified."""


def inputs(context: Context, as_of: date, stale: Collection[str] = ()) -> str:
    """Return a digest of the mirror, the day, the settings, the own files and the program.

    Settings that say where the bridge reads, how fast, and who is notified, are not among them.
    Which sources are `stale` belongs to it, for their figures are in no snapshot, and so do earlier
    cut-points where the settings hold on to them, and how scores were cut before.

    Two scorings from the same inputs have the same result.
    """
    settings = context.settings
    names = [field.name for field in fields(settings) if field.name not in _NOT_OF_SCORES]
    values = {name: getattr(settings, name) for name in names}
    told = {name: value for name, value in values.items() if not isinstance(value, Secret)}
    own = [file.read_bytes() for file in context.rules.own_files]
    mirror = context.mirror
    cuts = mirror.snapshots.all_cuts() if settings.rfm.startswith("frozen") else ()
    before = mirror.snapshots.methods_before(as_of)
    known = [__version__, _program(), as_of, told, own, sorted(stale), cuts, before]
    return hashlib.sha256(repr([*known, mirror.digest()]).encode()).hexdigest()


JUDGING = (
    "purchases",
    "amounts",
    "min_buyers",
    "rfm",
    "discount_rate",
    "case_cost",
    "hour_cost",
    "late_rate",
    "business_hours",
    "holidays",
    "time_zone",
)
"""Settings that decide what a figure is; another of them is a reason for others to change."""


def judge(context: Context) -> str:
    """Return a digest of the program, and of the settings and own files that decide figures.

    What falls although this is the same was lost on the way.
    """
    settings = context.settings
    told = {name: getattr(settings, name) for name in JUDGING}
    own = [file.read_bytes() for file in context.rules.own_files]
    known = [__version__, _program(), told, own]
    return hashlib.sha256(repr(known).encode()).hexdigest()


@cache
def _program() -> str:
    digest = hashlib.sha256()
    for folder in _MADE_BY:
        _add(digest, files("suitecrm_bridge") / folder)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, entry: Traversable) -> None:
    for child in sorted(entry.iterdir(), key=lambda one: one.name):
        if child.is_dir():
            _add(digest, child)
        elif not child.name.endswith(".pyc"):
            digest.update(child.name.encode())
            digest.update(child.read_bytes())
