import json
import unicodedata
import xml.etree.ElementTree as ET

import pytest

from suitecrm_bridge.harmless import (
    harmless,
    in_csv,
    in_json,
    in_line,
    is_formula,
)

NAMES = [
    "\x1b[31mRED\x1b]0;x\x07",
    "\x1b[2J\x1b[Hcleared",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[8mhidden",
    "\x9b31mC1 red",
    "\x90dcs\x9c",
    "\x9d0;title\x9c",
    "bell\x07",
    "back\x08\x08\x08",
    "over\rwritten",
    "two\nlines",
    "two\r\nlines",
    "vertical\x0bfeed\x0c",
    "next\x85line",
    "line\u2028separator\u2029",
    "nul\x00l",
    "delete\x7f",
    "shift\x0eout\x0f",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "\u202aembedded\u202c",
    "half \ud83d",
    "other half \ude00",
    "never \ufffe\uffff",
    "never \ufdd0 \U0001fffe",
    "note \ufff9a\ufffab\ufffb",
    "\x1c\x1d\x1e\x1fseparators",
]
PLAIN = [
    "O'Brien & Fils",
    "Zoé Łukasz",
    "株式会社",
    "family 👨‍👩‍👧 👍🏽",
    "שלום\u200f",
    "می\u200cخواهم",
    "no\u00a0break",
    "soft\u00adhyphen",
    "",
]


def harmful(text):
    kinds = {unicodedata.category(one) for one in text if one not in "\n\t"}
    return kinds & {"Cc", "Cs", "Cn", "Zl", "Zp"} or set(text) & set("\u202a\u202e\u2066\ufff9")


@pytest.mark.parametrize("make", [harmless, in_line, in_csv])
@pytest.mark.parametrize("name", NAMES)
def test_what_could_do_harm_is_gone(make, name):
    shown = make(name)
    assert not harmful(shown)
    shown.encode("utf-8")
    ET.fromstring(f"<name>{shown.replace('<', '')}</name>")


@pytest.mark.parametrize("name", NAMES)
def test_one_line_is_one_line(name):
    assert len(in_line(name).splitlines()) == 1
    assert "\t" not in in_line(f"{name}\t")


@pytest.mark.parametrize("make", [harmless, in_line, in_csv])
@pytest.mark.parametrize("name", PLAIN)
def test_what_people_write_stays_as_it_is(make, name):
    assert make(name) == name


def test_what_can_be_read_stays_readable():
    assert in_line("\x1b[31mRED\x1b]0;x\x07") == "�[31mRED�]0;x�"
    assert in_line("a\r\nb\tc") == "a b c"


def test_lines_of_every_kind_stay_lines():
    assert harmless("a\r\nb\rc\x85d\u2028e\tf") == "a\nb\nc\nd\ne\tf"


@pytest.mark.parametrize("name", [*NAMES, *PLAIN])
def test_json_says_the_same_and_shows_nothing_harmful(name):
    shown = in_json(json.dumps({"name": name}, ensure_ascii=False))
    assert json.loads(shown) == {"name": name}
    assert not harmful(shown)


@pytest.mark.parametrize(
    "name",
    [
        "=2+5",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "-",
        "+",
        "=",
        "@",
        "+33612345678",
        "-1-",
        "-1,2,3",
        "-cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        "-(1)",
        "--1",
        "-1e9+1",
        "\x00=1",
        "-१+१",
        "- 1",
    ],
)
def test_a_formula_is_kept_from_being_one(name):
    assert is_formula(name)
    assert in_csv(name).startswith("'")


@pytest.mark.parametrize("name", ["-5", "-12.50", "-12,50", "5", "a=b", "1+1", "x@y.z", "'=1", ""])
def test_numbers_and_plain_text_are_no_formulas(name):
    assert not is_formula(name)
    assert in_csv(name) == name
