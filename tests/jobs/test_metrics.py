from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from prometheus_client.parser import text_string_to_metric_families

from suitecrm_bridge import __version__, files
from suitecrm_bridge.jobs import metrics
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.metrics import HELP, PREFIX, Sample, exposition
from suitecrm_bridge.mirror import MIRROR_FILE, DeadLetter, Run
from suitecrm_bridge.settings import Settings

START = datetime(2026, 3, 9, 2, 15, tzinfo=UTC)
FIGURES = {
    "pulled": {"Contacts": 12, "Accounts": 0},
    "deleted": {"Contacts": 1},
    "rejected": {"AOS_Invoices": 2},
    "scored": {"contacts": 60},
    "written": 5,
    "unchanged": 54,
    "failed": 1,
    "seconds": {"pull": 1.5, "push": 0.25},
}


def run(number=0, result="done", command="sync", figures=FIGURES):
    began = START + timedelta(hours=number)
    return Run(
        f"r{number}", command, began, began + timedelta(minutes=3), result, "fast", figures, None
    )


@pytest.fixture
def context(tmp_path):
    environment = {"BRIDGE_HOME": str(tmp_path / "home")}
    environment["BRIDGE_METRICS_FILE"] = str(tmp_path / "new folder" / "bridge.prom")
    with Context(Settings.read(environment=environment)) as opened:
        yield opened


def remember(context, past):
    """Put a run into the history."""
    began = context.mirror.runs.begin(past.command, past.started_at)
    context.mirror.runs.finish(began, past.finished_at, past.result, past.figures)


def written(context, ended):
    """Write the file, and return its samples as {(name, labels): value}."""
    metrics.write(context, ended)
    text = context.settings.metrics_file.read_text(encoding="utf-8")
    return {
        (sample.name.removeprefix(PREFIX), tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def key(name, **labels):
    return name, tuple(sorted(labels.items()))


def test_a_run_is_told_in_full(context):
    samples = written(context, run())
    command = {"command": "sync"}
    expected = {
        key("info", version=__version__): 1,
        key("last_run_result", **command, result="done"): 1,
        key("last_run_result", **command, result="failed"): 0,
        key("last_run_start_timestamp_seconds", **command): START.timestamp(),
        key("last_run_duration_seconds", **command): 180,
        key("last_run_stage_seconds", **command, stage="pull"): 1.5,
        key("last_run_records_read", **command, module="Contacts"): 12,
        key("last_run_records_read", **command, module="Accounts"): 0,
        key("last_run_records_deleted", **command, module="Contacts"): 1,
        key("last_run_records_rejected", **command, module="AOS_Invoices"): 2,
        key("last_run_customers_scored", **command, entity="contacts"): 60,
        key("last_run_writes", **command, outcome="written"): 5,
        key("last_run_writes", **command, outcome="unchanged"): 54,
        key("last_run_writes", **command, outcome="failed"): 1,
        key("last_success_timestamp_seconds", **command): START.timestamp() + 180,
        key("dead_letters", direction="write", state="open"): 0,
    }
    assert expected.items() <= samples.items()


@pytest.mark.parametrize("result", ["failed", "partial", "stopped"])
def test_a_run_that_did_not_do_everything_keeps_the_last_success(context, result):
    remember(context, run(0))
    remember(context, run(1, result))
    samples = written(context, run(1, result))
    assert samples[key("last_run_result", command="sync", result=result)] == 1
    assert samples[key("last_run_result", command="sync", result="done")] == 0
    success = samples[key("last_success_timestamp_seconds", command="sync")]
    assert success == (START + timedelta(minutes=3)).timestamp()


def test_without_a_success_there_is_no_time_of_one(context):
    samples = written(context, run(0, "failed", figures={}))
    assert not any(name == "last_success_timestamp_seconds" for name, _ in samples)


def test_another_commands_last_run_stays_in_the_file(context):
    remember(context, run(0, command="pull", figures={"pulled": {"Contacts": 7}}))
    remember(context, run(1, command="pull", figures={"pulled": {"Contacts": 8}}))
    samples = written(context, run(2))
    assert samples[key("last_run_records_read", command="pull", module="Contacts")] == 8
    assert samples[key("last_run_records_read", command="sync", module="Contacts")] == 12


def test_dead_letters_are_counted_open_and_given_up(context):
    for number in range(context.settings.max_attempts):
        letters = [DeadLetter("Contacts", "c1")] + [DeadLetter("Contacts", "c2")] * (not number)
        context.mirror.dead_letters.add("write", letters, START)
    samples = written(context, run())
    assert samples[key("dead_letters", direction="write", state="given_up")] == 1
    assert samples[key("dead_letters", direction="write", state="open")] == 1
    assert samples[key("dead_letters", direction="read", state="open")] == 0


def test_customers_are_counted_by_segment(context):
    rows = [("c1", "loyal"), ("c2", "loyal"), ("c3", "lost")]
    frame = pd.DataFrame(rows, columns=["customer_id", "rfm_segment"], dtype=object)
    frame = frame.assign(as_of=START.date(), recency_days=1, rfm_reason_en="", rfm_reason_fr="")
    context.mirror.scores.save("contacts", frame)
    samples = written(context, run())
    assert samples[key("customers", entity="contacts", segment="loyal")] == 2
    assert samples[key("customers", entity="contacts", segment="lost")] == 1
    midnight = START.replace(hour=0, minute=0).timestamp()
    assert samples[key("scores_as_of_timestamp_seconds", entity="contacts")] == midnight


def test_a_mirror_that_cannot_be_used_leaves_the_figures_of_the_run(context, caplog):
    context.settings.home.mkdir()
    (context.settings.home / MIRROR_FILE).write_bytes(b"x" * 8192)
    samples = written(context, run(0, "failed"))
    assert samples[key("last_run_result", command="sync", result="failed")] == 1
    assert MIRROR_FILE in caplog.text


def test_a_file_that_cannot_be_written_is_a_warning_that_names_it(context, caplog, monkeypatch):
    monkeypatch.setattr(files, "FILE_PAUSES", ())
    context.settings.metrics_file.mkdir(parents=True)
    metrics.write(context, run())
    assert "BRIDGE_METRICS_FILE" in caplog.text


def test_no_file_is_written_where_none_is_asked_for(tmp_path):
    settings = Settings.read(environment={"BRIDGE_HOME": str(tmp_path)})
    with Context(settings) as context:
        metrics.write(context, run())
    assert list(tmp_path.iterdir()) == []


def test_a_reader_never_sees_a_part_of_the_file(context, monkeypatch):
    written(context, run())
    file = context.settings.metrics_file
    before = file.read_text(encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        metrics.write(context, run(1))
    assert file.read_text(encoding="utf-8") == before


def test_labels_are_escaped():
    nasty = 'back\\slash "quote"\nline'
    text = exposition([Sample("customers", {"entity": "contacts", "segment": nasty}, 1)])
    (family,) = text_string_to_metric_families(text)
    assert family.samples[0].labels["segment"] == nasty


def test_each_metric_has_its_help_and_type_once():
    samples = [Sample(name, {"command": c}, 1) for c in ("pull", "sync") for name in HELP]
    families = list(text_string_to_metric_families(exposition(samples)))
    assert [family.name for family in families] == [f"{PREFIX}{name}" for name in HELP]
    assert [family.documentation for family in families] == list(HELP.values())
    assert {family.type for family in families} == {"gauge"}
