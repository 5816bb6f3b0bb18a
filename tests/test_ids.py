"""One function says when two ids are the same, in Python and in SQL."""

import sys
import unicodedata

import duckdb
import pytest

from suitecrm_bridge.ids import canonical, canonical_sql

ALIKE = [
    ("127eb23f", "127EB23F"),
    ("abc", "ABC   "),
    ("Müller-1", "MULLER-1"),
    ("Çelik", "celik"),
    ("Straße", "STRASE"),
    ("Diyarbakır", "DIYARBAKIR"),
    ("İzmir", "izmir"),
    ("e\u0301te", "Été"),
    ("Đặng", "đang"),
    ("Ørsted", "ørsted"),
    ("ΆΛΦΑΣ", "αλφας"),
    ("Ёлка", "елка"),
]
"""Pairs that SuiteCRM's database, with utf8_general_ci or utf8mb4_general_ci, takes for one."""
APART = [
    ("abc", "abd"),
    ("abc", " abc"),
    ("abc", "abc\t"),
    ("abc", "abc\u00a0"),
    ("a-b", "a_b"),
    ("Ørsted", "orsted"),
    ("Łódź", "lodz"),
    ("Æsir", "aesir"),
    ("й", "и"),
    ("का", "क"),
]
"""Pairs that it takes for two."""


def in_sql(ids):
    asked = f"SELECT {canonical_sql('given')} FROM (SELECT unnest(?::VARCHAR[]) AS given)"
    with duckdb.connect() as connection:
        return [row[0] for row in connection.execute(asked, [list(ids)]).fetchall()]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_case_accents_and_blanks_at_the_end_make_no_other_id(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_ids_that_the_database_tells_apart_stay_apart(one, other):
    assert canonical(one) != canonical(other)


def batched(given, size):
    return [given[start : start + size] for start in range(0, len(given), size)]


def test_sql_says_the_same_as_python():
    letters = [chr(code) for code in range(1, 0xD800)]
    ids = [id for pair in ALIKE + APART for id in pair]
    # By itself, at the end of a word and at its beginning. A hundred words take as long as one.
    for hundred in batched(letters, 100):
        for form in ("{}", "Aα{}", "{}B  "):
            ids.append(" ".join(form.format(letter) for letter in hundred))
    # What might be taken for a blank, at the end of an id.
    ids += [f"A{letter}" for letter in letters if unicodedata.category(letter)[0] in "CZ"]
    assert in_sql(ids) == [canonical(id) for id in ids]


def test_an_id_of_ascii_is_not_looked_up_in_the_table_of_letters(monkeypatch):
    monkeypatch.setattr(sys.modules[canonical.__module__], "_table", None)
    assert canonical("127EB23F-0000 ") == "127eb23f-0000"
