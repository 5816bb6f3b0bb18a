"""No file is longer than 300 lines, no function than 40: Python, PHP and tests alike."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FOLDERS = ("suitecrm_bridge", "scripts", "tests", "custom")
GENERATED = "do not edit"
METHOD = re.compile(r"^    (?:\w+ )*function (\w+)")


def sources(suffix):
    """Return (name, lines) of every file that is written by hand."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob(f"*{suffix}")):
            lines = file.read_text(encoding="utf-8").splitlines()
            if not any(GENERATED in line for line in lines[:3]):
                yield file.relative_to(ROOT).as_posix(), lines


def code(lines, comment):
    """Return how many lines hold code."""
    return sum(1 for line in lines if line.strip() and not line.strip().startswith(comment))


def functions_of_python(lines):
    """Yield (name, lines) of every function, without its docstring."""
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = lines[node.lineno - 1 : node.end_lineno]
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                begin, end = first.lineno - node.lineno, first.end_lineno - node.lineno + 1
                body = body[:begin] + body[end:]
            yield node.name, code(body, "#")


def methods_of_php(lines):
    """Yield (name, lines) of every method of a class."""
    name, begin = None, 0
    for place, line in enumerate(lines):
        if found := METHOD.match(line):
            name, begin = found[1], place
        elif line == "    }" and name is not None:
            yield name, code(lines[begin : place + 1], ("//", "*", "/*"))
            name = None


@pytest.mark.parametrize("suffix", [".py", ".php"])
def test_a_file_can_be_read_at_one_sitting(suffix):
    lengths = {name: len(lines) for name, lines in sources(suffix)}
    assert len(lengths) > 50
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


@pytest.mark.parametrize(
    ("suffix", "functions"), [(".py", functions_of_python), (".php", methods_of_php)]
)
def test_a_function_fits_a_screen(suffix, functions):
    found = [(name, *one) for name, lines in sources(suffix) for one in functions(lines)]
    assert len(found) > 100
    assert [one for one in found if one[2] > LONGEST_FUNCTION] == []
