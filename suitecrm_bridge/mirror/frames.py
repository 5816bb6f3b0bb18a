"""Mirrored modules as pandas frames, each column of the type that it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import DataError, MissingColumns, NotFound, UnknownModule
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.lock import MIRROR_FILE
from suitecrm_bridge.mirror.store import Mirror

if TYPE_CHECKING:
    import pandas as pd

DTYPES: dict[str, Any] = {
    "id": "string",
    "text": "string",
    "enum": "string",
    "int": "Int64",
    "number": "object",
    "money": "object",
    "bool": "boolean",
    "date": "datetime64[us]",
    "datetime": "datetime64[us, UTC]",
}
"""The type of a column by its type in the catalogue; `object` holds Decimals, or None."""


def read_module(
    mirror: Mirror | Path | str,
    module: str,
    columns: Sequence[str] | None = None,
    *,
    exact: bool = True,
) -> pd.DataFrame:
    """Return the mirrored records of a module, in the order of their ids.

    Columns: `string` for ids, texts and keys of dropdowns; `Int64` and `boolean`, which know what
    is missing; datetime64 for days, without a zone, and for moments, in UTC; Decimals for amounts
    and other numbers, or `Float64` where `exact` is false.

    Args:
        mirror: an open mirror, or the home folder of one that nobody is using.
        module: its key, such as "Contacts".
        columns: which ones; by default all.
        exact: keep amounts as Decimals.

    Raises:
        UnknownModule: no such module is mirrored.
        MissingColumns: it has no such column.
        NotFound: there is no mirror in that folder.
        LockedError: another run is using it.
        DataError: `mirror` is neither a mirror nor a folder.
    """
    known = _columns(module)
    wanted = ["id", *(name for name in columns or known if name != "id")]
    if lacking := [name for name in wanted if name not in known]:
        raise MissingColumns(
            text(
                "analytics.missing_columns",
                table=module,
                missing=", ".join(lacking),
                present=", ".join(known),
            )
        )
    with ExitStack() as closing:
        opened = mirror if isinstance(mirror, Mirror) else closing.enter_context(_open(mirror))
        table = catalogue().modules[module].table
        names = ", ".join(f'"{name}"' for name in wanted)
        rows = opened.connection.execute(f"SELECT {names} FROM {table} ORDER BY id").fetchall()
    return _framed(rows, {name: known[name] for name in wanted}, exact=exact)


def _columns(module: str) -> dict[str, str]:
    modules = catalogue().modules
    if module not in modules:
        raise UnknownModule(text("mirror.unknown_module", module=module, known=", ".join(modules)))
    return {**catalogue().lasting_columns_of(module)}


def _open(home: object) -> Mirror:
    if not isinstance(home, str | Path):
        raise DataError(text("mirror.no_home", kind=type(home).__name__))
    folder = Path(home)
    if not (folder / MIRROR_FILE).is_file():
        raise NotFound(text("mirror.not_there", folder=folder))
    return Mirror.open(folder)


def _framed(rows: list[tuple[Any, ...]], kinds: dict[str, str], *, exact: bool) -> pd.DataFrame:
    import pandas as pd

    values: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(kinds)
    made = {}
    for (name, kind), column in zip(kinds.items(), values, strict=True):
        dtype = DTYPES[kind]
        if dtype == "object" and not exact:
            floats = [None if one is None else float(one) for one in column]
            made[name] = pd.Series(floats, dtype="Float64")
        elif kind == "datetime":
            made[name] = pd.Series(pd.to_datetime(list(column), utc=True)).astype(dtype)
        elif kind == "date":
            made[name] = pd.Series(pd.to_datetime(list(column))).astype(dtype)
        else:
            given: list[Any] = [_plain(one) for one in column] if dtype == "object" else [*column]
            made[name] = pd.Series(given, dtype=dtype)
    return pd.DataFrame(made)


def _plain(value: Decimal | None) -> Decimal | None:
    """Return a Decimal without the digits that the database always keeps, but for cents."""
    if value is None:
        return None
    plain = value.normalize()
    cents = Decimal("0.01")
    return plain.quantize(cents) if -int(plain.as_tuple().exponent) < 2 else plain
