"""What a user is told with a call or a task of a programme."""

from datetime import date

from suitecrm_bridge.catalogue.programmes import programmes
from suitecrm_bridge.jobs import user_records
from suitecrm_bridge.mirror.programmes.deliveries import Delivery
from suitecrm_bridge.mirror.programmes.people import Person

DUE = {"need": "Filter", "need_day": date(2026, 4, 9)}


def told(lang, **known):
    programme = next(one for one in programmes().values() if one.waves[0].say)
    person = Person("p1", "Contacts", "Ann", phone="1", **known)
    delivery = Delivery(
        "k", programme.key, programme.waves[0].key, "p1", "call", "u", date(2026, 3, 1), "", None
    )
    said = user_records._words(programme, programme.waves[0], delivery, person, "", lang)
    return said.splitlines()


def test_the_best_moment_and_what_is_due_next_are_told_in_the_readers_language():
    lines = told("fr", moment="tuesday_evening", **DUE)
    assert "Meilleur moment\u00a0: Mardi soir" in lines
    assert "Prochain besoin\u00a0: Filter, vers le 09/04/2026" in lines


def test_nothing_is_told_where_nobody_can_tell():
    assert not [line for line in told("en") if "moment" in line or "Due next" in line]
