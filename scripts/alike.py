"""Hold every figure against those of another checkout: none may differ.

Usage: python scripts/alike.py OTHER_CHECKOUT

Scores, snapshots, tasks and reports of three demo bases, and CDNOW's, as they are written and
shown. A redesign that means to change no figure is tried with it.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from behind import environment

SHOWN = 5


def steps(arguments: list[str]) -> int:
    """Compute the figures in both checkouts and name what differs."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    if len(arguments) != 1 or not (Path(arguments[0]) / "suitecrm_bridge").is_dir():
        print(__doc__)
        return 2
    python = environment.prepare(["dev"])
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "alike_figures.py"
        found = []
        for number, root in enumerate((Path(arguments[0]).resolve(), environment.ROOT)):
            file = Path(folder) / f"{number}.json"
            shutil.copy(environment.BEHIND / "alike_figures.py", script)
            code = f"import sys; sys.path.insert(0, {str(root)!r})\n"
            text = script.read_text(encoding="utf-8").replace(
                "from __future__ import annotations\n",
                f"from __future__ import annotations\n{code}",
            )
            script.write_text(text, encoding="utf-8")
            if environment.run([python, script, file], cwd=root):
                return 1
            found.append(json.loads(file.read_text(encoding="utf-8")))
    return _compare(*found)


def _compare(before: dict[str, list[str]], after: dict[str, list[str]]) -> int:
    differing = 0
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, []), after.get(name, [])
        lines = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
        if lines or len(old) != len(new):
            differing += 1
            print(f"{name}: {len(lines)} of {len(old)} rows differ, {len(new)} now")
            for a, b in lines[:SHOWN]:
                print(f"  - {a}\n  + {b}")
    print(f"{len(before)} tables and files compared, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(environment.door(steps))
