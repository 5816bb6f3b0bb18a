"""The page of what was tried on which SuiteCRM, made of the runs that tests/live/drive.py kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rendering import table

FILE = "docs/compatibility.json"
CHECKS = {
    "install": (
        "install",
        "installs the package by the Module Loader's screens and asks its routes for their version",
    ),
    "upgrade": (
        "upgrade",
        "installs a package built at an earlier commit and lets the bridge of that commit sync,"
        " then brings package and bridge up to date and syncs twice",
    ),
    "sync": ("sync", "syncs twice; the second time there is nothing to write"),
    "doctor": ("doctor", "asks the bridge's own `doctor`"),
    "rights": (
        "rights",
        "makes a user whose role allows own records only, and compares what the routes and the"
        " stock API show them and let them write, links included; then makes them inactive",
    ),
    "contract": (
        "contract tests",
        "plays those of [the fast routes](fast-routes.md) and of the client",
    ),
    "screens": (
        "screens",
        "looks in a headless Chromium for errors, raw labels and what should be there: record"
        " with its card, tab of figures, list, home page with all dashlets, administration page;"
        " of an 8 its own record and list, also 400 px wide; in English and in French",
    ),
    "programmes": (
        "programmes",
        "makes people, fills a programme's lists with them and lets a campaign of SuiteCRM's own"
        " send to a local mail server: whoever opted out, withdrew or objects is on no list, the"
        " control group gets nothing, a list of people's own stays as it is, and a change of the"
        " audience is followed by the next sync",
    ),
    "uninstall": (
        "uninstall",
        "installs, re-installs, upgrades and uninstalls, once with the fields kept, and compares"
        " files, schema and settings each time",
    ),
}
NEVER = "never"
NOTHING: dict[str, list[Any]] = {"runs": [], "not_run": []}
_SHORT = {"passed": "✓", "failed": "✗ failed", "not run": "not run"}

INTRODUCTION = """What was tried on a real SuiteCRM of each version, and what came of it.
`tests/live/drive.py` tries it and keeps the runs in `docs/compatibility.json`; nobody writes this
page. [CONTRIBUTING.md](../CONTRIBUTING.md) says how to run it on a SuiteCRM of yours."""


def page(root: Path) -> str:
    """Return the page below its title."""
    file = root / FILE
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else NOTHING
    runs: list[dict[str, Any]] = kept["runs"]
    return "\n\n".join(
        [
            INTRODUCTION,
            table(["Check", "What it does"], CHECKS.values()),
            "## By version",
            "The last result of each check. Below stands when each was got, and in which words.",
            _versions(runs),
            "## Not run",
            _not_run(kept["not_run"], _latest(runs)),
            *_details(runs),
        ]
    )


def _versions(runs: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    titles = [title for title, _ in CHECKS.values()]
    for (suitecrm, php), last in _latest(runs).items():
        ran = [check for check in last.values() if check["result"] != "not run"]
        day = max((check["at"] for check in ran), default=NEVER)[:10]
        results = [_SHORT[last[name]["result"]] if name in last else NEVER for name in CHECKS]
        rows.append([suitecrm, php, *results, day])
    return table(["SuiteCRM", "PHP", *titles, "last run"], rows)


def _not_run(
    left: Sequence[Mapping[str, str]],
    latest: Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]],
) -> str:
    """Return the reasons; none is left of a version on whose PHP every check has passed since."""
    whole = {
        version
        for version, last in latest.items()
        if all(last.get(name, {}).get("result") == "passed" for name in CHECKS)
    }
    rows = sorted(
        (
            [one["suitecrm"], one["php"] or "any", one["because"]]
            for one in left
            if (one["suitecrm"], one["php"]) not in whole
        ),
        key=lambda row: [_numbers(row[0]), row[1]],
    )
    return table(["SuiteCRM", "PHP", "Reason"], rows)


def _details(runs: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = []
    for (suitecrm, php), last in _latest(runs).items():
        rows = [
            [title, *(last[name][what] for what in ("result", "said", "at", "bridge"))]
            for name, (title, _) in CHECKS.items()
            if name in last
        ]
        parts.append(f"## SuiteCRM {suitecrm} on PHP {php}")
        parts.append(table(["Check", "Result", "In words", "At (UTC)", "Bridge"], rows))
    return parts


def _latest(
    runs: Sequence[Mapping[str, Any]],
) -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """Return the last result of each check by version; one that ran counts more than none."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    ordered = sorted(runs, key=lambda run: (_numbers(run["suitecrm"]), run["php"], run["at"]))
    for run in ordered:
        last = found.setdefault((run["suitecrm"], run["php"]), {})
        for name, check in run["checks"].items():
            if check["result"] != "not run" or name not in last:
                last[name] = check | {"at": run["at"], "bridge": run["bridge"]}
    return found


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]
