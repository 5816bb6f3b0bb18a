"""The sandbox takes and refuses what the package does: both are held to the same vectors."""

import json
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox.bridge import options, scores
from suitecrm_bridge.sandbox.bridge.cards import read_cards
from suitecrm_bridge.sandbox.bridge.checking import checked
from suitecrm_bridge.sandbox.bridge.programmes import read_programmes
from suitecrm_bridge.sandbox.bridge.refusals import Declined
from suitecrm_bridge.sandbox.schema import schema

FILE = Path(__file__).parents[1] / "vectors" / "routes.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))


def stored(name, value):
    """Return a value as the database holds it, as text."""
    field = catalogue().fields[name]
    found = checked(field, value, name)
    if isinstance(found, float):
        return f"{found + 0:.{field.scale}f}"
    return None if found is None else str(found)


def take(vector):
    """Do what a vector says; return what is stored of a value."""
    kind = vector["kind"]
    if kind == "value":
        return stored(vector["field"], vector["value"])
    if kind == "id":
        options.record_id(vector["value"], "id")
    elif kind == "programmes":
        read_programmes(vector["value"])
    elif kind == "cards":
        read_cards(vector["value"])
    elif kind == "window":
        options.read_window(vector["given"], (*options.WINDOW, "to_id"), vector["most"])
    else:
        fields = {field.name: field for field in catalogue().fields_of("Contacts", "bridge")}
        body = json.dumps({name: vector[name] for name in ("columns", "rows")})
        scores.read(schema(True).beans["Contacts"], fields, body.encode())
    return None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["says"])
def test_the_sandbox_does_what_the_contract_says_of(vector):
    if "refused" in vector:
        with pytest.raises(Declined) as declined:
            take(vector)
        assert declined.value.body["error"] == vector["refused"]
    else:
        assert take(vector) == vector.get("stored")
