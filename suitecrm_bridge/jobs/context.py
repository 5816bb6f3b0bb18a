"""The only place that builds client and mirror from the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import TracebackType

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import Language, Rules, catalogue, use_own
from suitecrm_bridge.crm import Credentials, FastRoutes, SuiteCRM, Timing
from suitecrm_bridge.errors import PackageFailed
from suitecrm_bridge.i18n import text, use_currency
from suitecrm_bridge.insights.choices import Choices, Hours
from suitecrm_bridge.jobs.now import utc_now
from suitecrm_bridge.jobs.progress import Progress, Silent
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.jobs.versions import compared
from suitecrm_bridge.mirror import Counting, Mirror
from suitecrm_bridge.settings import Settings

logger = logging.getLogger(__name__)


@dataclass
class Context:
    """What a job works with; client and mirror are opened when first used, closed at the end."""

    settings: Settings
    progress: Progress = field(default_factory=Silent)
    clock: Callable[[], datetime] = utc_now
    stop: Stop = field(default_factory=Stop)
    run_id: str | None = None
    shown_lang: Language | None = None
    """Language that whoever gave the command asked for; None for the installation's."""
    pseudonyms: bool = False
    """Whether nobody may be known in what is shown: the mirror is a copy in memory then."""
    _open: ExitStack = field(default_factory=ExitStack, repr=False)

    def __post_init__(self) -> None:
        """Raise CatalogueError where the installation's own segments cannot be used."""
        use_own(self.settings.home)
        use_currency(self.settings.currency)

    @cached_property
    def crm(self) -> SuiteCRM:
        """The client of SuiteCRM."""
        settings = self.settings
        settings.require_crm()
        client = SuiteCRM(
            settings.url,
            Credentials(
                settings.client_id, settings.client_secret, settings.username, settings.password
            ),
            verify_tls=settings.verify_tls,
            timeout=settings.timeout,
            retries=settings.retries,
            parallel=settings.parallel,
            max_rate=settings.max_rate,
            timing=Timing(sleep=self.stop.sleep, stopping=self.stop.is_set),
        )
        return self._open.enter_context(client)

    @cached_property
    def package(self) -> FastRoutes | None:
        """The package's routes, whatever its fields are; None where it is not installed."""
        try:
            return self.crm.fast_routes()
        except PackageFailed as error:
            logger.warning("%s", text("jobs.package_failed", error=error))
            return None

    @cached_property
    def fast(self) -> FastRoutes | None:
        """The package's fast routes, None where SuiteCRM has no package of this version's."""
        routes = self.package
        if routes is None:
            return None
        # One that is too old to tell row by row what it wrote undoes what people do meanwhile.
        if routes.fingerprint != catalogue().fingerprint or not routes.most_announced:
            said = f"jobs.package_{compared(routes.version)}"
            logger.warning("%s", text(said, version=routes.version, own=__version__))
            return None
        return routes

    def unknown_segments(self) -> list[str]:
        """Return the segments that the package in use does not know, and would refuse."""
        if self.fast is None:
            return []
        return sorted(catalogue().segments.keys() - self.fast.segments)

    def leave_the_fast_routes(self) -> None:
        """Go over the stock API from now on."""
        self.__dict__.update(package=None, fast=None)

    @property
    def path(self) -> str:
        """The way to SuiteCRM's records: "fast" over the package's routes, else "stock"."""
        return "stock" if self.fast is None else "fast"

    @cached_property
    def mirror(self) -> Mirror:
        """The mirror under the home folder."""
        settings = self.settings
        settings.require_home()
        counting = Counting(settings.amounts, settings.time_zone, self.rules.complaints.rule)
        memory = settings.memory_mb
        if self.pseudonyms:
            mirror = Mirror.pseudonymised(settings.home, memory_mb=memory, counting=counting)
        else:
            mirror = Mirror.open(
                settings.home,
                max_attempts=settings.max_attempts,
                memory_mb=memory,
                counting=counting,
            )
        return self._open.enter_context(mirror)

    def close_mirror(self) -> None:
        """Close the mirror; who asks for it again opens it anew."""
        opened = self.__dict__.pop("mirror", None)
        if opened is not None:
            opened.close()

    @cached_property
    def rules(self) -> Rules:
        """The rules of the catalogue, with the installation's own."""
        return Rules(self.settings.home)

    @property
    def choices(self) -> Choices:
        """What the settings choose for every figure."""
        settings = self.settings
        return Choices(
            today=self.today(),
            purchases=settings.purchases,
            min_buyers=settings.min_buyers,
            discount_rate=settings.discount_rate,
            case_cost=settings.case_cost,
            hour_cost=settings.hour_cost,
            late_rate=settings.late_rate,
            hours=Hours(
                week=settings.business_hours.week,
                dates=settings.holidays.dates,
                yearly=settings.holidays.yearly,
                zone=settings.time_zone,
            ),
            lang=self.lang,
            rules=self.rules,
        )

    @property
    def lang(self) -> Language:
        """Language of what is shown to whoever gave the command."""
        return self.shown_lang or self.written_lang

    @property
    def written_lang(self) -> Language:
        """Language of what the installation writes into SuiteCRM and tells people outside."""
        return self.settings.lang

    def today(self) -> date:
        """Return the day it is where people work."""
        return self.clock().astimezone(self.settings.time_zone).date()

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.progress.close()
        self._open.__exit__(kind, error, traceback)
