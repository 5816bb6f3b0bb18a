from pathlib import Path

from suitecrm_bridge.jobs.metrics import HELP, PREFIX

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


def test_the_page_explains_every_metric_and_no_other():
    rows = [line.split("`")[1] for line in PAGE.read_text("utf-8").splitlines() if "| `" in line]
    explained = [name for name in rows if name.startswith(PREFIX)]
    assert explained == [f"{PREFIX}{name}" for name in HELP]
