"""Whether SuiteCRM has what was written, and nobody else writes there."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.errors import LockedError
from suitecrm_bridge.jobs import marks
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.lost import looks_lost
from suitecrm_bridge.mirror import MIRROR_FILE, SCORED_MODULES


def figures(context: Context) -> Iterator[Finding]:
    """Compare the package's own fields with what the mirror believes."""
    if not (context.settings.home / MIRROR_FILE).is_file():
        yield passed("figures", "figures_none")
        return
    try:
        mirror = context.mirror
    except LockedError:
        yield passed("figures", "figures_in_use")
        return
    others = marks.is_anothers(context)
    if others:
        yield warned("figures", "figures_of_another")
    if not any(mirror.records.bookmark(module) for module in SCORED_MODULES.values()):
        yield passed("figures", "figures_none")
        return
    lost = [module for module in SCORED_MODULES.values() if looks_lost(context, module)]
    if lost:
        yield warned("figures", "figures_lost", modules=", ".join(lost))
    elif not marks.as_left(context):
        yield warned("figures", "figures_in_doubt")
    elif not others:
        yield passed("figures", "figures_there")
