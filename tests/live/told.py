"""What a SuiteCRM says of itself: its version and its PHP."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape

from tests.live.module_loader import ModuleLoader, Refused

UNKNOWN = "not told"
_ABOUT = "index.php?module=Home&action=About"
_VERSION = re.compile(r"Version\s+(\d+\.\d+\.\d+)")
# 7 reads what is wanted from the form, 8 from the address.
_DIAGNOSE = "index.php?module=Administration&action=DiagnosticRun&phpinfo=1"
_LINK = r"index\.php\?module=Administration&action=Diagnostic{}[^\"']*"
_PHP = re.compile(r"PHP Version[^0-9]{0,60}?(\d+\.\d+\.\d+)")


@dataclass(frozen=True)
class Told:
    """The versions of SuiteCRM and of PHP, "not told" where it does not say."""

    suitecrm: str
    php: str


def ask(screens: ModuleLoader) -> Told:
    """Ask the page About and the diagnostic tool.

    Raises:
        Refused: the page About does not name a version.
    """
    version = _VERSION.search(screens.get(_ABOUT))
    if version is None:
        raise Refused("the page About names no version")
    return Told(version[1], _php(screens))


def _php(screens: ModuleLoader) -> str:
    made = unescape(screens.post(_DIAGNOSE, {"phpinfo": "1"}))
    links = [re.search(_LINK.format(verb), made) for verb in ("Download", "Delete")]
    if links[0] is None:
        return UNKNOWN
    archive = screens.load(links[0][0])
    if links[1]:
        screens.get(links[1][0])
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as diagnosed:
            text = diagnosed.read("phpinfo.html").decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile):
        return UNKNOWN
    found = _PHP.search(text)
    return found[1] if found else UNKNOWN
