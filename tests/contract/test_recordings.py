"""The sandbox answers as a recorded SuiteCRM 7.14.6 did, exchange by exchange, value by value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.replay import Json, Replay

RECORDING = Path(__file__).parents[3] / "shared" / "recordings" / "suitecrm-7.14.6.json"
ORDER = "without a sort the real one answers in the order of the index that MySQL happened to use"
DIFFERENCES = {
    "filter gt": ORDER,
    "filter gte": ORDER,
    "filter lt": ORDER,
    "filter lte": ORDER,
    "filter like": ORDER,
}
"""Exchanges that are answered with other values, on purpose; their shape is the same."""

pytestmark = pytest.mark.skipif(not RECORDING.is_file(), reason="the recording is not here")


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Json, Json]]:
    """Name, recorded response and the sandbox's response of every exchange, in order."""
    exchanges = json.loads(RECORDING.read_text(encoding="utf-8"))["exchanges"]
    answers = Replay(exchanges, monkeypatch).answers()
    return [(exchange["name"], exchange["response"], answer) for exchange, answer in answers]


def differences(recorded: Any, answered: Any, path: str = "") -> dict[str, tuple[Any, Any]]:
    """Return where two bodies differ: path → (recorded, answered)."""
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(recorded, dict) and isinstance(answered, dict):
        keys = recorded.keys() | answered.keys()
        pairs = [(f".{key}", recorded.get(key, ...), answered.get(key, ...)) for key in keys]
    elif items_of(recorded) == items_of(answered) != 0:
        both = zip(recorded, answered, strict=True)
        pairs = [(f"[{place}]", one, other) for place, (one, other) in enumerate(both)]
    if pairs:
        return {k: v for step, *two in pairs for k, v in differences(*two, path + step).items()}
    same = type(recorded) is type(answered) and recorded == answered
    return {} if same else {path: (recorded, answered)}


def items_of(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


def shape(value: Any) -> Any:
    """Return a value's keys and types."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value)


def test_every_recorded_exchange_is_replayed(replayed):
    assert len(replayed) == 131


def test_every_answer_equals_the_recorded_one(replayed):
    found = {
        name: differences(recorded, answer)
        for name, recorded, answer in replayed
        if name not in DIFFERENCES
    }
    assert {name: where for name, where in found.items() if where} == {}


def test_answers_that_differ_on_purpose_have_the_recorded_shape(replayed):
    for name, recorded, answer in replayed:
        if name in DIFFERENCES:
            assert shape(answer) == shape(recorded), name


def test_no_exchange_is_excused_without_need(replayed):
    differing = {name for name, recorded, answer in replayed if differences(recorded, answer)}
    assert differing == set(DIFFERENCES)
