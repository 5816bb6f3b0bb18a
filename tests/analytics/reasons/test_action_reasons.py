from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.reasons.action import action_reasons
from suitecrm_bridge.catalogue import action_rules, catalogue
from suitecrm_bridge.catalogue.actions import FIGURES
from suitecrm_bridge.errors import MissingColumns

NBSP = "\u00a0"
RULES = action_rules(catalogue())
GONE = {
    "rule": "gone",
    "last_day": to_day(date(2026, 1, 31)),
    "expected_day": to_day(date(2026, 2, 8)),
    "overdue_days": 50,
    "stake_cents": 123_450,
    "kept_cents": 800_000,
    "attempts": 0,
    "complaints": 0,
    "offer": None,
}


def said(**changes: object) -> dict[str, str]:
    frame = pd.DataFrame([GONE | changes])
    return dict(action_reasons(frame, RULES).loc[0])


def test_the_reason_names_the_figures_in_both_languages() -> None:
    assert said() == {
        "en": (
            "Last purchase on 2026-01-31, the next was expected by 2026-02-08. Ask why they left "
            "and give a reason to come back: 1,234.50 of 8,000.00 a year is at stake."
        ),
        "fr": (
            "Dernier achat le 31/01/2026, le suivant était attendu pour le 08/02/2026. Demandez la "
            f"raison du départ et donnez une raison de revenir{NBSP}: 1{NBSP}234,50 sur "
            f"8{NBSP}000,00 par an sont en jeu."
        ),
    }


@pytest.mark.parametrize("rule", [rule.key for rule in RULES.rules])
def test_every_rule_has_a_reason_whatever_is_unknown(rule: str) -> None:
    nothing = dict.fromkeys(name for name in GONE if name != "rule")
    for sentence in said(rule=rule, **nothing).values():
        assert not set("<>{}\n") & set(sentence)
        assert sentence.endswith(".")


def test_every_figure_that_a_rule_may_name_is_known() -> None:
    assert len(FIGURES) == len(GONE) - 1


def test_the_name_of_an_offer_is_a_text_and_no_form() -> None:
    assert "{x}" in said(rule="next_product", offer="{x}")["en"]


def test_rows_without_figures_are_refused() -> None:
    with pytest.raises(MissingColumns, match="offer"):
        action_reasons(pd.DataFrame([GONE]).drop(columns="offer"), RULES)
