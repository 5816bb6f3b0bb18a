from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.analytics.bg_nbd import BgNbd
from suitecrm_bridge.analytics.churn import Cuts
from suitecrm_bridge.analytics.clv import Valuation
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.gamma_gamma import GammaGamma
from suitecrm_bridge.analytics.reasons.value import value_reasons
from suitecrm_bridge.errors import MissingColumns
from suitecrm_bridge.i18n import percent

NBSP = "\u00a0"
CUTS = Cuts(0.5, 0.2, 365, calibrated=False)
VALUES = GammaGamma(6.0, 4.0, 15.0, 0.0, 500, 0.1)
FITTED = Valuation(BgNbd(0.5, 60.0, 0.8, 4.0, 0.0, 1000), VALUES, CUTS, None)
NONE = Valuation(NotFitted("too_few_customers", 12, 100), VALUES, CUTS, None)

REPEAT = {
    "frequency": 5,
    "recency": 150,
    "last_day": to_day(date(2026, 3, 9)),
    "alive_probability": 0.8312,
    "purchase_probability": 0.7,
    "expected_purchases": 6.24,
}
TWICE = {**REPEAT, "frequency": 1, "recency": 12}
ONCE = {
    **REPEAT,
    "frequency": 0,
    "recency": 0,
    "alive_probability": None,
    "purchase_probability": 0.1449,
    "expected_purchases": 0.31,
}
NEVER = dict.fromkeys(REPEAT)
NOT_FORECAST = dict.fromkeys(("alive_probability", "purchase_probability", "expected_purchases"))
KINDS = {
    name: "Int64" if name in ("frequency", "recency", "last_day") else "float64" for name in REPEAT
}


def said(row: dict[str, object], valuation: Valuation = FITTED, lang: str = "en") -> str:
    rows = pd.DataFrame([row]).astype(KINDS)
    return str(value_reasons(rows, valuation).loc[0, f"value_reason_{lang}"])


def test_the_reason_names_rhythm_date_probability_and_forecast() -> None:
    assert said(REPEAT) == (
        "Buys about every 30 days; last purchase on 2026-03-09. Probability still a customer: "
        "83.1%. Purchases expected over the next 12 months: 6.2."
    )


def test_the_reason_in_french_follows_french_typography() -> None:
    assert said(REPEAT, lang="fr") == (
        f"Achète environ tous les 30 jours{NBSP}; dernier achat le 09/03/2026. Probabilité "
        f"d'être encore client{NBSP}: 83,1{NBSP}%. Achats attendus sur les 12 prochains "
        f"mois{NBSP}: 6,2."
    )


def test_two_purchases_are_no_rhythm() -> None:
    assert said(TWICE).startswith("Bought twice, 12 days apart; last purchase on 2026-03-09. ")
    assert said({**TWICE, "recency": 1}).startswith("Bought twice, 1 day apart;")
    assert said({**TWICE, "recency": 1}, lang="fr").startswith("A acheté deux fois, à 1 jour d'")


def test_one_purchase_says_nothing_of_still_being_a_customer() -> None:
    assert said(ONCE) == (
        "Bought once, on 2026-03-09; probability of buying again within 365 days: 14.5%. "
        "Purchases expected over the next 12 months: 0.3."
    )


def test_who_never_bought_has_no_reason() -> None:
    assert said(NEVER) == said(NEVER, NONE) == ""


@pytest.mark.parametrize("row", [REPEAT, TWICE, ONCE])
def test_without_a_model_the_facts_stay_and_the_reason_is_given(row: dict[str, object]) -> None:
    found = said({**row, **NOT_FORECAST}, NONE)
    assert "2026-03-09. No forecast: 12 customers have bought, 100 are needed." in found
    assert "probability" not in found.lower()


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0.0%"), (0.0005, "0.0%"), (0.0245, "2.4%"), (0.3245, "32.4%"), (1.0, "100.0%")],
)
def test_a_probability_is_rounded_as_the_field_beside_it_is_shown(share: float, shown: str) -> None:
    assert f": {shown}." in said({**REPEAT, "alive_probability": share})
    assert percent(Decimal(f"{share:.4f}"), "en") == shown


@pytest.mark.parametrize("row", [REPEAT, TWICE, ONCE, {**REPEAT, **NOT_FORECAST}])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_reason_holds_what_the_crm_would_strip(row: dict[str, object], lang: str) -> None:
    assert not set("<>&{}\n") & set(said(row, lang=lang))


def test_the_reasons_keep_the_index_of_the_rows() -> None:
    rows = pd.DataFrame([REPEAT, ONCE], index=["x", "y"]).astype(KINDS)
    assert value_reasons(rows, FITTED).index.tolist() == ["x", "y"]
    assert value_reasons(rows.iloc[:0], FITTED).empty


def test_rows_without_figures_are_refused() -> None:
    with pytest.raises(MissingColumns, match="recency"):
        value_reasons(pd.DataFrame([REPEAT]).drop(columns="recency"), FITTED)


@pytest.mark.parametrize(
    "reason",
    ["too_few_customers", "too_few_repeat_buyers", "no_convergence", "absurd_parameters"],
)
def test_every_reason_against_a_fit_has_its_words(reason: str) -> None:
    found = NotFitted(reason, 1200, 3000)
    assert found.sentence().startswith("No forecast: ")
    assert found.sentence("fr").startswith(f"Pas de prévision{NBSP}: ")
