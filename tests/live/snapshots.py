"""What a SuiteCRM consists of: its files and its database, to be compared before and after."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Facts = Mapping[str, Mapping[str, str]]
"""What there is by kind and name, with what it holds."""

# What SuiteCRM writes at any time (its search index too), and what Studio may roll back to.
PASSING = ("cache", "upload", "custom/history", "custom/working", "modules/AOD_Index/Index")
PASSING_ENDS = (".log",)

# SuiteCRM writes the time into what it generates.
CREATED = re.compile(rb"^\s*// ?created: .*$", re.MULTILINE)

# What SuiteCRM merges from no file at all, in any rebuild, for each language that it knows.
MERGED_FROM_NOTHING = re.compile(
    rb"<\?php\s*// ?WARNING: The contents of this file are auto-generated\s*(\?>\s*)?"
)

QUERIES = {
    "column": """
        SELECT concat(table_name, '.', column_name),
               concat_ws(' ', column_type, is_nullable, column_default, extra)
        FROM information_schema.columns WHERE table_schema = database()""",
    "index": """
        SELECT concat(table_name, '.', index_name),
               group_concat(column_name ORDER BY seq_in_index)
        FROM information_schema.statistics WHERE table_schema = database()
        GROUP BY table_name, index_name""",
    "fields_meta_data": "SELECT id, concat_ws('|', type, len, nullif(ext1, ''), deleted)"
    " FROM fields_meta_data",
    "config": "SELECT concat(category, '.', name), value FROM config",
    "scheduler": "SELECT concat(name, ' ', job), group_concat(status) FROM schedulers"
    " WHERE deleted = 0 GROUP BY name, job",
    "workflow": "SELECT concat(name, ' ', id), status FROM aow_workflow WHERE deleted = 0",
    "workflow condition": "SELECT id, field FROM aow_conditions WHERE deleted = 0",
    "workflow action": "SELECT id, action FROM aow_actions WHERE deleted = 0",
    "report": "SELECT concat(name, ' ', id), report_module FROM aor_reports WHERE deleted = 0",
    "report part": "SELECT id, field FROM aor_fields UNION SELECT id, field FROM aor_conditions",
    "notification": "SELECT id, name FROM alerts WHERE url_redirect LIKE '%suitecrmbridge%'",
    "saved search": "SELECT concat(name, ' ', id), assigned_user_id FROM saved_search",
    "preference": "SELECT concat(category, ' ', assigned_user_id), md5(contents)"
    " FROM user_preferences WHERE category IN ('Home', 'suitecrmbridge')",
    "package": "SELECT id, concat_ws('|', id_name, version) FROM upgrade_history",
}


class Database:
    """A MySQL database, by its DSN: mysql://user:password@host:port/name."""

    def __init__(self, dsn: str) -> None:
        import pymysql

        parts = urlsplit(dsn)
        self._connection = pymysql.connect(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or 3306,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=parts.path.lstrip("/"),
            charset="utf8mb4",
            autocommit=True,
        )

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    def close(self) -> None:
        self._connection.close()


@contextmanager
def settings_kept(database: Database, start: str) -> Iterator[None]:
    """Put SuiteCRM's settings of categories that start like this back when the block ends."""
    theirs, like = "FROM config WHERE category LIKE %s", f"{start}%"
    kept = database.rows(f"SELECT category, name, value {theirs}", like)
    try:
        yield
    finally:
        database.rows(f"DELETE {theirs}", like)
        for row in kept:
            database.rows("INSERT INTO config (category, name, value) VALUES (%s, %s, %s)", *row)


def tree(root: Path) -> dict[str, dict[str, str]]:
    """Return a hash of each file, and the folders, of SuiteCRM's root and an 8's extensions."""
    found = _below(root)
    above = root.parent.parent
    if (above / "core" / "backend" / "Kernel.php").is_file():
        for kind, names in _below(above / "extensions").items():
            found[kind] |= {f"../../extensions/{name}": what for name, what in names.items()}
    return found


def _below(root: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"file": {}, "folder": {}}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.endswith(PASSING_ENDS) or any(
            name == one or name.startswith(f"{one}/") for one in PASSING
        ):
            continue
        if path.is_dir():
            found["folder"][name] = "there"
        elif path.is_file():
            content = path.read_bytes()
            if name.startswith("custom/"):
                content = CREATED.sub(b"", content)
            if name.endswith(".ext.php") and MERGED_FROM_NOTHING.fullmatch(content):
                continue
            found["file"][name] = hashlib.blake2b(content, digest_size=16).hexdigest()
    return found


def snapshot(root: Path | None, database: Database | None) -> Facts:
    """Return what there is now, as far as it can be seen."""
    facts = tree(root) if root else {}
    if database:
        for kind, sql in QUERIES.items():
            facts[kind] = {str(name): str(value) for name, value in database.rows(sql)}
    return facts


def differences(before: Facts, after: Facts) -> list[str]:
    """Return what is not the same, one line each."""
    lines = []
    for kind, old in before.items():
        new = after[kind]
        for name in sorted(old.keys() | new.keys()):
            if name not in new:
                lines.append(f"- {kind} {name}")
            elif name not in old:
                lines.append(f"+ {kind} {name} = {new[name]}")
            elif old[name] != new[name]:
                lines.append(f"~ {kind} {name}: {old[name]} -> {new[name]}")
    return lines


def described(facts: Facts) -> str:
    """Say what a snapshot compares."""
    return ", ".join(f"{len(names)} × {kind}" for kind, names in facts.items()) or "nothing"
