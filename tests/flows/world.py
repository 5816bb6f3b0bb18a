"""A small SuiteCRM filled with demo data, served over HTTP, and a home folder of the bridge."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import MIRROR_FILE
from suitecrm_bridge.sandbox import Sandbox
from tests.flows.made_once import made_once, own_place
from tests.flows.opened import DAY as DAY
from tests.flows.opened import World as World
from tests.flows.opened import patient as patient
from tests.flows.opened import tables_of
from tests.sandbox.conftest import NOON as NOON
from tests.sandbox.conftest import Clock

CUSTOMERS = 60
ENOUGH = 80
"""So large a base has 50 buyers, as many as the models of lifetimes ask for."""
WRITES = 76
"""Records that the first sync of that base writes: contacts, accounts and complaints."""
NO_ACCESS = "[SuiteCRM] [Not Allowed] The API user does not have access to this module."

Synced = tuple[Path, Path, tuple[tuple[str, str], ...]]


@contextmanager
def world(
    home: Path, *, database: Path | None = None, package: bool = True, routes: bool = False
) -> Iterator[World]:
    """Serve a sandbox, on a file that holds a base or empty."""
    clock = Clock()
    with (
        Sandbox(path=database, package=package, routes=routes, clock=clock) as sandbox,
        sandbox.serve() as server,
    ):
        yield World(sandbox, server, clock, home)


@made_once
def filled_base(folder: Path, customers: int = CUSTOMERS) -> Path:
    """Return the database of a SuiteCRM that the bridge has not met yet."""
    database = own_place(folder) / "filled.sqlite"
    with Sandbox(path=database, clock=Clock()) as sandbox:
        fill(sandbox.store, customers, 1, DAY)
    return database


@made_once
def synced_base(folder: Path, customers: int = CUSTOMERS) -> Synced:
    """Return database, home and the requests of a sync that nothing disturbed."""
    own = own_place(folder)
    database = Path(shutil.copy(filled_base(folder, customers), own / "synced.sqlite"))
    home = own / "synced home"
    with world(home, database=database) as undisturbed:
        undisturbed.sync(BRIDGE_PARALLEL="1")
        return database, home, tuple(undisturbed.requests)


@made_once
def settled_base(folder: Path, customers: int = CUSTOMERS) -> tuple[Path, Path]:
    """Return database and home after that sync, when its writes were read and scored, too.

    The next run finds that the scores stand, as it does every night but the first.
    """
    database, synced_home, _ = synced_base(folder, customers)
    home = own_place(folder) / "settled home"
    home.mkdir(0o700)
    shutil.copy(synced_home / MIRROR_FILE, home / MIRROR_FILE)
    with world(home, database=database) as opened, opened.context() as context:
        # Past the history of runs, in which that sync is the only one.
        pull.__wrapped__(context, Summary())  # type: ignore[attr-defined]
        score.__wrapped__(context, Summary(), DAY, past=True)  # type: ignore[attr-defined]
    return database, home


@made_once
def fast_base(folder: Path) -> tuple[Path, Path]:
    """Return database and home after one sync over the fast routes."""
    own = own_place(folder)
    database = Path(shutil.copy(filled_base(folder), own / "fast.sqlite"))
    home = own / "fast home"
    with world(home, database=database, routes=True) as opened:
        opened.sync()
    return database, home


@made_once
def other_base(folder: Path) -> Path:
    """Return the home of another bridge, which has read and scored what `fast_base` holds."""
    database, _ = fast_base(folder)
    home = own_place(folder) / "another home"
    with world(home, database=database, routes=True) as opened:
        opened.pull()
        opened.score()
    return home


@made_once
def scored_base(folder: Path) -> tuple[Path, Path]:
    """Return database and home of a bridge that has read and scored, and not yet written."""
    database, home = filled_base(folder), own_place(folder) / "scored home"
    with world(home, database=database) as opened:
        opened.pull()
        opened.score()
    return database, home


@contextmanager
def world_of(
    base: Path,
    database: Path,
    home: Path | None = None,
    *,
    routes: bool = False,
    package: bool = True,
) -> Iterator[World]:
    """Serve a copy of a database, with a copy of a home; `routes` are the package's fast ones."""
    copied = Path(shutil.copy(database, base / "crm.sqlite"))
    own = base / "home of the bridge"
    if home:
        own.mkdir(0o700)
        shutil.copy(home / MIRROR_FILE, own / MIRROR_FILE)
    with world(own, database=copied, routes=routes, package=package) as opened:
        yield opened


def mirror_rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that a mirror holds, but the ledger, which tells who wrote when."""
    tables = [module.table for module in catalogue().modules.values()]
    tables += [*catalogue().links, "scores_contacts", "scores_accounts"]
    tables += ["bookmarks", "scans", "dead_letters"]
    with tables_of(home) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            for table in tables
        }


def crm_rows(opened: World) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the modules that the bridge knows."""
    return {module: opened.store.rows(module) for module in catalogue().modules}


@contextmanager
def log_left_alone() -> Iterator[None]:
    root = logging.getLogger("suitecrm_bridge")
    before = (root.handlers[:], root.level, root.propagate)
    try:
        yield
    finally:
        root.handlers[:], root.level, root.propagate = before
