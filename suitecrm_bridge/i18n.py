"""Texts, numbers and dates in the user's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from suitecrm_bridge.catalogue.languages import LANGUAGES, Language, Manner, manners
from suitecrm_bridge.catalogue.messages import shipped_messages

_current: list[Language] = ["en"]
_currency: list[str] = [""]


def use_language(lang: Language) -> None:
    """Make `lang` the language of every text that does not ask for another."""
    _current[0] = lang


def current_language() -> Language:
    """Return the language in use."""
    return _current[0]


def use_currency(sign: str) -> None:
    """Make `sign` the sign of every amount of money; "" for none."""
    _currency[0] = sign


def current_currency() -> str:
    """Return the sign of the base currency, "" where nobody said which it is."""
    return _currency[0]


def text(key: str, lang: Language | None = None, /, **params: object) -> str:
    """Return the message `key` ("file.name") with its placeholders filled in.

    A message with a singular form uses it when the parameter `count` is 1, in some languages also
    when it is 0.
    """
    lang = lang or current_language()
    message = shipped_messages()[key]
    singular = message.one is not None and _is_singular(params.get("count"), lang)
    form = message.one if singular and message.one is not None else message.other
    return form[lang].format(**params)


def _is_singular(count: object, lang: Language) -> bool:
    return isinstance(count, int) and (count == 1 or (count == 0 and manners()[lang].none_is_one))


def number(value: int, lang: Language | None = None, /) -> str:
    """Return `value` with thousands grouped: 12,345 in English, 12 345 in French."""
    return f"{value:,}".replace(",", _manner(lang).thousands)


def amount(minor_units: int, lang: Language | None = None, /) -> str:
    """Return hundredths of a currency unit as an amount: 1,234.50 or 1 234,50."""
    sign, units = ("-" if minor_units < 0 else ""), abs(minor_units)
    return f"{sign}{number(units // 100, lang)}{_manner(lang).decimal}{units % 100:02d}"


def money(minor_units: int, lang: Language | None = None, /) -> str:
    """Return hundredths of a currency unit with its sign: €1,234.50 or 1 234,50 €.

    A code of letters stands behind the amount in every language.
    """
    sign, told = current_currency(), amount(minor_units, lang)
    if not sign:
        return told
    if _manner(lang).sign_first and not sign.isalpha():
        return f"-{sign}{told[1:]}" if told.startswith("-") else sign + told
    return f"{told}\u00a0{sign}"


def decimal(value: float | Decimal, places: int, lang: Language | None = None, /) -> str:
    """Return a number with that many decimals: 1234.5 in English, 1234,5 in French."""
    return f"{value:.{places}f}".replace(".", _manner(lang).decimal)


def percent(share: float | Decimal, lang: Language | None = None, /) -> str:
    """Return a share between 0 and 1 with one decimal: 12.5% in English, 12,5 % in French."""
    # In binary digits 0.3245 is a little more; a figure must round as the field beside it.
    share = Decimal(str(share)) if isinstance(share, float) else share
    return decimal(100 * share, 1, lang) + _manner(lang).percent


def day(value: date, lang: Language | None = None, /) -> str:
    """Return a date as people write it: 2026-03-09 in English, 09/03/2026 in French."""
    return value.strftime(_manner(lang).day)


def month(first: date, lang: Language | None = None, /) -> str:
    """Return the month that begins on a date: 2026-03 in English, 03/2026 in French."""
    return first.strftime(_manner(lang).month)


def _manner(lang: Language | None) -> Manner:
    return manners()[lang or current_language()]


__all__ = [
    "LANGUAGES",
    "Language",
    "amount",
    "current_currency",
    "current_language",
    "day",
    "decimal",
    "money",
    "month",
    "number",
    "percent",
    "text",
    "use_currency",
    "use_language",
]
