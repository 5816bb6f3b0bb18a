"""Programme files: what is shipped, what an installation may change, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import Rules, own_catalogue
from suitecrm_bridge.catalogue.conditions import happened, names, parse, possible
from suitecrm_bridge.catalogue.programmes import Cap, addressing, programmes
from suitecrm_bridge.errors import CatalogueError

GOOD = """
[programme]
label = { en = "Hello", fr = "Bonjour" }
description = { en = "Says hello", fr = "Dit bonjour" }
of = "contacts"
audience = 'segment in ["new"]'
priority = 5
[waves.first]
channel = "mail"
label = { en = "First", fr = "Premier" }
[waves.second]
channel = "call"
label = { en = "Second", fr = "Second" }
after_days = 10
if = 'purchase_count < 2'
[money]
cost = 0.05
budget = 100
[control]
share = 0.1
[period]
begins = 2026-01-01
ends = 2026-12-31
[measure]
outcome = "conversion"
days = 60
least = 0.02
[stop]
after_days = 400
"""


def read(folder, content=GOOD, *, name="hello", old="", new=""):
    assert old in content
    own = folder / "programmes"
    own.mkdir(exist_ok=True)
    (own / f"{name}.toml").write_text(content.replace(old, new, 1), encoding="utf-8")
    return programmes(own)


def test_every_programme_that_is_shipped_can_be_read_and_can_hold_somebody():
    found = programmes()
    assert set(found) == {
        "welcome", "loyalty", "cross_sell", "upsell", "win_back", "recovery", "birthday",
        "anniversary", "reorder", "ambassadors", "nurture",
    }  # fmt: skip
    assert all(possible(one.audience) for one in found.values())
    assert [one.priority for one in found.values()] == sorted(
        (one.priority for one in found.values()), reverse=True
    )


def test_only_the_recovery_addresses_people_with_a_serious_complaint():
    assert [key for key, one in programmes().items() if one.recovery] == ["recovery"]


def test_every_shipped_programme_leaves_a_control_out():
    assert all(one.control > 0 for one in programmes().values())


def test_an_installation_adds_a_programme_of_its_own(tmp_path):
    found = read(tmp_path)["hello"]
    assert (found.priority, found.module, found.again_days) == (5, "Contacts", None)
    assert [(wave.key, wave.channel, wave.after_days) for wave in found.waves] == [
        ("first", "mail", 0),
        ("second", "call", 10),
    ]
    assert (found.cost, found.budget, found.control) == (Decimal("0.05"), 100, Decimal("0.1"))
    assert (found.begins, found.ends) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.measure.outcome, found.measure.days, found.stop.harm) == ("conversion", 60, True)


def test_a_file_with_the_name_of_a_shipped_one_changes_the_keys_that_it_names(tmp_path):
    found = read(tmp_path, "[programme]\npriority = 1\n", name="welcome")["welcome"]
    assert found.priority == 1
    assert found.audience == programmes()["welcome"].audience


def test_a_programme_and_a_wave_can_be_taken_away(tmp_path):
    assert "welcome" not in read(tmp_path, "[programme]\noff = true\n", name="welcome")
    own = read(tmp_path, "[waves.how_it_went]\noff = true\n", name="welcome")
    assert [wave.key for wave in own["welcome"].waves] == ["hello"]


def test_rules_find_the_files_of_the_home(tmp_path):
    read(tmp_path)
    (tmp_path / "addressing.toml").write_text("[cap]\ncontacts = 1\n", encoding="utf-8")
    rules = Rules(tmp_path)
    assert "hello" in rules.programmes
    assert rules.addressing.cap == Cap(1, 30)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('of = "contacts"', 'of = "users"', "of is 'users'"),
        ("priority = 5", "priority = 500", "priority must be from 0 to 100"),
        ("priority = 5", "prio = 5", "unknown key prio"),
        ('segment in ["new"]', 'segmnt in ["new"]', "audience: there is no figure or col"),
        ('segment in ["new"]', 'segment = "new" and segment = "loyal"', "never hold of anybody"),
        ('channel = "mail"', 'channel = "mial"', "channel is 'mial'; did you mean 'mail'?"),
        ("purchase_count < 2", "purchase_count < 0", "if can never hold of anybody"),
        ('channel = "mail"', 'channel = "mail"\nafter_days = 3', "the first wave begins at once"),
        ("cost = 0.05", 'cost = "5"', "cost must be a number"),
        ("cost = 0.05", "cost = -1", "cost is -1"),
        ("cost = 0.05", "cost = nan", "cost must be a number"),
        ("share = 0.1", "share = 10", "10 % is written 0.1"),
        ("ends = 2026-12-31", "ends = 2025-12-31", "before begins"),
        ("ends = 2026-12-31", 'ends = "2026-12-31"', "a day without quotes"),
        ('outcome = "conversion"', 'outcome = "clicks"', "outcome is 'clicks'"),
        ("[stop]", "[stops]", "did you mean 'stop'?"),
        ("[money]", "[cap]\ncontacts = 0\ndays = 1\n[money]", "contacts must be from 1"),
        ("[money]", '[trigger]\nenters = \'segment = "loyal"\'\n[money]', "in the audience"),
        ("[money]", "[trigger]\nenters = 'fraud = true'\nevent = 'Cases'\n[money]", "exclude each"),
        ("[money]", "[trigger]\nevent = 'Case'\nat = 'date_entered'\n[money]", "mean 'Cases'?"),
        ("[money]", "[trigger]\nevent = 'Cases'\nat = 'status'\n[money]", "no day of Cases"),
        ("[money]", "[trigger]\ndate = 'birthday'\n[money]", "did you mean 'birthdate'?"),
        ("[money]", "[trigger]\ndate = 'birthdate'\nevery = 'week'\n[money]", "every is 'week'"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_file_and_key(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, old=old, new=new)
    assert complaint in str(error.value)
    assert "hello.toml" in str(error.value)


def test_a_programme_needs_a_wave(tmp_path):
    with pytest.raises(CatalogueError, match="there are 0 waves"):
        read(tmp_path, GOOD.partition("[waves")[0])


def test_the_name_of_a_file_is_the_key_and_must_be_one(tmp_path):
    with pytest.raises(CatalogueError, match="the name of the file"):
        read(tmp_path, name="Hello you")


def test_what_a_programme_asks_for_is_mirrored_by_module(tmp_path):
    words = "vip_c and has Cases where (Cases.work_log is not empty and urgent_c)"
    content = GOOD.replace('segment in ["new"]', words)
    content += "[trigger]\ndate = \"visit_c\"\n[exit]\nwhen = 'bought or left_c before today'\n"
    content = content.replace("purchase_count < 2", "shoe_size_c > 40")
    read(tmp_path, content)
    assert own_catalogue(tmp_path).asked == {
        "Cases": ("urgent_c", "work_log"),
        "Contacts": ("left_c", "shoe_size_c", "vip_c", "visit_c"),
    }


def test_a_file_that_cannot_be_used_asks_for_nothing_and_keeps_nothing_else_from_working(tmp_path):
    read(tmp_path, GOOD.replace('segment in ["new"]', "vip_c"))
    (tmp_path / "programmes" / "broken.toml").write_text("[programme]\nof = 1\n", encoding="utf-8")
    assert own_catalogue(tmp_path).asked == {"Contacts": ("vip_c",)}


def test_the_shipped_cap_holds_for_everybody():
    shipped = addressing()
    assert shipped.cap.contacts >= 1
    assert 0 <= shipped.control <= Decimal("0.5")


def test_events_dates_and_entries_are_read_as_they_are_written(tmp_path):
    shipped = programmes()
    event, yearly, entry = (shipped[key].trigger for key in ("recovery", "birthday", "loyalty"))
    assert (event.kind, event.module, event.within_days) == ("event", "Cases", 14)
    assert (yearly.kind, yearly.yearly, yearly.figure.column) == ("date", True, "birthdate")
    assert entry.condition == parse("rfm_frequency >= 4 and rfm_recency >= 3", names("contacts"))
    assert shipped["reorder"].trigger.shift == -7


def test_segments_have_lists_of_the_customers_that_are_named(tmp_path):
    own = tmp_path / "addressing.toml"
    own.write_text('[segments]\nlists = ["accounts"]\n', encoding="utf-8")
    assert addressing(own).segment_lists == ("accounts",)
    assert addressing().segment_lists == ()
    own.write_text('[segments]\nlists = ["account"]\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match="did you mean 'accounts'"):
        addressing(own)


def test_a_wave_and_the_way_out_may_ask_what_happened_since(tmp_path):
    asks = "if = 'purchase_count < 2 and not opened and not (bought or answered)'"
    leaving = GOOD + "[exit]\nwhen = 'complained'\n"
    found = read(tmp_path, leaving, old="if = 'purchase_count < 2'", new=asks)["hello"]
    assert happened(found.waves[1].condition) == {"opened", "bought", "answered"}
    assert happened(found.exit) == {"complained"}
    assert found.asks_since


def test_an_installation_takes_the_way_out_of_a_shipped_programme_away(tmp_path):
    assert programmes()["win_back"].exit is not None
    assert read(tmp_path, "[exit]\noff = true\n", name="win_back")["win_back"].exit is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("audience = 'segment in [\"new\"]'", "audience = 'not bought'", "by when under .exit."),
        ("if = 'purchase_count < 2'", "if = 'opend'", "did you mean 'opened'"),
        ("if = 'purchase_count < 2'", "if = 'bought and not bought'", "never hold"),
        ("[money]", "[exit]\nwhen = 'segment = \"loyal\"'\n[money]", "in the audience"),
        ("[money]", "[exit]\nif = 'bought'\n[money]", "when"),
    ],
)
def test_what_cannot_be_asked_of_the_time_since_a_wave_is_refused(tmp_path, old, new, problem):
    with pytest.raises(CatalogueError, match=problem):
        read(tmp_path, old=old, new=new)


def test_a_lead_has_no_complaints_to_ask_for(tmp_path):
    content = GOOD.replace('"contacts"', '"leads"').replace(
        'segment in ["new"]', "email1 is not empty"
    )
    content = content.replace("purchase_count < 2", "not complained")
    with pytest.raises(CatalogueError, match="complained"):
        read(tmp_path, content)


def test_what_one_person_may_bring_at_most_can_be_named(tmp_path):
    margin = 'outcome = "margin"\nmost = 5_000'
    assert read(tmp_path)["hello"].measure.most is None
    found = read(tmp_path, old='outcome = "conversion"', new=margin)
    assert found["hello"].measure.most == 5_000


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ('outcome = "margin"\nmost = 0', "it must be above least"),
        ('outcome = "margin"\nmost = 0.02', "it must be above least, 0.02"),
        ('outcome = "margin"\nmost = -4', "must be an amount from 0"),
        ('outcome = "margin"\nmost = "much"', "must be a number"),
        ('outcome = "conversion"\nmost = 500', 'most is for outcome = "margin"'),
    ],
)
def test_a_most_that_cannot_be_used_is_refused(tmp_path, measure, words):
    with pytest.raises(CatalogueError, match=words):
        read(tmp_path, old='outcome = "conversion"', new=measure)


@pytest.mark.parametrize("least", ["0", "-1", '"much"'])
def test_what_all_programmes_should_bring_is_above_nothing(tmp_path, least):
    own = tmp_path / "addressing.toml"
    own.write_text(f"[control]\nleast = {least}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="least"):
        addressing(own)


def test_programmes_for_leads_are_measured_by_who_becomes_a_customer(tmp_path):
    content = GOOD.replace('"contacts"', '"leads"').replace("purchase_count < 2", "not answered")
    content = content.replace('segment in ["new"]', "email1 is not empty")
    plain = content.replace('outcome = "conversion"\n', "")
    assert read(tmp_path, plain)["hello"].measure.outcome == "conversion"
    with pytest.raises(CatalogueError, match="leads earn nothing"):
        read(tmp_path, content.replace('"conversion"', '"margin"'))
