import pytest

from suitecrm_bridge.catalogue import catalogue, reaction_rules
from suitecrm_bridge.errors import CatalogueError

GOOD = """
[limits]
days = 7
quiet_days = 30
[rules.one]
segments = ["champions"]
priorities = ["P1", "P2"]
to = "case"
due = 60
priority = "High"
title = { en = "{customer}", fr = "{customer}" }
say = { en = "Call", fr = "Appelez" }
[rules.two]
alarms = ["product"]
to = "user"
due = 480
priority = "Low"
title = { en = "{value}", fr = "{value}" }
say = { en = "Look", fr = "Voyez" }
"""


def rules(tmp_path, old="", new="", own=None):
    assert old in GOOD
    (tmp_path / "reactions.toml").write_text(
        GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8"
    )
    return reaction_rules(catalogue(), own, tmp_path)


def test_the_shipped_rules_react_to_best_customers_risk_silence_repetition_and_spikes():
    shipped = {rule.key: rule for rule in reaction_rules(catalogue()).rules}
    assert shipped["best_customer"].words == {"segments": ("champions",)}
    assert shipped["customer_at_risk"].words["segments"]
    assert shipped["no_answer"].unanswered
    assert (shipped["third_complaint"].complaints, shipped["third_complaint"].within_days) == (
        3,
        90,
    )
    assert shipped["spike"].alarms == ("product", "country", "theme")


def test_rules_are_read_in_their_order(tmp_path):
    found = rules(tmp_path)
    assert [rule.key for rule in found.rules] == ["one", "two"]
    assert found.rules[0].words == {"segments": ("champions",), "priorities": ("P1", "P2")}
    assert (found.days, found.quiet_days) == (7, 30)


def test_an_installation_takes_rules_away_and_adds_its_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        "[limits]\ndays = 3\n[rules.one]\noff = true\n[rules.three]\nunanswered = true\n"
        'to = "case"\ndue = 5\npriority = "Low"\n'
        'title = { en = "{number}", fr = "{number}" }\nsay = { en = "a", fr = "b" }\n',
        encoding="utf-8",
    )
    found = rules(tmp_path, own=own)
    assert [rule.key for rule in found.rules] == ["two", "three"]
    assert (found.days, found.quiet_days) == (3, 30)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("days = 7", "days = 0", "days must be from 1"),
        ('"champions"', '"champion"', "segments has no 'champion'"),
        ('["champions"]', "[]", "segments needs a word"),
        ('segments = ["champions"]\npriorities = ["P1", "P2"]\n', "", "needs either alarms"),
        ('alarms = ["product"]', 'alarms = ["product"]\nunanswered = true', "needs either alarms"),
        ('segments = ["champions"]', "complaints = 3", "go together"),
        ('to = "case"', 'to = "boss"', "to is 'boss'"),
        ("due = 60", "due = 0", "due must be from 1"),
        ('priority = "High"', 'priority = "P1"', "priority is 'P1'"),
        ('en = "{customer}", fr = "{customer}"', 'en = "{value}", fr = "{value}"', "title has"),
        ('en = "{value}", fr = "{value}"', 'en = "{value}", fr = "valeur"', "placeholders"),
        ("[rules.two]", "[rules.Two]", "not lower case"),
        ("due = 480", "due = 480\nwhen = 3", "unknown key when"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_file_and_line(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError, match=rf"reactions\.toml, line \d+.*{complaint}"):
        rules(tmp_path, old, new)
