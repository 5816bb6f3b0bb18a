"""What people did since a wave decides what comes next for them."""

from suitecrm_bridge.analytics.programmes.plan import plan
from suitecrm_bridge.catalogue.conditions import names_since, parse
from suitecrm_bridge.catalogue.programmes import Wave
from tests.analytics.programmes.made import (
    DAY,
    KNOWN,
    NOBODY_HELD,
    WORDS,
    audience,
    decisions,
    enrolled,
    enrolment,
    programme,
    reach,
    situation,
    wave,
)

SINCE = names_since(KNOWN, "contacts")
TWO = (wave(), wave("second", "call", 10))


def planned(one, who, **given):
    people = sorted(who["person"])
    return plan([one], NOBODY_HELD, situation({"hello": who}, reach(*people), **given))


def test_who_has_done_what_it_is_for_leaves_before_the_next_wave_and_stays_where_unknown():
    one = programme(waves=TWO, exit=parse("bought", SINCE))
    old = enrolled(enrolment("anna", wave_since=DAY - 30), enrolment("bert", wave_since=DAY - 30))
    who = audience("anna", "bert", exits={"anna": True, "bert": False})
    found = decisions(planned(one, who, enrolled=old))
    assert found["hello", "anna"] == ("leaves", "exits")
    assert found["hello", "bert"][0] == "enters"
    found = decisions(planned(one, who, enrolled=old, unknown={"contacts": {"bought"}}))
    assert found["hello", "anna"][0] == "enters"


def test_a_wave_waits_while_nobody_can_tell_what_happened_since_the_one_before():
    asks = Wave("second", "call", WORDS, 10, parse("not opened", SINCE))
    one = programme(waves=(wave(), asks, wave("third", "task", 1)))
    old = enrolled(enrolment("anna", wave_since=DAY - 30))
    for holds in (True, False):
        who = audience("anna", if_second=holds)
        found = planned(one, who, enrolled=old, unknown={"contacts": {"opened"}})
        assert decisions(found)["hello", "anna"] == ("deferred", "unknown")
        found = planned(one, who, enrolled=old, unknown={"contacts": {"bought"}})
        assert found["wave"][0] == ("second" if holds else "third")


def test_a_person_comes_to_one_of_the_channels_of_a_step_even_where_another_fits_later():
    call = Wave("last_call", "call", WORDS, 10, parse("purchase_count > 0", KNOWN), choice="last")
    mail = Wave("last", "mail", WORDS, 0, parse("not purchase_count > 0", KNOWN), choice="last")
    one = programme(waves=(wave(), call, mail))
    old = enrolled(enrolment("anna", wave_since=DAY - 30))
    for answers, chosen in ((True, "last_call"), (False, "last")):
        who = audience("anna", if_last_call=answers, if_last=not answers)
        assert planned(one, who, enrolled=old)["wave"][0] == chosen
    old = enrolled(enrolment("anna", wave="last_call", wave_since=DAY - 1))
    who = audience("anna", if_last_call=False, if_last=True)
    assert decisions(planned(one, who, enrolled=old))["hello", "anna"][0] == "stays"
