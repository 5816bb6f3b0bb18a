"""When complaints are too many, or take too long, to be left to chance."""

from __future__ import annotations

from dataclasses import dataclass, fields

from suitecrm_bridge.catalogue.tables import Table

_BOUNDS: dict[str, tuple[float, float]] = {
    "chance": (1e-6, 0.2),
    "rise": (1.1, 10),
    "customers": (1, 1000),
    "recent_days": (56, 730),
    "baseline_days": (756, 3650),
    "least_periods": (6, 100),
    "slower": (1.1, 10),
    "slow_days": (28, 3650),
}


@dataclass(frozen=True)
class Alarms:
    """What complaints.toml says in [alarms]; the file explains each."""

    chance: float
    rise: float
    customers: int
    recent_days: int
    baseline_days: int
    least_periods: int
    slower: float
    slow_days: int


def read_alarms(table: Table) -> Alarms:
    """Return the values of [alarms].

    Raises:
        CatalogueError: one lacks, is unknown or out of its bounds.
    """
    table.allow(_BOUNDS)
    found = {}
    for field in fields(Alarms):
        lowest, highest = _BOUNDS[field.name]
        value = _number(table, field.name, whole=field.type == "int")
        if not lowest <= value <= highest:
            raise table.fail(f"{field.name} must be from {lowest} to {highest}, not {value}")
        found[field.name] = value
    return Alarms(**found)  # type: ignore[arg-type]


def _number(table: Table, key: str, *, whole: bool) -> float:
    """Return a number; where it need not be whole, 2 stands for 2.0."""
    if whole or isinstance(dict(table.items()).get(key), int):
        value: int = table.get(key, int)
        return value
    broken: float = table.get(key, float)
    return broken
