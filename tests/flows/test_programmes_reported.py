"""The report's part about programmes, on a SuiteCRM with demo data."""

import json

from suitecrm_bridge.insights.programme_report import report_parts
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.begun import begin, members, run


def parts(world):
    with world.context() as context:
        found = report_parts(context.mirror, context.rules, context.choices)
    return {part.name: part for part in found}


def test_a_report_says_nothing_of_programmes_that_never_ran(fast_synced):
    assert parts(fast_synced) == {}


def test_a_report_says_who_is_in_a_programme_and_what_it_brought(fast_synced, tmp_path):
    begin(fast_synced)
    run(fast_synced)
    options = ("--format", "json", "--output", str(tmp_path))
    result = fast_synced.command("--lang", "fr", "report", *options)
    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["programmes"]
    (row,) = told["in_programmes"]["rows"]
    assert (row["programme_name"], row["state"]) == ("Bonjour", "running")
    assert row["people"] - row["controls"] == len(members(fast_synced))
    (effect,) = told["effects"]["rows"]
    assert effect["treated"] == len(members(fast_synced))
    assert told["effects"]["said"] == [f"Bonjour\u00a0: {effect['said']}"]


def test_a_stopped_programme_stays_in_the_report(fast_synced):
    begin(fast_synced)
    run(fast_synced)
    with fast_synced.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    found = parts(fast_synced)
    assert found["in_programmes"].frame["state"].tolist() == ["stopped"]
    assert found["effects"].frame["programme"].tolist() == ["hello"]
