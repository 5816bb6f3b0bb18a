from datetime import datetime

import pytest

from suitecrm_bridge.catalogue import Rule, Theme
from suitecrm_bridge.mirror import Mirror

from .test_complaint_facts import NOON, add, case, rows

DAY = 20514
ALL = Rule("all", (), ())


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.facts.define_complaints(ALL)
        yield opened


def update(mirror, id, text, **values):
    known = {"id": id, "case_id": "c1", "contact_id": "ann", "date_entered": NOON}
    add(mirror, "case_updates", **known | values, description=text)


def test_a_case_has_its_text_and_what_the_customer_added_in_order(mirror):
    case(mirror, name="Broken", description="It broke.")
    update(mirror, "b", "Still broken", date_entered=datetime(2026, 3, 3))  # noqa: DTZ001
    update(mirror, "a", "Hello?")
    assert rows(mirror, "case_texts") == [("c1", "Broken", "It broke.\nHello?\nStill broken")]


@pytest.mark.parametrize("values", [{"contact_id": ""}, {"internal": True}])
def test_what_our_side_wrote_is_not_the_customers_text(mirror, values):
    case(mirror)
    update(mirror, "a", "We look into it", **values)
    assert rows(mirror, "case_texts") == [("c1", "", "")]


def test_names_of_people_products_and_competitors_are_known(mirror):
    add(mirror, "contacts", id="ann", first_name="Ann", last_name="Lee")
    add(mirror, "products", id="p", name="Pan")
    case(mirror, competitor_c="Rival")
    assert [word for (word,) in rows(mirror, "name_words")] == ["Ann", "Lee", "Pan", "Rival"]


def test_everything_in_which_a_competitor_may_be_named_is_there(mirror):
    dated = {"date_entered": NOON, "name": "About", "description": "Rival"}
    case(mirror, name="About", description="Rival", competitor_c=" Rival ")
    add(mirror, "notes", id="n1", **dated, parent_type="Cases", parent_id="c1")
    add(mirror, "notes", id="n2", **dated, parent_type="Opportunities", parent_id="o1")
    add(mirror, "notes", id="n3", **dated, parent_type="Accounts", parent_id="acme")
    add(mirror, "opportunities", id="o1", **dated)
    text = "About\nRival"
    assert rows(mirror, "competitor_texts") == [
        ("case", "c1", "c1", "", DAY, "Rival", text),
        ("note", "n1", "c1", "", DAY, "", text),
        ("note", "n2", "", "o1", DAY, "", text),
        ("note", "n3", "", "", DAY, "", text),
        ("opportunity", "o1", "", "o1", DAY, "", text),
    ]


THEME = Theme("late-parcel", "Retard, “colis”", {"late": 0.8, "parcel": 0.6}, ("retard", "colis"))


def test_themes_are_kept_as_they_were(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.themes.keep([THEME])
    with Mirror.open(tmp_path) as mirror:
        assert mirror.themes.known() == (THEME,)


def test_only_the_last_themes_are_kept(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.themes.keep([THEME])
        mirror.themes.keep([])
        assert mirror.themes.known() == ()


def test_what_was_found_does_not_make_the_mirror_another_one():
    with Mirror.in_memory() as mirror:
        before = mirror.digest()
        mirror.themes.keep([THEME])
        assert mirror.digest() == before
