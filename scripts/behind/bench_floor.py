"""The floor of reading: a database client that writes the same rows to nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from bench_timing import CannotDo

from suitecrm_bridge.catalogue import catalogue


def dump(dsn: str, modules: Iterable[str]) -> int:
    """Select the bridge's columns of every record that is not deleted; return how many rows.

    Columns that SuiteCRM puts together from other tables (an address, an account) are left out.

    Args:
        dsn: mysql://user:password@host:port/database.
        modules: keys of modules whose table has the key's name.

    Raises:
        CannotDo: neither the program mariadb nor mysql is there.
    """
    return sum(_dump(urlsplit(dsn), module) for module in modules)


def _dump(dsn: SplitResult, module: str) -> int:
    table = module.lower()
    wanted = ["id", *catalogue().columns_of(module)]
    columns = [f"m.{name}" for name in wanted if name in _columns(dsn, table)]
    source = f"{table} m"
    custom = _columns(dsn, f"{table}_cstm")
    if custom:
        columns += [f"c.{name}" for name in wanted if name in custom and name != "id"]
        source += f" LEFT JOIN {table}_cstm c ON c.id_c = m.id"
    listed = ", ".join(dict.fromkeys(columns))
    return _ask(dsn, f"SELECT {listed} FROM {source} WHERE m.deleted = 0")


def _columns(dsn: SplitResult, table: str) -> Sequence[str]:
    shown = _output(dsn, f"SHOW COLUMNS FROM {table}", check=False)
    return [line.partition("\t")[0] for line in shown.splitlines()]


def _ask(dsn: SplitResult, query: str) -> int:
    with subprocess.Popen(_command(dsn, query), env=_environment(dsn), stdout=subprocess.PIPE) as p:
        stream = p.stdout
        if stream is None:
            raise CannotDo("the database client has no output")
        count = 0
        while part := stream.read(1 << 20):
            count += part.count(b"\n")
    return count


def _output(dsn: SplitResult, query: str, *, check: bool) -> str:
    found = subprocess.run(
        _command(dsn, query), env=_environment(dsn), capture_output=True, text=True, check=check
    )
    return found.stdout


def _command(dsn: SplitResult, query: str) -> list[str]:
    program = shutil.which("mariadb") or shutil.which("mysql")
    if program is None:
        raise CannotDo("neither mariadb nor mysql is installed")
    return [
        program,
        f"--user={unquote(dsn.username or '')}",
        f"--host={dsn.hostname}",
        f"--port={dsn.port or 3306}",
        "--quick",
        "--skip-column-names",
        "--batch",
        f"--execute={query}",
        dsn.path.lstrip("/"),
    ]


def _environment(dsn: SplitResult) -> dict[str, str]:
    return {**os.environ, "MYSQL_PWD": unquote(dsn.password or "")}
