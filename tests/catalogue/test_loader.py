import pytest

from suitecrm_bridge.catalogue import load
from suitecrm_bridge.errors import CatalogueError

SOUND_FIELD = """
[extra_c]
modules = ["Contacts"]
writer = "bridge"
type = "int"
label = { en = "Extra", fr = "Extra" }
help = { en = "More.", fr = "Plus." }
"""
SOUND_MODULE = """
[Emails]
object = "Email"
table = "emails"
[Emails.columns]
name = "text"
"""
EITHER = "needs either column, or link and other_link"
SOUND_LINK = """
[contacts_notes]
module = "Contacts"
other_module = "Notes"
link = "notes"
other_link = "contacts"
own_id = "contact_id"
other_id = "note_id"
"""


def refused(folder):
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    return str(caught.value)


def test_an_untouched_copy_loads_like_the_original(folder):
    assert vars(load(folder)) == vars(load())


def test_a_field_can_be_added(folder, append):
    append("fields.toml", SOUND_FIELD)
    assert load(folder).fields["extra_c"].column == "extra"


def test_a_missing_file_is_named(folder):
    (folder / "links.toml").unlink()
    assert "links.toml" in refused(folder)


def test_a_file_that_is_not_toml_is_named_with_the_line(folder, append):
    append("links.toml", "half =\n[whole]")
    message = refused(folder)
    assert "links.toml" in message
    assert "line" in message


def test_a_file_that_is_not_utf_8_is_named(folder):
    (folder / "links.toml").write_bytes("[évé]".encode("latin-1"))
    assert "links.toml" in refused(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("fields.toml", "indexed = true", "indexd = true", "fields.toml: [rfm_segment_c]"),
        ("segments.toml", "rank = 1", "ranck = 1", "segments.toml, line 7: [champions]"),
        ("modules.toml", 'object = "Contact"', 'objet = "Contact"', "modules.toml: [Contacts]"),
        ("links.toml", "own_id =", "ownid =", "links.toml: [accounts_contacts]"),
        ("messages/settings.toml", "\nfr = ", "\nde = ", "messages/settings.toml: [not_a_url]"),
    ],
)
def test_an_unknown_key_is_refused(folder, edit, file, old, new, where):
    edit(file, old, new)
    message = refused(folder)
    assert where in message
    assert "unknown key" in message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('writer = "bridge"\n', "", "writer is missing"),
        ('writer = "bridge"', 'writer = "robot"', "writer is 'robot'"),
        ('type = "int"', 'type = "integer"', "type is 'integer'"),
        ('type = "int"', "type = 3", "type must be of type str, not 3"),
        ('type = "int"', 'type = "int"\nindexed = "yes"', "indexed must be of type bool"),
        ('type = "int"', 'type = "int"\nlength = 3', "length is not for int"),
        ('type = "int"', 'type = "varchar"', "length is missing"),
        ('type = "int"', 'type = "varchar"\nlength = true', "length must be of type int"),
        ('type = "int"', 'type = "enum"', "dropdown is missing"),
        ('["Contacts"]', '["Kontacts"]', "modules.toml has no module Kontacts"),
        ('["Contacts"]', '"Contacts"', "modules must be of type list"),
        ('type = "int"', 'type = "enum"\ndropdown = "mood"', "dropdowns.toml has no list mood"),
        (
            'type = "int"',
            'type = "relate"\nrelated_module = "Cars"',
            "modules.toml has no module Cars",
        ),
        ('fr = "Extra"', 'de = "Extra"', "label needs exactly the languages en, fr"),
        (', fr = "Extra"', "", "label needs exactly the languages en, fr"),
        ('fr = "Extra"', 'fr = ""', "label.fr must be a text"),
        ('fr = "Extra"', 'fr = "Extra "', "label.fr must be a text"),
        ('fr = "Extra"', "fr = 1", "label.fr must be a text"),
    ],
)
def test_an_unsound_field_is_refused_with_file_and_key(folder, append, old, new, problem):
    append("fields.toml", SOUND_FIELD.replace(old, new))
    message = refused(folder)
    assert message.startswith("fields.toml: [extra_c]")
    assert problem in message


@pytest.mark.parametrize("name", ["Extra_c", "extra", "_c", "ext-ra_c"])
def test_a_field_without_a_proper_name_is_refused(folder, append, name):
    append("fields.toml", SOUND_FIELD.replace("extra_c", name))
    assert f"fields.toml: [{name}]" in refused(folder)


def test_a_field_that_is_no_table_is_refused(folder):
    file = folder / "fields.toml"
    file.write_text("extra_c = 1\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert "fields.toml: [extra_c] must be a table" in refused(folder)


def test_a_cell_that_no_segment_covers_is_named(folder, edit):
    edit("segments.toml", "cells = [[1, 2], [2, 1], [2, 2]]", "cells = [[1, 2], [2, 2]]")
    assert "no segment covers the cell recency 2, frequency 1" in refused(folder)


def test_two_segments_on_one_cell_are_both_named(folder, edit):
    edit("segments.toml", "cells = [[1, 2], [2, 1], [2, 2]]", "cells = [[1,2],[2,1],[2,2],[1,1]]")
    message = refused(folder)
    assert "hibernating and lost both cover the cell recency 1, frequency 1" in message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[[1, 2], [2, 1], [2, 2]]", "[[1, 2], [1, 2]]", "lists a cell twice"),
        ("[[1, 2], [2, 1], [2, 2]]", "[[1, 6]]", "is not a pair of scores"),
        ("[[1, 2], [2, 1], [2, 2]]", "[[1, 2, 3]]", "is not a pair of scores"),
        ('when = "no_purchase"', 'when = "rainy"', "when is 'rainy'"),
        ("rank = 11", 'rank = 11\nwhen = "no_purchase"', "needs either recency and frequency"),
        ('when = "no_purchase"', "recency = [1]", "needs either recency and frequency"),
        ("recency = [5]\n", "", "needs either recency and frequency"),
        ('"#1a7f4b"', '"green"', "colour 'green'"),
        ("rank = 2", "rank = 1", "ranks are"),
    ],
)
def test_an_unsound_segment_is_refused(folder, edit, old, new, problem):
    edit("segments.toml", old, new)
    message = refused(folder)
    assert message.startswith("segments.toml")
    assert problem in message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "text"', 'name = "string"', "columns.name is 'string'"),
        ('name = "text"', 'id = "id"', "columns.id is mirrored for every module already"),
        ('table = "emails"', "table = 5", "table must be of type str"),
        ('table = "emails"', 'table = "emails"\nchanged = "sent"', "there is no column sent"),
        ('table = "emails"', 'table = "emails"\nhistory = ["mood"]', "there is no column mood"),
        ('table = "emails"', 'table = "emails"\nparent = { module = "Cases" }', "parent needs"),
        (
            'table = "emails"',
            'table = "emails"\nparent = { module = "Kases", column = "id" }',
            "modules.toml has no module Kases",
        ),
        (
            'table = "emails"',
            'table = "emails"\nwithout = ["date_entered"]\nchanged = "date_entered"',
            "there is no column date_entered",
        ),
    ],
)
def test_an_unsound_module_is_refused(folder, append, old, new, problem):
    append("modules.toml", SOUND_MODULE.replace(old, new))
    assert f"modules.toml: [Emails]: {problem}" in refused(folder)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('\nlink = "notes"', "", EITHER),
        ('other_link = "contacts"', "", EITHER),
        ('\nlink = "notes"', '\nlink = "notes"\ncolumn = "account_id"', EITHER),
        ('"Contacts"', '"Kontacts"', "modules.toml has no module Kontacts"),
        ('"Notes"', '"Letters"', "modules.toml has no module Letters"),
        (
            'link = "notes"\nother_link = "contacts"',
            'column = "note_id"',
            "Contacts has no column note_id",
        ),
    ],
)
def test_an_unsound_link_is_refused(folder, append, old, new, problem):
    append("links.toml", SOUND_LINK.replace(old, new))
    assert f"links.toml: [contacts_notes]: {problem}" in refused(folder)


def test_a_dropdown_value_without_french_is_refused(folder, append):
    append("dropdowns.toml", '[mood]\ngood = { en = "Good" }')
    assert "dropdowns.toml: [mood]: good needs exactly the languages" in refused(folder)


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ('en = "{n} rows"', "needs exactly the languages"),
        ('en = "{n} rows"\nfr = "{m} lignes"', "en has the placeholders ['n'], fr has ['m']"),
        ('en = "{n} rows"\nfr = "lignes"', "en has the placeholders ['n'], fr has []"),
        ('en = "{n rows"\nfr = "{n} lignes"', "expected '}'"),
        ('en = "rows"\nfr = "lignes"\none = { en = "row" }', "one needs exactly the languages"),
        ('en = "rows"\nfr = "lignes"\none = "row"', "one needs exactly the languages"),
    ],
)
def test_an_unsound_message_is_refused(folder, append, message, problem):
    append("messages/settings.toml", f"[extra]\n{message}\n")
    found = refused(folder)
    assert found.startswith("messages/settings.toml: [extra]")
    assert problem in found


def test_a_file_of_messages_can_be_added(folder):
    (folder / "messages" / "zoo.toml").write_text('[hi]\nen = "Hi"\nfr = "Salut"\n', "utf-8")
    assert load(folder).messages["zoo.hi"].other["fr"] == "Salut"


def test_other_files_among_the_messages_are_left_alone(folder):
    (folder / "messages" / "zoo.toml~").write_text("not toml", "utf-8")
    assert vars(load(folder)) == vars(load())
