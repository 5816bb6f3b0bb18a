"""What a job prints when it is done."""

from suitecrm_bridge.cli.output import show_summary
from suitecrm_bridge.jobs.summary import Summary


def printed(capsys, **values):
    show_summary(Summary(**values), "table")
    return capsys.readouterr().out


def test_only_what_changed_is_named(capsys):
    shown = printed(capsys, pulled={"Contacts": 3, "Accounts": 0, "AOS_Invoices": 1_200})
    assert "New or changed  Contacts 3, AOS_Invoices 1,200\n" in shown


def test_that_nothing_changed_is_said_once(capsys):
    assert "New or changed  nothing\n" in printed(capsys, pulled={"Contacts": 0, "Accounts": 0})


def test_a_job_that_reads_nothing_says_nothing_of_reading(capsys):
    assert "New or changed" not in printed(capsys)
