"""Answers of every odd form, made from right ones."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from suitecrm_bridge.crm import Answer, Request

RAW = {
    "NaN": "NaN",
    "-Infinity": "-Infinity",
    "5000 digits": "7" * 5_000,
    "huge exponent": "1e999999999",
    "absurd exponent": "-1E99999999999999999999999",
    "tiny exponent": "1e-999999999",
    "a thousand zeros": "0." + "0" * 1_000 + "1",
    "deep list": "[" * 100_000 + "]" * 100_000,
    "deep map": '{"a":' * 900 + "1" + "}" * 900,
    "almost deep list": "[" * 400 + "]" * 400,
    "twice": '{"id": "a", "id": 7, "data": [], "data": {}, "complete": true, "complete": 1}',
    "half a pair": '"\\ud83d"',
    "other half": '"x\\ude00y"',
    "halves in order": '"\\ude00\\ud83d \\\\ud83d"',
    "NUL": '"a\\u0000b"',
    "control signs": '"\x01\x02\x7f"',
    "minus zero": "-0.0",
}
"""What no JSON of Python's own making holds, by name."""

_MARK = "\N{SNOWMAN}"

ODD = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            2**70,
            1.5,
            "",
            " ",
            "x",
            "0",
            "-0001-11-30",
            "9999-12-31",
            "0001-01-01 00:00:00",
            "9999-12-31T23:59:59+14:00",
            "\x00",
            "\N{PILE OF POO}",
            "x" * 70_000,
            [],
            {},
            [[]],
            [None],
            {"": {}},
            [{}],
            "1e5",
            "٣",
            "^a^,^",
            "1" * 5_000,
            "é",
        ]
    ),
    st.sampled_from([_MARK + name for name in RAW]),
)

HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "date": st.sampled_from(
            [
                "",
                "now",
                "Mon, 09 Mar 2026 12:00:00 GMT",
                "Mon, 01 Jan 0001 00:00:00 +1400",
                "Fri, 31 Dec 9999 23:59:59 -1400",
                "Mon, 99 Foo 2026 99:99:99 GMT",
                "0",
                "x" * 9_000,
                "Mon, 09 Mar 2026 12:00:00 +99999999",
                "Thu, 01 Jan 1970 00:00:00",
                "١٢ مارس",
            ]
        ),
        "retry-after": st.sampled_from(
            ["", "0", "-1", "9" * 5_000, "1.5", "٣", "inf", "Fri, 31 Dec 9999 23:59:59 GMT", "x"]
        ),
        "location": st.sampled_from(["", "/y", "http://[", "\x00"]),
    },
)


@st.composite
def changed(draw: Any, document: Any) -> Any:
    """A document with some of its parts replaced, taken away or repeated."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, 3))):
        holder, key = None, None
        place: Any = document
        while isinstance(place, (dict, list)) and place and (holder is None or draw(st.booleans())):
            keys = sorted(place) if isinstance(place, dict) else range(len(place))
            holder, key = place, draw(st.sampled_from(keys))
            place = place[key]
        if holder is None:
            return copy.deepcopy(draw(ODD))
        kind = draw(st.sampled_from(["replace", "replace", "delete", "repeat", "turn"]))
        if kind == "replace":
            holder[key] = copy.deepcopy(draw(ODD))
        elif kind == "delete":
            del holder[key]
        elif isinstance(holder, list):
            holder += holder if kind == "repeat" else []
            holder.reverse()
    return document


@st.composite
def body(draw: Any, document: Any) -> bytes:
    """The bytes of such a document, packed into text in some odd way."""
    words = json.dumps(draw(changed(document)), ensure_ascii=draw(st.booleans()))
    for name, raw in RAW.items():
        words = words.replace(json.dumps(_MARK + name), raw)
        words = words.replace(json.dumps(_MARK + name, ensure_ascii=False), raw)
    way = draw(st.sampled_from(["plain"] * 6 + [*_WAYS]))
    return _WAYS[way](words) if way in _WAYS else words.encode()


def _latin(words: str) -> bytes:
    return words.encode("latin-1", errors="replace")


_WAYS = {
    "bom": lambda words: words.encode("utf-8-sig"),
    "utf-16": lambda words: words.encode("utf-16"),
    "latin-1": _latin,
    "cut": lambda words: words.encode()[: len(words) // 2],
    "twice": lambda words: (words + words).encode(),
    "text before": lambda words: ("Notice: {x} in y\n" + words).encode(),
    "text behind": lambda words: (words + "Database failure.").encode(),
    "html": lambda words: ("<html>" + words).encode(),
    "nothing": lambda words: b"",
    "spaces": lambda words: b" \n",
    "NUL": lambda words: b"\x00" + words.encode(),
    "no object": lambda words: b"[" + words.encode() + b"]",
    "noise": lambda words: bytes(range(256)) + words.encode(),
    "many starts": lambda words: b"\n{" * 3_000 + words.encode(),
    "deep starts": lambda words: (b'\n{"a":' * 3_000) + words.encode(),
}


def answers(document: Any) -> st.SearchStrategy[Answer]:
    """Answers with such a document; most of them say that all is well."""
    statuses = st.sampled_from(
        [200] * 12 + [201, 204, 302, 400, 401, 403, 404, 405, 408, 429, 500, 503, 999]
    )
    return st.builds(Answer, statuses, HEADERS, body(document))


class TooMany(AssertionError):
    """More requests than a reading of these answers can need."""


class Repeating:
    """A transport that gives each route's answers in turn, over and over again.

    Args:
        routes: answers, or what makes them of a request, by the part of the path that they are
            for; the first that fits counts.
        most: requests after which it counts as endless.
    """

    def __init__(self, routes: dict[str, list[Any]], most: int) -> None:
        self.routes, self.most = routes, most
        self.requests: list[Request] = []
        self._turns = dict.fromkeys(routes, 0)

    def send(self, request: Request) -> Answer:
        self.requests.append(request)
        if len(self.requests) > self.most:
            raise TooMany(request.url)
        for part, given in self.routes.items():
            if part in request.url:
                turn, self._turns[part] = self._turns[part], self._turns[part] + 1
                found = given[turn % len(given)]
                return found(request) if callable(found) else found
        raise AssertionError(f"nobody answers {request.url}")

    def close(self) -> None:
        pass
