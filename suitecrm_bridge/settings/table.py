"""The table of settings: each row's name in the environment, its default, and its help."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.patience import RECORDS_AGAIN, REQUESTS_AGAIN
from suitecrm_bridge.settings.access import Access
from suitecrm_bridge.settings.hours import Holidays, Hours, holidays, hours, time_zone
from suitecrm_bridge.settings.parsing import (
    Schedule,
    Secret,
    cents,
    currency,
    home,
    one_of,
    optional_path,
    ranking,
    schedule,
    stripped,
    whole,
)
from suitecrm_bridge.settings.row import setting

LOG_FORMATS, PURCHASES = ("text", "json"), ("auto", "invoices", "opportunities")
REPORT_MAILS: tuple[Literal["summary", "names", "page"], ...] = ("summary", "names", "page")
REPORT_DOCUMENTS: tuple[Literal["no", "numbers", "names"], ...] = ("no", "numbers", "names")
AMOUNTS: tuple[Literal["net", "gross"], ...] = ("net", "gross")


@dataclass(frozen=True)
class Table(Access):
    """What an installation of the bridge is told; read it with `Settings.read()`."""

    home: Path = setting("BRIDGE_HOME", home, "~/.suitecrm-bridge")
    lang: str = setting("BRIDGE_LANG", one_of(LANGUAGES), "en")
    purchases: str = setting("BRIDGE_PURCHASES", one_of(PURCHASES), "auto")
    currency: str = setting("BRIDGE_CURRENCY", currency, "", "€")
    amounts: Literal["net", "gross"] = setting("BRIDGE_AMOUNTS", one_of(AMOUNTS), "net")
    min_buyers: int = setting("BRIDGE_MIN_BUYERS", whole(5, 1_000_000), "30")
    rfm: str = setting("BRIDGE_RFM", ranking, "fifths")
    page_size: int | None = setting("BRIDGE_PAGE_SIZE", whole(1, 10_000, optional=True), "")
    parallel: int = setting("BRIDGE_PARALLEL", whole(1, 32), "4")
    timeout: int = setting("BRIDGE_TIMEOUT", whole(1, 3600), "120")
    retries: int = setting("BRIDGE_RETRIES", whole(0, 20), str(REQUESTS_AGAIN))
    lag_minutes: int = setting("BRIDGE_LAG_MINUTES", whole(1, 10_080), "10")
    reconcile_hours: int = setting("BRIDGE_RECONCILE_HOURS", whole(1, 8_760), "24")
    max_vanished: int = setting("BRIDGE_MAX_VANISHED", whole(0, 100), "20")
    max_lost: int = setting("BRIDGE_MAX_LOST", whole(0, 100), "20")
    stale_hours: int = setting("BRIDGE_STALE_HOURS", whole(1, 1_000_000), "48")
    max_rate: int = setting("BRIDGE_MAX_RATE", whole(1, 1_000), "50")
    max_attempts: int = setting("BRIDGE_MAX_ATTEMPTS", whole(1, 1_000), str(RECORDS_AGAIN))
    memory_mb: int = setting("BRIDGE_MEMORY_MB", whole(64, 1_000_000), "256")
    schedule: Schedule = setting("BRIDGE_SCHEDULE", schedule, "02:15")
    log_format: str = setting("BRIDGE_LOG_FORMAT", one_of(LOG_FORMATS), "text")
    metrics_file: Path | None = setting("BRIDGE_METRICS_FILE", optional_path, "")
    webhook: Secret = setting("BRIDGE_WEBHOOK", Secret, "")
    mail_to: str = setting("BRIDGE_MAIL_TO", stripped, "")
    mail_from: str = setting("BRIDGE_MAIL_FROM", stripped, "")
    report_mail_to: str = setting("BRIDGE_REPORT_MAIL_TO", stripped, "")
    report_mail: Literal["summary", "names", "page"] = setting(
        "BRIDGE_REPORT_MAIL", one_of(REPORT_MAILS), "summary"
    )
    report_document: Literal["no", "numbers", "names"] = setting(
        "BRIDGE_REPORT_DOCUMENT", one_of(REPORT_DOCUMENTS), "no"
    )
    smtp: Secret = setting("BRIDGE_SMTP", Secret, "")
    discount_rate: int = setting("BRIDGE_DISCOUNT_RATE", whole(0, 100), "10")
    case_cost: int = setting("BRIDGE_CASE_COST", cents, "25.00")
    hour_cost: int = setting("BRIDGE_HOUR_COST", cents, "40.00")
    late_rate: int = setting("BRIDGE_LATE_RATE", whole(0, 100), "10")
    business_hours: Hours = setting("BRIDGE_BUSINESS_HOURS", hours, "mon-fri 09:00-18:00")
    holidays: Holidays = setting("BRIDGE_HOLIDAYS", holidays, "")
    time_zone: ZoneInfo = setting("BRIDGE_TIME_ZONE", time_zone, "UTC")
    reaction_user: str = setting("BRIDGE_REACTION_USER", stripped, "")
    programmes_webhook: Secret = setting("BRIDGE_PROGRAMMES_WEBHOOK", Secret, "")
    programmes_secret: Secret = setting("BRIDGE_PROGRAMMES_SECRET", Secret, "")
    reactions_most: int = setting("BRIDGE_REACTIONS_MOST", whole(0, 10_000), "0")
