"""The dashboard in a browser: offline, at three widths, by night, and as axe-core judges it."""

import base64
import importlib.util
import re
from pathlib import Path

import pytest

from suitecrm_bridge.jobs.report import report
from tests.live.outcomes import NotRun
from tests.live.webdriver import Browser
from tests.places import places

EVIL = (
    "<script>window.alarmed = 1</script>",
    "=cmd()",
    "x" * 10_000,
    "‮שלום",
    "🦄🦄",
    "a\x1b[31m\x07b",
)
CUT_OFF = """
return [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || one.closest('.scroll, .menu, .skip')) return false;
  return box.right > innerWidth + 1 || box.left < -1;
}).map((one) => one.tagName + ' ' + one.className).slice(0, 5)
"""
JUDGE = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then((found) =>
  done(found.violations.map((one) => one.id + ' ' + one.nodes[0].target.join(' '))));
"""
DRAWN = """
return [...document.querySelectorAll('[data-chart]')].every((one) => !one.getClientRects().length
  || (one.drawn === one.clientWidth && one.querySelector('.drawing svg[role]')));
"""
ALARMED = "return window.alarmed ?? null"
CHOSEN = """
const select = document.getElementById('filters').elements[arguments[0]];
select.value = arguments[1];
select.dispatchEvent(new Event('change', { bubbles: true }));
"""
COUNTED = """
const number = (text) => Number(text.replace(/\\D/g, ''));
const all = document.querySelector('#contacts-people .where').textContent.match(/\\d[\\d\\s,]*/g);
const cells = [...document.querySelectorAll('#contacts-map .many')];
return [number(all.at(-1)), cells.reduce((sum, one) => sum + number(one.textContent), 0)];
"""
READ = """
const place = document.getElementById('contacts-segments');
const key = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true });
place.querySelector('.drawing').dispatchEvent(key);
return place.querySelector('.reading').textContent;
"""
SAVED = """
const done = arguments[arguments.length - 1];
URL.createObjectURL = (blob) => { blob.text().then(done); return '#customers'; };
document.querySelector('#contacts-people .tools button').click();
"""
SUMMARY = """
const others = '.page:not([data-page=overview], [data-page=customers]), footer';
for (const one of document.querySelectorAll(others)) one.remove();
const annex = document.querySelector('.annex:not([hidden])');
while (annex.nextElementSibling) annex.nextElementSibling.remove();
annex.remove();
"""
NOT_DRAWN = """
return [...document.querySelectorAll('[data-chart]')].filter((one) => !one.closest('[hidden]')
  && !one.closest('.other[data-ago]') && !one.querySelector('.drawing svg')).map((one) => one.id);
"""
BUTTONS = """
const boxed = (one) => getComputedStyle(one).display !== 'contents';
return [...document.querySelectorAll('thead button')].filter(boxed).length;
"""
AXE = importlib.util.find_spec("axe_core_python")


@pytest.fixture
def browser():
    if AXE is None or AXE.origin is None:
        pytest.skip("axe-core-python is not installed")
    try:
        made = Browser(1300)
    except NotRun as missing:
        pytest.skip(str(missing))
    yield made
    made.close()


def shown_at(browser, width, *, dark=False):
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.devtools("Emulation.setEmulatedMedia", features=scheme)
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=900,
        deviceScaleFactor=1,
        mobile=False,
    )


def printed_pages(browser):
    """Print the page and return how many sheets of paper that takes."""
    made = browser.devtools("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    return len(re.findall(rb"/Type /Page\b", base64.b64decode(made["data"])))


def planted(connection):
    """Give the customers with most at stake names that could do harm."""
    for place, name in enumerate(EVIL):
        connection.execute(
            "UPDATE contacts SET last_name = ? WHERE id = (SELECT customer_id FROM"
            " scores_contacts ORDER BY value_at_stake DESC NULLS LAST, customer_id"
            " LIMIT 1 OFFSET ?)",
            [name, place],
        )


@pytest.mark.parametrize("lang", places(["en", "fr"], every=1))
def test_the_page_harms_nobody_and_can_be_read_by_everybody(synced, browser, lang):
    with synced.context(BRIDGE_LANG=lang) as context:
        planted(context.mirror.connection)
        (file,) = report(context, ["html"], synced.home / "report")
    shown_at(browser, 1300)
    browser.devtools("Page.navigate", url=file.as_uri())
    browser.wait("return document.querySelector('.drawing svg [role], .drawing svg[role]')")
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    browser.run(
        "for (const one of document.querySelectorAll('.page')) one.classList.remove('other')"
    )
    for width in (1300, 800, 390):
        shown_at(browser, width, dark=width == 800)
        browser.run("window.dispatchEvent(new Event('resize'))")
        browser.wait(DRAWN)
        assert browser.run(CUT_OFF) == [], width
    browser.run(Path(AXE.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    assert browser.run_later(JUDGE) == []
    browser.run("location.hash = 'customers:people:everybody'")
    browser.wait("return document.querySelectorAll('#contacts-people tbody tr').length === 20")
    assert browser.run(ALARMED) is None
    assert browser.run(READ).startswith("Champions · ")
    every, cells = browser.run(COUNTED)
    browser.run(CHOSEN, "segment", "champions")
    chosen, few = browser.run(COUNTED)
    with synced.context() as context:
        ((champions,), (ranked,)) = context.mirror.connection.execute(
            "SELECT count(*) FROM scores_contacts WHERE rfm_segment = 'champions' UNION ALL"
            " SELECT count(*) FROM scores_contacts WHERE rfm_recency IS NOT NULL ORDER BY 1"
        ).fetchall()
    assert (chosen, few) == (champions, champions)
    assert cells == ranked
    assert every > champions
    saved = browser.run_later(SAVED)
    assert '"\'=cmd()"' in saved or "=cmd()" not in saved
    assert saved.count("\r\n") == champions + 1
    assert browser.errors() == []
    looked_at_on_paper(browser)


def looked_at_on_paper(browser):
    """Hold what is printed: every chart, a summary of two sheets, headings that can repeat."""
    browser.run("document.getElementById('filters').reset()")
    assert printed_pages(browser) > 2
    assert browser.run(NOT_DRAWN) == []
    browser.run(SUMMARY)
    assert printed_pages(browser) == 2
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    # Chromium repeats no heading on the next page that holds the box of a button.
    assert browser.run(BUTTONS) == 0
    assert browser.errors() == []
