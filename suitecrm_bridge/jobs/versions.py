"""Which of bridge and package is the older one, and what to do about it."""

from __future__ import annotations

import re
from typing import Literal

from suitecrm_bridge import __version__

Order = Literal["older", "newer", "same"]
_NUMBERS = re.compile(r"\d+")


def compared(package: str, bridge: str = __version__) -> Order:
    """Return what the package is beside the bridge; what is no version counts as an older one."""
    found, own = _parts(package), _parts(bridge)
    return "same" if found == own else "newer" if found > own else "older"


def _parts(version: str) -> tuple[int, ...]:
    parts = tuple(int(number) for number in _NUMBERS.findall(version)[:3])
    return parts + (0,) * (3 - len(parts)) if parts else ()
