import pytest

from suitecrm_bridge.catalogue import STEPS, Target, complaint_rules
from suitecrm_bridge.errors import CatalogueError

GOOD = """
[rule]
counts = "ticked"
types = []
left_out = ["Closed_Duplicate"]
rejected = ["Closed_Rejected"]
[targets.other]
first_response = 60
resolution = 600
[serious]
priorities = ["P1"]
causes = ["delivery"]
late = true
reopened = false
[path]
received = ["Open_New"]
acknowledged = []
investigated = []
answered = []
closed = ["Closed_Closed"]
learnt_from = ["Closed_Learnt"]
open_states = ["Open"]
closed_states = ["Closed"]
[surveys]
recommend = ["Recommend"]
expectation = []
perception = []
pairs = [["before", "after"]]
satisfied = 75
[alarms]
chance = 0.01
rise = 2
customers = 3
recent_days = 182
baseline_days = 728
least_periods = 12
slower = 1.5
slow_days = 364
"""


def rules(tmp_path, old="", new=""):
    assert old in GOOD
    content = GOOD.replace(old, new, 1) if old else GOOD
    (tmp_path / "complaints.toml").write_text(content, encoding="utf-8")
    return complaint_rules(tmp_path)


def test_the_shipped_rules_have_every_step_and_a_target_for_each_priority_of_suitecrm():
    shipped = complaint_rules()
    assert tuple(shipped.path) == STEPS
    assert {"P1", "P2", "P3", "other"} == set(shipped.targets)


def test_rules_are_read(tmp_path):
    found = rules(tmp_path)
    assert found.targets == {"other": Target(60, 600)}
    assert found.closed_statuses == ("Closed_Closed", "Closed_Learnt", "Closed_Duplicate")
    assert found.surveys.recommend == ("recommend",)
    assert (found.alarms.rise, found.alarms.customers) == (2, 3)
    assert found.surveys.pairs == (("before", "after"),)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"ticked"', '"some"', "counts is 'some'"),
        ('"ticked"', '"types"', "needs one"),
        ("types = []", 'types = ["User"]', "types are for"),
        ("types = []", "", "types is missing"),
        ("[targets.other]", "[targets.P1]", r"needs \[targets.other\]"),
        ("first_response = 60", "first_response = 0", "from 1 to"),
        ("first_response = 60", "first = 60", "unknown key first"),
        ("acknowledged = []", 'acknowledged = ["Open_New"]', "several steps"),
        ('["Closed_Rejected"]', '["Closed_Duplicate"]', "both left_out and rejected"),
        ("answered = []", 'answered = [""]', "list of texts"),
        ("answered = []", 'answered = ["a", "a"]', "list of texts"),
        ("answered = []", "answer = []", "unknown key answer"),
        ('[["before", "after"]]', '[["before"]]', "two names"),
        ("satisfied = 75", "satisfied = 0", "from 1 to 100"),
        ("[surveys]", "[survey]", "exactly the tables"),
        ("chance = 0.01", "chance = 1.5", "chance must be from"),
        ("chance = 0.01", 'chance = "1 %"', "chance must be of type float"),
        ("customers = 3", "customers = 2.5", "customers must be of type int"),
        ("customers = 3", "customers = 0", "customers must be from 1"),
        ("rise = 2", "rises = 2", "unknown key rises"),
        ("slower = 1.5", "", "slower is missing"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        rules(tmp_path, old, new)
