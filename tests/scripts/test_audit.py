"""What the door to pip-audit makes of an answer, and of none."""

import json

from tests.scripts.test_doors import load

audit = load("audit")
SOUND = {"name": "numpy", "version": "2.4.6", "vulns": []}
WEAK = {
    "name": "odd",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}, {"id": "PYSEC-2"}],
}


def said(*libraries):
    return json.dumps({"dependencies": list(libraries), "fixes": []})


def test_where_nothing_is_known_it_ends_well_and_says_how_many_were_looked_at():
    assert audit.judged(said(SOUND), "") == (
        0,
        ["1 libraries looked at, 0 with a known weakness."],
    )


def test_each_weakness_is_named_with_what_mends_it():
    code, lines = audit.judged(said(SOUND, WEAK), "")
    assert code == 1
    assert lines[:2] == [
        "odd 1.0: PYSEC-1 (mended in 1.1)",
        "odd 1.0: PYSEC-2 (mended in no version yet)",
    ]


def test_a_library_that_nobody_knows_there_is_told():
    own = {"name": "own", "skip_reason": "own (1.0) is not on PyPI"}
    code, lines = audit.judged(said(SOUND, own), "")
    assert (code, lines[0]) == (0, "Not looked at: own (1.0) is not on PyPI")
    assert "own (1.0) is not on PyPI" in audit.judged(said(own), "")[1][0]


def test_without_the_advisories_it_says_so_and_fails_nothing():
    for output in ("", "null", "[]", said({"name": "own", "skip_reason": "not on PyPI"})):
        code, (line,) = audit.judged(output, "a\nConnectionError: no route")
        assert code == 0
        assert "nothing was looked at" in line
    assert "ConnectionError: no route" in audit.judged("", "ConnectionError: no route")[1][0]
