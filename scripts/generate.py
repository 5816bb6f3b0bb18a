"""Write what is made from the code: settings, fields, segments, commands, the package's PHP.

Usage: python scripts/generate.py [--check]

--check writes nothing, names what is stale and then ends with exit code 1.
"""

from __future__ import annotations

import sys

from behind import environment


def steps(arguments: list[str]) -> int:
    """Make the documents in the project's environment."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    python = environment.prepare()
    return environment.run([python, environment.BEHIND / "documents.py", *arguments])


if __name__ == "__main__":
    sys.exit(environment.door(steps))
