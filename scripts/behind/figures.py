"""The page of the graph of figures: every table, what it is made of, and a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from suitecrm_bridge.analytics.nodes import Node, nodes

FOLDER = Path(__file__).resolve().parent.parent.parent / "suitecrm_bridge" / "analytics" / "graph"
INTRODUCTION = """Every figure is a table, and every table is one file under
`suitecrm_bridge/analytics/graph`, named after it: a query, or Python where it takes more than SQL.
The file says at its top what it reads and what it makes. Whoever wants a table asks for it: what it
is made of is made first, each table once, and what nothing needs is not made. What no file makes is
given: the mirror's facts (`suitecrm_bridge/mirror/sql`), the day to look from (`as_of`), and small
tables of rules from the catalogue.

To add a figure, write its file; a test holds that it reads what it says and nothing else."""


def page() -> str:
    """Return the text below the title."""
    subjects: dict[str, list[Node]] = {}
    for node in nodes().values():
        subjects.setdefault(node.subject, []).append(node)
    parts = [INTRODUCTION, "## How the subjects hang together", _overview(subjects)]
    for subject, tables in subjects.items():
        about = (FOLDER / subject / "README.md").read_text(encoding="utf-8").strip()
        parts += [f"## {subject.capitalize()}", about, _drawing(tables), _table(tables)]
    parts += ["## What is given", _given()]
    return "\n\n".join(parts) + "\n"


def _overview(subjects: dict[str, list[Node]]) -> str:
    own = {node.name: node.subject for tables in subjects.values() for node in tables}
    arrows = {
        f"    {own[name]} --> {node.subject}"
        for tables in subjects.values()
        for node in tables
        for name in node.reads
        if name in own and own[name] != node.subject
    }
    return _chart([f"    {subject}" for subject in subjects] + sorted(arrows))


def _drawing(tables: Sequence[Node]) -> str:
    own = {node.name for node in tables}
    boxes = [f"    {node.name}" for node in tables]
    arrows = [f"    {name} --> {node.name}" for node in tables for name in node.reads]
    outside = {name for node in tables for name in node.reads} - own
    return _chart(boxes + [f"    {name}([{name}])" for name in sorted(outside)] + arrows)


def _chart(lines: Sequence[str]) -> str:
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```"])


def _table(tables: Sequence[Node]) -> str:
    rows = (
        f"| `{node.name}` | {', '.join(f'`{name}`' for name in node.reads)} | {node.makes} |"
        for node in tables
    )
    return "\n".join(["| table | made of | what it holds |", "|---|---|---|", *rows])


def _given() -> str:
    read: dict[str, list[str]] = {}
    for node in nodes().values():
        for name in node.reads:
            read.setdefault(name, []).append(node.name)
    return "\n".join(["| table | read by |", "|---|---|", *_rows(read)])


def _rows(read: dict[str, list[str]]) -> Iterator[str]:
    for name in sorted(set(read) - set(nodes())):
        yield f"| `{name}` | {', '.join(f'`{reader}`' for reader in read[name])} |"
