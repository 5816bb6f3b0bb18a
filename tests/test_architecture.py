"""The rules of the house, read from the code itself."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import suitecrm_bridge
from suitecrm_bridge.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "suitecrm_bridge"
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in PACKAGE.rglob("*.py")}

HTTP_CLIENTS = {"requests", "urllib3", "http.client", "urllib.request"}


@cache
def tree(name):
    return ast.parse(FILES[name].read_text(encoding="utf-8"), filename=name)


def nodes(*kinds):
    """Yield (file, node) for every node of these kinds in the package."""
    for name in sorted(FILES):
        for node in ast.walk(tree(name)):
            if isinstance(node, kinds):
                yield name, node


def imports():
    """Yield (file, module) for every import in the package."""
    for name, node in nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((name, alias.name) for alias in node.names)
        elif node.module and not node.level:
            yield name, node.module
            yield from ((name, f"{node.module}.{alias.name}") for alias in node.names)


def importers(modules):
    return {
        name
        for name, imported in imports()
        if any(imported == module or imported.startswith(f"{module}.") for module in modules)
    }


def test_rooms_import_only_rooms_below_them():
    run = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", run],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_files_import_each_other_in_a_circle():
    known = {f"suitecrm_bridge.{name[:-3].replace('/', '.')}": name for name in FILES}
    needs = {}
    for name, module in imports():
        if module in known:
            needs.setdefault(name, set()).add(known[module])
    assert needs
    TopologicalSorter(needs).prepare()


def test_only_crm_and_notifications_speak_http_as_a_client():
    rooms = ("crm/", "wire/")
    others = {name for name in importers(HTTP_CLIENTS) if not name.startswith(rooms)}
    assert others == {"notify/signed.py", "notify/webhook.py"}


def test_only_the_mirror_the_files_of_purchases_and_the_analytics_engine_open_duckdb():
    rooms = ("mirror/", "purchase_files/")
    others = {name for name in importers({"duckdb"}) if not name.startswith(rooms)}
    assert others <= {"analytics/engine.py"}


def test_only_two_files_know_spark_which_need_not_be_installed():
    assert importers({"pyspark", "py4j", "pyarrow"}) == {
        "analytics/spark.py",
        "purchase_files/spark_session.py",
    }
    loaded = "import suitecrm_bridge.cli.sync, suitecrm_bridge.analytics.spark, sys"
    asked = f"{loaded}; print({{'pyspark', 'py4j'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_only_the_settings_read_the_environment():
    readers = {name for name, node in nodes(ast.Attribute) if reads_environment(node)}
    readers |= {name for name, module in imports() if module in ("os.environ", "os.getenv")}
    assert readers <= {"settings/__init__.py"}


def reads_environment(node):
    return (
        node.attr in ("environ", "environb", "getenv", "putenv")
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    )


def test_nothing_prints_but_click_and_rich():
    called = [(name, node) for name, node in nodes(ast.Call) if isinstance(node.func, ast.Name)]
    assert [(name, node.lineno) for name, node in called if node.func.id == "print"] == []


def test_only_one_file_prints_so_that_nothing_from_elsewhere_gets_out_raw():
    printing = {
        name
        for name, node in nodes(ast.Attribute)
        if isinstance(node.value, ast.Name) and (node.value.id, node.attr) == ("click", "echo")
    }
    assert printing == {"cli/output.py"}


def test_files_are_written_in_one_way():
    writing = {
        name
        for name, node in nodes(ast.Attribute)
        if node.attr in ("write_text", "write_bytes", "NamedTemporaryFile", "mkstemp")
    }
    assert writing == set()


def test_only_the_jobs_and_the_command_line_look_at_the_clock():
    looks = {
        name
        for name, node in nodes(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in ("today", "now", "utcnow")
        and ast.unparse(node.func.value)
        in ("date", "datetime", "datetime.date", "datetime.datetime")
    }
    assert {name for name in looks if name.startswith(("analytics/", "report/", "push/"))} == set()


def test_every_text_of_the_code_is_in_the_catalogue():
    missing = {(name, key) for name, key in keys_asked_for() if key not in catalogue().messages}
    assert missing == set()


def test_every_text_put_together_at_run_time_has_messages():
    calls = [a for _, a in text_calls() if isinstance(a, ast.JoinedStr)]
    patterns = {pattern for pattern in map(pattern_of, calls) if pattern}
    assert {
        p for p in patterns if not any(re.fullmatch(p, k) for k in catalogue().messages)
    } == set()


def test_every_message_of_the_catalogue_is_used():
    words = {node.value for _, node in nodes(ast.Constant) if isinstance(node.value, str)}
    words |= set(re.findall(r"""["']([\w.]+)["']""", templates()))
    patterns = [pattern_of(node) for _, node in nodes(ast.JoinedStr)]
    patterns += [f"{start}(.+)" for start in re.findall(r"""["'](\w+\.\w+)["'] *~""", templates())]

    starts = of_columns()

    def made(key):
        """Tell whether an f-string makes the key; one that names only the room must have the
        rest of the key as a word somewhere in the code."""
        for pattern in filter(None, patterns):
            found = re.fullmatch(pattern, key)
            if found and (not re.match(r"\w+\\?\.\(", pattern) or set(found.groups()) <= words):
                return True
        return any(key.startswith(s) and key.removeprefix(s) in words for s in starts)

    unused = {key for key in catalogue().messages if key not in words and not made(key)}
    # Those of click are found by what click says, those of settings by the settings' names.
    unused = {key for key in unused if not key.startswith(("click.", "setting_help."))}
    assert {key for key in unused if not used_in_php(key)} == set()


def of_columns():
    """Return what the headings of tables begin with, before the names of their columns."""
    calls = [node for _, node in nodes(ast.Call) if isinstance(node.func, ast.Name)]
    makers = [call for call in calls if call.func.id in ("columns", "of_fields")]
    return {call.args[0].value for call in makers if isinstance(call.args[0], ast.Constant)}


def used_in_php(key):
    """Tell whether the package's PHP names a message of its rooms, whole, by start or in parts."""
    room, _, name = key.partition(".")
    return room.startswith("package") and any(
        name == word
        or (word.endswith("_") and name.startswith(word))
        or (word.startswith("_") and name.endswith(word) and name.removesuffix(word) in php_words())
        for word in php_words()
    )


@cache
def php_words():
    sources = [
        file.read_text(encoding="utf-8")
        for file in (ROOT / "custom").rglob("*.php")
        if "Language" not in file.parts
    ]
    words = re.findall(r"""'(\w+)'|"(\w+_)[{$]""", "\n".join(sources))
    found = (whole or start for whole, start in words)
    return {word.removeprefix("LBL_SUITECRMBRIDGE_").lower() for word in found} - {""}


def pattern_of(string):
    """Return an f-string "room.…{}…" as a regular expression, None for any other."""
    first = string.values[0] if string.values else None
    if not (isinstance(first, ast.Constant) and re.fullmatch(r"[a-z_]+\.\w*", first.value)):
        return None
    parts = (re.escape(v.value) if isinstance(v, ast.Constant) else "(.+)" for v in string.values)
    return "".join(parts)


def text_calls():
    """Yield (file, first argument) of every call of a function or method named `text`."""
    for name, node in nodes(ast.Call):
        function = node.func
        called = getattr(function, "id", None) or getattr(function, "attr", None)
        if called == "text" and node.args:
            yield name, node.args[0]


def keys_asked_for():
    """Yield (file, key) for every message that is asked for by its whole key."""
    for name, argument in text_calls():
        constants = [argument]
        if isinstance(argument, ast.IfExp):
            constants = [argument.body, argument.orelse]
        for constant in constants:
            key = constant.value if isinstance(constant, ast.Constant) else None
            if isinstance(key, str) and re.fullmatch(r"[a-z]+\.\w+", key):
                yield name, key
    yield from (
        ("template", k) for k in re.findall(r"""\btext\(["'](\w+\.\w+)["']\)""", templates())
    )


@cache
def templates():
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.j2")))


def test_the_changelog_begins_with_the_version_of_the_package():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d[^\]]*)\]", changelog, flags=re.MULTILINE)
    assert versions[0] == suitecrm_bridge.__version__


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md"])
def test_a_link_between_documents_leads_somewhere(name):
    document = ROOT / name
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_licence_is_the_whole_agpl():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    title = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007 "
    assert " ".join(licence.split()).startswith(title)
    assert "17. Interpretation of Sections 15 and 16." in licence
    assert "END OF TERMS AND CONDITIONS" in licence
