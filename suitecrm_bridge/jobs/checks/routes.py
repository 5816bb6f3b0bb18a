"""Whether the package's routes do what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm import FastRoutes, PageSize
from suitecrm_bridge.errors import AccessDenied, ApiError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.checks.finding import Finding, failed, passed, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import crm_time
from suitecrm_bridge.mirror import SCORED_MODULES


def fast_routes(context: Context) -> Iterator[Finding]:
    """Ask each route for the least that it can give; nothing is written."""
    routes = context.crm.fast_routes()
    if routes is None:
        yield passed("fast_routes", "fast_routes_absent")
        return
    if routes.fingerprint != catalogue().fingerprint or not routes.most_announced:
        yield warned("fast_routes", "fast_routes_differ", version=routes.version)
        return
    if routes.rules != context.rules.fingerprint:
        yield warned("fast_routes", "fast_routes_rules", version=routes.version)
        return
    faults: dict[str, ApiError] = {}
    for name, ask in _questions(routes, crm_time(context)).items():
        try:
            ask()
        except AccessDenied:
            continue  # The check of the modules tells of it.
        except ApiError as error:
            faults[name] = error
    if not faults:
        yield passed("fast_routes", "fast_routes_present", version=routes.version)
    else:
        first = next(iter(faults.values()))
        told = text("doctor.fast_routes_fail", routes=", ".join(faults), error=first)
        yield failed("fast_routes", told, first.exit_code)


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
