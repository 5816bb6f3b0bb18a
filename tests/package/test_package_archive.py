import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.cli import main
from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.package import build
from suitecrm_bridge.package.archive import contents
from tests.package.conftest import CUSTOM, ROOT


@pytest.fixture
def source(tmp_path):
    """A small project: a licence and two files of the package."""
    source = tmp_path / "project"
    (source / "custom" / "lib").mkdir(parents=True)
    (source / "custom" / "scripts").mkdir()
    (source / "LICENSE").write_bytes(b"free\n")
    (source / "custom" / "lib" / "One.php").write_bytes(b"<?php\n// one\n")
    (source / "custom" / "scripts" / "pre_install.php").write_bytes(b"<?php\n")
    return source


def test_the_same_sources_make_the_same_bytes(tmp_path):
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_no_two_files_differ_in_case_alone_for_on_windows_they_would_be_one(files):
    assert len({name.lower() for name in files}) == len(files)


def test_what_a_field_includes_is_in_the_zip(files):
    included = {
        file
        for name, content in files.items()
        if "/Ext/Vardefs/" in name
        for file in re.findall(r"'include' => '([^']+)'", content)
    }
    assert included
    assert included <= files.keys()


def test_neither_the_age_of_files_nor_the_line_ends_of_windows_change_the_bytes(source, tmp_path):
    first = build(tmp_path / "a", source).read_bytes()
    one = source / "custom" / "lib" / "One.php"
    one.write_bytes(one.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(one, (0, 0))
    assert build(tmp_path / "b", source).read_bytes() == first


def test_the_zip_does_not_depend_on_a_version_of_zlib(package):
    with zipfile.ZipFile(package) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        names = archive.namelist()
    assert names == sorted(names)


def test_the_zip_is_called_after_the_version(package):
    assert package.name == f"suitecrm-bridge-{__version__}.zip"


def test_manifest_licence_readme_and_scripts_lie_at_the_top(files):
    top = {name for name in files if not name.startswith(("custom/", "extensions/"))}
    scripts = {f"scripts/{file.name}" for file in (CUSTOM / "scripts").iterdir()}
    assert top == {"manifest.php", "LICENSE.txt", "README.txt", *scripts}
    assert __version__ in files["README.txt"]


def test_everything_else_lies_where_suitecrm_has_it(files):
    lies = {f.relative_to(CUSTOM).as_posix() for f in CUSTOM.rglob("*") if f.is_file()}
    others = ("scripts/", "extensions/")
    wanted = {f"custom/{name}" for name in lies if not name.startswith(others)}
    assert {name for name in files if name.startswith("custom/")} == wanted


def test_what_suitecrm_8_keeps_beside_its_legacy_part_lies_beside_custom(files):
    ours = CUSTOM / "extensions"
    lies = {f.relative_to(CUSTOM).as_posix() for f in ours.rglob("*") if f.is_file()}
    assert lies
    assert {name for name in files if name.startswith("extensions/")} == lies


def test_a_generated_file_is_fresh_whatever_lies_in_the_checkout(source):
    stale = source / "custom" / "lib" / "SuiteCRMBridge" / "Catalogue.php"
    stale.parent.mkdir()
    stale.write_text("stale", encoding="utf-8")
    packed = contents(Rules(), source)
    assert b"final class Catalogue" in packed["custom/lib/SuiteCRMBridge/Catalogue.php"]


def test_hidden_files_stay_out(source):
    (source / "custom" / ".DS_Store").write_bytes(b"")
    assert not any(".DS_Store" in name for name in contents(Rules(), source))


def test_a_missing_tree_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="Install SuiteCRM Bridge again"):
        build(tmp_path, tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="--output"):
        build(tmp_path / "file" / "below")


def test_the_command_prints_where_the_zip_is(tmp_path):
    from click.testing import CliRunner

    result = CliRunner().invoke(main, ["package", "build", "--output", str(tmp_path)])
    assert result.exit_code == 0
    assert result.output.strip() == str(tmp_path / f"suitecrm-bridge-{__version__}.zip")


def test_an_installed_bridge_builds_the_same_zip_as_a_checkout(tmp_path, package):
    pytest.importorskip("setuptools", minversion="77", reason="the build needs setuptools 77")
    project = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*", "node_modules", "dist")
    for folder in ("suitecrm_bridge", "custom"):
        shutil.copytree(ROOT / folder, project / folder, ignore=ignored)
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, project / name)
    installed = tmp_path / "installed"
    run(["setup.py", "-q", "build_py", "--build-lib", installed], project)
    # The wheel holds what `build_py` lays out; no pip, no network.
    run(["-m", "suitecrm_bridge", "package", "build", "--output", tmp_path / "out"], installed)
    assert (tmp_path / "out" / package.name).read_bytes() == package.read_bytes()


def run(command, folder):
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
