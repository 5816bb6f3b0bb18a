"""The graph of figures: which table is made of which, read from the files in `graph`.

Each file there makes the table that it is named after. It says at its top what it reads: an SQL
file in comments, a Python file in its docstring. What no file makes, the caller gives: the
mirror's facts and what the catalogue sets. What repeats in the queries of a subject is written
once, in its `lists.toml`, and filled in by Jinja.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_FOLDER = files("suitecrm_bridge.analytics") / "graph"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Node:
    """A table of figures.

    `subject` is the folder of its file, `makes` says in words what a row is and which columns it
    has. `query` is the SQL that makes it, None where Python does.
    """

    name: str
    subject: str
    reads: tuple[str, ...]
    makes: str
    query: str | None

    def run(self, engine: Any) -> Any:
        """Return the frame that a Python file makes of the tables it reads."""
        module = f"suitecrm_bridge.analytics.graph.{self.subject}.{self.name}"
        return import_module(module).make(engine)


def checked(name: str) -> str:
    """Return the name of a table.

    Raises:
        ValueError: it is none.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a name of a table")
    return name


@cache
def nodes() -> Mapping[str, Node]:
    """Return every table that is made here, by name."""
    return {node.name: node for node in _nodes()}


@cache
def readers() -> Mapping[str, frozenset[str]]:
    """Return which tables are made, be it by way of others, of each table."""
    direct: dict[str, set[str]] = {}
    for node in nodes().values():
        for name in node.reads:
            direct.setdefault(name, set()).add(node.name)
    return {name: frozenset(_reached(name, direct)) for name in direct}


@cache
def lists(subject: str) -> Mapping[str, Any]:
    """Return what the queries of a subject repeat, by name."""
    file = _FOLDER / subject / "lists.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _reached(name: str, direct: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    left = [name]
    while left:
        new = set(direct.get(left.pop(), ())) - found
        found |= new
        left += new
    return found


def _nodes() -> Iterator[Node]:
    for folder in sorted(_FOLDER.iterdir(), key=lambda each: each.name):
        if folder.is_dir() and _NAME.fullmatch(folder.name):
            for file in sorted(folder.iterdir(), key=lambda each: each.name):
                name, _, ending = file.name.rpartition(".")
                if ending in ("sql", "py") and _NAME.fullmatch(name):
                    yield _node(folder.name, name, ending, file)


def _node(subject: str, name: str, ending: str, file: Traversable) -> Node:
    content = file.read_text(encoding="utf-8")
    query = _filled_in(content, subject) if ending == "sql" else None
    head = _comment(content) if query else ast.get_docstring(ast.parse(content)) or ""
    reads = _said(head, "reads", name).split(", ")
    return Node(name, subject, tuple(reads), _said(head, "makes", name), query)


def _filled_in(content: str, subject: str) -> str:
    known = lists(subject)
    if not known:
        return content
    from jinja2 import Environment, StrictUndefined

    jinja = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701, it makes SQL
    )
    return jinja.from_string(content).render(known)


def _comment(content: str) -> str:
    lines = content.splitlines()
    end = next(n for n, line in enumerate(lines) if not line.startswith("--"))
    return "\n".join(line[3:] for line in lines[:end])


def _said(head: str, word: str, name: str) -> str:
    found = re.search(rf"^{word}: (.*(?:\n +.*)*)", head, re.MULTILINE)
    if not found:
        raise ValueError(f"{name} does not say at its top what it {word}")
    return " ".join(found[1].split())
