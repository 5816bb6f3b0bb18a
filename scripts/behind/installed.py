"""Install a built wheel alone, and let it play the demo and build the package.

Libraries are those of this Python, which are not fetched again: what is tried is the wheel.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

CUSTOMERS = "40"
WHERE = "import suitecrm_bridge; print(suitecrm_bridge.__file__)"
Run = Callable[[Sequence[str], Path], str]


def ran(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder and return what it prints.

    Raises:
        SystemExit: it failed; its own words were shown.
    """
    done = subprocess.run(list(command), cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed (exit code {done.returncode})")
    return done.stdout


def tried(wheel: Path, folder: Path, run: Run = ran) -> list[Path]:
    """Return what an installed wheel made: reports of the demo, and the package.

    Raises:
        SystemExit: something else was run than the wheel, or something is missing.
    """
    home = folder / "empty"
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", str(wheel)], folder)
    # Only now, or pip would take the bridge of this Python for the one that is wanted.
    for site in home.rglob("site-packages"):
        (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    found = Path(run([str(python), "-c", WHERE], folder).strip())
    if home not in found.parents:
        raise SystemExit(f"{found} was run in place of the wheel")
    bridge = [str(python), "-m", "suitecrm_bridge"]
    run([*bridge, "demo", "--customers", CUSTOMERS, "--output", "demo"], folder)
    run([*bridge, "package", "build", "--output", "package"], folder)
    made = [*folder.glob("demo/report*"), *folder.glob("package/*.zip")]
    if not {".html", ".zip"} <= {file.suffix for file in made}:
        raise SystemExit(f"the installed bridge made only {[file.name for file in made]}")
    return made


if __name__ == "__main__":
    built = max(Path(sys.argv[1]).resolve().glob("suitecrm_bridge-*.whl"))
    with tempfile.TemporaryDirectory() as place:
        for one in tried(built, Path(place)):
            print(f"{built.name} made {one.name}")
