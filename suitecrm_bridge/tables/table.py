"""A table and its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from suitecrm_bridge.catalogue import Translated, catalogue
from suitecrm_bridge.catalogue.messages import shipped_messages
from suitecrm_bridge.money import is_missing, units

if TYPE_CHECKING:
    import pandas as pd

Measured = Literal[
    "count", "decimal", "score", "points", "share", "percent", "sure", "money", "days", "figure"
]
Plain = Literal["date", "month", "text", "prose", "value", "id"]
Key = Literal[
    "key",
    "segment",
    "place",
    "standing",
    "lifecycle",
    "churn_risk",
    "next_action",
    "complaint_cause",
    "complaint_channel",
    "best_moment",
    "step",
    "measure",
    "dimension",
    "dimension_value",
    "profile_field",
    "cases",
]
Kind = Measured | Plain | Key
"""What a column holds.

Measured: count (whole), decimal (two places), score (three), points (one), share (0 to 1),
percent (0 to 100), sure (how sure, 0 to 1), money (units of the base currency), days, figure (in
the unit that stands in the column "unit"). Plain: text and prose as they are, value (of any type),
id (of a record, which a terminal shortens).
Keys are shown by their labels, a plain key as it is: place is a segment, came or left;
profile_field is what is known of a customer; dimension_value a key of the dimension that stands in
the column "dimension"; cases are ids, shown by the lists in the column "subjects".
"""

NUMERIC: frozenset[str] = frozenset(get_args(Measured))


@dataclass(frozen=True)
class Column:
    """A column that people see: its name in the frame, what it holds, its heading and meaning.

    `names` is the column of the frame that holds the names of its keys, where there is one.
    """

    name: str
    kind: Kind
    heading: Translated
    definition: Translated | None = None
    names: str = ""


@dataclass(frozen=True)
class Table:
    """A table: `frame` holds everything, as programs read it, `columns` what people are shown.

    `said` are sentences that belong to it, `bar` is the column whose values are drawn as bars.
    `for_people` is what people see in the place of the frame, such as one with sums.
    """

    name: str
    frame: pd.DataFrame
    columns: Sequence[Column]
    title: Translated | None = None
    said: Sequence[str] = ()
    bar: str = ""
    for_people: pd.DataFrame | None = None


def columns(start: str, kinds: Mapping[str, Kind]) -> tuple[Column, ...]:
    """Return columns by what they hold, their headings the messages that begin with `start`."""
    return tuple(Column(name, kind, words(start + name)) for name, kind in kinds.items())


def of_fields(start: str, kinds: Mapping[str, Kind]) -> tuple[Column, ...]:
    """Return columns of scores: heading and meaning are those of the field in SuiteCRM.

    Other columns have the messages that begin with `start`.
    """
    fields = catalogue().fields
    return tuple(
        Column(name, kind, fields[f"{name}_c"].label, fields[f"{name}_c"].help)
        if f"{name}_c" in fields
        else Column(name, kind, words(start + name))
        for name, kind in kinds.items()
    )


def in_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with each column of hundredths (`x_cents`) as amounts (`x`)."""
    import pandas as pd

    columns = {str(name): frame[name].astype(object) for name in frame}
    return pd.DataFrame(
        {
            name.removesuffix("_cents"): values.map(units) if name.endswith("_cents") else values
            for name, values in columns.items()
        }
    )


def words(key: str) -> Translated:
    """Return a message in every language, for a heading or a title."""
    return shipped_messages()[key].other


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return rows for JSON, missing values as None."""
    rows = frame.astype(object).to_dict("records")
    return [
        {name: None if is_missing(value) else value for name, value in row.items()} for row in rows
    ]
