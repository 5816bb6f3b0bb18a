"""The package's screens in a browser: record, list, home page and administration page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from suitecrm_bridge.catalogue import Language, catalogue, dashlets
from suitecrm_bridge.i18n import text
from tests.live.module_loader import ModuleLoader
from tests.live.outcomes import Failed
from tests.live.webdriver import Browser

LANGUAGES: dict[Language, str] = {"en": "en_us", "fr": "fr_FR"}
WIDTH = 1400
OF_ITS_OWN = ("record", "tab", "list")
"""Screens that a SuiteCRM 8 draws by itself, so that nobody sees those of 7 there."""
_RAW = re.compile(r"\b(?:LBL_\w+|(?:suitecrmbridge|SUITECRMBRIDGE)_\w+)")
_PHP = re.compile(
    r"(?:Fatal error|Warning|Notice|Deprecated|Uncaught \w+)\b[^\n]{0,200}"
    r" in \S+\.php(?:\(|:\d| on line)"
)
HOME = "index.php?module=Home&action=index"
_THERE = "return [...document.querySelectorAll('li[id^=dashlet_]')].map(one => one.id.slice(8))"
_READY = "const layout = window.SUGAR?.mySugar?.getLayout?.(); return !!(layout && layout[0])"
_COUNTED = "return document.querySelectorAll('li[id^=dashlet_]').length >= arguments[0]"
_ADD = "SUGAR.mySugar.addDashlet(arguments[0], 'module', arguments[1])"
_DELETE = (
    "return fetch('index.php?to_pdf=1&module=Home&action=DynamicAction"
    "&DynamicAction=deleteDashlet&activePage=0&id=' + arguments[0]).then(told => told.status)"
)
_SHOWS = """
const shown = document.body.innerText.toLowerCase();
return arguments[0].every(one => shown.includes(one.toLowerCase()))"""
_CLICK = """
const named = [...document.querySelectorAll('a')].filter(
    one => one.offsetParent && one.innerText.trim().toLowerCase() === arguments[0].toLowerCase());
if (named.length) named[0].click();
return named.length"""

LogIn = Callable[[str], ModuleLoader]
"""Returns the screens of somebody who logged in with a language of SuiteCRM's, such as fr_FR."""


def check_screens(url: str, log_in: LogIn, contact: str, folder: Path | None) -> str:
    """Open each screen in each language, and keep a picture of it.

    Args:
        url: address of the screens.
        log_in: logs an administrator in, with a language.
        contact: id of a contact who bought something.
        folder: where the pictures go; none are kept without it.

    Raises:
        Failed: a screen shows an error or a raw label, or lacks what the package puts there.
    """
    faults: list[str] = []
    seen = 0
    with closing(Browser(WIDTH)) as browser:
        for language, theirs in LANGUAGES.items():
            browser.open(f"{url}/{HOME}", log_in(theirs).cookies)
            with _dashlets(browser, f"{url}/{HOME}"):
                for name, (page, wanted) in _pages(contact, language).items():
                    if name in OF_ITS_OWN and url.endswith("/legacy"):
                        continue
                    browser.open(f"{url}/{page}")
                    if name == "tab":
                        browser.wait(_CLICK, wanted[0])
                        browser.settle()
                    faults += [f"{name} in {language}: {one}" for one in faults_of(browser, wanted)]
                    seen += 1
                    if folder:
                        browser.shoot(folder / f"{name}-{language}.png")
    if faults:
        raise Failed("; ".join(faults))
    return f"{seen} pages in English and French, nothing raw, no error of PHP or of the package"


def _pages(contact: str, language: Language) -> dict[str, tuple[str, list[str]]]:
    """Return the pages by name: the address, and the texts that must be there."""
    titles = [text(f"package_dashlets.dashlet_{name}_title", language) for name in _known()]
    record = f"index.php?module=Contacts&action=DetailView&record={contact}"
    return {
        "record": (record, [text("package_card.card_as_of", language)]),
        "tab": (record, [text("package.panel_customer", language)]),
        "list": ("index.php?module=Contacts&action=index", []),
        "home": (HOME, titles),
        "administration": (
            "index.php?module=Administration&action=suitecrmbridge",
            [text(f"package_admin.page_{part}", language) for part in ("last_run", "programmes")],
        ),
    }


def faults_of(browser: Browser, wanted: list[str]) -> list[str]:
    """Return what is wrong with the page that is open, where these texts are to be on it."""
    with suppress(Failed):
        browser.wait(_SHOWS, wanted)
    shown = str(browser.run("return document.body.innerText"))
    # Headings may be shown in capitals.
    folded = shown.casefold()
    faults = [f"lacks {one!r}" for one in wanted if one.casefold() not in folded]
    faults += [f"shows {one}" for one in sorted({*_RAW.findall(shown)})[:5]]
    faults += [f"shows {one}" for one in _PHP.findall(shown)[:2]]
    return faults + [f"reports {one[:200]}" for one in browser.errors() if "suitecrmbridge" in one]


@contextmanager
def _dashlets(browser: Browser, home: str) -> Iterator[None]:
    """Put the package's dashlets on the home page that is open, and take them away from it."""
    browser.wait(_READY)
    before = browser.run(_THERE)
    try:
        for place, (name, module) in enumerate(_known().items(), start=1):
            title = "".join(word.capitalize() for word in name.split("_"))
            browser.wait(_READY)
            browser.run(_ADD, f"SuiteCRMBridge{title}Dashlet", module)
            browser.wait(_COUNTED, len(before) + place)
            browser.settle()
        yield
    finally:
        browser.open(home)
        browser.wait(_READY)
        for id in {*browser.run(_THERE)} - {*before}:
            browser.run(_DELETE, id)


def _known() -> dict[str, str]:
    return dict(dashlets(catalogue()))
