"""Find people by what somebody types: an id or its beginning, a name or a part of one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from suitecrm_bridge.ids import canonical, canonical_sql

MOST = 20
"""How many are offered where several fit."""
NEAREST, ALIKE = 5, 0.8
"""How many are offered where nobody fits, and how alike their names must be, of 1."""
COMPARED = 100
"""Characters of a name that are compared; people type no longer ones."""
LEAST_OF_ID = 4
"""Characters of the beginning of an id."""
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}


@dataclass(frozen=True)
class Named:
    """Somebody by id, module and name."""

    id: str
    module: str
    name: str


@dataclass(frozen=True)
class Sought:
    """Who was found; `offered` are those who may have been meant where nobody is certain.

    `several` says that they all fit, else none of them does and their names are alike.
    """

    people: list[Named]
    offered: list[Named]
    several: bool = False


def seek(connection: duckdb.DuckDBPyConnection, everybody: str, words: str) -> Sought:
    """Find people by an id or a name, else by the beginning of an id or a part of a name.

    Accents, case and ligatures do not matter. Everybody with just this id or name is found; whoever
    is found by a part only is certain where nobody else is.

    Args:
        connection: where they are.
        everybody: a query with the columns id, module and name.
        words: what somebody typed.
    """
    plain = _plain(words)
    for condition in ("id = $words OR lower(name) = lower($words)", f"{canonical_sql('id')} = $id"):
        found = _ask(connection, everybody, condition, words=words, id=canonical(words))
        if found:
            return Sought(found, [])
    if not plain:
        return Sought([], [])
    found = _ask(connection, everybody, f"{_PLAIN} = $plain", plain=plain)
    if found:
        return Sought(found, [])
    for condition, values in _parts(plain):
        found = _ask(connection, everybody, condition, **values)
        if len(found) == 1:
            return Sought(found, [])
        if found:
            return Sought([], found, several=True)
    return Sought([], _nearest(connection, everybody, plain))


def _parts(plain: str) -> Iterator[tuple[str, dict[str, str]]]:
    if len(plain) >= LEAST_OF_ID:
        yield "starts_with(lower(id), $plain)", {"plain": plain}
    words = {f"word{place}": word for place, word in enumerate(plain.split()[:MOST])}
    yield " AND ".join(f"contains({_PLAIN}, ${name})" for name in words), words


def _nearest(connection: duckdb.DuckDBPyConnection, everybody: str, plain: str) -> list[Named]:
    rows = connection.execute(
        f"WITH alike AS (SELECT id, module, name, {_alike()} AS near FROM ({everybody}))"
        f" SELECT id, module, name FROM alike WHERE near >= {ALIKE}"
        f" ORDER BY near DESC, name, id LIMIT {NEAREST}",
        {"plain": plain[:COMPARED]},
    ).fetchall()
    return [Named(*row) for row in rows]


def _alike() -> str:
    """Return how alike a name is: the whole of it, or the best of its words."""
    whole = f"left({_PLAIN}, {COMPARED})"
    words = (
        f"list_max(list_transform(string_split({whole}, ' '),"
        " lambda word: jaro_winkler_similarity(word, $plain)))"
    )
    return f"greatest(jaro_winkler_similarity({whole}, $plain), {words})"


def _ask(
    connection: duckdb.DuckDBPyConnection, everybody: str, condition: str, **values: Any
) -> list[Named]:
    used = {name: value for name, value in values.items() if f"${name}" in condition}
    rows = connection.execute(
        f"SELECT id, module, name FROM ({everybody}) WHERE {condition}"
        f" ORDER BY module DESC, id LIMIT {MOST}",
        used,
    ).fetchall()
    return [Named(*row) for row in rows]


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFD", words.lower())
    bare = "".join(one for one in decomposed if not unicodedata.combining(one))
    for ligature, letters in _LIGATURES.items():
        bare = bare.replace(ligature, letters)
    return " ".join(bare.split())


def _plain_sql() -> str:
    bare = "strip_accents(lower(name))"
    for ligature, letters in _LIGATURES.items():
        bare = f"replace({bare}, '{ligature}', '{letters}')"
    return f"trim(regexp_replace({bare}, '\\s+', ' ', 'g'))"


_PLAIN = _plain_sql()
