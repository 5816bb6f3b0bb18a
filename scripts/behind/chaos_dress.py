"""Amounts that come in another form than SuiteCRM's own, on their way to the bridge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from werkzeug.wrappers import Request, Response

from suitecrm_bridge.sandbox.pages import set_text, text_of

Form = Callable[[float], str]
Dress = Callable[[Request, Response], None]

_SWAPPED = str.maketrans(",.", ".,")
_SPACED = str.maketrans(",.", "\u202f,")

FORMS: dict[str, Form] = {
    "decimal comma": lambda amount: f"{amount:.6f}".replace(".", ","),
    "points between thousands": lambda amount: f"{amount:,.2f}".translate(_SWAPPED),
    "with a currency": lambda amount: f"€{amount:,.2f}",
    "spaces between thousands": lambda amount: f"{amount:,.2f}".translate(_SPACED),
    "words": lambda amount: "on request",
}
"""What a user's or a server's settings, or another package, make of an amount."""


def dress(
    module: str, columns: Collection[str], form: Form, ids: Collection[str] | None = None
) -> Dress:
    """Return what puts amounts of a module into a form; without `ids` those of every record."""

    def dressed(request: Request, response: Response) -> None:
        if request.method != "GET" or response.status_code != 200 or not _shows(request, module):
            return
        page = json.loads(text_of(response))
        for id_, values, names in _records(page):
            if ids is None or id_ in ids:
                for place, name in names:
                    if name in columns and _is_amount(values[place]):
                        values[place] = form(float(values[place]))
        set_text(response, json.dumps(page, ensure_ascii=False))

    return dressed


def _is_amount(value: Any) -> bool:
    """Whether a value is one that another dress has not changed before."""
    return bool(re.fullmatch(r"-?[0-9.]+(e[+]?[0-9]+)?", str(value)))


def _shows(request: Request, module: str) -> bool:
    parts = request.path.split("/")
    return parts[-2:] in (["records", module], ["module", module]) or parts[-3:-1] == [
        "module",
        module,
    ]


def _records(page: Any) -> Iterator[tuple[str, Any, list[tuple[Any, str]]]]:
    """Yield a record's id, its values, and the places of these with their names."""
    if "rows" in page:
        for row in page["rows"]:
            yield row[0], row, list(enumerate(page["columns"]))
        return
    data = page.get("data", [])
    for record in data if isinstance(data, list) else [data]:
        values = record.get("attributes", {})
        yield record.get("id", ""), values, [(name, name) for name in values]
