"""The sign of the base currency, and amounts with it."""

import pytest

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import money, use_currency
from suitecrm_bridge.settings import Settings


@pytest.fixture(autouse=True)
def without_a_sign():
    yield
    use_currency("")


@pytest.mark.parametrize(
    ("sign", "lang", "told"),
    [
        ("", "en", "-1,234.50"),
        ("€", "en", "-€1,234.50"),
        ("€", "fr", "-1\u00a0234,50\u00a0€"),
        ("EUR", "en", "-1,234.50\u00a0EUR"),
        ("CHF", "fr", "-1\u00a0234,50\u00a0CHF"),
    ],
)
def test_an_amount_has_its_sign_where_its_language_puts_it(sign, lang, told):
    use_currency(sign)
    assert money(-123450, lang) == told


@pytest.mark.parametrize("sign", ["€", "EUR", "kr", "R$", "zł", "元", ""])
def test_a_sign_or_a_code_is_taken(sign):
    assert Settings.read({}, {"BRIDGE_CURRENCY": f" {sign} "}).currency == sign


@pytest.mark.parametrize("sign", ["<b>", "=1", "5", "EUROS!", '"', "a\x1b", "1,5"])
def test_what_is_no_sign_is_refused(sign):
    with pytest.raises(SettingError, match="BRIDGE_CURRENCY"):
        Settings.read({}, {"BRIDGE_CURRENCY": sign})
