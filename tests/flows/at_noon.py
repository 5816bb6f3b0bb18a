"""The command line as `suitecrm-bridge` runs it, at the time at which a world begins."""

from datetime import UTC, datetime
from functools import partial

from suitecrm_bridge.cli import main
from suitecrm_bridge.jobs import context, one_sync

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def set_clock():
    context.Context = partial(context.Context, clock=lambda: NOON)
    one_sync.MODULE[:] = ["tests.flows.at_noon"]


def run():
    set_clock()
    main(prog_name="suitecrm-bridge")


if __name__ == "__main__":
    run()
