"""What a bridge's process has ready when it begins, where it is forked: see `context`.

A run of a second and a half would spend as long again on loading what every run loads, and some
of its time on tables that are the same in each.
"""

from __future__ import annotations

import gc
from importlib import import_module

from chaos_bridge import DAY

from suitecrm_bridge.analytics.complaints.calendar import business_time
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings import Settings

LOADED = (
    "chaos_play",
    "chaos_child",
    "suitecrm_bridge.cli.sync",
    "suitecrm_bridge.cli.dead_letters",
    "suitecrm_bridge.cli.programmes",
    "suitecrm_bridge.insights.programme_effects",
    "suitecrm_bridge.insights.programmes",
    "suitecrm_bridge.jobs.complaints",
    "suitecrm_bridge.insights.worth",
    "suitecrm_bridge.analytics.reasons.segment",
)


def warm() -> None:
    """Load modules and fill the caches that no setting of a seed changes."""
    for name in LOADED:
        import_module(name)
    _ = catalogue().fingerprint
    business_time(Context(Settings.read({}, {})).choices.calendar, DAY)
    # What is there already is no child's garbage.
    gc.collect()
    gc.freeze()


warm()
