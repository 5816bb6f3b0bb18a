import shutil
from importlib.resources import as_file, files

import pytest


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files that a test may break."""
    with as_file(files("suitecrm_bridge.catalogue") / "data") as data:
        return shutil.copytree(data, tmp_path / "data")


@pytest.fixture
def edit(folder):
    """Replace a text that occurs in a data file, once."""

    def replace(name, old, new):
        file = folder / name
        content = file.read_text(encoding="utf-8")
        assert old in content
        file.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def append(folder):
    def add(name, lines):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n" + lines)

    return add
