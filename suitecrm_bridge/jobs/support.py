"""A zip for support that says how an installation stands, and nothing of anybody.

Nothing is copied and then cleaned: each file holds only what may be told. Of a text goes which
message it is, with its numbers; of a setting its value where it can name nobody; of the mirror how
many rows.
"""

from __future__ import annotations

import json
import platform
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue.messages import shipped_messages
from suitecrm_bridge.errors import BridgeError, StoreError
from suitecrm_bridge.files import replacing
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.checks.finding import Finding
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings import Hours, Schedule, Settings

RUNS = 50
"""The latest runs that are told."""
_NAMES_NOBODY = (bool, int, float, date, time, datetime, Hours, Schedule)
_WORDS = ("lang", "purchases", "amounts", "rfm", "log_format")
"""Settings of a few words, which name nobody either."""
_LEAST = 12
"""Characters that a message must have beside its placeholders to be known by them."""
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?")


def bundle(context: Context, findings: Sequence[Finding], file: Path) -> None:
    """Write the zip.

    Raises:
        StoreError: it cannot be written.
    """
    parts = {
        "versions.json": _versions(),
        "settings.json": _settings(context.settings),
        "doctor.json": [_finding(finding) for finding in findings],
        "runs.json": _or_kind(lambda: list(_runs(context))),
        "mirror.json": _or_kind(lambda: _mirror(context)),
        "own-files.json": [one.name for one in context.rules.own_files],
    }
    try:
        with replacing(file, private=True) as opened, zipfile.ZipFile(opened, "w") as written:
            for name, content in parts.items():
                said = json.dumps(content, indent=2, default=str)
                written.writestr(name, said, zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise StoreError(text("doctor.no_bundle", file=file, error=error)) from error


def _or_kind(part: Any) -> Any:
    """Return a part; where it cannot be had, the kind of error."""
    try:
        return part()
    except BridgeError as error:
        return {"error": type(error).__name__}


def _versions() -> dict[str, str]:
    found = {"suitecrm-bridge": __version__, "python": platform.python_version()}
    found["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    for line in _required():
        name = re.match(r"[\w.-]+", line)
        if name is not None and "extra ==" not in line:
            try:
                found[name[0]] = version(name[0])
            except PackageNotFoundError:
                found[name[0]] = "–"
    return found


def _required() -> Sequence[str]:
    try:
        return requires("suitecrm-bridge") or ()
    except PackageNotFoundError:
        return ("duckdb", "numpy", "pandas", "requests", "scipy", "urllib3")


def _settings(settings: Settings) -> dict[str, str]:
    """Return of each setting its value, or only whether it is as it was when installed."""
    told = {}
    for row in fields(settings):
        value, name = getattr(settings, row.name), row.metadata["name"]
        plain = isinstance(value, _NAMES_NOBODY) or row.name in _WORDS
        default = row.metadata["parse"](row.metadata["default"])
        told[name] = str(value) if plain else "default" if value == default else "set"
    told["SUITECRM_URL"] = settings.url.partition("://")[0] if settings.url else ""
    return told


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "status": finding.status,
        "check": finding.check,
        "said": _said(finding.text),
        "exit_code": finding.exit_code,
    }


def _runs(context: Context) -> Iterator[dict[str, Any]]:
    for run in context.mirror.runs.history(RUNS):
        yield {
            "command": run.command,
            "started": str(run.started_at),
            "finished": str(run.finished_at),
            "result": run.result,
            "path": run.path,
            "figures": _numbers(run.figures),
            "said": _said(run.error or ""),
        }


def _numbers(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures that are numbers, also those by module."""
    kept: dict[str, Any] = {}
    for name, value in figures.items():
        if isinstance(value, Mapping) and all(isinstance(v, int | float) for v in value.values()):
            kept[name] = dict(value)
        elif isinstance(value, int | float):
            kept[name] = value
    return kept


def _mirror(context: Context) -> dict[str, Any]:
    mirror = context.mirror
    bookmarks = mirror.records.bookmarks()
    letters = mirror.dead_letters.frame()
    return {
        "rows": mirror.privacy.sizes(),
        "read": {key: [str(one.through), one.path] for key, one in bookmarks.items()},
        "left": [
            {"direction": row["direction"], "module": row["module"], "said": _said(row["reason"])}
            for row in letters.to_dict("records")
        ],
    }


def _said(words: str) -> list[dict[str, Any]]:
    """Return which messages a text is made of, with their numbers; nothing else of it."""
    found = []
    for key, pattern in _patterns():
        if match := pattern.search(words):
            numbers = [group for group in match.groups() if group and _NUMBER.fullmatch(group)]
            found.append({"message": key, "numbers": numbers})
            words = words[: match.start()] + " " + words[match.end() :]
    return found


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return a pattern for each form of each message, those first that say most."""
    found = []
    for key, message in shipped_messages().items():
        for form in filter(None, (message.other, message.one)):
            for words in form.texts:
                literal = re.split(r"\{[^{}]*\}", words)
                if sum(map(len, literal)) >= _LEAST:
                    pattern = "(.*?)".join(map(re.escape, literal))
                    found.append((len("".join(literal)), key, re.compile(pattern, re.DOTALL)))
    return [(key, pattern) for _, key, pattern in sorted(found, key=lambda one: -one[0])]
