"""Check an installation, one thing after the other, with the remedy for each fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from suitecrm_bridge import logs
from suitecrm_bridge.crm import proxy_for
from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.i18n import number
from suitecrm_bridge.jobs.checks.answers import answers
from suitecrm_bridge.jobs.checks.counts import modules
from suitecrm_bridge.jobs.checks.documents import documents
from suitecrm_bridge.jobs.checks.fields import fields
from suitecrm_bridge.jobs.checks.figures import figures
from suitecrm_bridge.jobs.checks.finding import Finding, failed, passed, warned
from suitecrm_bridge.jobs.checks.home import disk, mirror
from suitecrm_bridge.jobs.checks.notices import notices
from suitecrm_bridge.jobs.checks.routes import fast_routes
from suitecrm_bridge.jobs.checks.writing import writing
from suitecrm_bridge.jobs.clocks import require_right_clock
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sampling import sample
from suitecrm_bridge.settings import without_login

CLOCK_TOLERANCE = 60
"""Seconds by which the clocks of CRM and bridge may differ without a warning."""


def diagnose(context: Context, *, write: bool = False) -> Iterator[Finding]:
    """Yield a finding for each check; those that need an earlier one end with its fault.

    `write` also writes one record of SuiteCRM, as it is.
    """
    yield from _guarded("settings", lambda: _settings(context))
    yield from _guarded("proxy", lambda: _proxy(context))
    yield from _guarded("disk", lambda: disk(context))
    yield from _guarded("mirror", lambda: mirror(context))
    yield from _guarded("notices", lambda: notices(context))
    for name, check in (("address", _address), ("token", _token)):
        findings = list(_guarded(name, lambda check=check: check(context)))  # type: ignore[misc]
        yield from findings
        if any(finding.status == "FAIL" for finding in findings):
            return
    for name, check in (
        ("clock", _clock),
        ("modules", modules),
        ("time_zone", _time_zone),
        ("numbers", _numbers),
        ("fields", fields),
        ("fast_routes", fast_routes),
        ("figures", figures),
        *((("writing", writing),) if write else ()),
        ("answers", answers),
        ("documents", documents),
    ):
        yield from _guarded(name, lambda check=check: check(context))  # type: ignore[misc]


def answers_there(context: Context) -> Finding:
    """Say whether SuiteCRM answers at the address of the settings."""
    return next(iter(_guarded("address", lambda: _address(context))))


def _guarded(name: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except BridgeError as error:
        yield failed(name, logs.masked(str(error)), error.exit_code)


def _settings(context: Context) -> Iterator[Finding]:
    context.settings.require_crm()
    context.settings.require_home()
    yield passed("settings", "settings_complete", home=context.settings.home)
    if context.settings.is_local:
        yield passed("tls", "tls_local")
    elif context.settings.in_clear:
        yield warned("tls", "tls_missing", url=context.settings.url)
    elif context.settings.verify_tls is False:
        yield warned("tls", "tls_unchecked")
    else:
        yield passed("tls", "tls_fine")


def _proxy(context: Context) -> Iterator[Finding]:
    """The environment may name a proxy, of which nobody thinks who reads the settings."""
    proxy = proxy_for(context.settings.url)
    if proxy is None:
        return
    shown = without_login(proxy)
    if context.settings.in_clear:
        yield warned("proxy", "proxy_reads_all", proxy=shown)
    else:
        yield passed("proxy", "proxy_used", proxy=shown)


def _address(context: Context) -> Iterator[Finding]:
    yield passed("address", "address_found", url=context.settings.url, prefix=context.crm.prefix)


def _token(context: Context) -> Iterator[Finding]:
    began = time.perf_counter()
    user = context.crm.current_user()
    milliseconds = round(1000 * (time.perf_counter() - began))
    name = user.get("user_name") or user["id"]
    yield passed("token", "token_granted", user=name, milliseconds=number(milliseconds))
    if str(user.get("status") or "Active") != "Active":
        yield warned("token", "user_inactive", user=name)


def _clock(context: Context) -> Iterator[Finding]:
    server = context.crm.server_time
    if server is None:
        yield warned("clock", "clock_unknown")
        return
    require_right_clock(context)
    seconds = round((context.clock() - server).total_seconds())
    if abs(seconds) > CLOCK_TOLERANCE:
        yield warned("clock", "clock_off", seconds=number(seconds))
    else:
        yield passed("clock", "clock_right", seconds=number(seconds))


def _time_zone(context: Context) -> Iterator[Finding]:
    context.crm.module("Contacts").page(fields=["date_modified"], size=1)
    label = context.crm.server_offset_label
    if label is None:
        yield passed("time_zone", "time_zone_unseen")
    elif label != "+00:00":
        yield warned("time_zone", "time_zone_mislabelled", label=label)
    else:
        yield passed("time_zone", "time_zone_utc")


def _numbers(context: Context) -> Iterator[Finding]:
    """A user's separators must not show in what the API sends; the bridge sends plain numbers."""
    rejected: dict[str, str] = {}
    for module, field in (("AOS_Invoices", "total_amount"), ("Opportunities", "amount")):
        for page in sample(context, module, field):
            rejected |= {one.id: str(one.error) for one in page.rejected}
    if rejected:
        first = next(iter(rejected.values()))
        yield warned("numbers", "numbers_formatted", error=first, count=len(rejected))
    else:
        yield passed("numbers", "numbers_plain")
