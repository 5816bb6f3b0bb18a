"""The door to what the alarms promise, and the tables it prints."""

import numpy as np
import promises
import promises_measure
import pytest
from behind import environment
from regimes import REGIMES


def test_the_arguments_go_to_the_measurement(monkeypatch):
    started = []
    monkeypatch.setattr(environment, "prepare", lambda: "python")
    monkeypatch.setattr(environment, "run", lambda words, cwd: started.append(words) or 0)
    assert promises.steps(["--families", "3"]) == 0
    assert [str(word) for word in started[0][2:]] == ["--families", "3"]


def test_the_help_needs_noenvironment(capsys):
    assert promises.steps(["--help"]) == 0
    assert "--families N" in capsys.readouterr().out


def test_both_tables_have_a_line_for_each_regime_asked_for(capsys):
    assert promises_measure.main(["--families", "2", "--bases", "2", "--only", "own seasons"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| own")]
    assert len(lines) == len(promises_measure.SIZES) + 1
    assert all(" %" in line for line in lines)


@pytest.mark.parametrize("name", REGIMES)
def test_in_any_regime_a_base_is_rarely_in_alarm_without_a_reason(name):
    rng = np.random.default_rng(11)
    bases = [promises_measure.base(rng, name, 2.0) for _ in range(8)]
    least = promises_measure.limit(0.02)
    # The week that is over and the one under way: more than two of eight come once in 400 times.
    assert sum(promises_measure.highest(one) >= least for one in bases) <= 2
