import importlib.util
import os
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from behind import environment


def load(name):
    """Import a script by its path: `test` is also the name of a standard package."""
    file = environment.ROOT / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"door_{name}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def started(monkeypatch):
    """Note what would be started, and let the commands in `failing` fail."""

    class Started(list):
        def __init__(self):
            super().__init__()
            self.failing = {}

    commands = Started()

    def run(command, cwd=environment.ROOT):
        words = [str(word) for word in command]
        commands.append(words)
        return next((code for word, code in commands.failing.items() if word in words), 0)

    monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", "where it was")
    monkeypatch.setattr(environment, "prepare", lambda extras=(): Path("python"))
    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "begin", lambda command: partial(run, command))
    return commands


def test_every_check_runs_and_pytest_gets_the_arguments(started, capsys):
    assert load("test").steps(["-k", "name with spaces", "tests/x"]) == 0
    assert len(started) == 5
    (tests,) = [words for words in started if "pytest" in words]
    assert tests[:3] == ["python", "-m", "pytest"]
    assert tests[-3:] == ["-k", "name with spaces", "tests/x"]
    assert [line.split() for line in capsys.readouterr().out.splitlines()[-5:]] == [
        [name, "passed"] for name in ("format", "lint", "layers", "tests", "types")
    ]


def test_a_failed_check_does_not_hide_the_others(started, capsys):
    started.failing = {"mypy": 1, "pytest": 5}
    assert load("test").steps([]) == 1
    assert len(started) == 5
    out = capsys.readouterr().out
    assert "types    failed (exit code 1)" in out
    assert "tests    failed (exit code 5)" in out
    assert "lint     passed" in out


def test_the_demo_writes_into_the_project_unless_told_otherwise(started):
    load("demo").steps(["--customers", "300"])
    expected = str(environment.ROOT / "demo-output")
    assert started == [
        ["python", "-m", "suitecrm_bridge", "demo", "--output", expected, "--customers", "300"]
    ]


@pytest.mark.parametrize("given", [["--output", "here"], ["--output=here"]])
def test_the_demo_writes_where_it_is_told(started, given):
    load("demo").steps(given)
    assert started[0][3:] == ["demo", "--output", str(Path("here").resolve())]


def test_the_demo_speaks_the_language_it_is_told(started):
    load("demo").steps(["--lang", "fr", "--seed", "2"])
    assert started[0][3:6] == ["--lang", "fr", "demo"]
    assert started[0][-2:] == ["--seed", "2"]


def test_the_demo_says_where_everything_lies(started, tmp_path, capsys):
    assert load("demo").steps(["--output", str(tmp_path)]) == 0
    assert f"Everything lies in {tmp_path.resolve()}" in capsys.readouterr().out


def test_a_failed_demo_says_so_and_passes_its_exit_code_on(started, tmp_path, capsys):
    started.failing = {"demo": 4}
    assert load("demo").steps(["--output", str(tmp_path)]) == 4
    captured = capsys.readouterr()
    assert "The demo failed (exit code 4)" in captured.err
    assert "Everything lies" not in captured.out


def test_a_set_up_that_fails_ends_in_a_message_and_no_traceback(monkeypatch, capsys):
    def fail(arguments):
        raise environment.SetUpFailed("no network")

    monkeypatch.setattr(sys, "argv", ["test.py"])
    assert environment.door(fail) == 1
    assert capsys.readouterr().err == "\nno network\n"


def test_stopping_is_no_failure_of_the_script(monkeypatch, capsys):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["test.py"])
    assert environment.door(interrupted) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


@pytest.mark.parametrize(("free", "root"), [(8 << 30, True), (1 << 30, False)])
def test_temporary_files_lie_in_memory_only_where_there_is_room(monkeypatch, tmp_path, free, root):
    door = load("test")
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    monkeypatch.setattr(door, "MEMORY", tmp_path)
    monkeypatch.setattr(door.shutil, "disk_usage", lambda place: SimpleNamespace(free=free))
    door.keep_in_memory()
    assert os.environ.get("PYTEST_DEBUG_TEMPROOT") == (str(tmp_path) if root else None)
