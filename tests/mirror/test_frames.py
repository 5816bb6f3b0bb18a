"""Mirrored modules as pandas frames."""

import os
import runpy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import DataError, LockedError, MissingColumns, NotFound, UnknownModule
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.columns import SQL_TYPE
from suitecrm_bridge.mirror.frames import DTYPES, read_module
from tests.flows.conftest import bases
from tests.flows.world import synced_base

__all__ = ["bases"]

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "from_python.py"


@pytest.fixture
def home(bases):
    return synced_base(bases)[1]


def test_every_column_of_every_module_has_the_type_that_is_documented(home):
    with Mirror.open(home) as mirror:
        for module in catalogue().modules:
            frame = read_module(mirror, module)
            kinds = catalogue().lasting_columns_of(module)
            assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
                name: DTYPES[kinds[name]] for name in frame.columns
            }
            assert frame["id"].is_monotonic_increasing


def test_every_type_of_the_catalogue_has_one_of_pandas():
    assert DTYPES.keys() == SQL_TYPE.keys()
    page = (ROOT / "docs" / "from-python.md").read_text("utf-8")
    assert [dtype for dtype in set(DTYPES.values()) if f"`{dtype}`" not in page] == []


def test_amounts_are_exact_unless_somebody_wants_floats(home):
    exact = read_module(home, "AOS_Invoices", ["total_amount"])
    floats = read_module(str(home), "AOS_Invoices", ["total_amount"], exact=False)
    first = exact["total_amount"].dropna().iloc[0]
    assert isinstance(first, Decimal)
    assert first.as_tuple().exponent == -2
    assert str(floats["total_amount"].dtype) == "Float64"
    assert float(first) == floats["total_amount"].dropna().iloc[0]


def test_moments_have_their_zone_and_days_have_none(home):
    frame = read_module(home, "AOS_Invoices", ["invoice_date", "date_modified"])
    assert frame["date_modified"].dt.tz is not None
    assert frame["invoice_date"].dt.tz is None
    assert frame["invoice_date"].max().date() <= date(2026, 3, 8)


def test_only_the_columns_that_were_asked_for_come_and_the_id(home):
    assert list(read_module(home, "Cases", ["status"]).columns) == ["id", "status"]


def test_a_module_without_records_has_its_types_all_the_same():
    with Mirror.in_memory() as mirror:
        frame = read_module(mirror, "Contacts")
    assert frame.empty
    assert str(frame["date_modified"].dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        (lambda home: read_module(home, "Contact"), UnknownModule, "Contacts"),
        (lambda home: read_module(home, "Cases", ["stats"]), MissingColumns, "status"),
        (lambda home: read_module(None, "Cases"), DataError, "NoneType"),
        (lambda home: read_module(home / "none", "Cases"), NotFound, "suitecrm-bridge pull"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(home, asked, error, words):
    with pytest.raises(error, match=words):
        asked(home)


def test_a_mirror_that_is_in_use_is_said(home):
    with Mirror.open(home), pytest.raises(LockedError):
        read_module(home, "Cases")


def test_the_notebook_runs_on_the_data_of_the_demo(home, monkeypatch, capsys):
    monkeypatch.setitem(os.environ, "BRIDGE_HOME", str(home))
    found = runpy.run_path(str(EXAMPLE))
    said = capsys.readouterr().out
    assert len(found["worth"]) == len(found["scores"]) > 30
    assert isinstance(found["worth"], pd.DataFrame)
    for words in ("lacks the columns: amount", "as_of must be a day", "DataFrame", "total_amount"):
        assert words in said


def test_what_the_page_shows_runs(home, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo-output").mkdir()
    (tmp_path / "demo-output" / "home").symlink_to(home)
    page = (ROOT / "docs" / "from-python.md").read_text("utf-8")
    code = "\n".join(part.split("```")[0] for part in page.split("```python\n")[1:])
    found: dict[str, object] = {}
    exec(compile(code, "from-python.md", "exec"), found)  # noqa: S102, our own page
    assert len(found["scores"]) == len(found["worth"]) == 2
