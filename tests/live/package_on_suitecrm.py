"""Installs, re-installs, upgrades and uninstalls the package on a SuiteCRM, and compares.

It works through the Module Loader's own screens, and drops the bridge's columns with what they
hold. So it runs only where SUITECRM_THROWAWAY=yes says that nothing can be lost:

    SUITECRM_URL, SUITECRM_USERNAME, SUITECRM_PASSWORD     the administrator
    SUITECRM_ROOT     folder of SuiteCRM's files, to compare them (optional)
    SUITECRM_DSN      mysql://user:password@host/name, to compare the schema (optional; PyMySQL)

Of a SuiteCRM 8, both are those of the screens of 7: https://host/legacy and public/legacy.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from suitecrm_bridge.package import build
from tests.live.module_loader import ModuleLoader, Refused
from tests.live.offers import put_on_screens
from tests.live.snapshots import Database, Facts, described, differences, snapshot

NAME = "SuiteCRM Bridge"
OLD_VERSION = "0.0.1"
OLD_FILE = "custom/lib/SuiteCRMBridge/NoLongerShipped.php"
VALUE = "12345.67"
MANY = 40
"""Differences that are printed; of more only the number."""


class Failed(Exception):
    """Something is not as it should be."""


class Drive:
    """One run of the whole story on one SuiteCRM."""

    def __init__(
        self,
        loader: ModuleLoader,
        zips: Path,
        root: Path | None,
        database: Database | None,
        say: Callable[[str], None],
        earlier: Path | None = None,
    ) -> None:
        self._loader = loader
        self._root = root
        self._database = database
        self._say = say
        self._failures: list[str] = []
        self._new = build(zips)
        self._again = repacked(self._new, zips / "again")
        self._earlier = earlier
        self._old = earlier or older(self._new, zips)

    def run(self) -> None:
        """Tell the story from a SuiteCRM without the package to one without it again."""
        self._clear()
        bare = self._look("without the package")
        installed = self._install_twice()
        self._uninstall_and_keep(bare)
        self._upgrade(bare, installed)
        if self._failures:
            raise Failed("; ".join(self._failures))

    def _clear(self) -> None:
        if package := self._loader.find(NAME, "installed"):
            self._say(f"uninstalling the {package.version} found there")
            self._uninstall(drop_columns=True)

    def _install_twice(self) -> Facts:
        self._loader.install(self._new, NAME)
        installed = self._look("installed")
        self._put_value()
        self._loader.install(self._again, NAME)
        again = self._look("installed again over itself")
        self._same("the second install", installed, again, ("package ",))
        self._check_value("the second install")
        return installed

    def _uninstall_and_keep(self, bare: Facts) -> None:
        self._uninstall(drop_columns=False)
        kept = self._look("uninstalled, columns kept")
        self._same("uninstalling with columns kept", bare, kept, COLUMNS)
        self._check_value("uninstalling with columns kept")
        self._loader.install(self._new, NAME)
        self._check_value("installing after that")
        self._say(f"    on everybody's screens: {', '.join(put_on_screens(self._loader))}")
        self._uninstall(drop_columns=True)
        self._same("uninstalling", bare, self._look("uninstalled, columns dropped"))

    def _upgrade(self, bare: Facts, installed: Facts) -> None:
        self._loader.install(self._old, NAME)
        old = self._look("the older one installed")
        self._put_value()
        self._loader.install(self._new, NAME)
        upgraded = self._look("upgraded")
        if self._earlier is None:
            self._same("the upgrade, beside its files,", old, upgraded, SHIPPED)
        self._same("the upgrade, beside a fresh install,", installed, upgraded, MADE)
        self._check_value("the upgrade")
        self._uninstall(drop_columns=True)
        self._same("uninstalling after the upgrade", bare, self._look("uninstalled"))

    def _uninstall(self, *, drop_columns: bool) -> None:
        package = self._loader.find(NAME, "installed")
        if package is None:
            raise Failed("the package is not among the installed ones")
        self._loader.uninstall(package, drop_columns=drop_columns)
        if self._loader.find(NAME, "installed"):
            raise Failed("after uninstalling, the Module Loader still lists the package")

    def _look(self, state: str) -> Facts:
        facts = snapshot(self._root, self._database)
        self._say(f"{state}: {described(facts)}")
        return facts

    def _same(
        self,
        what: str,
        before: Facts,
        after: Facts,
        expected: tuple[str, ...] = (),
    ) -> None:
        lines = differences(before, after)
        found = [line for line in lines if not line[2:].startswith(expected)]
        for line in found[:MANY]:
            self._say(f"    {line}")
        self._say(f"    {what} leaves {len(found) or 'no'} differences")
        if found:
            self._failures.append(f"{what} leaves {len(found)} differences")

    def _put_value(self) -> None:
        if self._database:
            self._database.rows(
                "INSERT INTO contacts_cstm (id_c, wallet_estimate_c)"
                " SELECT id, %s FROM contacts WHERE deleted = 0 ORDER BY id LIMIT 1"
                " ON DUPLICATE KEY UPDATE wallet_estimate_c = VALUES(wallet_estimate_c)",
                VALUE,
            )

    def _check_value(self, what: str) -> None:
        if self._database:
            sql = "SELECT count(*) FROM contacts_cstm WHERE wallet_estimate_c = %s"
            if self._database.rows(sql, VALUE)[0][0] < 1:
                self._failures.append(f"{what} loses what people typed")
            else:
                self._say(f"    {what} keeps what people typed")


COLUMNS = ("column ", "index ", "fields_meta_data ")
"""What stays when the columns are kept."""
SHIPPED = ("package ", "file ", "config suitecrmbridgesetup.files")
"""What another version brings along: its files, and the list of them."""
MADE = (
    "package ",
    "workflow ",
    "report ",
    "config suitecrmbridge_workflows.created",
    "config suitecrmbridge_reports.created",
    "config suitecrmbridge.installation",
)
"""What has ids of its own in every installation."""


def repacked(archive: Path, folder: Path) -> Path:
    """Return the same package in other bytes: of the same ones the screens offer no install."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / archive.name
    target.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(target, "a") as content:
        content.comment = b"packed again"
    return target


def older(archive: Path, folder: Path) -> Path:
    """Return an older version of a package, with a file that the newer one does not have."""
    target = folder / re.sub(r"-[\d.]+\.zip$", f"-{OLD_VERSION}.zip", archive.name)
    with zipfile.ZipFile(archive) as new, zipfile.ZipFile(target, "w") as old:
        for entry in new.infolist():
            content = new.read(entry)
            if entry.filename == "manifest.php":
                content = _older_manifest(content)
            old.writestr(entry.filename, content)
        old.writestr(OLD_FILE, "<?php\n")
    return target


def _older_manifest(content: bytes) -> bytes:
    pattern = rb"('version' => ')[^']+(')"
    changed, count = re.subn(pattern, rb"\g<1>" + OLD_VERSION.encode() + rb"\2", content, count=1)
    if not count:
        raise Failed("the manifest has no version to change")
    return changed


def check_one_suitecrm(environment: dict[str, str], root: Path) -> None:
    """Refuse to start where the address, the files and the database are not of one SuiteCRM.

    A copy whose config.php still names the original would have the original changed.
    """
    config = ""
    for file in (root / "config.php", root / "config_override.php"):
        config += file.read_text(encoding="utf-8") if file.is_file() else ""
    address = _site(environment["SUITECRM_URL"])
    named = {"SUITECRM_URL": (r"'site_url'\]? *=>? *'([^']*)'", address)}
    if dsn := environment.get("SUITECRM_DSN"):
        named["SUITECRM_DSN"] = (r"'db_name'\]? *=>? *'([^']*)'", urlsplit(dsn).path.lstrip("/"))
    for variable, (pattern, given) in named.items():
        found = {_site(value) for value in re.findall(pattern, config)}
        if found != {given}:
            raise Refused(f"config.php of SUITECRM_ROOT names {sorted(found)}, {variable} {given}")


def _site(address: str) -> str:
    """Return the address of a SuiteCRM; the screens of 7 lie in /legacy of a SuiteCRM 8."""
    return address.rstrip("/").removesuffix("/legacy")


def drive(
    environment: dict[str, str], say: Callable[[str], None], earlier: Path | None = None
) -> str:
    """Run the story on the SuiteCRM that the environment names, and say what was compared.

    Args:
        environment: the variables named above.
        say: is told each step.
        earlier: zip of an earlier version to upgrade from; default, one made up from the new one.

    Raises:
        Failed: a comparison shows a difference.
        Refused: SuiteCRM did not do what was asked of it.
    """
    root = Path(environment["SUITECRM_ROOT"]) if environment.get("SUITECRM_ROOT") else None
    if root:
        check_one_suitecrm(environment, root)
    else:
        say("the files are not compared: that needs SUITECRM_ROOT")
    database = None
    if environment.get("SUITECRM_DSN") and root and find_spec("pymysql"):
        database = Database(environment["SUITECRM_DSN"])
    else:
        say("the schema is not compared: that needs SUITECRM_DSN, SUITECRM_ROOT and PyMySQL")
    loader = ModuleLoader(
        environment["SUITECRM_URL"],
        environment["SUITECRM_USERNAME"],
        environment["SUITECRM_PASSWORD"],
    )
    try:
        with tempfile.TemporaryDirectory() as zips:
            Drive(loader, Path(zips), root, database, say, earlier).run()
    finally:
        if database:
            database.close()
    return ", ".join(["screens", *["files"] * bool(root), *["schema, settings"] * bool(database)])


def missing(environment: dict[str, str]) -> list[str]:
    """Return the variables that must be set first."""
    names = ["SUITECRM_URL", "SUITECRM_USERNAME", "SUITECRM_PASSWORD"]
    unset = [name for name in names if not environment.get(name)]
    return unset + ["SUITECRM_THROWAWAY=yes"] * (environment.get("SUITECRM_THROWAWAY") != "yes")


def main() -> int:
    """Run from the command line."""
    if unset := missing(dict(os.environ)):
        print(f"Set {', '.join(unset)} first.\n\n{__doc__}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        drive(dict(os.environ), print)
    except (Failed, Refused) as error:
        print(f"FAILED: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
