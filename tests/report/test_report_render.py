import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from suitecrm_bridge.errors import DataError, MissingColumns, StoreError
from suitecrm_bridge.report import FORMATS, page, render
from tests.report.reportdata import FIVE, buyer, data, entity, prospect

BOTH = {"contacts": entity(FIVE), "accounts": entity(FIVE)}


def document(folder, report=None, lang="en"):
    (path,) = render(report or data(), ["json"], folder, lang)
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_format_makes_its_files(tmp_path):
    made = render(data(entities=BOTH), FORMATS, tmp_path / "new" / "folder", "en")
    assert {path.name for path in made} == {
        "report.html",
        "report.xlsx",
        "report.json",
        "customers-contacts.csv",
        "customers-accounts.csv",
        "segments-contacts.csv",
        "segments-accounts.csv",
    }
    assert sorted(made) == sorted((tmp_path / "new" / "folder").iterdir())


def test_only_the_formats_asked_for_are_written_and_each_once(tmp_path):
    made = render(data(), ["json", "json"], tmp_path, "en")
    assert made == list(tmp_path.iterdir()) == [tmp_path / "report.json"]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(DataError, match=r"'pdf'.*html, xlsx, csv, json"):
        render(data(), ["html", "pdf"], tmp_path, "en")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_report_is_replaced(tmp_path):
    (tmp_path / "report.json").write_text("old", encoding="utf-8")
    assert document(tmp_path)["as_of"] == "2026-03-09"


def test_a_failure_leaves_the_earlier_report_untouched(tmp_path, monkeypatch):
    def fail(report, file):
        file.write(b"half")
        raise OSError("No space left")

    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr(page, "write", fail)
    with pytest.raises(StoreError, match=r"report\.html cannot be written: No space left"):
        render(data(), ["html"], tmp_path, "en")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="taken"):
        render(data(), ["html"], tmp_path / "taken", "en")


@pytest.mark.parametrize("frame", ["customers", "segments", "grid"])
def test_a_missing_column_is_named_with_its_table(frame):
    whole = entity(FIVE)
    column = getattr(whole, frame).columns[-1]
    cut = dataclasses.replace(whole, **{frame: getattr(whole, frame).drop(columns=column)})
    with pytest.raises(MissingColumns, match=rf"contacts\.{frame} lacks .*{column}"):
        render(data(entities={"contacts": cut}), ["json"], Path("never"), "en")


def test_a_segment_that_the_catalogue_does_not_know_is_named():
    rows = [buyer("a", 5, 5, "10", rfm_segment="whales")]
    with pytest.raises(DataError, match="'whales'"):
        render(data(rows), ["json"], Path("never"), "en")


def test_the_same_data_give_the_same_page_document_and_tables(tmp_path):
    formats = ("html", "csv", "json")
    one = render(data(entities=BOTH), formats, tmp_path / "one", "fr")
    two = render(data(entities=BOTH), formats, tmp_path / "two", "fr")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_document_has_stable_keys(tmp_path):
    made = document(tmp_path)
    assert list(made) == [
        "version",
        "as_of",
        "language",
        "crm_url",
        "purchases_source",
        "amounts",
        "only_totals",
        "skipped",
        "unbearable",
        "entities",
        "complaints", "programmes", "leads",
    ]  # fmt: skip
    contacts = made["entities"]["contacts"]
    assert list(contacts) == [
        "key_figures",
        "basis",
        "segments",
        "grid",
        "customers",
        "indicators",
        "lifecycle",
        "value_at_risk",
        "actions",
        "leaving",
        "staying", "migration", "relations",
    ]  # fmt: skip
    assert contacts["key_figures"] == {
        "customers": 5,
        "buyers": 4,
        "prospects": 1,
        "leaving": 0,
        "purchases": 10,
        "revenue": 4000.05,
        "average_purchase": 400.0,
    }
    assert len(contacts["grid"]) == 25


def test_amounts_are_numbers_and_dates_iso_in_the_document(tmp_path):
    first = document(tmp_path)["entities"]["contacts"]["customers"][0]
    assert first["purchase_total"] == 1000.1
    assert first["first_purchase"] == "2024-01-31"
    assert first["rfm_recency"] == 5


def test_amounts_of_the_document_are_exact_to_the_cent(tmp_path):
    render(data([buyer("a", 5, 5, "9999999999999.99")]), ["json"], tmp_path, "en")
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    made = json.loads(text, parse_float=Decimal)
    total = made["entities"]["contacts"]["customers"][0]["purchase_total"]
    assert total == Decimal("9999999999999.99")


def test_the_document_keeps_segment_names_and_translates_labels(tmp_path):
    second = document(tmp_path, lang="fr")["entities"]["contacts"]["segments"][1]
    assert (second["segment"], second["label"]) == ("loyal", "Fidèles")


def test_what_is_not_known_is_null_in_the_document(tmp_path):
    made = document(tmp_path, data([prospect("e")]))["entities"]["contacts"]
    assert made["customers"][0]["last_purchase"] is None
    assert made["customers"][0]["purchase_total"] is None
    assert made["key_figures"]["average_purchase"] is None
    assert made["segments"][0]["revenue_share"] is None


def test_missing_values_of_every_pandas_kind_are_understood(tmp_path):
    whole = entity(FIVE)
    customers = whole.customers.astype({"rfm_recency": "Int64", "rfm_frequency": "float64"})
    customers["first_purchase"] = pd.to_datetime(customers["first_purchase"])
    customers["name"] = customers["name"].astype("string").mask(customers.index == 0)
    changed = dataclasses.replace(whole, customers=customers)
    rows = document(tmp_path, data(entities={"contacts": changed}))["entities"]["contacts"]
    first, last = rows["customers"][0], rows["customers"][-1]
    assert (first["name"], first["first_purchase"], first["rfm_frequency"]) == ("", "2024-01-31", 5)
    assert (last["first_purchase"], last["rfm_recency"], last["rfm_frequency"]) == (None,) * 3
