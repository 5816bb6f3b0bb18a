"""Record what a SuiteCRM answers to a list of requests: what the tests replay.

Usage: python scripts/record.py --output FILE [--requests FILE.json] [--env-file FILE]
                                [--server TEXT] [--allow-writes]

The address and credentials come from the settings (SUITECRM_URL, SUITECRM_CLIENT_ID, ...).
The list scripts/behind/requests.json, which is sent unless another is named, only reads. Secrets,
passwords and tokens are masked, but the answers hold records of the CRM: look through the file
before you give it away.
"""

from __future__ import annotations

import sys
from pathlib import Path

from behind import environment


def steps(arguments: list[str]) -> int:
    """Record in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    recorder = environment.BEHIND / "recorder.py"
    return environment.run([python, recorder, *arguments], cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(environment.door(steps))
