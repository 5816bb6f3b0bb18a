from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.reasons.segment import reasons
from suitecrm_bridge.catalogue import Basis, catalogue
from suitecrm_bridge.errors import MissingColumns

NBSP = "\u00a0"


def row(segment: str, **facts: object) -> dict[str, object]:
    known = {
        "rfm_recency": 2,
        "rfm_frequency": 4,
        "rfm_monetary": 4,
        "last_day": to_day(date(2025, 11, 3)),
        "purchase_count": 6,
        "total_cents": 345_000,
    }
    return {"rfm_segment": segment, **known, **facts}


def prospect() -> dict[str, object]:
    nothing = dict.fromkeys(("rfm_recency", "rfm_frequency", "rfm_monetary", "last_day"))
    return row("prospect", **nothing, purchase_count=0, total_cents=0)


def said(*rows: dict[str, object], basis: Basis = "fifths") -> pd.DataFrame:
    kinds = {name: "Int64" for name in rows[0] if name != "rfm_segment"}
    return reasons(pd.DataFrame(rows).astype(kinds), basis=basis, min_buyers=30)


def test_the_reason_names_facts_and_scores() -> None:
    assert said(row("at_risk")).loc[0, "rfm_reason_en"] == (
        "At risk: last purchase on 2025-11-03 (recency 2 of 5), 6 purchases (frequency 4 of 5), "
        "3,450.00 in total (monetary 4 of 5)."
    )


def test_the_reason_in_french_follows_french_typography() -> None:
    assert said(row("at_risk")).loc[0, "rfm_reason_fr"] == (
        f"À risque{NBSP}: dernier achat le 03/11/2025 (récence 2 sur 5), 6 achats (fréquence 4 "
        f"sur 5), 3{NBSP}450,00 au total (montant 4 sur 5)."
    )


def test_one_purchase_is_singular() -> None:
    found = said(row("new", purchase_count=1)).loc[0]
    assert "1 purchase (" in found["rfm_reason_en"]
    assert "1 achat (" in found["rfm_reason_fr"]


def test_a_prospect_has_a_sentence_of_his_own() -> None:
    found = said(prospect(), row("new")).loc[0, "rfm_reason_en"]
    assert found == "Prospect: no purchase so far."


def test_scores_by_thresholds_for_want_of_buyers_say_so() -> None:
    found = said(row("at_risk"), prospect(), basis="too_few")
    told = "of 5). Fewer than 30 customers have bought: the scores follow fixed thresholds."
    assert found.loc[0, "rfm_reason_en"].endswith(told)
    assert found.loc[0, "rfm_reason_fr"].endswith("les scores suivent des seuils fixes.")
    assert found.loc[1, "rfm_reason_en"] == said(prospect()).loc[0, "rfm_reason_en"]


@pytest.mark.parametrize("basis", ["thresholds", "frozen"])
def test_scores_by_cut_points_on_purpose_read_like_those_by_fifths(basis: Basis) -> None:
    pd.testing.assert_frame_equal(said(row("at_risk"), basis=basis), said(row("at_risk")))


def test_the_reason_does_not_depend_on_the_day_of_scoring() -> None:
    rows = pd.DataFrame([row("at_risk")])
    today = reasons(rows.assign(recency_days=10))
    pd.testing.assert_frame_equal(today, reasons(rows.assign(recency_days=99)))


@pytest.mark.parametrize("segment", catalogue().segments)
def test_no_reason_holds_what_the_crm_would_strip_or_a_forgotten_placeholder(segment: str) -> None:
    found = said(row(segment), row(segment, purchase_count=1, total_cents=-5))
    for column in found:
        for sentence in found[column]:
            assert not set("<>&{}\n") & set(sentence)
            assert sentence.endswith(".")


def test_the_reasons_keep_the_index_of_the_rows() -> None:
    rows = pd.DataFrame([row("lost"), row("new")], index=["x", "y"])
    assert reasons(rows).index.tolist() == ["x", "y"]


def test_no_rows_give_no_reasons() -> None:
    found = reasons(pd.DataFrame([row("new")]).iloc[:0])
    assert found.columns.tolist() == ["rfm_reason_en", "rfm_reason_fr"]
    assert found.empty


def test_rows_without_scores_are_refused() -> None:
    with pytest.raises(MissingColumns, match="rfm_recency"):
        reasons(pd.DataFrame([row("new")]).drop(columns="rfm_recency"))
