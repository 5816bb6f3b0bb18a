"""Pages of records read again and spoiled: a row twice, too few, one left out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from werkzeug.wrappers import Request, Response


class Rows:
    """The records of a page, of the stock API or of the fast routes, as lists of JSON."""

    def __init__(self, response: Response, page: dict[str, Any], asked: int) -> None:
        self._response, self._page = response, page
        self.is_fast = "rows" in page
        self.rows: list[Any] = page["rows" if self.is_fast else "data"]
        self.asked = asked

    @property
    def ids(self) -> Iterable[str]:
        """The ids of the page's records."""
        return (row[0] if self.is_fast else row["id"] for row in self.rows)

    def say_more(self) -> None:
        """Tell that records follow."""
        if self.is_fast:
            self._page["complete"] = False
        else:
            meta = self._page.setdefault("meta", {})
            meta["total-pages"] = max(2, meta.get("total-pages", 1))

    def put_back(self) -> None:
        """Write the page into its response again."""
        set_text(self._response, json.dumps(self._page, ensure_ascii=False))


def _duplicate(page: Rows, dice: Random) -> bool:
    """Repeat a row, as a join does; what a page has no more room for comes with the next."""
    place = dice.randrange(len(page.rows))
    page.rows.insert(place, page.rows[place])
    if page.asked and len(page.rows) > page.asked:
        del page.rows[page.asked :]
        page.say_more()
    return True


def _short(page: Rows, dice: Random) -> bool:
    if len(page.rows) < 2:
        return False
    del page.rows[dice.randrange(1, len(page.rows)) :]
    page.say_more()
    return True


def _gap(page: Rows, dice: Random) -> bool:
    """Leave out a row that no later page makes up for: any but the last."""
    if len(page.rows) < 2:
        return False
    del page.rows[dice.randrange(len(page.rows) - 1)]
    return True


SPOILERS: dict[str, Callable[[Rows, Random], bool]] = {
    "duplicate": _duplicate,
    "short": _short,
    "gap": _gap,
}
"""By switch what it does to a page; each returns whether it could."""


def rows_of(request: Request, response: Response) -> Rows | None:
    """Return the records of a page; None for any other answer, and for links."""
    parts = request.path.split("/")
    stock = parts[-2:-1] == ["module"]
    if (
        request.method != "GET"
        or response.status_code != 200
        or not (stock or parts[-2:-1] == ["records"])
    ):
        return None
    page = json.loads(text_of(response))
    asked = request.args.get("page[size]" if stock else "limit", "0")
    rows = Rows(response, page, int(asked) if asked.isdigit() else 0)
    return rows if rows.rows else None


def shown(request: Request, rows: Rows | None) -> Iterable[str]:
    """Return the ids of the records of which the stock API shows more than their ids."""
    asked = [names for option, names in request.args.items() if option.startswith("fields[")]
    if request.method != "GET" or asked == ["id"]:
        return []
    if rows:
        return [] if rows.is_fast else rows.ids
    parts = request.path.split("/")
    return parts[-1:] if parts[-3:-2] == ["module"] else []


def written(request: Request) -> Iterable[str]:
    """Return the ids of the records that a request writes."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        return []
    if request.method == "PATCH":
        return [str(body.get("data", {}).get("id"))]
    place = body["columns"].index("id") if "id" in body.get("columns", []) else 0
    return [str(row[place]) for row in body.get("rows", [])]


def text_of(response: Response) -> str:
    """Return the body of an answer, unpacked."""
    data = response.get_data()
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(data) if packed else data).decode()


def set_text(response: Response, words: str) -> None:
    """Give an answer another body."""
    del response.headers["Content-Encoding"]
    response.set_data(words)
