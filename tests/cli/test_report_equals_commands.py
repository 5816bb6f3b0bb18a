"""What the report's document says is what the commands say, to the cent."""

import json

import pytest

from suitecrm_bridge.insights.ways import RELATIONS
from tests.flows.processes import command
from tests.flows.world import synced_base


@pytest.fixture(scope="module")
def run(bases):
    """Runs a command on a mirror that was synced, and reads its JSON."""
    _, home, _ = synced_base(bases)

    def run(*arguments):
        done = command(*arguments, environment={"BRIDGE_HOME": str(home)})
        assert done.exit_code == 0, done.output
        return done

    return run


@pytest.fixture(scope="module")
def told(run, tmp_path_factory):
    """The document of a report."""
    folder = tmp_path_factory.mktemp("report")
    run("report", "--format", "json", "--output", str(folder))
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def asked(run, *arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_customers_are_those_of_the_command(run, told, entity):
    rows = asked(run, "customers", "--of", entity)
    reported = told["entities"][entity]["customers"]
    assert len(rows) == len(reported) > 0
    # A flag or text that is not known is missing to a program, and none to a reader.
    for row, known in zip(rows, reported, strict=True):
        shared = row.keys() & known.keys()
        assert {key: row[key] or known[key] for key in shared} == {k: known[k] for k in shared}


def test_segments_are_those_of_the_command(run, told):
    rows, reported = asked(run, "segments"), told["entities"]["contacts"]["segments"]
    names = {"share": "customer_share", **{n: n for n in ("segment", "customers", "revenue")}}
    assert [{there: row[here] for here, there in names.items()} for row in rows] == [
        {there: row[there] for there in names.values()} for row in reported
    ]


def test_actions_and_stakes_are_those_of_the_command(run, told):
    reported = {row["action"]: row for row in told["entities"]["contacts"]["actions"]}
    for row in asked(run, "actions"):
        known = reported.get(row["action"], {"customers": 0, "value_at_stake": 0})
        assert (row["customers"], row["value_at_stake"]) == (
            known["customers"],
            known["value_at_stake"],
        )


def test_who_leaves_is_who_the_command_says(run, told):
    rows, reported = asked(run, "leaving"), told["entities"]["contacts"]["leaving"]
    assert [(row["customers"], row["revenue"], row["value_at_stake"]) for row in rows] == [
        (row["customers"], row["revenue"], row["value_at_stake"]) for row in reported
    ]


def test_indicators_are_those_of_the_command(run, told):
    rows, reported = asked(run, "indicators"), told["entities"]["contacts"]["indicators"]
    known = {row["key"]: row["value"] for row in reported}
    for row in asked(run, "indicators"):
        assert known[row["key"]] == pytest.approx(row["value"], abs=0.005) or row["value"] is None
    assert len(rows) == len(known)


def test_who_stays_is_who_the_command_says(run, told):
    rows, reported = asked(run, "retention"), told["entities"]["contacts"]["staying"]["months"]
    assert [(row["lost"], row["churn_rate"]) for row in rows] == [
        (row["lost"], row["churn_rate"]) for row in reported
    ]


def test_complaints_are_those_of_the_command(run, told):
    part = told["complaints"]
    period = ("--since", part["since"], "--until", part["until"])
    rows = asked(run, "complaints", "--of", part["customers"], *period)
    assert rows == part["overview"]["rows"]
    products = asked(run, "complaints", "--of", part["customers"], *period, "--by", "product")
    assert products == part["products"]["rows"]


@pytest.mark.parametrize("by", RELATIONS)
def test_the_relation_beside_buying_is_that_of_the_command(run, told, by):
    reported = told["entities"]["contacts"]["relations"].get(by.replace("-", "_"), {"rows": []})
    assert asked(run, "relations", "--by", by) == reported["rows"]
