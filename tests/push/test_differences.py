"""One rule says what differs: in Python, as the mirror asks for it, and as packages compare."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from suitecrm_bridge.catalogue import catalogue, is_reason, kept_form
from suitecrm_bridge.mirror.writeback import may_differ
from suitecrm_bridge.sandbox.bridge.checking import checked
from suitecrm_bridge.sandbox.bridge.scores import is_same

FILE = Path(__file__).parents[1] / "vectors" / "differences.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["says"])
READ = {
    "decimal": lambda value: Decimal(str(value)),
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
KINDS = {"int": "INTEGER", "date": "DATE", "datetime": "TIMESTAMP", "bool": "BOOLEAN"}


def field_of(vector):
    return catalogue().fields[vector["field"]]


def read(vector, name):
    """Return a value of a vector as the mirror holds it."""
    value = vector.get(name, vector["wanted"])
    return value if value is None else READ.get(field_of(vector).type, lambda one: one)(value)


@EACH
def test_the_rule_says_what_differs(vector):
    form = kept_form(field_of(vector))
    wanted, held = form(read(vector, "wanted")), form(read(vector, "held"))
    assert wanted == form(read(vector, "sent"))
    assert (wanted != held) == vector["differs"]
    assert (wanted != held and is_reason(field_of(vector), wanted, held)) == vector["reason"]


@EACH
def test_the_mirror_asks_for_whatever_is_a_reason_and_for_nothing_that_is_the_same(vector):
    field = field_of(vector)
    kind = KINDS.get(field.type, "VARCHAR")
    if field.type == "decimal":
        kind = f"DECIMAL(26, {field.scale})"
    wanted, held = read(vector, "sent"), read(vector, "held")
    found = duckdb.connect().execute(
        f"SELECT {' OR '.join(may_differ({field.name: 'wanted'}))}"
        f" FROM (SELECT ?::{kind} AS wanted) s, (SELECT ?::{kind} AS {field.name}) r",
        [wanted, held],
    )
    asked_for = found.fetchall()[0][0]
    assert asked_for or not vector["reason"]
    assert not (asked_for and wanted == held)


@EACH
def test_the_sandbox_finds_the_same_unchanged(vector):
    field, name = field_of(vector), vector["field"]
    sent, held = (
        {name: checked(field, value, name)}
        for value in (vector.get("sent", vector["wanted"]), vector["held"])
    )
    assert is_same(held, sent) != vector["differs"]
