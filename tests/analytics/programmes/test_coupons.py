"""Codes of coupons: one a person and programme, safe to type and known however they are typed."""

import pytest

from suitecrm_bridge.analytics.programmes.coupons import LETTERS, check, code, found_in

CODE = code("WB", "salt", "win_back", "anna")


def found(text, *prefixes):
    return list(found_in(text, prefixes or ("WB",)))


def test_a_code_is_the_same_on_every_machine_and_another_for_everybody_else():
    assert code("WB", "salt", "win_back", "anna") == "WBSVVGH2QX"
    others = {
        code("WB", "salt", "win_back", "bert"),
        code("WB", "salt", "welcome", "anna"),
        code("WB", "other", "win_back", "anna"),
        code("WB", "salt", "win_back", "anna", 1),
    }
    assert len(others | {CODE}) == 5


def test_thousands_of_people_have_codes_of_their_own_without_letters_that_are_mistaken():
    codes = [code("WB", "salt", "win_back", f"person{number}") for number in range(5_000)]
    assert len(set(codes)) == len(codes)
    assert not set("".join(one[2:] for one in codes)) & set("01ILO")
    assert all(found(one) == [one] for one in codes[:200])


@pytest.mark.parametrize(
    "typed",
    [
        "{0}",
        "{1}",
        "Order with code {1}, thanks",
        "wb {2}",
        "Coupon:{3}.",
        "code\u00a0{3}",
        "{2} / second line",
    ],
)
def test_a_code_is_known_however_it_is_typed(typed):
    apart = "-".join([CODE[:2], CODE[2:6], CODE[6:]])
    blanks = " ".join([CODE[:4].lower(), CODE[4:]])
    assert found(typed.format(CODE, CODE.lower(), blanks, apart)) == [CODE]


def test_one_letter_that_is_wrong_or_two_that_changed_places_are_noticed():
    for place in range(2, len(CODE)):
        for letter in LETTERS:
            if letter != CODE[place]:
                assert found(CODE[:place] + letter + CODE[place + 1 :]) == []
    for place in range(2, len(CODE) - 2):
        if CODE[place] != CODE[place + 1]:
            changed = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
            assert found(changed) == []


def test_several_codes_of_several_prefixes_are_found_in_one_text():
    other = code("HELLO", "salt", "hello", "anna")
    assert found(f"WBWB {CODE} and {other}", "WB", "HELLO") == [CODE, other]
    assert found("nothing to see, WB or not", "WB") == []


def test_the_check_character_is_of_the_letters_before_it():
    assert check(CODE[2:-1]) == CODE[-1]
