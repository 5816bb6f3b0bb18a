"""`score --purchases`, from a shell."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from suitecrm_bridge.cli import main
from suitecrm_bridge.jobs.score_files import FileChoices, Scored
from suitecrm_bridge.purchase_files import Counts


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"c{n},2026-01-0{1 + n % 9},{n}.50\n" for n in range(40))
    (tmp_path / "bought.csv").write_text(f"customer_id,date,amount\n{rows}", encoding="utf-8")
    return tmp_path


def run(*words: str):
    return CliRunner().invoke(main, ["score", *words])


def test_files_are_scored_without_a_crm_or_settings(here: Path) -> None:
    done = run("--purchases", "bought.csv", "--output", "scores.csv", "--as-of", "2026-03-31")
    assert done.exit_code == 0, done.output
    assert "Customers scored  40" in done.stdout
    assert "No forecast" in done.stderr
    lines = (here / "scores.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 41
    assert lines[0].startswith("customer_id,rfm_segment,rfm_score,")
    assert sorted(file.name for file in here.iterdir()) == ["bought.csv", "scores.csv"]


def test_a_program_gets_the_same_as_json(here: Path) -> None:
    with (here / "bought.csv").open("a", encoding="utf-8") as opened:
        opened.write("x,never,1\n")
    words = ("--purchases", "*.csv", "--output", "out/s.parquet", "--format", "json")
    told = json.loads(run(*words, "--as-of", "2026-03-31").stdout)
    assert (told["files"], told["rows"], told["set_apart"], told["customers"]) == (1, 41, 1, 40)
    assert told["reasons"] == {"bad_date": 1}
    assert Path(told["listed_in"]).is_file()
    assert told["as_of"] == "2026-03-31"


@pytest.mark.parametrize(
    "words",
    [
        ("--purchases", "bought.csv"),
        ("--output", "scores.csv"),
        ("--memory", "500"),
        ("--engine", "spark"),
        ("--master", "local[2]"),
        ("--purchases", "bought.csv", "--output", "scores.csv", "--master", "local[2]"),
        ("--purchases", "bought.csv", "--output", "scores.csv", "--past"),
    ],
)
def test_options_that_do_not_go_together_are_refused(here: Path, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "--purchases needs --output" in done.stderr


def test_spark_is_asked_for_by_name_and_told_where_it_works(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FileChoices] = []

    def score(path: str, output: Path, day: date, choices: FileChoices, *, accept: bool) -> Scored:
        asked.append(choices)
        return Scored(1, Counts(1, 0, 1), None)

    monkeypatch.setattr("suitecrm_bridge.cli.score_files.score_files", score)
    words = ("--purchases", "bought.csv", "--output", "scores.csv")
    for more in ((), ("--engine", "spark"), ("--engine", "spark", "--master", "spark://m:7077")):
        assert run(*words, *more).exit_code == 0
    assert [(one.work, one.master) for one in asked] == [
        ("duckdb", "local[*]"),
        ("spark", "local[*]"),
        ("spark", "spark://m:7077"),
    ]


def test_an_error_says_what_to_do_and_nothing_is_written(here: Path) -> None:
    done = run("--purchases", "nothing.csv", "--output", "scores.csv")
    assert (done.exit_code, "There are no purchases" in done.stderr) == (6, True)
    assert not (here / "scores.csv").exists()


def test_help_says_what_the_files_need() -> None:
    said = " ".join(run("--help").stdout.split())
    assert "customer_id; date or day (2026-03-31); amount (1234.50)" in said
