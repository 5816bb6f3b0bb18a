"""Nothing is stored without a purpose, and what no figure reads is said to be so."""

import re
from pathlib import Path

import pytest

import suitecrm_bridge
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.purposes import FILE, UNREAD, purposes
from suitecrm_bridge.errors import CatalogueError

ROOT = Path(suitecrm_bridge.__file__).parent
NO_FIGURE = ("sandbox", "messages", "translations", "modules.toml", FILE, "keeping_out.py")


def sources():
    for file in ROOT.rglob("*"):
        if file.suffix in (".py", ".sql", ".toml") and not {*file.parts} & {*NO_FIGURE}:
            yield file.read_text("utf-8")


def test_what_no_figure_reads_is_named_and_nothing_else_is():
    words = {word for text in sources() for word in re.findall(r"\w+", text)}
    known = purposes(catalogue())
    assert {name for name in known if name not in words} == {
        name for name, purpose in known.items() if purpose.key == UNREAD
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"birthdate"', '"birthday"', "birthdate, birthday"),
        ('"resolution", ', "", "resolution"),
        ('"hits"', '"hits", "answer"', "answer has two"),
    ],
)
def test_a_column_without_one_purpose_is_refused(tmp_path, old, new, said):
    text = (data_folder() / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError, match=said):
        purposes(catalogue(), tmp_path)
