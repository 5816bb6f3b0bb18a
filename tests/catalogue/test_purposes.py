"""Nothing is stored without a purpose, and nothing that nobody reads."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import suitecrm_bridge
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.purposes import FILE, purposes
from suitecrm_bridge.errors import CatalogueError

ROOT = Path(suitecrm_bridge.__file__).parent
ALWAYS = {"id", "date_entered", "date_modified"}
NOT_READ_BY = ("sandbox", "keeping_out.py", "privacy.py", "references.py")
"""Made-up data, and what looks for people in every column that there is."""
IN_PROGRAMMES = {"Contacts": "contacts", "Accounts": "accounts", "Leads": "leads"}
LETTERS = {("Contacts", "salutation"), ("Leads", "salutation")}
"""Read by the query of people's addresses, which is put together of parts."""


def statements():
    """Each statement of SQL, function and constant of the bridge, as the words in it."""
    for file in ROOT.rglob("*"):
        if {*file.parts} & {*NOT_READ_BY}:
            continue
        if file.suffix == ".sql":
            for part in file.read_text("utf-8").split(";"):
                yield words(part)
        elif file.suffix == ".py":
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, (ast.FunctionDef, ast.Assign, ast.AnnAssign)):
                    yield words(ast.unparse(node))


def words(text):
    return {*re.findall(r"\w+", text)}


def of_programmes():
    """The words of the shipped programmes, by whose they are."""
    found = defaultdict(set)
    for file in (data_folder() / "programmes").iterdir():
        said = words(file.read_text("utf-8"))
        for module, of in IN_PROGRAMMES.items():
            if of in said:
                found[module] |= said
    return found


def needed():
    """Module and column of what a statement, a rule of rights or a shipped programme names."""
    together, programmes = [*statements()], of_programmes()
    found = set(LETTERS)
    for key, module in catalogue().modules.items():
        own = {key, module.table, f"sound_{module.table}"}
        said = set().union(programmes[key], *(one for one in together if own & one))
        said |= {module.parent.column} if module.parent else set()
        found |= {(key, name) for name in module.columns if name in said}
    return found


def test_every_column_that_is_mirrored_is_read_by_something():
    stored = {(key, name) for key, one in catalogue().modules.items() for name in one.columns}
    unread = {(key, name) for key, name in stored - needed() if name not in ALWAYS}
    assert unread == set()


def test_a_column_that_nothing_reads_would_be_found():
    assert ("Accounts", "website") not in needed()
    assert ("Contacts", "birthdate") in needed()
    assert ("Leads", "birthdate") not in needed()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"birthdate"', '"birthday"', "birthdate, birthday"),
        (', "answer"', "", "answer"),
        ('"marketing_id"', '"marketing_id", "answer"', "answer has two"),
    ],
)
def test_a_column_without_one_purpose_is_refused(tmp_path, old, new, said):
    text = (data_folder() / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError, match=said):
        purposes(catalogue(), tmp_path)
