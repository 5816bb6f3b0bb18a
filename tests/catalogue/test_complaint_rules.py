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
[waiting]
statuses = ["Open_Waiting"]
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
baseline_days = 756
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
        ("[surveys]", "[survey]", r"\[survey\] is unknown"),
        ("chance = 0.01", "chance = 1.5", "chance must be from"),
        ("chance = 0.01", 'chance = "1 %"', "chance must be of type float"),
        ("customers = 3", "customers = 2.5", "customers must be of type int"),
        ("customers = 3", "customers = 0", "customers must be from 1"),
        ("rise = 2", "rises = 2", "unknown key rises"),
        ("slower = 1.5", "", "slower is missing"),
        ('["Open_Waiting"]', '["Closed_Closed"]', "Closed_Closed is closed"),
        ('["Open_Waiting"]', '"Open_Waiting"', "statuses must be of type list"),
        ("statuses", "status", "unknown key status"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(tmp_path, old, new, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        rules(tmp_path, old, new)


def own(tmp_path, content):
    file = tmp_path / "own.toml"
    file.write_text(content, encoding="utf-8")
    return complaint_rules(own=file)


def test_the_shipped_status_of_suitecrm_that_waits_for_the_customer_is_named():
    assert complaint_rules().waiting == ("Open_Pending Input",)


def test_an_installation_says_in_its_own_file_which_statuses_wait_for_the_customer(tmp_path):
    found = own(tmp_path, '[waiting]\nstatuses = ["Open_Waiting", "Open_Sent Back"]')
    assert found.waiting == ("Open_Waiting", "Open_Sent Back")
    assert found.targets == complaint_rules().targets


def test_an_installations_own_file_changes_the_keys_that_it_names_alone(tmp_path):
    found = own(
        tmp_path, "[alarms]\ncustomers = 5\n[targets.P1]\nfirst_response = 9\nresolution = 99"
    )
    assert (found.alarms.customers, found.alarms.rise) == (5, complaint_rules().alarms.rise)
    assert found.targets["P1"] == Target(9, 99)
    assert found.targets["P2"] == complaint_rules().targets["P2"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[rules]\ncounts = "all"', r"own.toml, line 1: \[rules\] is unknown; allowed are"),
        ('[rule]\ncounts = "some"', r"own.toml, line 1: \[rule\]: counts is 'some'"),
        ("\n[waiting]\nstatuses = [1]", "own.toml, line 2"),
        ("[waiting", "own.toml"),
    ],
)
def test_an_own_file_that_cannot_be_used_is_refused_with_its_name(tmp_path, content, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        own(tmp_path, content)


def test_an_own_file_that_is_not_there_changes_nothing(tmp_path):
    assert complaint_rules(own=tmp_path / "none.toml") == complaint_rules()
