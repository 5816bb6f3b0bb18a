"""Every suite of the benchmark runs; what it measures is for people to look at, not for a test."""

import json

import bench_run
import pytest

from suitecrm_bridge.settings import table
from tests.places import places

SUITES = bench_run.suites()


@pytest.fixture
def results(monkeypatch, tmp_path):
    """Run a suite at its smallest, without any settings of this machine's."""
    for row in table():
        monkeypatch.delenv(row.metadata["name"], raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIDGE_HOME", str(tmp_path))

    def run(name):
        file = tmp_path / "figures.json"
        arguments = [name, *SUITES[name].TINY, "--repeat", "1", "--json", str(file)]
        assert bench_run.main(arguments) == 0
        return json.loads(file.read_text(encoding="utf-8"))

    return run


@pytest.mark.story
@pytest.mark.parametrize("name", places(sorted(SUITES)))
def test_a_suite_times_every_contender_of_every_task(results, name):
    figures = results(name)
    assert figures["results"]
    for task in figures["results"]:
        assert len(task["contenders"]) >= 2
        for one in task["contenders"]:
            assert one["failure"] or len(one["seconds"]) == 1


@pytest.mark.long
def test_the_wire_reads_and_writes_every_contact_over_the_fast_routes(results):
    reading, writing, _ = results("wire")["results"]
    by_label = {one["label"]: one for one in reading["contenders"] + writing["contenders"]}
    assert by_label["the bridge, stock API"]["items"] <= 30
    assert writing["contenders"][-1]["items"] == 30


def test_a_suite_that_does_not_exist_is_refused_with_those_that_do(capsys):
    with pytest.raises(SystemExit):
        bench_run.main(["nonsense"])
    assert "wire" in capsys.readouterr().err
