import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from behind import environment
from behind.environment import SetUpFailed

SCRIPTS = environment.ROOT / "scripts"
DOORS = ["behind/environment.py", *sorted(file.name for file in SCRIPTS.glob("*.py"))]


@pytest.fixture
def project(tmp_path):
    """A project in a folder with spaces in its name."""
    folder = tmp_path / "my project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    return folder


@pytest.fixture
def workshop(monkeypatch):
    """Note what is made and installed in place of doing it, which needs a package index."""

    class Workshop:
        def __init__(self):
            self.done = []
            self.sound = True

        def make(self, folder):
            folder.mkdir(exist_ok=True)
            self.done.append("made")

        def install(self, root, folder, extras):
            self.done.append(f"installed {','.join(extras)}".strip())

        def runs(self, folder, code):
            return self.sound

    bench = Workshop()
    monkeypatch.setattr(environment, "_make", bench.make)
    monkeypatch.setattr(environment, "_install", bench.install)
    monkeypatch.setattr(environment, "_runs", bench.runs)
    return bench


@pytest.mark.parametrize("name", DOORS)
def test_a_door_parses_on_an_old_python_so_that_it_can_say_what_is_wrong(name):
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("name", DOORS)
def test_a_door_needs_nothing_but_the_standard_library(name):
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {
        node.module.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }
    assert imported - {"behind"} <= sys.stdlib_module_names


def test_an_old_python_is_refused_with_the_version_that_is_needed():
    with pytest.raises(SetUpFailed, match=r"needs Python 3\.11 or newer; .* is Python 3\.9\."):
        environment.check_python((3, 9))


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_welcome(version):
    environment.check_python(version)


def test_the_first_run_makes_and_installs(project, workshop):
    python = environment.prepare(["dev"], root=project)
    assert workshop.done == ["made", "installed dev"]
    assert python.is_relative_to(project / ".venv")


def test_a_second_run_has_nothing_to_do(project, workshop):
    environment.prepare(["dev"], root=project)
    workshop.done.clear()
    environment.prepare(["dev"], root=project)
    assert workshop.done == []


def test_fewer_extras_need_no_new_installation(project, workshop):
    environment.prepare(["dev"], root=project)
    workshop.done.clear()
    environment.prepare(root=project)
    assert workshop.done == []


def test_another_extra_is_added_to_the_ones_there(project, workshop):
    environment.prepare(["spark"], root=project)
    workshop.done.clear()
    environment.prepare(["dev"], root=project)
    assert workshop.done == ["installed dev,spark"]


def test_a_changed_project_is_installed_again_in_place(project, workshop):
    environment.prepare(root=project)
    workshop.done.clear()
    (project / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    environment.prepare(root=project)
    assert workshop.done == ["installed"]


def test_a_broken_environment_is_made_anew(project, workshop):
    environment.prepare(root=project)
    workshop.done.clear()
    workshop.sound = False
    environment.prepare(root=project)
    assert workshop.done == ["made", "installed"]


def test_an_environment_of_another_place_is_made_anew(project, workshop):
    environment.prepare(root=project)
    workshop.done.clear()
    moved = project.rename(project.with_name("moved"))
    environment.prepare(root=moved)
    assert workshop.done == ["made", "installed"]


def test_an_environment_of_another_python_is_made_anew(project, workshop):
    environment.prepare(root=project)
    workshop.done.clear()
    stamp = project / ".venv" / environment.STAMP
    known = json.loads(stamp.read_text(encoding="utf-8"))
    stamp.write_text(json.dumps({**known, "python": [3, 10]}), encoding="utf-8")
    environment.prepare(root=project)
    assert workshop.done == ["made", "installed"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_half_written_stamp_does_not_count(project, workshop, content):
    environment.prepare(root=project)
    workshop.done.clear()
    (project / ".venv" / environment.STAMP).write_text(content, encoding="utf-8")
    environment.prepare(root=project)
    assert workshop.done == ["installed"]


def test_an_environment_that_somebody_made_by_hand_is_kept_and_installed_into(project, workshop):
    (project / ".venv").mkdir()
    environment.prepare(["dev"], root=project)
    assert workshop.done == ["installed dev"]


def test_a_failed_installation_leaves_no_stamp(project, workshop, monkeypatch):
    environment.prepare(root=project)

    def fail(root, folder, extras):
        raise SetUpFailed("no network")

    monkeypatch.setattr(environment, "_install", fail)
    with pytest.raises(SetUpFailed):
        environment.prepare(["dev"], root=project)
    assert not (project / ".venv" / environment.STAMP).exists()


def test_without_venv_the_message_names_the_package(project, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SetUpFailed, match="apt install python3-venv"):
        environment.prepare(root=project)


def test_pips_last_words_are_in_the_message(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environment, "python_of", lambda folder: Path(sys.executable))
    with pytest.raises(SetUpFailed) as caught:
        environment._install(tmp_path, tmp_path / ".venv", [])
    for words in (str(caught.value), capsys.readouterr().out):
        assert "pyproject.toml' found" in words
    assert "HTTPS_PROXY" in str(caught.value)


def test_what_stands_in_the_place_of_the_environment_is_removed(project):
    place = project / ".venv"
    for make in (
        lambda: place.write_text("file", "utf-8"),
        lambda: (place / "a" / "b").mkdir(parents=True),
    ):
        make()
        environment._remove(place)
        assert not place.exists()


@pytest.mark.story
def test_a_real_environment_is_made_in_a_folder_with_spaces(project):
    folder = project / ".venv"
    environment._make(folder)
    assert environment._runs(folder, "import sys; assert sys.prefix != sys.base_prefix")
    assert not environment._runs(folder, "import no_such_module")


def test_a_child_is_not_led_astray_by_the_callers_python(monkeypatch, capfd):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    show = "import os; print(os.environ.get('PYTHONPATH'), os.environ['PIP_USER'])"
    assert environment.run([sys.executable, "-c", show]) == 0
    assert capfd.readouterr().out.split() == ["None", "0"]


def test_children_keep_what_they_compiled_for_each_other(monkeypatch, capfd):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment.run([sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"])
    assert capfd.readouterr().out.split() == ["False"]


def test_what_was_begun_is_shown_when_it_is_waited_for(capsys):
    end = environment.begin([sys.executable, "-c", "print('told'); raise SystemExit(7)"])
    assert capsys.readouterr().out == ""
    assert end() == 7
    assert capsys.readouterr().out.split() == ["told"]


def test_a_childs_exit_code_is_passed_on():
    assert environment.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def door(name, *arguments):
    return subprocess.run(
        [sys.executable, str(SCRIPTS / name), *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("name", DOORS[1:])
def test_a_door_explains_itself_without_making_anything(name):
    done = door(name, "--help")
    assert done.returncode == 0
    assert done.stdout.lower().count("usage: ") == 1
    assert name in done.stdout


def test_a_door_whose_reader_stops_ends_without_a_traceback():
    """As in `python scripts/bench.py --help | head -1`."""
    code = (
        f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); from behind import environment\n"
        "sys.exit(environment.door(lambda arguments: [print('x' * 100_000), 0][1]))"
    )
    door = subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1)
    door.stdout.close()
    assert (door.stderr.read(), door.wait()) == (b"", 0)
    door.stderr.close()
