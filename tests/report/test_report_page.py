import base64
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.report import NAMED, render
from suitecrm_bridge.report.page import library
from suitecrm_bridge.report.words import contrast, readable_on
from tests.report.reportdata import CRM, FIVE, Page, buyer, data, entity, prospect

HOSTILE = """<script>alert("1")</script>' onmouseover='x & "q"""


def page(folder: Path, report=None, lang="en") -> Page:
    (path,) = render(report or data(), ["html"], folder, lang)
    return Page(path.read_text(encoding="utf-8"))


def test_the_page_says_its_day_its_crm_and_what_counts_as_a_purchase(tmp_path):
    shown = page(tmp_path)
    assert ("time", {"datetime": "2026-03-09"}) in shown.tags
    assert CRM in shown.text
    assert "invoices" in shown.text


def test_key_figures_are_exact(tmp_path):
    words = [word.strip() for word in page(tmp_path).words if word.strip()]
    words = words[words.index("Figures") :]
    labels = ("Customers", "Buyers", "No purchase yet", "Revenue", "Average purchase")
    assert {label: words[words.index(label) + 1] for label in labels} == {
        "Customers": "5",
        "Buyers": "4",
        "No purchase yet": "1",
        "Revenue": "4,000.05",
        "Average purchase": "400.00",
    }


def test_the_map_has_recency_down_and_frequency_across(tmp_path):
    heading, *rows = page(tmp_path).tables[0]
    assert [cell[0] for cell in heading[1:]] == list("12345")
    assert [row[0][0] for row in rows] == list("54321")
    assert rows[0][5] == "Champions 2 customers 1,500"
    assert rows[4][5] == "Cannot lose them 1 customer 2,500"
    assert rows[3][3] == "At risk 1 customer 0"
    assert rows[4][1] == "Lost 0 customers 0"


def test_each_cell_of_the_map_carries_the_class_of_its_segment(tmp_path):
    classes = [str(value) for value in page(tmp_path).values("td", "class")]
    assert [c.split()[0] for c in classes if c.startswith("s-")].count("s-champions") == 2


def test_bars_are_as_long_as_the_shares_of_customers_and_revenue(tmp_path):
    rows = page(tmp_path).chart("contacts-segments")
    champions = [row["share"] for row in rows if row["segment"] == "Champions"]
    assert champions == [pytest.approx(2 / 5), pytest.approx(1500 / 4000.05)]


def test_negative_revenue_is_shown_as_it_is(tmp_path):
    shown = page(tmp_path, data([buyer("a", 5, 5, "-10.50"), buyer("b", 1, 1, "100.00")]))
    assert shown.table("Segment", "Customers")[1][:4] == [
        "Champions",
        "1",
        "50.0%",
        "-10.50",
    ]


def test_the_segment_table_holds_shares_and_average(tmp_path):
    table = page(tmp_path).table("Segment", "Customers")
    champions = next(row for row in table if row[0] == "Champions")
    assert champions == [
        "Champions",
        "2",
        "40.0%",
        "1,500.00",
        "37.5%",
        "750.00",
    ]
    assert table[-1][:4] == ["All customers", "5", "", "4,000.05"]


def test_the_page_knows_of_its_customers_what_its_lists_show(tmp_path):
    (first,) = [row for row in page(tmp_path).people() if row["id"] == "c"]
    assert (first["name"], first["segment"], first["reason"]) == (
        "Customer c",
        "cannot_lose_them",
        "Number 1 of 4 buyers by what they bought for. Buys every 231 days.",
    )
    assert (first["revenue"], first["purchases"], first["last"]) == (250000, 4, "2025-12-24")


def test_above_the_most_the_page_names_who_has_most_at_stake_and_who_bought_most(tmp_path):
    stakes = {"value_at_stake": Decimal(1)}
    rows = [buyer(f"{n:04}", 1, 5, "1", **(stakes if n < NAMED else {})) for n in range(NAMED)]
    rows += [buyer("rich", 5, 5, "9000"), buyer("poor", 5, 5, "0.50")]
    named = [row["id"] for row in page(tmp_path, data(rows)).people()]
    assert len(named) == NAMED
    assert "rich" in named
    assert "poor" not in named


def test_a_customer_links_to_its_record(tmp_path):
    both = {"accounts": entity(FIVE), "contacts": entity(FIVE)}
    known = page(tmp_path, data(entities=both, crm_url=f"{CRM}/")).data["entities"]
    address = f"{CRM}/index.php?module={{}}&action=DetailView&record="
    assert known["contacts"]["address"] == address.format("Contacts")
    assert known["accounts"]["address"] == address.format("Accounts")


@pytest.mark.parametrize("address", ["", "javascript:alert(1)//", "crm.example.com"])
def test_without_a_web_address_names_stand_without_a_link(tmp_path, address):
    shown = page(tmp_path, data(crm_url=address))
    assert all(str(link).startswith("#") for link in shown.values("a", "href"))
    assert shown.data["entities"]["contacts"]["address"] == ""


def test_hostile_names_and_reasons_stay_text(tmp_path):
    row = prospect("a", name=HOSTILE, rfm_reason=HOSTILE, customer_id=HOSTILE)
    shown = page(tmp_path, data([row], crm_url=f"{CRM}/<script>'"))
    assert [tag for tag, _ in shown.tags].count("script") == 3
    assert not any("onmouseover" in attrs for _, attrs in shown.tags)
    (person,) = shown.people()
    assert (person["name"], person["reason"], person["id"]) == (HOSTILE, HOSTILE, HOSTILE)


def test_what_stands_in_a_script_can_end_it_nowhere_and_long_names_are_cut(tmp_path):
    row = buyer("a", 5, 5, "10", name="</script><!-- \u2028 \x00\x1b" + "x" * 10_000)
    shown = page(tmp_path, data([row]))
    content = shown.scripts[0]
    assert not set("<>&\u2028\x00\x1b") & set(content)
    assert len(shown.people()[0]["name"]) <= 300


def test_a_customer_without_a_name_can_still_be_reached(tmp_path):
    shown = page(tmp_path, data([buyer("a", 5, 5, "10", name="")]))
    assert shown.data["words"]["no_name"] == "(no name)"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_is_loaded_from_anywhere(tmp_path, lang):
    shown = page(tmp_path, lang=lang)
    assert not {"img", "iframe", "object", "embed"} & {tag for tag, _ in shown.tags}
    assert not [attrs for _, attrs in shown.tags if "src" in attrs]
    assert shown.values("link", "href") == ["data:,"]
    assert all(str(link).startswith(("#", CRM)) for link in shown.values("a", "href"))
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    styles = html.split("<style>")[1].split("</style>")[0]
    assert "@import" not in styles
    assert "url(" not in styles


def test_only_the_pages_own_scripts_may_run(tmp_path):
    shown = page(tmp_path)
    (policy,) = (
        str(attrs["content"])
        for tag, attrs in shown.tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    allowed = next(part for part in policy.split("; ") if part.startswith("script-src"))
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in shown.scripts[1:]
    ]
    assert allowed.split()[1:] == [f"'sha256-{one}'" for one in hashes]
    assert "unsafe-eval" not in policy


def test_the_package_carries_the_library_of_the_charts():
    assert library().startswith("/*!\nVega, Vega-Lite"), "run: python setup.py charts"
    assert "</script" not in library()


def test_the_page_is_in_french(tmp_path):
    shown = page(tmp_path, lang="fr")
    assert ("html", {"lang": "fr"}) in shown.tags
    assert shown.tables[0][1][5] == "Champions 2 clients 1 500"
    assert "09/03/2026" in shown.text
    assert "4\u00a0000,05" in shown.text
    assert "40,0\u00a0%" in shown.text
    assert "Tableau de bord clients" in shown.text


def test_french_punctuation_never_begins_a_line(tmp_path):
    shown = page(tmp_path, lang="fr")
    assert not re.search(" [:;?!%»]|« ", shown.text)
    told = json.dumps(shown.data["words"], ensure_ascii=False)
    assert not re.search(" [:;?!%»]|« ", told)


def test_every_table_has_a_name_and_every_heading_a_scope(tmp_path):
    shown = page(tmp_path)
    regions = [attrs for _, attrs in shown.tags if attrs.get("role") == "region"]
    assert len(regions) == len(shown.tables)
    assert all(attrs["aria-label"] for attrs in regions)
    assert all("scope" in attrs for tag, attrs in shown.tags if tag == "th")


def test_every_id_stands_once(tmp_path):
    both = {"contacts": entity(FIVE), "accounts": entity(FIVE)}
    ids = [attrs["id"] for _, attrs in page(tmp_path, data(entities=both)).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_reference_to_an_id_leads_somewhere(tmp_path):
    both = {"contacts": entity(FIVE), "accounts": entity([])}
    tags = page(tmp_path, data(entities=both)).tags
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    named = {attrs["aria-labelledby"] for _, attrs in tags if "aria-labelledby" in attrs}
    jumps = {
        str(attrs["href"])[1:] for tag, attrs in tags if tag == "a" and attrs["href"][0] == "#"
    }
    assert named | jumps <= ids


def test_text_on_every_segment_colour_can_be_read():
    for segment in catalogue().segments.values():
        assert contrast(readable_on(segment.colour), segment.colour) >= 4.5, segment.key


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_an_empty_base_gives_a_friendly_page(tmp_path):
    shown = page(tmp_path, data([]))
    assert "No contacts have been read from SuiteCRM yet." in shown.text
    assert shown.tables == []


def test_a_report_about_nobody_says_what_to_do(tmp_path):
    assert "suitecrm-bridge sync" in page(tmp_path, data(entities={})).text


def test_a_base_of_prospects_shows_no_map_and_no_average(tmp_path):
    shown = page(tmp_path, data([prospect("a"), prospect("b")]))
    assert "Too few customers have bought" in shown.text
    assert "map" not in shown.values("table", "class")
    assert [row[0] for row in shown.table("Segment", "Customers")[1:]] == [
        "Prospect",
        "All customers",
    ]


def test_what_was_left_out_is_said_with_the_remedy(tmp_path):
    left_out = {"without_date": 1, "invoices_without_base_amount": 1200, "odd_ones": 3}
    text = page(tmp_path, data(skipped=left_out)).text
    assert "1 invoice without a date. Give it an invoice date" in text
    assert "1,200 invoices whose amount SuiteCRM has not converted" in text
    assert "3 records: odd ones." in text


def test_a_reason_that_left_out_nothing_is_not_mentioned(tmp_path):
    assert "No record was left out." in page(tmp_path, data(skipped={"without_date": 0})).text
