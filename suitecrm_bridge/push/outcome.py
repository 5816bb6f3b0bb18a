"""What became of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.push.plan import Change


@dataclass(frozen=True)
class Outcome:
    """What became of a change: the record as SuiteCRM answered it, the error, or both.

    Both when SuiteCRM stored another value than was sent.
    """

    change: Change
    record: Mapping[str, Any] | None
    error: BridgeError | None
