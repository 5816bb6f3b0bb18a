"""Amounts as the canonical facts hold them: integer hundredths of the base currency."""

from __future__ import annotations

from typing import Any

import pandas as pd

from suitecrm_bridge.money import units


def to_units(cents: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of hundredths as Decimals, None where they are missing."""
    values = [units(value) for value in cents]
    return pd.Series(values, index=cents.index, dtype=object, name=cents.name)
