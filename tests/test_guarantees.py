"""docs/guarantees.md: each promise names the tests that keep it, and they exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8").partition("\n## ")[0]
PROMISES = {
    int(cells[1]): cells
    for cells in (line.split("|") for line in TABLE.splitlines())
    if len(cells) > 4 and cells[1].strip().isdigit()
}

TOO_HEAVY = "test_a_pull_of_ten_thousand_heavy_cases_takes_little_memory"
"""Of this one CI plays the small sister."""


@cache
def functions(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@cache
def left_out(file, *marks):
    """Names of a file's tests that have one of the marks as a whole."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    decorators = {
        node.name: [ast.unparse(decorator) for decorator in node.decorator_list]
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    of_all = [
        ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    ]
    wanted = {f"pytest.mark.{mark}" for mark in marks}
    return {name for name, own in decorators.items() if wanted & {*own, *of_all}}


def named(number):
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PROMISES[number][4])


def test_the_promises_are_numbered_without_a_gap():
    assert len(PROMISES) >= 21
    assert list(PROMISES) == list(range(1, len(PROMISES) + 1))


@pytest.mark.parametrize("number", PROMISES)
def test_a_promise_says_what_it_is_and_how_it_is_kept(number):
    promise, way = PROMISES[number][2:4]
    assert len(promise.split()) > 4
    assert len(way.split()) > 4


@pytest.mark.parametrize("number", PROMISES)
def test_every_test_that_a_promise_names_exists(number):
    tests = named(number)
    assert tests
    assert [f"{file}::{name}" for file, name in tests if name not in functions(file)] == []


@pytest.mark.parametrize("number", PROMISES)
def test_everybody_plays_a_test_of_each_promise(number):
    tests = named(number)
    assert [name for file, name in tests if name not in left_out(file, "story", "long")]


@pytest.mark.parametrize("number", PROMISES)
def test_ci_plays_the_tests_that_a_promise_names(number):
    tests = [name for file, name in named(number) if name in left_out(file, "long")]
    assert [name for name in tests if name != TOO_HEAVY] == []


@pytest.mark.parametrize("number", PROMISES)
def test_a_promise_names_nothing_but_tests(number):
    words = [word for word in PROMISES[number][4].replace("<br>", " ").split() if word]
    assert len(words) == len(named(number))
