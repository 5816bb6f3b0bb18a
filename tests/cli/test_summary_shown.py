"""What a job prints when it is done."""

import re

from suitecrm_bridge.cli.summary import show_summary
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


def test_nothing_that_did_not_happen_is_told(capsys):
    shown = printed(
        capsys,
        pulled={"Contacts": 0},
        deleted={"Contacts": 0, "Cases": 2},
        rejected={"Contacts": 0},
        scored={"contacts": 3},
        seconds={"push": 0.1},
    )
    assert re.findall(r"\b0\b(?!\.)", shown) == []
    assert "Gone from SuiteCRM  Cases 2\n" in shown
    assert re.search(r"^Written +nothing$", shown, re.MULTILINE)


def test_what_failed_is_told_beside_what_was_to_be_written(capsys):
    shown = printed(capsys, planned=5, written=3, failed=2, seconds={"push": 0.1})
    assert [line.split()[-1] for line in shown.splitlines()][:3] == ["5", "3", "2"]
