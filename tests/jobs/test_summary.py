import json

import pytest

from suitecrm_bridge.jobs.summary import Summary


def test_a_stage_is_timed():
    summary = Summary()
    with summary.timed("pull"):
        pass
    assert set(summary.seconds) == {"pull"}
    assert summary.seconds["pull"] >= 0


def test_a_stage_done_twice_is_added_up(monkeypatch):
    ticks = iter([10.0, 12.5, 20.0, 21.0])
    monkeypatch.setattr("suitecrm_bridge.jobs.summary.time.perf_counter", lambda: next(ticks))
    summary = Summary()
    for _ in range(2):
        with summary.timed("push"):
            pass
    assert summary.seconds == {"push": 3.5}


def test_a_stage_that_fails_is_timed_all_the_same():
    summary = Summary()
    with pytest.raises(ValueError, match="cut off"), summary.timed("score"):
        raise ValueError("cut off")
    assert "score" in summary.seconds


def test_a_summary_becomes_json_with_the_promised_names():
    promised = {
        "pulled",
        "deleted",
        "scored",
        "planned",
        "written",
        "unchanged",
        "failed",
        "seconds",
        "path",
    }
    assert promised <= set(json.loads(json.dumps(Summary(pulled={"Contacts": 2}).as_dict())))
