"""The contract of the fast routes is sound, and refuses to be anything else."""

import pytest

from suitecrm_bridge.catalogue import catalogue, routes
from suitecrm_bridge.catalogue.routing import load_routes
from suitecrm_bridge.errors import CatalogueError

SOUND = """
[limits]
records = 5
[sizes]
text = 5
[codes.bad]
status = 400
when = "it is bad"
[refusals]
bad_id = "bad"
[rows]
busy = "busy"
"""


def load(folder, text):
    file = folder / "routes.toml"
    file.write_text(text, encoding="utf-8")
    return load_routes(file)


def test_a_sound_contract_is_read(tmp_path):
    found = load(tmp_path, SOUND)
    assert (found.limits, found.codes["bad"].status) == ({"records": 5}, 400)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("records = 5", "records = 0", "limits.records must be a whole number from 1 on"),
        ("text = 5", 'text = "5"', "sizes.text must be a whole number from 1 on"),
        ('bad_id = "bad"', 'bad_id = "worse"', "[refusals] bad_id: there is no code worse"),
        ('busy = "busy"', "busy = 5", "rows.busy must be a text"),
        ("status = 400", 'status = "400"', "status must be of type int"),
        ("[rows]", "[rwos]", "rwos"),
    ],
)
def test_an_unsound_contract_is_refused(tmp_path, old, new, problem):
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, SOUND.replace(old, new))
    assert problem in str(caught.value)


def test_every_refusal_has_its_words_and_all_words_are_of_a_refusal():
    start = "package_routes.route_"
    texts = {key.removeprefix(start) for key in catalogue().messages if key.startswith(start)}
    assert texts == {*routes().refusals, *routes().rows.values()}
