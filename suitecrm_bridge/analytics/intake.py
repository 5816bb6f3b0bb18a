"""Frames as people have them → the canonical facts, or an error that names the row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.catalogue.bearable import FIRST_DAY, LAST_DAY, MAX_UNITS
from suitecrm_bridge.errors import DataError, MissingColumns
from suitecrm_bridge.i18n import day, number, text
from suitecrm_bridge.ids import canonical

PLAIN_CENTS = 10**11
"""Up to here a float tells hundredths within a thousandth of one."""

UNITS_A_DAY = {unit: 86_400 * 1_000**place for place, unit in enumerate(("s", "ms", "us", "ns"))}


def require_columns(frame: Any, needed: Collection[str], what: str) -> None:
    """Raise MissingColumns, naming them, unless `frame` is a frame with the columns `needed`.

    Args:
        frame: the table.
        needed: names of columns.
        what: what the table is called in the message.
    """
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        raise DataError(text("analytics.no_frame", table=what, kind=kind))
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise MissingColumns(
            text(
                "analytics.missing_columns",
                table=what,
                missing=", ".join(missing),
                present=", ".join(map(str, frame.columns)) or "—",
            )
        )


def purchases_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the purchases of `frame` in canonical form.

    Columns in: customer_id; date (date, datetime or ISO 8601 text; the time of day is dropped);
    amount (int, float, Decimal or text with a decimal point, in units of the currency).
    Columns out: customer_id; purchase_id (the row's place); day (integer day); cents
    (hundredths; fractions of a cent are rounded half to even).

    Raises:
        MissingColumns: a column is missing.
        DataError: a value is missing, cannot be read or is absurd; the message names the row.
    """
    columns = purchases_columns(frame)
    columns["purchase_id"] = np.arange(len(frame), dtype="int64")
    return pd.DataFrame(columns)[["customer_id", "purchase_id", "day", "cents"]]


def purchases_columns(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the same as arrays, without purchase_id."""
    require_columns(frame, ("customer_id", "date", "amount"), "purchases")
    return {
        "customer_id": customer_ids(frame["customer_id"]).to_numpy(),
        "day": _days(frame["date"]),
        "cents": _cents(frame["amount"]),
    }


def customer_ids(ids: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of ids: integers stay integers, anything else becomes text.

    Of several spellings of an id, which differ in case, accents or blanks at the end, the first is
    kept.

    Raises:
        DataError: an id is missing or empty; the message names the row.
    """
    whole = pd.api.types.is_integer_dtype(ids.dtype)
    missing = ids.isna().to_numpy()
    if not whole:
        missing = missing | (ids.astype(object).map(str).str.rstrip(" ") == "").to_numpy()
    _refuse(ids, missing, "analytics.no_customer_id")
    if whole:
        return ids.astype("int64")
    return _spelled_alike(ids.astype(object).map(str).astype(object))[0]


def customers_table(
    customers: pd.DataFrame | Iterable[Any] | None, buyers: pd.Series[Any]
) -> tuple[pd.DataFrame, pd.Series[Any]]:
    """Return the table of customers, and the ids of `buyers` in the same type.

    Args:
        customers: a frame with customer_id, or the ids; None means those in `buyers`.
        buyers: the customer_id of each purchase, from `purchases_table`.
    """
    if customers is None:
        ids = buyers
    elif isinstance(customers, pd.DataFrame):
        require_columns(customers, ("customer_id",), "customers")
        ids = customer_ids(customers["customer_id"])
    else:
        ids = customer_ids(pd.Series(list(customers), dtype=object).infer_objects())
    if ids.dtype != buyers.dtype:
        ids, buyers = (column.map(str).astype(object) for column in (ids, buyers))
    if ids.dtype == object:
        ids, buyers = _spelled_alike(ids, buyers)
    return pd.DataFrame({"customer_id": ids.drop_duplicates().to_numpy()}), buyers


def _spelled_alike(*columns: pd.Series[Any]) -> list[pd.Series[Any]]:
    """Return columns of text in which each id has one spelling: its first."""
    spellings: dict[str, str] = {}
    spelled = []
    for column in columns:
        codes, distinct = pd.factorize(column)
        alike = [spellings.setdefault(canonical(one), one) for one in distinct]
        values = np.array(alike, dtype=object)[codes] if alike else column.to_numpy()
        spelled.append(pd.Series(values, index=column.index, dtype=object))
    return spelled


def _days(dates: pd.Series[Any]) -> Any:
    moments = _text_dates(dates) if dates.dtype.kind == "M" and len(dates) else np.array([])
    if moments.dtype.kind == "M":
        days = _whole_days(moments)
        # A day that is missing lies below all others.
        if days.min() >= FIRST_DAY and days.max() <= LAST_DAY:
            return days
    _refuse(dates, dates.isna().to_numpy(), "analytics.no_date")
    known = pd.to_datetime(pd.Series(_text_dates(dates)), format="ISO8601", errors="coerce")
    _refuse(dates, known.isna().to_numpy(), "analytics.bad_date")
    days = _whole_days(known.to_numpy())
    outside = (days < FIRST_DAY) | (days > LAST_DAY)
    limits = {"first": day(to_date(FIRST_DAY)), "last": day(to_date(LAST_DAY))}
    _refuse(dates, outside, "analytics.absurd_date", **limits)
    return days


def _whole_days(moments: Any) -> Any:
    unit, step = np.datetime_data(moments.dtype)
    if unit in UNITS_A_DAY and step == 1:
        return moments.view("int64") // UNITS_A_DAY[unit]
    return moments.astype("datetime64[D]").astype("int64")


def _text_dates(dates: pd.Series[Any]) -> Any:
    """The calendar date that each value shows, so that no time zone moves a purchase."""
    if pd.api.types.is_datetime64_any_dtype(dates.dtype):
        return dates.dt.tz_localize(None).to_numpy()
    return [_text_date(value) for value in dates]


def _text_date(value: object) -> str:
    shown = str(value).strip()
    return shown[:10] if len(shown) == 10 or shown[10:11] in ("T", " ") else ""


def _cents(amounts: pd.Series[Any]) -> Any:
    _refuse(amounts, amounts.isna().to_numpy(), "analytics.no_amount")
    if amounts.dtype != np.float64:
        return _exact_cents(amounts)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = amounts.to_numpy() * 100
        cents = np.rint(scaled)
        # Beyond, or near half a cent, only the decimal digits tell which way to round.
        plain = (np.abs(scaled) < PLAIN_CENTS) & (np.abs(scaled - cents) < 0.499)
    if plain.all():
        return cents.astype("int64")
    cents = np.where(plain, cents, 0).astype("int64")
    cents[~plain] = _exact_cents(amounts[~plain])
    return cents


def _exact_cents(amounts: pd.Series[Any]) -> Any:
    numeric = pd.api.types.is_numeric_dtype(amounts.dtype)
    codes, distinct = pd.factorize(amounts if numeric else amounts.astype(object).map(str))
    values = [_exact(str(value)) for value in distinct]
    bad = np.array([value is None for value in values], dtype=bool)
    _refuse(amounts, bad[codes], "analytics.bad_amount")
    absurd = np.array([abs(value or 0) > MAX_UNITS * 100 for value in values], dtype=bool)
    _refuse(amounts, absurd[codes], "analytics.absurd_amount", limit=number(MAX_UNITS))
    return np.array(values, dtype="int64")[codes]


def _exact(amount: str) -> int | None:
    """Hundredths of the decimal number in `amount`, None when there is none."""
    try:
        value = Decimal(amount.strip())
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    if value.adjusted() > 20:
        return MAX_UNITS * 1000
    return int(value.scaleb(2).to_integral_value(ROUND_HALF_EVEN))


def _refuse(column: pd.Series[Any], wrong: Any, key: str, **params: object) -> None:
    if not wrong.any():
        return
    place = int(np.flatnonzero(wrong)[0])
    raise DataError(
        text(
            key,
            row=column.index[place],
            value=repr(column.iloc[place]),
            count=int(wrong.sum()),
            **params,
        )
    )
