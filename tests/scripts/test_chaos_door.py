"""The door to the chaos, and what it says of what was played."""

from collections import Counter

import chaos
import chaos_play
import pytest
from behind import environment
from chaos_bridge import Result


def result(**values):
    return Result(**({"seed": 7, "path": "fast", "faults": Counter(reset=3)} | values))


def test_the_arguments_go_to_the_player(monkeypatch):
    started = []
    monkeypatch.setattr(environment, "prepare", lambda: "python")
    monkeypatch.setattr(environment, "run", lambda words, cwd: started.append(words) or 1)
    assert chaos.steps(["--seeds", "3"]) == 1
    assert [str(word) for word in started[0][2:]] == ["--seeds", "3"]


def test_the_help_needs_no_environment(capsys):
    assert chaos.steps(["--help"]) == 0
    assert "--seeds N" in capsys.readouterr().out


def test_a_seed_is_a_line():
    words = chaos_play.line(result(runs=5, kills=2, seconds=4.2))
    assert words.split()[:5] == ["seed", "7", "fast", "ok", "5"]
    assert words.endswith("reset:3")


def test_a_finding_says_what_was_found_and_how_to_play_it_again():
    words = chaos_play.line(result(findings=["mirror contacts differs"], exits=[0, -9]))
    assert "FINDING" in words
    assert "mirror contacts differs" in words
    assert "[0, -9]" in words
    assert "scripts/chaos.py --first 7 --seeds 1 --path fast" in words


def test_the_sum_counts_seeds_findings_and_faults():
    words = chaos_play.summary([result(runs=2), result(runs=3, findings=["x"])])
    assert "2 seeds, 1 with findings; runs 5" in words
    assert "6 faults: reset 6" in words


@pytest.mark.parametrize(("findings", "code"), [([], 0), (["x"], 1)])
def test_a_finding_is_a_failure_and_the_figures_are_written(
    monkeypatch, tmp_path, capsys, findings, code
):
    monkeypatch.setattr(chaos_play, "_played", lambda options: [result(findings=findings)])
    assert chaos_play.main(["--json", str(tmp_path / "figures.json")]) == code
    assert '"reset": 3' in (tmp_path / "figures.json").read_text(encoding="utf-8")
