"""That a built wheel works where nothing else of this checkout is."""

import sys
from pathlib import Path

import installed
import pytest
from behind import environment

assert environment.BEHIND.name == "behind"


def playing(folder, commands, *, where="empty"):
    """Stands for what runs commands: notes them, and leaves what they would make."""

    def run(command, place):
        commands.append(list(command))
        assert place == folder
        if "-c" in command:
            return f"{folder / where / 'lib' / 'suitecrm_bridge' / '__init__.py'}\n"
        if "demo" in command:
            (folder / "demo").mkdir()
            (folder / "demo" / "report.html").touch()
        if "package" in command:
            (folder / "package").mkdir()
            (folder / "package" / "bridge.zip").touch()
        return ""

    return run


def test_the_wheel_is_installed_alone_and_plays_the_demo_and_builds_the_package(tmp_path):
    commands = []
    made = installed.tried(Path("bridge.whl"), tmp_path, playing(tmp_path, commands))
    assert [file.name for file in made] == ["report.html", "bridge.zip"]
    install, _, demo, package = commands
    assert install[0] == sys.executable
    assert install[-3:] == ["--no-deps", "--no-index", "bridge.whl"]
    assert demo[0] == package[0] != sys.executable


def test_a_checkout_that_runs_in_its_place_is_found(tmp_path):
    with pytest.raises(SystemExit, match="in place of the wheel"):
        installed.tried(Path("b.whl"), tmp_path, playing(tmp_path, [], where="checkout"))


def test_what_the_demo_does_not_make_is_found(tmp_path):
    def idle(command, place):
        return str(tmp_path / "empty" / "x.py") if "-c" in command else ""

    with pytest.raises(SystemExit, match="made only"):
        installed.tried(Path("b.whl"), tmp_path, idle)


def test_a_command_that_fails_ends_it(tmp_path):
    with pytest.raises(SystemExit, match="exit code 3"):
        installed.ran([sys.executable, "-S", "-c", "raise SystemExit(3)"], tmp_path)
