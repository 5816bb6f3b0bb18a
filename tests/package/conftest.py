import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.package import build, generated

ROOT = Path(__file__).resolve().parents[2]
CUSTOM = ROOT / "custom"
ASSIGNMENT = re.compile(r"^\$(\w+)\['(\w+)'\] = (.+?);$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The zip as it is built from the project."""
    return build(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def files(package):
    """Content of every file in the zip by its name."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="session")
def made():
    """Content of every generated file by its path under custom/."""
    return generated(Rules())


@pytest.fixture(scope="session")
def php():
    """A call of PHP; the test is skipped where there is none."""
    command = shutil.which("php")
    if command is None:
        pytest.skip("PHP is not installed: on Debian, apt install php-cli")

    def run(*arguments):
        return subprocess.run(
            [command, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def keys(source, variable):
    """Return the keys that a language file assigns to `$variable`."""
    return [key for name, key, _ in ASSIGNMENT.findall(source) if name == variable]
