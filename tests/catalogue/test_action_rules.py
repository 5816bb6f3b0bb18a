"""The rules of what to do next: what is shipped, what an installation may change, and what not."""

import pytest

from suitecrm_bridge.catalogue import action_rules, catalogue, standing_rules
from suitecrm_bridge.errors import CatalogueError

GOOD = """
[limits]
attempts = 2
half_life_days = 180
worth_an_attempt = 25
dissatisfied_below = 50
satisfied_from = 75
[rules.best]
action = "thank"
standings = ["here"]
segments = ["champions"]
days = 30
say = { en = "Since {last}", fr = "Depuis {last}" }
[rules.next]
action = "offer"
complaints = ["none"]
say = { en = "{offer}", fr = "{offer}" }
[rules.rest]
action = "leave_alone"
say = { en = "a", fr = "b" }
"""


def rules(folder, old="", new="", own=None):
    assert old in GOOD
    content = GOOD.replace(old, new, 1) if old else GOOD
    (folder / "actions.toml").write_text(content, encoding="utf-8")
    return action_rules(catalogue(), own, folder)


def own_file(folder, content):
    file = folder / "own.toml"
    file.write_text(content, encoding="utf-8")
    return file


def keys(found):
    return [rule.key for rule in found.rules]


def test_every_action_of_the_dropdown_has_a_rule_and_every_rule_an_action():
    used = {rule.action for rule in action_rules(catalogue()).rules}
    assert used == set(catalogue().dropdowns["next_action"])


def test_rules_are_tried_in_their_order_and_the_last_is_everybodys(tmp_path):
    found = rules(tmp_path)
    assert keys(found) == ["best", "next", "rest"]
    assert found.rules[0].conditions == {"segments": ("champions",), "standings": ("here",)}
    assert (found.rules[0].days, found.rules[-1].days) == (30, None)
    assert found.rules[-1].conditions == {}
    assert found.limits["half_life_days"] == 180


def test_an_installation_puts_rules_of_its_own_before_and_replaces_in_place(tmp_path):
    own = own_file(
        tmp_path,
        '[limits]\nattempts = 3\n[rules.vip]\naction = "call_now"\nsegments = ["champions"]\n'
        'say = { en = "a", fr = "b" }\n[rules.next]\naction = "review"\nreviews = ["yes"]\n'
        'say = { en = "a", fr = "b" }\n',
    )
    found = rules(tmp_path, own=own)
    assert keys(found) == ["vip", "best", "next", "rest"]
    assert found.rules[2].action == "review"
    assert (found.limits["attempts"], found.limits["half_life_days"]) == (3, 180)


def test_an_installation_takes_a_rule_away(tmp_path):
    own = own_file(tmp_path, "[rules.next]\noff = true\n")
    assert keys(rules(tmp_path, own=own)) == ["best", "rest"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"leave_alone"', '"fire"', "action is 'fire'; allowed are ['apologise', 'call_now'"),
        ('["champions"]', '["whales"]', "segments has no 'whales'; allowed are ['about_to"),
        ('["champions"]', "[]", "segments needs a word; without this condition leave it out"),
        ('["none"]', '["angry"]', "complaints has no 'angry'; allowed are ['none', 'open', 'ser"),
        ('standings = ["here"]\n', "", "thank is for customers who are here; it needs standings"),
        ('["here"]', '["here", "at_risk"]', "thank is for customers who are here"),
        ('complaints = ["none"]\n', 'offers = ["yes"]\n', "not for customers with a serious"),
        ('["none"]', '["none", "serious"]', "offer is not for customers with a serious complaint"),
        ('segments = ["champions"]\n', "colour = 1\n", "unknown key colour; allowed are"),
        (
            '"Since {last}", fr = "Depuis {last}"',
            '"{first}", fr = "{first}"',
            "say has {first}; allowed are ['attempts', 'complaints'",
        ),
        ('"Since {last}", fr = "Depuis {last}"', '"{}", fr = "{}"', "say has {}; allowed are"),
        (
            '"Since {last}", fr = "Depuis {last}"',
            '"{last:d}", fr = "{last:d}"',
            "say gives {last} a form; it must be {last} alone",
        ),
        ("days = 30", "days = 9999", "days must be from 0 to 3650, not 9999"),
        ("half_life_days = 180", "half_life_days = 0", "half_life_days must be from 1 to 36500"),
        ("attempts = 2\n", "", "attempts is missing"),
        ("satisfied_from = 75", "satisfied_from = 40", "must not be below dissatisfied_below"),
        ('fr = "b"', 'de = "b"', "needs exactly the languages en, fr"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError) as refused:
        rules(tmp_path, old, new)
    assert complaint in str(refused.value)
    assert "actions.toml, line" in str(refused.value)


def test_without_a_rule_for_everybody_else_nothing_is_accepted(tmp_path):
    own = own_file(tmp_path, "[rules.rest]\noff = true\n")
    with pytest.raises(CatalogueError, match="the last rule must have no condition"):
        rules(tmp_path, own=own)


def test_a_rule_for_everybody_must_not_hide_those_after_it(tmp_path):
    own = own_file(tmp_path, '[rules.all]\naction = "welcome"\nsay = { en = "a", fr = "b" }\n')
    with pytest.raises(CatalogueError, match=r"own\.toml, line 1.*never be reached"):
        rules(tmp_path, own=own)


def test_an_installation_cannot_thank_who_leaves(tmp_path):
    own = own_file(
        tmp_path,
        '\n[rules.best]\naction = "thank"\nsegments = ["loyal"]\nsay = { en = "a", fr = "b" }\n',
    )
    with pytest.raises(CatalogueError, match=r'own\.toml, line 2: .*standings = \["here"\]'):
        rules(tmp_path, own=own)


def test_who_is_lost_comes_before_who_is_at_risk():
    assert list(standing_rules(catalogue())) == ["lost", "at_risk"]


def test_a_standing_with_an_unknown_word_is_refused(tmp_path):
    (tmp_path / "standings.toml").write_text('[lost]\nlifecycles = ["gone"]\n[at_risk]\n', "utf-8")
    with pytest.raises(CatalogueError, match="lifecycles has no 'gone'; allowed are"):
        standing_rules(catalogue(), tmp_path)


def test_both_standings_are_needed(tmp_path):
    (tmp_path / "standings.toml").write_text("[at_risk]\n", "utf-8")
    with pytest.raises(CatalogueError, match="needs exactly the tables lost, at_risk"):
        standing_rules(catalogue(), tmp_path)
