"""What the package answers of each record that it was asked to write."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.crm.decoding import shown
from suitecrm_bridge.errors import BrokenAnswer
from suitecrm_bridge.i18n import text

WRITTEN = ("written", "unchanged")
"""Words for a record that holds what was wanted."""
LEFT = ("rejected", "failed")
"""Words for one that does not, and names of the lists that say why."""


@dataclass(frozen=True)
class NotWritten:
    """A record that holds what it held before.

    Args:
        id: of the record.
        code: the package's word for the reason, such as "unknown_record" or "busy".
        message: the reason in words.
    """

    id: str
    code: str
    message: str


def not_written(answer: Mapping[str, Any], ids: Collection[str], module: str) -> list[NotWritten]:
    """Return the records that were not written, of those that were sent.

    Raises:
        BrokenAnswer: not every record is told of, or in a form that nobody promised.
    """
    rows = answer.get("rows")
    if rows == []:
        # PHP would write an empty object so.
        rows = {}
    if not isinstance(rows, dict):
        raise _unexpected("rows", module)
    reasons = {part: _reasons(answer, part, module) for part in LEFT}
    found = []
    for id in ids:
        word = rows.get(id)
        if word in LEFT:
            found.append(reasons[word].get(id) or NotWritten(id, word, word))
        elif word not in WRITTEN:
            raise _unexpected("rows", module)
    return found


def _reasons(answer: Mapping[str, Any], part: str, module: str) -> dict[str, NotWritten]:
    given = answer.get(part)
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _unexpected(part, module)
    told = (
        NotWritten(*(shown(one.get(name)) for name in ("id", "code", "message"))) for one in given
    )
    return {one.id: one for one in told}


def _unexpected(part: str, module: str) -> BrokenAnswer:
    return BrokenAnswer(text("crm.unexpected_shape", where=module, part=part), module=module)
