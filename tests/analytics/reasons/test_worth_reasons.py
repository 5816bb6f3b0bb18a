import pandas as pd
import pytest

from suitecrm_bridge.analytics.reasons.worth import (
    offer_reasons,
    potential_reasons,
    profit_reasons,
    review_reasons,
)
from suitecrm_bridge.errors import MissingColumns

PROFIT = {
    "net_cents": 123_450,
    "margin_cents": 40_000,
    "service_cents": 11_500,
    "late_cents": 1_200,
    "profit_cents": 27_300,
    "cases": 1,
    "minutes": 90,
}
REVIEW = {
    "fraud": 0,
    "serial_complainer": 0,
    "late_payer": 0,
    "discount_hunter": 0,
    "unprofitable": 0,
    "complaints": 4,
    "rejected": 2,
    "bought": 5,
    "purchases": 9,
    "invoices": 10,
    "overdue": 5,
    "discounted": 9,
    "discount_percent": 22,
    "profit_cents": -123_456,
}


def said(sentences, row, lang="en"):
    return sentences(pd.DataFrame([row])).loc[0, lang].replace("\xa0", " ")


def test_profit_is_said_with_all_that_makes_it_up():
    assert said(profit_reasons, PROFIT) == (
        "Brings 400.00 of margin on 1,234.50 of sales without tax and shipping. "
        "Cost to serve: 115.00 (cases: 1; minutes of calls and meetings: 90). "
        "Overdue invoices have cost 12.00 in interest. Profit: 273.00."
    )


def test_costs_that_there_are_none_of_are_not_said():
    free = PROFIT | {"service_cents": 0, "late_cents": 0, "profit_cents": 40_000}
    assert said(profit_reasons, free).endswith("on 1,234.50 of sales without tax and shipping.")


def test_no_margin_at_all_is_said_as_such():
    assert said(profit_reasons, PROFIT | {"margin_cents": 0}).startswith("Brings 0.00 of margin")


def test_an_unknown_margin_is_said():
    unknown = PROFIT | {"margin_cents": None, "profit_cents": None}
    assert "the margin is unknown" in said(profit_reasons, unknown)
    assert "marge inconnue" in said(profit_reasons, unknown, "fr")


@pytest.mark.parametrize("margin", [None, 0])
def test_without_an_invoice_only_the_costs_are_said(margin):
    served = PROFIT | {"net_cents": 0, "margin_cents": margin, "profit_cents": margin}
    assert said(profit_reasons, served).startswith("Cost to serve: 115.00")
    assert "before tax" not in said(profit_reasons, served)


def test_who_neither_bought_nor_was_served_gets_no_sentence():
    nothing = dict.fromkeys(PROFIT, 0)
    assert said(profit_reasons, nothing) == ""


def test_potential_names_each_share_the_greatest_first():
    signals = pd.DataFrame(
        [
            ("contacts", "ann", "value", 40),
            ("contacts", "ann", "trend", 90),
            ("contacts", "bob", "value", 10),
        ],
        columns=["entity", "customer_id", "signal", "strength"],
    )
    found = potential_reasons(signals, {"value": 3, "trend": 1}).set_index("customer_id")
    assert found.loc["ann", "en"] == (
        "Potential, in points: purchases of the last 12 months 30, their trend 23."
    )
    assert found.loc["bob", "fr"] == "Potentiel, en points\u00a0: achats des 12 derniers mois 10."


def test_the_shares_add_up_to_the_score():
    rows = [
        ("contacts", "ann", "value", 40),
        ("contacts", "ann", "trend", 80),
        ("contacts", "ann", "fit", 40),
    ]
    signals = pd.DataFrame(rows, columns=["entity", "customer_id", "signal", "strength"])
    found = potential_reasons(signals, {"value": 2, "trend": 1, "fit": 1}).loc[0, "en"]
    shares = [int(part.split()[-1].strip(".")) for part in found.split(": ")[1].split(",")]
    assert (shares, sum(shares)) == ([20, 20, 10], (2 * 40 + 80 + 40) / 4)


def test_a_signal_without_weight_is_not_named():
    signals = pd.DataFrame(
        [("contacts", "ann", "value", 40), ("contacts", "ann", "fit", 90)],
        columns=["entity", "customer_id", "signal", "strength"],
    )
    assert "likeness" not in potential_reasons(signals, {"value": 3, "fit": 0}).loc[0, "en"]


def test_no_signals_make_no_sentences():
    signals = pd.DataFrame(columns=["entity", "customer_id", "signal", "strength"])
    assert len(potential_reasons(signals, {"value": 3})) == 0


NO_OFFER = dict.fromkeys(
    (
        "product",
        "because",
        "basis",
        "confidence",
        "times",
        "gap_days",
        "segment",
        "tested",
        "hits",
        "naive_hits",
    )
)
TRIED = NO_OFFER | {"product": "Oil", "tested": 400, "hits": 71, "naive_hits": 32}


def test_an_offer_by_a_rule_says_what_led_to_it_and_how_often_such_offers_were_right():
    row = TRIED | {"because": "Bike", "basis": "rule", "confidence": 666_666}
    assert said(offer_reasons, row) == (
        "Next offer: Oil, bought with or after Bike by 67% of its buyers. Tried on past sales: "
        "offers of this kind were right for 18% of customers, the best seller for 8%."
    )


@pytest.mark.parametrize(
    ("figures", "en", "fr"),
    [
        ({"basis": "popular"}, "bought by the most customers. Tried", "tiré au sort pour 8"),
        ({"basis": "segment", "segment": "loyal"}, "of the segment Loyal.", "du segment Fidèles."),
        (
            {"basis": "repeat", "times": 6, "gap_days": 14},
            "which they bought on 6 days, every 14 days on average.",
            "que ce client a acheté 6 fois, tous les 14 jours en moyenne.",
        ),
        (
            {"basis": "repeat", "times": 3, "gap_days": 1},
            "which they bought on 3 days, almost daily.",
            "que ce client a acheté 3 fois, presque chaque jour.",
        ),
        (
            {"basis": "rule", "because": None, "confidence": 1},
            "bought with or after something they have by 1% of its buyers.",
            "un produit qu'il a déjà",
        ),
    ],
)
def test_each_kind_of_offer_has_its_sentence_in_both_languages(figures, en, fr):
    assert en in said(offer_reasons, TRIED | figures)
    french = said(offer_reasons, TRIED | figures, "fr")
    assert french.startswith("Prochaine offre : Oil")
    assert fr in french


def test_without_an_offer_there_is_no_sentence():
    assert said(offer_reasons, NO_OFFER) == ""


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("fraud", "“Fraud” is ticked"),
        ("serial_complainer", "4 complaints (rejected: 2), purchases: 5."),
        ("late_payer", "5 of 10 invoices unpaid"),
        ("discount_hunter", "9 of 10 invoices below the list price, by 22%"),
        ("unprofitable", "a loss of 1,234.56 over 9 days"),
    ],
)
def test_each_reason_for_a_review_has_its_figures(reason, words):
    assert words in said(review_reasons, REVIEW | {reason: 1})


def test_several_reasons_stand_one_after_the_other():
    found = said(review_reasons, REVIEW | {"fraud": 1, "late_payer": 1})
    assert found.index("Fraud") < found.index("Pays late")


def test_columns_that_are_missing_are_named():
    with pytest.raises(MissingColumns, match="margin_cents"):
        profit_reasons(pd.DataFrame({"net_cents": [1]}))
