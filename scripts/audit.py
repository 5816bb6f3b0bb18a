"""Ask whether a library that the bridge runs with has a known weakness.

Usage: python scripts/audit.py

Asks the advisories that PyPI keeps, by pip-audit, for every library as it is installed in this
checkout's environment. Ends with 1 where one has a known weakness. Where the advisories cannot be
had, it says so and that nothing was looked at, and ends with 0: a network that is down is no
weakness.
"""

from __future__ import annotations

import json
import subprocess
import sys

from behind import environment

NOT_HAD = (
    "The advisories could not be had, so nothing was looked at: {why}\n"
    "Run this again where the package index can be reached."
)


def judged(output: str, errors: str) -> tuple[int, list[str]]:
    """Return the exit code and the lines for what pip-audit said.

    Args:
        output: its JSON; anything else where it could not ask.
        errors: what it said beside it.
    """
    try:
        libraries = json.loads(output)["dependencies"]
        asked = [one for one in libraries if "vulns" in one]
    except (ValueError, KeyError, TypeError):
        last = errors.strip().splitlines()[-1:] or ["it said nothing"]
        return 0, [NOT_HAD.format(why=last[0])]
    skipped = [one.get("skip_reason", one["name"]) for one in libraries if one not in asked]
    if not asked:
        return 0, [NOT_HAD.format(why=(*skipped, "no library was found")[0])]
    weak = [one for one in asked if one["vulns"]]
    lines = [
        f"{one['name']} {one['version']}: {found['id']}"
        f" (mended in {', '.join(found.get('fix_versions') or ()) or 'no version yet'})"
        for one in weak
        for found in one["vulns"]
    ]
    lines += [f"Not looked at: {why}" for why in skipped]
    lines.append(f"{len(asked)} libraries looked at, {len(weak)} with a known weakness.")
    return (1 if weak else 0), lines


def steps(arguments: list[str]) -> int:
    """Ask, and say what was found."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    try:
        python = environment.prepare(["audit"])
    except environment.SetUpFailed as error:
        print(NOT_HAD.format(why=str(error).splitlines()[0]))
        return 0
    command = [python, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(
        [str(word) for word in command], check=False, capture_output=True, encoding="utf-8"
    )
    code, lines = judged(done.stdout, done.stderr)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(environment.door(steps))
