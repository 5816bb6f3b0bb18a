"""Check an installation, one thing after the other, with the remedy for each fault."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import ApiError, BridgeError, StoreError
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.push import missing_fields
from suitecrm_bridge.mirror import ENTITY_MODULES
from suitecrm_bridge.settings.values import is_loopback

Status = Literal["PASS", "WARN", "FAIL"]

CLOCK_TOLERANCE = 60
"""Seconds by which the clocks of CRM and bridge may differ without a warning."""
FREE_SPACE_NEEDED = 1_000_000_000
NUMBERS_LOOKED_AT = 20


SERVER_TYPES = {
    "enum": {"enum", "dynamicenum", "radioenum"},
    "varchar": {"varchar", "text"},
    "text": {"text", "longtext", "wysiwyg"},
    "int": {"int", "integer"},
    "decimal": {"decimal", "currency", "float", "double"},
    "date": {"date"},
    "datetime": {"datetime", "datetimecombo"},
    "bool": {"bool", "boolean"},
    "relate": {"relate", "id"},
}
"""Field types of SuiteCRM that can hold a field of the catalogue."""


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    status: Status
    check: str
    text: str
    remedy: str | None = None
    exit_code: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


def diagnose(context: Context) -> Iterator[Finding]:
    """Yield a finding for each check; those that need an earlier one end with its fault."""
    yield from _guarded("settings", lambda: _settings(context))
    yield from _guarded("disk", lambda: _disk(context))
    for name, check in (("address", _address), ("token", _token)):
        findings = list(_guarded(name, lambda check=check: check(context)))  # type: ignore[misc]
        yield from findings
        if any(finding.status == "FAIL" for finding in findings):
            return
    for name, check in (
        ("clock", _clock),
        ("modules", _modules),
        ("time_zone", _time_zone),
        ("numbers", _numbers),
        ("fields", _fields),
        ("fast_routes", _fast_routes),
    ):
        yield from _guarded(name, lambda check=check: check(context))  # type: ignore[misc]


def _guarded(name: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except BridgeError as error:
        yield Finding("FAIL", _title(name), str(error), exit_code=error.exit_code)


def _title(name: str) -> str:
    return text(f"doctor.check_{name}")


def _passed(name: str, key: str, **params: object) -> Finding:
    return Finding("PASS", _title(name), text(f"doctor.{key}", **params))


def _warned(name: str, key: str, **params: object) -> Finding:
    remedy = text(f"doctor.{key}_remedy", **params)
    return Finding("WARN", _title(name), text(f"doctor.{key}", **params), remedy)


def _settings(context: Context) -> Iterator[Finding]:
    context.settings.require_crm()
    yield _passed("settings", "settings_complete", home=context.settings.home)
    if is_loopback(context.settings.url):
        yield _passed("tls", "tls_local")
    elif context.settings.url.startswith("http://"):
        yield _warned("tls", "tls_missing", url=context.settings.url)
    elif context.settings.verify_tls is False:
        yield _warned("tls", "tls_unchecked")
    else:
        yield _passed("tls", "tls_fine")


def _disk(context: Context) -> Iterator[Finding]:
    home = context.settings.home
    try:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise StoreError(text("doctor.home_unusable", home=home, error=error)) from error
    size = number(free // 1_000_000)
    if free < FREE_SPACE_NEEDED:
        yield _warned("disk", "disk_full", home=home, size=size)
    else:
        yield _passed("disk", "disk_fine", home=home, size=size)


def _address(context: Context) -> Iterator[Finding]:
    yield _passed("address", "address_found", url=context.settings.url, prefix=context.crm.prefix)


def _token(context: Context) -> Iterator[Finding]:
    began = time.perf_counter()
    user = context.crm.current_user()
    passed = round(1000 * (time.perf_counter() - began))
    name = user.get("user_name") or user["id"]
    yield _passed("token", "token_granted", user=name, milliseconds=number(passed))
    if str(user.get("status") or "Active") != "Active":
        yield _warned("token", "user_inactive", user=name)


def _clock(context: Context) -> Iterator[Finding]:
    server = context.crm.server_time
    if server is None:
        yield _warned("clock", "clock_unknown")
        return
    seconds = round((context.clock() - server).total_seconds())
    if abs(seconds) > CLOCK_TOLERANCE:
        yield _warned("clock", "clock_off", seconds=number(seconds))
    else:
        yield _passed("clock", "clock_right", seconds=number(seconds))


def _modules(context: Context) -> Iterator[Finding]:
    counts, refused = {}, []
    for key in catalogue().modules:
        try:
            counts[key] = context.crm.module(key).estimate()
        except ApiError as error:
            refused.append(f"{key} ({error})")
    listed = ", ".join(f"{key} {number(count or 0)}" for key, count in counts.items())
    yield _passed("modules", "modules_readable", modules=listed)
    if refused:
        yield _warned("modules", "modules_refused", modules="; ".join(refused))


def _time_zone(context: Context) -> Iterator[Finding]:
    context.crm.module("Contacts").page(fields=["date_modified"], size=1)
    label = context.crm.server_offset_label
    if label is None:
        yield _passed("time_zone", "time_zone_unseen")
    elif label != "+00:00":
        yield _warned("time_zone", "time_zone_mislabelled", label=label)
    else:
        yield _passed("time_zone", "time_zone_utc")


def _numbers(context: Context) -> Iterator[Finding]:
    """A user's separators must not show in what the API sends; the bridge sends plain numbers."""
    for module, field in (("AOS_Invoices", "total_amount"), ("Opportunities", "amount")):
        page = context.crm.module(module).page(fields=[field], size=NUMBERS_LOOKED_AT)
        if page.rejected:
            yield _warned("numbers", "numbers_formatted", error=page.rejected[0].error)
            return
    yield _passed("numbers", "numbers_plain")


def _fields(context: Context) -> Iterator[Finding]:
    missing: dict[str, list[str]] = {}
    wrong, present = [], 0
    for module in (*ENTITY_MODULES.values(), "Cases"):
        known = context.crm.module(module).fields() or {}
        for field in catalogue().fields_of(module):
            if field.name not in known:
                missing.setdefault(module, []).append(field.name)
            elif known[field.name].get("type") not in SERVER_TYPES[field.type]:
                wrong.append(f"{module}.{field.name} ({known[field.name].get('type')})")
            else:
                present += 1
    if wrong:
        yield _warned("fields", "fields_of_wrong_type", fields=", ".join(wrong))
    if missing and not present:
        yield _warned("fields", "no_fields")
    elif missing:
        yield Finding("WARN", _title("fields"), missing_fields(missing))
    else:
        yield _passed("fields", "fields_present", count=present)


def _fast_routes(context: Context) -> Iterator[Finding]:
    routes = context.crm.fast_routes()
    if routes is None:
        yield _passed("fast_routes", "fast_routes_absent")
    elif routes.fingerprint != catalogue().fingerprint:
        yield _warned("fast_routes", "fast_routes_differ", version=routes.version)
    else:
        yield _passed("fast_routes", "fast_routes_present", version=routes.version)
