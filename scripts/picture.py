"""Draw the picture of the README: the demo report in a browser (Chromium, Chrome or Edge)."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from behind import environment

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SIZE = "1280,860"


def steps(arguments: list[str]) -> int:
    """Make a demo report, and take a picture of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    picture = environment.ROOT / "docs" / "report.png"
    parser.add_argument("--output", type=Path, default=picture, help="PNG file")
    output = parser.parse_args(arguments).output.resolve()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"There is no browser; install one of {', '.join(BROWSERS)}.", file=sys.stderr)
        return 1
    python = environment.prepare()
    with tempfile.TemporaryDirectory() as folder:
        demo = [python, "-m", "suitecrm_bridge", "demo", "--customers", "600", "--output", folder]
        if code := environment.run(demo, cwd=Path(folder)):
            return code
        page = next(Path(folder).rglob("report.html"))
        return environment.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--window-size={SIZE}",
                f"--user-data-dir={folder}/browser",
                f"--screenshot={output}",
                page.as_uri(),
            ]
        )


if __name__ == "__main__":
    sys.exit(environment.door(steps))
