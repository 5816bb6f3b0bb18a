"""The query parameters of lists."""

from __future__ import annotations

from datetime import datetime

from suitecrm_bridge.crm.attributes import encode


def paging(size: int, number: int = 1) -> list[tuple[str, str]]:
    """Return size and number, always both.

    Without a size the server gives 20 records, without a number page 1 comes twice.
    """
    return [("page[size]", str(size)), ("page[number]", str(number))]


def filters(
    id: tuple[str | None, str | None, str | None],
    modified: tuple[datetime | None, datetime | None],
    changed: str,
) -> list[tuple[str, str]]:
    """Return bounds on ids (beyond, from, before) and on the column `changed` (from, before)."""
    bounds = {
        "filter[id][gt]": id[0],
        "filter[id][gte]": id[1],
        "filter[id][lt]": id[2],
        f"filter[{changed}][gte]": moment(modified[0]),
        f"filter[{changed}][lt]": moment(modified[1]),
    }
    given = [(name, value) for name, value in bounds.items() if value]
    return [("filter[operator]", "and"), *given]


def moment(value: datetime | None) -> str | None:
    """Return `value` in UTC as filters compare it, None for None."""
    return None if value is None else str(encode(value))
