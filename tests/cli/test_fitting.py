"""Tables in a terminal of 80 columns: nothing wider, no word broken."""

import re

import pytest

from suitecrm_bridge.cli import output
from suitecrm_bridge.cli.fitting import Shape, fitted, shortened, wrapped
from suitecrm_bridge.ids import short_ids
from tests.flows.processes import command
from tests.flows.world import synced_base

COLUMNS = 80
TERMINAL = {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)}
WHOLE = [
    ("actions",),
    ("leaving",),
    ("indicators",),
    ("retention",),
    ("retention", "--by", "cohort"),
    ("complaints",),
    ("complaints", "--by", "segment", "--by", "country"),
    ("programmes", "list"),
    ("schedule", "show"),
]
FURTHER = [
    ("indicators", "--by", "campaign"),
    ("retention", "--by", "revenue"),
    ("complaints", "--by", "product"),
    ("complaints", "--competitors"),
    ("complaints", "--satisfaction"),
]
SPARING = [("customers",), ("segments",), ("customers", "--of", "accounts")]


@pytest.fixture(scope="module")
def run(bases):
    """Runs a command on a mirror that was synced; no SuiteCRM is there."""
    _, home, _ = synced_base(bases)

    def run(*arguments, **settings):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(output, "is_seen", lambda err: "COLUMNS" in settings)
            done = command(*arguments, environment={"BRIDGE_HOME": str(home), **settings})
        assert done.exit_code == 0, done.output
        return done

    return run


def printed(done):
    return [re.sub("\x1b\\[[0-9;]*m", "", line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "words",
    [*WHOLE, *SPARING, *(pytest.param(one, marks=pytest.mark.story) for one in FURTHER)],
    ids=" ".join,
)
def test_a_table_is_no_wider_than_the_terminal_and_breaks_no_word(run, words):
    lang = ("--lang", "fr") if len(" ".join(words)) % 2 else ()
    wide, narrow = run(*lang, *words), run(*lang, *words, **TERMINAL)
    lines = printed(narrow)
    assert max(map(len, lines)) <= COLUMNS
    told = set(" ".join(lines).split())
    # What has no room is named, and what a narrow table shows is nowhere but in the wide one.
    if words not in SPARING:
        assert set(wide.stdout.split()) <= told
    else:
        assert {word for word in told if len(word) > 8} <= set(wide.stdout.split())


def test_a_list_of_customers_shows_risk_value_and_an_id_that_finds_them(run):
    lines = printed(run("customers", **TERMINAL))
    heading = " ".join(lines[:3])
    assert "Churn" in heading
    assert "stake" in heading
    first = next(line for line in lines if re.search(r"\d,\d", line))
    found = run("customer", first.split()[-1], "--format", "json").stdout
    assert first.split()[-1] in found


def test_amounts_have_their_currency(run):
    done = run("customers", BRIDGE_CURRENCY="€", **TERMINAL)
    assert "(€)" in done.stdout
    assert "in €." in done.stderr


def test_what_has_no_room_goes_below_with_the_first_column():
    shapes = [Shape("Name"), *(Shape("Amount", numeric=True, whole=True) for _ in range(5))]
    rows = [["Ada", *["1,000,000.00"] * 5]]
    found = fitted(shapes, rows, 40)
    assert [list(table) for table in found.tables] == [[0, 1, 2], [0, 3, 4], [0, 5]]
    assert found.left_out == []


def test_spare_columns_are_left_out_before_anything_goes_below():
    shapes = [Shape("Name"), Shape("Day", whole=True, spare=1), Shape("Sum", whole=True)]
    found = fitted(shapes, [["Ada", "2026-03-09", "1,000.00"]], 16)
    assert (list(found.tables[0]), found.left_out) == ([0, 2], [1])


def test_a_line_is_broken_at_blanks_and_never_in_a_number():
    assert wrapped("24\u00a0745,72 in all", 10) == "24\u00a0745,72\nin all"


def test_a_text_of_ten_thousand_characters_is_shortened():
    assert len(shortened("x" * 10_000)) < 200


def test_ids_are_as_long_as_it_takes_to_tell_them_apart():
    assert short_ids(["abcdefgh-1", "abcdefgh-2"]) == ["abcdefgh-1", "abcdefgh-2"]
    assert short_ids(["abcdefgh-1", "bbcdefgh-2"]) == ["abcdefgh", "bbcdefgh"]
    assert short_ids([]) == []
