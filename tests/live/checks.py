"""The checks of the driver, one after the other on the same SuiteCRM."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from suitecrm_bridge import __version__
from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.settings import Secret
from tests.live import package_on_suitecrm, told
from tests.live.bridge import CHECKOUT, Bridge, at_commit, short
from tests.live.mailed import check_mailed
from tests.live.module_loader import ModuleLoader
from tests.live.outcomes import Check, Failed, NotRun
from tests.live.package_on_suitecrm import NAME
from tests.live.place import Place
from tests.live.rights import check_rights
from tests.live.screens import check_screens
from tests.live.screens_of_8 import check_screens_of_8

NAMES = (
    *("install", "upgrade", "sync", "doctor", "rights", "contract", "screens", "programmes"),
    "uninstall",
)


class Checks:
    """The checks on one SuiteCRM, with a folder for their files; to be closed.

    Args:
        where: the SuiteCRM.
        folder: takes zips, the bridge's home and reports.
        earlier: the commit from whose package the upgrade begins.
        pictures: where pictures of the screens are kept.
        keep: whether what is installed there is to stay, so that it is only installed over.
    """

    def __init__(
        self,
        where: Place,
        folder: Path,
        earlier: str | None = None,
        pictures: Path | None = None,
        *,
        keep: bool = False,
    ) -> None:
        self._clears = where.throwaway and not keep
        self._where = where
        self._folder = folder
        self._earlier = earlier
        self._pictures = pictures
        self._stack = ExitStack()
        self._bridge = Bridge(CHECKOUT, self._made("home"))
        self.upgraded_from: str | None = None

    def all(self) -> Mapping[str, Check]:
        """Return every check by its name, in the order in which they make sense."""
        return {name: getattr(self, name) for name in NAMES}

    def close(self) -> None:
        """Take away what the checks made on this machine."""
        self._stack.close()

    def install(self) -> str:
        """Install the package by the screens of the Module Loader."""
        there = self._loader.find(NAME, "installed")
        if there and self._clears:
            self._clear()
        self._loader.install(self._zip, NAME)
        self._check_version()
        if there and not self._clears:
            return f"over {there.version}"
        return "on a SuiteCRM without it"

    def upgrade(self) -> str:
        """Install an earlier package, let the earlier bridge sync, and bring both up to date."""
        if self._earlier is None:
            raise NotRun("no commit to upgrade from was named")
        self._need_to_clear()
        self._clear()
        home = self._made("home of both")
        self._loader.install(self._earlier_zip, NAME)
        Bridge(self._source, home).sync("--take-over")
        self._loader.install(self._zip, NAME)
        self._check_version()
        now = Bridge(CHECKOUT, home)
        now.sync()
        again = _written(now.sync())
        if again:
            raise Failed(f"a second sync after the upgrade writes {again} records")
        self.upgraded_from = short(self._earlier)
        return f"from {self.upgraded_from}, with the bridge and its mirror"

    def sync(self) -> str:
        """Sync twice; the second time nothing is left to write."""
        first = self._bridge.sync("--take-over")
        second = self._bridge.sync()
        if second["planned"] or _written(second) or first["failed"] or second["failed"]:
            raise Failed(
                f"{first['failed']} failed at first; then {second['planned']} planned,"
                f" {_written(second)} written, {second['failed']} failed"
            )
        scored = ", ".join(f"{count} {what}" for what, count in first["scored"].items())
        return f"{scored} by the {first['path']} path; the second sync wrote nothing"

    def doctor(self) -> str:
        """Ask the bridge's own doctor."""
        _, printed, said = self._bridge.answer("doctor", "--json")
        try:
            findings = json.loads(printed)
        except ValueError:
            raise Failed(f"the doctor says {said.strip()[-300:]}") from None
        bad = [f"{one['check']}: {one['text']}" for one in findings if one["status"] == "FAIL"]
        if bad:
            raise Failed("; ".join(bad))
        counts = Counter(one["status"] for one in findings)
        warned = [one["check"] for one in findings if one["status"] == "WARN"]
        return f"{counts['PASS']} pass" + (f", {', '.join(warned)} warn" if warned else "")

    def rights(self) -> str:
        """Let a user with a role of their own ask."""
        self._need_throwaway()
        return check_rights(self._crm, self._loader)

    def contract(self) -> str:
        """Play the contract tests on it."""
        report = self._folder / "contract.xml"
        played = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "tests/contract", "-m", "live", "-q"),
                *("-p", "no:cacheprovider", f"--junitxml={report}"),
            ],
            cwd=CHECKOUT,
            env=os.environ | {"BRIDGE_HOME": str(self._made("nobody's home"))},
        )
        if not report.is_file():
            raise Failed(f"pytest ended with code {played.returncode}")
        return told_by(report)

    def screens(self) -> str:
        """Look at the package's screens in a browser."""
        customers = json.loads(self._bridge.run("customers", "--format", "json", "--limit", "1"))
        if not customers:
            raise NotRun("there is no customer to look at")
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
        contact = customers[0]["customer_id"]
        told = check_screens(self._where.screens, self._log_in, contact, self._pictures)
        if not self._where.has_own_screens:
            return told
        own = self._where.url, self._where.admin, self._where.password
        return f"{told}; {check_screens_of_8(*own, contact, self._pictures)}"

    def programmes(self) -> str:
        """Let a campaign send to a programme's lists."""
        self._need_throwaway()
        home, version = self._made("home"), told.ask(self._loader).suitecrm
        asked = (self._crm, self._bridge, home, self._loader, self._where.dsn, version)
        return check_mailed(*asked)

    def uninstall(self) -> str:
        """Install, re-install, upgrade and uninstall, and compare what is left each time."""
        self._need_to_clear()
        earlier = self._earlier_zip if self._earlier else None
        return "no difference in " + package_on_suitecrm.drive(
            self._where.of_the_screens, print, earlier
        )

    def _log_in(self, language: str = "") -> ModuleLoader:
        return ModuleLoader(self._where.screens, self._where.admin, self._where.password, language)

    def _need_throwaway(self) -> None:
        if not self._where.throwaway:
            raise NotRun("what is there must not be lost")

    def _need_to_clear(self) -> None:
        if not self._clears:
            raise NotRun("what is installed there was to stay")

    def _clear(self) -> None:
        if there := self._loader.find(NAME, "installed"):
            self._loader.uninstall(there, drop_columns=True)

    def _check_version(self) -> None:
        answer = self._crm.ping()
        if answer is None or answer["version"] != __version__:
            raise Failed(f"the routes answer {answer and answer['version']}, not {__version__}")

    def _made(self, name: str) -> Path:
        made = self._folder / name
        made.mkdir(mode=0o700, exist_ok=True)
        return made

    @cached_property
    def _loader(self) -> ModuleLoader:
        return self._log_in()

    @cached_property
    def _crm(self) -> SuiteCRM:
        client = os.environ["SUITECRM_CLIENT_ID"], Secret(os.environ["SUITECRM_CLIENT_SECRET"])
        return self._stack.enter_context(
            SuiteCRM(self._where.url, Credentials(*client), timeout=300, retries=1)
        )

    @cached_property
    def _zip(self) -> Path:
        return self._bridge.package(self._made("new"))

    @cached_property
    def _source(self) -> Path:
        return self._stack.enter_context(at_commit(self._earlier or "HEAD"))

    @cached_property
    def _earlier_zip(self) -> Path:
        return Bridge(self._source, self._made("home")).package(self._made("earlier"))


def told_by(report: Path) -> str:
    """Return in words what a report of pytest says.

    Raises:
        Failed: a test failed.
        NotRun: none ran.
    """
    cases = list(ElementTree.parse(report).iter("testcase"))
    bad = [case.get("name", "") for case in cases if _is(case, "failure", "error")]
    skipped = [case for case in cases if _is(case, "skipped")]
    passed = len(cases) - len(bad) - len(skipped)
    if bad:
        raise Failed(f"{len(bad)} of {len(cases)} tests: {', '.join(bad)}")
    if not passed:
        raise NotRun("every test was skipped")
    return f"{passed} tests" + (f", {len(skipped)} skipped" if skipped else "")


def _is(case: ElementTree.Element, *kinds: str) -> bool:
    return any(case.find(kind) is not None for kind in kinds)


def _written(figures: Mapping[str, int]) -> int:
    return figures["written"]
