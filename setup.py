"""Lays what is made elsewhere into the package; everything else stands in pyproject.toml."""

import shutil
import sys
from pathlib import Path
from typing import ClassVar

from setuptools import Command, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CHARTS = ROOT / "suitecrm_bridge" / "report" / "assets" / "vega.js"
"""Vega-Lite as one script, which git does not keep: it is made of what vl-convert carries."""

SOURCE = "https://cdn.jsdelivr.net/npm"
"""What vl-convert calls its own copies by; nothing is fetched."""
MODULES = (
    ("vega-lite@6.4.1", "compile, version as liteVersion"),
    ("vega@6.2.0", "View, parse, version"),
    ("vega-interpreter@2.0.0", "expressionInterpreter"),
)
NAMES = "compile, View, parse, expressionInterpreter, version, liteVersion"


def make_charts():
    """Write the script, unless it is there."""
    if CHARTS.exists():
        return
    try:
        import vl_convert
    except ImportError:
        sys.stderr.write(f"{CHARTS} is missing, and so is vl-convert, which makes it\n")
        return
    lines = [f'import {{{names}}} from "{SOURCE}/{name}/+esm";' for name, names in MODULES]
    made = vl_convert.javascript_bundle(
        "\n".join([*lines, f"window.charts = {{{NAMES}}};"]), vl_version="6.4"
    )
    if "</script" in made or "<!--" in made:
        raise SystemExit(f"{CHARTS} cannot stand in a page: it holds the end of a script")
    licence = (CHARTS.parent / "vega-licence.txt").read_text(encoding="utf-8")
    CHARTS.write_text(f"/*!\n{licence}*/\n{made}\n", encoding="utf-8", newline="\n")


class BuildWithTree(build_py):
    """Copies what `suitecrm-bridge package build` reads to where an installed bridge finds it."""

    def run(self):
        """Build as usual, then add the tree; an editable installation has the checkout."""
        make_charts()
        super().run()
        if self.editable_mode:
            return
        tree = Path(self.build_lib) / "suitecrm_bridge" / "package" / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(ROOT / "custom", tree / "custom")
        shutil.copy2(ROOT / "LICENSE", tree / "LICENSE")


class Charts(Command):
    """Writes the script of the charts into the checkout."""

    description = __doc__
    user_options: ClassVar[list[tuple[str, str, str]]] = []

    def initialize_options(self):
        """There are none."""

    def finalize_options(self):
        """There are none."""

    def run(self):
        """Write it."""
        make_charts()


setup(cmdclass={"build_py": BuildWithTree, "charts": Charts})
