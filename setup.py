"""Lays the SuiteCRM package's files into the wheel; everything else stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithTree(build_py):
    """Copies what `suitecrm-bridge package build` reads to where an installed bridge finds it."""

    def run(self):
        """Build as usual, then add the tree; an editable installation has the checkout."""
        super().run()
        if self.editable_mode:
            return
        tree = Path(self.build_lib) / "suitecrm_bridge" / "package" / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(ROOT / "custom", tree / "custom")
        shutil.copy2(ROOT / "LICENSE", tree / "LICENSE")


setup(cmdclass={"build_py": BuildWithTree})
