"""Amounts in sentences carry the currency, where an installation names one."""

import re

import pytest

from suitecrm_bridge.analytics.reasons.worth import profit_reasons, review_reasons
from suitecrm_bridge.i18n import use_currency
from tests.analytics.reasons import test_action_reasons, test_segment_reasons
from tests.analytics.reasons.test_worth_reasons import PROFIT, REVIEW
from tests.analytics.reasons.test_worth_reasons import said as worth

AMOUNT = re.compile(r"\d+[.,]\d\d(?!\d|-)")


def reasons(lang):
    """Return a sentence of each kind that names amounts."""
    action = test_action_reasons.said()[lang]
    segment = test_segment_reasons.said(test_segment_reasons.row("at_risk"))
    loss = REVIEW | {"unprofitable": 1}
    return [
        action,
        segment.loc[0, f"rfm_reason_{lang}"],
        worth(profit_reasons, PROFIT, lang),
        worth(review_reasons, loss, lang),
    ]


@pytest.mark.parametrize(
    ("sign", "lang", "form"),
    [
        ("€", "en", r"€[\d,]+\.\d\d"),
        ("€", "fr", r"\d,\d\d\s€"),
        ("CHF", "en", r"\d\.\d\d\sCHF"),
        ("CHF", "fr", r"\d,\d\d\sCHF"),
    ],
)
def test_every_amount_of_a_sentence_has_its_currency(sign, lang, form):
    use_currency(sign)
    for sentence in reasons(lang):
        assert len(re.findall(form, sentence)) == len(AMOUNT.findall(sentence)) > 0


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_where_nobody_named_a_currency_there_is_none(lang):
    for sentence in reasons(lang):
        assert "€" not in sentence
        assert AMOUNT.search(sentence)
