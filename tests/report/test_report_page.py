import re
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.report import render
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


def test_bars_are_as_long_as_their_share_of_the_longest(tmp_path):
    styles = page(tmp_path).values("span", "style")
    customers, revenue = styles[:4], styles[4:]
    assert customers == ["width: 100.0%", "width: 50.0%", "width: 50.0%", "width: 50.0%"]
    assert revenue[:2] == ["width: 60.0%", "width: 100.0%"]


def test_negative_revenue_has_no_bar_but_its_figure(tmp_path):
    shown = page(tmp_path, data([buyer("a", 5, 5, "-10.50"), buyer("b", 1, 1, "100.00")]))
    champions = next(row for row in shown.tables[2] if row[0] == "Champions")
    assert champions[1:3] == ["", "-10"]


def test_the_segment_table_holds_shares_and_average(tmp_path):
    table = page(tmp_path).tables[3]
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


def test_best_customers_come_by_revenue_with_segment_and_reason(tmp_path):
    rows = page(tmp_path).tables[4][1:]
    assert [row[1] for row in rows] == ["Customer c", "Customer a", "Customer b", "Customer d"]
    assert rows[0] == [
        "1",
        "Customer c",
        "Cannot lose them",
        "153",
        "4",
        "2025-12-24",
        "2,500.00",
        "Reason of c.",
    ]


def test_at_most_twenty_customers_are_listed(tmp_path):
    rows = [buyer(f"{n:02}", 1, 5, str(n)) for n in range(1, 31)]
    best = page(tmp_path, data(rows)).tables[4]
    assert [row[1] for row in best[1:]] == [f"Customer {n:02}" for n in range(30, 10, -1)]


def test_a_customer_links_to_its_record(tmp_path):
    contacts, accounts = [buyer("a&b=1/ é", 5, 5, "10")], [buyer("x", 5, 5, "10")]
    both = {"accounts": entity(accounts), "contacts": entity(contacts)}
    links = page(tmp_path, data(entities=both, crm_url=f"{CRM}/")).values("a", "href")
    address = f"{CRM}/index.php?module={{}}&action=DetailView&record={{}}"
    assert address.format("Contacts", "a%26b%3D1%2F%20%C3%A9") in links
    assert address.format("Accounts", "x") in links


@pytest.mark.parametrize("address", ["", "javascript:alert(1)//", "crm.example.com"])
def test_without_a_web_address_names_stand_without_a_link(tmp_path, address):
    shown = page(tmp_path, data(crm_url=address))
    assert all(str(link).startswith("#") for link in shown.values("a", "href"))
    assert "Customer a" in shown.text


def test_hostile_names_and_reasons_stay_text(tmp_path):
    row = buyer("a", 5, 5, "10", name=HOSTILE, rfm_reason=HOSTILE, customer_id=HOSTILE)
    shown = page(tmp_path, data([row], crm_url=f"{CRM}/<script>'"))
    assert "script" not in [tag for tag, _ in shown.tags]
    assert not any("onmouseover" in attrs for _, attrs in shown.tags)
    assert shown.tables[4][1][1] == HOSTILE
    assert shown.tables[4][1][7] == HOSTILE


def test_a_customer_without_a_name_can_still_be_reached(tmp_path):
    shown = page(tmp_path, data([buyer("a", 5, 5, "10", name="")]))
    assert shown.tables[4][1][1] == "(no name)"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_is_loaded_from_anywhere(tmp_path, lang):
    shown = page(tmp_path, lang=lang)
    assert not {"script", "img", "iframe", "object", "embed"} & {tag for tag, _ in shown.tags}
    assert not [attrs for _, attrs in shown.tags if "src" in attrs]
    assert shown.values("link", "href") == ["data:,"]
    assert all(str(link).startswith(("#", CRM)) for link in shown.values("a", "href"))
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "@import" not in html
    assert "url(" not in html


def test_the_page_is_in_french(tmp_path):
    shown = page(tmp_path, lang="fr")
    assert ("html", {"lang": "fr"}) in shown.tags
    assert shown.tables[0][1][5] == "Champions 2 clients 1 500"
    assert "09/03/2026" in shown.text
    assert "4\u00a0000,05" in shown.text
    assert "40,0\u00a0%" in shown.text
    assert "Tableau de bord clients" in shown.text


def test_french_punctuation_never_begins_a_line(tmp_path):
    row = buyer("a", 5, 5, "10", rfm_reason="Très fidèle : « 9 achats » ; 40 % du total !")
    shown = page(tmp_path, data([row]), lang="fr")
    assert not re.search(" [:;?!%»]|« ", shown.text)


def test_every_table_has_a_caption_and_every_heading_a_scope(tmp_path):
    shown = page(tmp_path)
    tags = [tag for tag, _ in shown.tags]
    assert tags.count("caption") == tags.count("table") == 5
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
    assert "Nobody has bought yet." in shown.text
    assert "map" not in shown.values("table", "class")
    assert [row[0] for row in shown.tables[0][1:]] == ["Prospect"]


def test_what_was_left_out_is_said_with_the_remedy(tmp_path):
    left_out = {"without_date": 1, "invoices_without_base_amount": 1200, "odd_ones": 3}
    text = page(tmp_path, data(skipped=left_out)).text
    assert "1 invoice without a date. Give it an invoice date" in text
    assert "1,200 invoices whose amount SuiteCRM has not converted" in text
    assert "3 records: odd ones." in text


def test_a_reason_that_left_out_nothing_is_not_mentioned(tmp_path):
    assert "No record was left out." in page(tmp_path, data(skipped={"without_date": 0})).text
