import documents
import pytest

WRITTEN_INTO = {f"docs/{name}.md" for name in ("indicators", "fast-routes", "actions", "privacy")}


@pytest.fixture
def project(tmp_path):
    """A folder with the documents that tables are written into."""
    (tmp_path / "docs").mkdir()
    for name in WRITTEN_INTO:
        (tmp_path / name).write_bytes((documents.ROOT / name).read_bytes())
    return tmp_path


def test_every_generated_document_is_up_to_date():
    assert documents.stale() == [], "run python scripts/generate.py"


def test_what_was_written_is_not_stale(project):
    assert set(documents.write(project)) >= set(documents.documents()) - WRITTEN_INTO
    assert documents.stale(project) == []
    assert documents.write(project) == []


def test_a_document_edited_by_hand_is_stale(project):
    documents.write(project)
    with (project / "docs" / "fields.md").open("a", encoding="utf-8") as file:
        file.write("by hand")
    assert documents.stale(project) == ["docs/fields.md"]


START, END = "<!-- x: made by scripts/generate.py -->", "<!-- end of x -->"


def test_only_what_stands_between_the_markers_changes():
    found = documents.between_markers(f"before\n{START}\nold\n{END}\nafter", "new", "a.md", "x")
    assert found == f"before\n{START}\nnew\n{END}\nafter"


@pytest.mark.parametrize("text", ["", START, END])
def test_a_document_without_its_markers_is_refused(text):
    with pytest.raises(ValueError, match=r"a\.md lacks the line"):
        documents.between_markers(text, "new", "a.md", "x")


def test_a_check_names_what_is_stale_and_writes_nothing(monkeypatch, capsys):
    monkeypatch.setattr(documents, "stale", lambda: ["docs/fields.md"])
    monkeypatch.setattr(documents, "write", lambda: pytest.fail("wrote"))
    assert documents.main(["--check"]) == 1
    assert "docs/fields.md is stale" in capsys.readouterr().out


def test_a_check_without_findings_succeeds(monkeypatch, capsys):
    monkeypatch.setattr(documents, "stale", list)
    assert documents.main(["--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_an_unknown_argument_is_a_mistake_in_the_call(capsys):
    assert documents.main(["--chek"]) == 2
    assert "Usage" in capsys.readouterr().err
