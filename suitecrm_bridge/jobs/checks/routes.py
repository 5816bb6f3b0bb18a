"""Whether the package's routes do what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm import FastRoutes, PageSize
from suitecrm_bridge.errors import AccessDenied, ApiError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.checks.finding import Finding, failed, passed, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import crm_time
from suitecrm_bridge.jobs.versions import compared
from suitecrm_bridge.mirror import SCORED_MODULES


def fast_routes(context: Context) -> Iterator[Finding]:
    """Ask each route for the least that it can give; nothing is written."""
    routes = context.crm.fast_routes()
    if routes is None:
        yield passed("fast_routes", "fast_routes_absent")
        return
    if routes.fingerprint != catalogue().fingerprint or not routes.most_announced:
        order = compared(routes.version)
        key = "fast_routes_newer" if order == "newer" else "fast_routes_differ"
        yield warned("fast_routes", key, version=routes.version, own=__version__)
        return
    if routes.rules != context.rules.fingerprint:
        yield warned("fast_routes", "fast_routes_rules", version=routes.version)
        return
    yield from _answering(routes, crm_time(context))


def _answering(routes: FastRoutes, now: datetime) -> Iterator[Finding]:
    faults: dict[str, ApiError] = {}
    for name, ask in _questions(routes, now).items():
        try:
            ask()
        except AccessDenied:
            continue  # The check of the modules tells of it.
        except ApiError as error:
            faults[name] = error
    order = compared(routes.version)
    if faults:
        first = next(iter(faults.values()))
        told = text("doctor.fast_routes_fail", routes=", ".join(faults), error=first)
        yield failed("fast_routes", told, first.exit_code)
    elif order == "same":
        yield passed("fast_routes", "fast_routes_present", version=routes.version)
    else:
        key = "fast_routes_works_newer" if order == "newer" else "fast_routes_works_older"
        yield warned("fast_routes", key, version=routes.version, own=__version__)


def _questions(routes: FastRoutes, now: datetime) -> dict[str, Callable[[], object]]:
    known = catalogue()
    asked: dict[str, Callable[[], object]] = {}
    for module in known.modules.values():
        asked[f"records/{module.key}"] = partial(
            routes.page, module.key, fields=["id"], size=PageSize(1), tombstones=False
        )
        if module.history:
            asked[f"history/{module.key}"] = partial(routes.history, module.key, modified_from=now)
    for link in known.links.values():
        asked[f"links/{link.table}"] = partial(routes.links_changed, link.table, now)
    for key in SCORED_MODULES.values():
        names = [field.name for field in known.fields_of(key, "bridge")][:1]
        asked[f"scores/{key}"] = partial(routes.write, key, names, {}, notify=False)
    return asked
