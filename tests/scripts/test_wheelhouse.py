"""What a server without network needs: the commands that collect it, none of which is run."""

from pathlib import Path

import pytest
from behind import environment

from tests.scripts.test_doors import load


@pytest.fixture
def wheelhouse():
    return load("wheelhouse")


@pytest.fixture
def asked(monkeypatch, tmp_path):
    commands = []

    def run(command, cwd=environment.ROOT):
        commands.append([str(word) for word in command])
        if "wheel" in commands[-1]:
            (tmp_path / "suitecrm_bridge-1.0.0-py3-none-any.whl").touch()
        return 0

    monkeypatch.setattr(environment, "prepare", lambda extras=(): Path("python"))
    monkeypatch.setattr(environment, "run", run)
    return commands


def test_it_builds_the_bridge_and_fetches_what_it_asks_for(wheelhouse, asked, tmp_path):
    assert wheelhouse.steps(["--output", str(tmp_path)]) == 0
    building, fetching = asked
    assert building[:5] == ["python", "-m", "pip", "wheel", "--no-deps"]
    assert fetching[:6] == ["python", "-m", "pip", "download", "--dest", str(tmp_path)]
    assert fetching[6].endswith("suitecrm_bridge-1.0.0-py3-none-any.whl")
    assert "--only-binary" not in fetching


def test_another_machine_gets_what_needs_no_building_there(wheelhouse, asked, tmp_path):
    wheel = tmp_path / "bridge.whl"
    options = ["--wheel", str(wheel), "--platform", "win_amd64", "--python", "3.12"]
    wheelhouse.steps(["--output", str(tmp_path), *options, "--extra", "keyring"])
    (fetching,) = asked
    assert f"{wheel}[keyring]" in fetching
    assert " ".join(fetching).endswith(
        "--platform win_amd64 --python-version 3.12 --only-binary :all:"
    )


def test_the_folder_says_how_it_is_installed_without_network(wheelhouse, asked, tmp_path):
    wheelhouse.steps(["--output", str(tmp_path), "--python", "3.12"])
    said = (tmp_path / "README.txt").read_text("utf-8")
    assert f"--no-index --find-links {tmp_path.name} suitecrm-bridge" in said
    assert "Python 3.12" in said


def test_what_fails_ends_it(wheelhouse, asked, monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "run", lambda command, cwd=None: 7)
    assert wheelhouse.steps(["--output", str(tmp_path)]) == 7
    assert not (tmp_path / "README.txt").exists()
