"""JSON that Python cannot take, or that would take too much memory."""

import pytest

from suitecrm_bridge.crm.decoding import json_of
from suitecrm_bridge.errors import BrokenAnswer


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"a": "\\ud83d\\ude00 \\ud83d \\\\ud83d"}', {"a": "\N{GRINNING FACE} \ufffd \\ud83d"}),
        (b'{"a": 1e5}', {"a": 100_000}),
        (b'{"a": ' + b"7" * 5_000 + b"}", {"a": "7" * 5_000}),
        (b'{"a": 1e999999999}', {"a": "1e999999999"}),
        (b'{"a": NaN}', {"a": "NaN"}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": "\\u0000"}', {"a": "\x00"}),
    ],
)
def test_what_python_cannot_take_is_taken_as_text(body, found):
    assert json_of(body) == (found, "")


@pytest.mark.parametrize("inside", [b"[],", b"{},", b'"",', b"1,"])
def test_an_answer_of_more_values_than_memory_bears_is_refused(inside):
    content = b'{"data": [' + inside * 6_000_000 + b"1]}"
    with pytest.raises(BrokenAnswer, match="more values"):
        json_of(content)
