"""The tour: a sandbox SuiteCRM filled with demo data, synced and reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from suitecrm_bridge.mirror import MIRROR_FILE
from suitecrm_bridge.report import FORMATS
from suitecrm_bridge.sandbox import BASE_CURRENCY, Sandbox, Store
from suitecrm_bridge.sandbox.demo import generate
from suitecrm_bridge.settings import Secret, Settings

FASTEST = 1_000
"""Requests a second: the tour's own server has nobody else to serve."""


def filled_sandbox(customers: int, seed: int, as_of: date, *, package: bool = True) -> Sandbox:
    """Return a sandbox with the demo data as it stands on `as_of`."""
    sandbox = Sandbox(package=package)
    fill(sandbox.store, customers, seed, as_of, package=package)
    return sandbox


def fill(store: Store, customers: int, seed: int, as_of: date, *, package: bool = True) -> None:
    """Load the demo data; without the package also without what people put into its fields."""
    own = () if package else catalogue().fields.values()
    left_out = {field.id_name or field.name for field in own}
    for batch in generate(customers, seed, as_of):
        load = store.load if batch.kind == "module" else store.load_link
        load(
            batch.name,
            ({name: row[name] for name in row if name not in left_out} for row in batch.rows),
        )


def demo(
    open_context: Callable[[Settings], Context],
    settings: Settings,
    summary: Summary,
    customers: int,
    seed: int,
    output: Path,
) -> list[Path]:
    """Run the tour and return the files it made under `output`."""
    as_of = Context(settings).today()
    with filled_sandbox(customers, seed, as_of).serve() as server:
        own = replace(
            settings,
            url=server.url,
            client_id=server.client_id,
            client_secret=Secret(server.client_secret),
            username="",
            password=Secret(""),
            verify_tls=True,
            home=output / "home",
            max_rate=FASTEST,
            currency=settings.currency or BASE_CURRENCY["symbol"],
        )
        # Another tour's mirror would describe another SuiteCRM.
        (own.home / MIRROR_FILE).unlink(missing_ok=True)
        with open_context(own) as context:
            sync(context, summary, as_of=as_of, full=True)
            return report(context, FORMATS, output)
