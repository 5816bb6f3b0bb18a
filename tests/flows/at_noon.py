"""The command line as `suitecrm-bridge` runs it, at the time at which a world begins."""

from datetime import UTC, datetime
from functools import partial

from suitecrm_bridge.cli import app, main

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def run():
    app.Context = partial(app.Context, clock=lambda: NOON)
    main(prog_name="suitecrm-bridge")


if __name__ == "__main__":
    run()
