"""The screens that SuiteCRM 8 draws by itself: record and list, with the package's widgets."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from urllib.parse import urljoin

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import text
from tests.live.outcomes import Failed
from tests.live.screens import LANGUAGES, WIDTH, faults_of
from tests.live.webdriver import Browser

PHONE = 400
_FORM = "return !!document.querySelector('[name=username]')"
_LANGUAGE = """
const select = document.querySelector('#languages');
if (!select) return false;
const chosen = [...select.options].find(one => one.value.endsWith(arguments[0]));
if (!chosen) return false;
select.value = chosen.value;
select.dispatchEvent(new Event('change', {bubbles: true}));
return true"""
_LOG_IN = """
for (const [name, value] of Object.entries(arguments[0])) {
  const field = document.querySelector(`[name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event('input', {bubbles: true}));
}
document.querySelector('#login-button').click()"""
_TRIES = 3
_IN = "return !document.querySelector('[name=password]') && location.hash.length > 2"
_OPEN = """
const shown = document.body.innerText.toLowerCase();
if (arguments[0].every(one => shown.includes(one.toLowerCase()))) return false;
const button = [...document.querySelectorAll('button')]
    .find(one => one.innerText.trim() === 'Insights');
if (button) button.click();
return !!button"""
_RAW = re.compile(r"\{\{\s*fields\.")


def check_screens_of_8(
    url: str, admin: str, password: str, contact: str, folder: Path | None
) -> str:
    """Open record and list in each language and widely, and the record on a phone.

    Args:
        url: address of SuiteCRM.
        admin: who logs in.
        password: theirs.
        contact: id of a contact who bought something.
        folder: where the pictures go; none are kept without it.

    Raises:
        Failed: a screen lacks the package's widgets, or shows an error or a raw label.
    """
    faults: list[str] = []
    seen = 0
    for language, theirs in LANGUAGES.items():
        for width in (WIDTH, PHONE):
            with closing(Browser(width)) as browser:
                _log_in(browser, url, admin, password, theirs)
                for name, (page, wanted) in _pages(contact, language, width).items():
                    browser.open(urljoin(f"{url}/", page))
                    # SuiteCRM keeps shut, for this user, what a phone or somebody shut once.
                    if width == WIDTH and browser.run(_OPEN, wanted):
                        browser.settle()
                    found = faults_of(browser, wanted)
                    if _RAW.search(str(browser.run("return document.body.innerText"))):
                        found.append("shows a text that is not filled in")
                    faults += [f"{name} in {language} at {width}: {one}" for one in found]
                    seen += 1
                    if folder:
                        browser.shoot(folder / f"own-{name}-{language}-{width}.png")
    if faults:
        raise Failed("; ".join(faults))
    return f"{seen} more of SuiteCRM 8's own with the widgets, four of them 400 px wide"


def _pages(contact: str, language: Language, width: int) -> dict[str, tuple[str, list[str]]]:
    above = [text("package_card.card_action", language)]
    beside = [text("package_card.card_as_of", language)]
    chart = [text("package_dashlets.dashlet_segments_title", language)]
    wide = width == WIDTH
    # On a phone SuiteCRM shows what lies beside a record or a list only when it is asked for.
    return {
        "record": (f"#/contacts/record/{contact}", above + beside * wide),
        "list": ("#/contacts/index", chart * wide),
    }


def _log_in(browser: Browser, url: str, admin: str, password: str, theirs: str) -> None:
    browser.open(f"{url}/")
    browser.wait(_FORM)
    browser.run(_LANGUAGE, theirs)
    browser.settle()
    # While the texts of another language still come, SuiteCRM forgets a click.
    for left in reversed(range(_TRIES)):
        browser.run(_LOG_IN, {"username": admin, "password": password})
        try:
            browser.wait(_IN)
        except Failed:
            if not left:
                raise
        else:
            break
    browser.settle()
