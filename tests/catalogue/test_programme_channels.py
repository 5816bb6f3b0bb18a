"""What programme files say of calls, tasks and coupon codes."""

import pytest

from suitecrm_bridge.catalogue.programmes import addressing, programmes
from suitecrm_bridge.errors import CatalogueError
from tests.catalogue.test_programmes import read

SAY = 'say = { en = "Ask {name}.", fr = "Interrogez {name}." }'
CODED = SAY.replace("name", "code")
UNKNOWN = SAY.replace("name", "offer")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('channel = "call"', 'channel = "call"\na_day = 0', "a_day must be from 1 to 1000"),
        ('channel = "mail"', 'channel = "mail"\na_day = 3', "a_day is for the channels call and"),
        ('channel = "mail"', f'channel = "mail"\n{SAY}', "say is for the channels call and task"),
        ('channel = "call"', f'channel = "call"\n{UNKNOWN}', "say: {offer} is unknown; what may"),
        ("[money]", '[coupon]\nprefix = "w"\n[money]', "prefix is 'w'; it must be 2 to 6 capital"),
        ("[money]", "[coupon]\n[money]", "prefix is missing"),
        ('channel = "call"', f'channel = "call"\n{CODED}', "and there is no [coupon]"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, old=old, new=new)
    assert complaint in str(error.value)


def test_every_shipped_call_says_what_is_to_be_said():
    calls = [wave for one in programmes().values() for wave in one.waves if wave.channel == "call"]
    assert calls
    assert all(wave.say is not None for wave in calls)


def test_a_wave_says_what_a_user_is_to_say_and_how_many_they_get_a_day(tmp_path):
    new = f'channel = "call"\na_day = 3\n{SAY}'
    found = read(tmp_path, old='channel = "call"', new=new)["hello"].waves[1]
    assert (found.a_day, found.say["fr"]) == (3, "Interrogez {name}.")


def test_an_installation_changes_how_many_calls_a_user_gets_a_day(tmp_path):
    own = tmp_path / "addressing.toml"
    assert addressing().calls_a_day == 8
    own.write_text("[quota]\ncalls_a_day = 20\n", encoding="utf-8")
    assert addressing(own).calls_a_day == 20
    own.write_text("[quota]\ncalls_a_day = 0\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="calls_a_day must be from 1 to 1000"):
        addressing(own)


def test_a_programme_for_customers_may_give_codes_and_one_for_leads_may_not(tmp_path):
    coupon = '[coupon]\nprefix = "WB"\n[money]'
    assert read(tmp_path, old="[money]", new=coupon)["hello"].coupon == "WB"
    with pytest.raises(CatalogueError, match="leads buy nothing"):
        read(tmp_path, coupon[:-7], name="nurture")


SEVERAL = 'channel = ["mail", "call"]'


def test_a_later_wave_over_several_channels_goes_by_the_one_on_which_each_person_answers(tmp_path):
    found = read(tmp_path, old='channel = "call"', new=f"{SEVERAL}\n{SAY}")["hello"].waves[1:]
    told = [(wave.channel, wave.choice, wave.after_days, wave.say is None) for wave in found[:2]]
    (days,) = {wave.after_days for wave in found[:1]}
    assert told == [("call", found[1].key, days, False), ("mail", found[1].key, 0, True)]
    assert found[0].key == f"{found[1].key}_call"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('channel = "mail"', SEVERAL, "and one channel"),
        ('channel = "call"', 'channel = ["mail"]', "a list names two or three of"),
        ('channel = "call"', 'channel = ["mail", "task"]', "a list names two or three of"),
    ],
)
def test_channels_among_which_nothing_can_be_chosen_are_refused(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, old=old, new=new)
    assert complaint in str(error.value)
