"""Themes and competitors: what is shipped, and what an installation adds in its own files."""

import pytest

from suitecrm_bridge.catalogue import NamedTheme, competitor_rules, theme_rules
from suitecrm_bridge.errors import CatalogueError


def own(tmp_path, content, name="own.toml"):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    return file


def test_the_bridge_ships_no_themes_and_no_competitors():
    assert dict(theme_rules().named) == {}
    assert dict(competitor_rules().names) == {}


def test_a_file_that_is_not_there_adds_nothing(tmp_path):
    assert theme_rules(tmp_path / "none.toml") == theme_rules()
    assert competitor_rules(tmp_path / "none.toml") == competitor_rules()


def test_every_word_that_is_shipped_means_one_thing():
    words = [word for group in theme_rules().words.values() for word in group]
    assert len(set(words)) == len(words)
    assert all(word.rstrip("*").isalpha() for word in words)
    assert not {word for word in words if word in theme_rules().stop}


def test_people_name_themes_and_add_words(tmp_path):
    rules = theme_rules(
        own(
            tmp_path,
            '\ufeff[themes.a]\ntitle = " Late "\n[themes.b]\ninto = "a"\n'
            '[themes.c]\ntitle = "Dust"\nwords = ["amiante"]\n'
            '[finding]\nfewest = 10\n[words]\nlate = ["tardif"]\n[stop]\nown = ["acme"]\n',
        )
    )
    assert rules.named == {
        "a": NamedTheme("Late", (), None),
        "b": NamedTheme(None, (), "a"),
        "c": NamedTheme("Dust", ("amiante",), None),
    }
    assert (rules.fewest, rules.most) == (10, theme_rules().most)
    assert rules.words["late"] == ("tardif",)
    assert rules.words["price"] == theme_rules().words["price"]
    assert rules.stop == theme_rules().stop | {"acme"}


def test_a_theme_counts_where_people_put_it(tmp_path):
    rules = theme_rules(own(tmp_path, '[themes.b]\ninto = "a"\n'))
    assert (rules.place("b"), rules.place("a"), rules.place("x")) == ("a", "a", "x")


def test_a_title_may_be_as_long_as_its_field(tmp_path):
    from suitecrm_bridge.catalogue import catalogue
    from suitecrm_bridge.catalogue.themes import LONGEST_TITLE

    assert catalogue().fields["complaint_theme_c"].length == LONGEST_TITLE
    longest = "x" * LONGEST_TITLE
    assert theme_rules(own(tmp_path, f'[themes.a]\ntitle = "{longest}"')).named["a"].title


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[themes.a]\n", r"own\.toml, line 1: \[themes\.a\]: needs either title or into"),
        ('\n[themes.a]\ntitel = "x"', r"line 2: \[themes\.a\]: unknown key titel"),
        ('[themes.a]\ntitle = ""', "1 to 100 characters"),
        (f'[themes.a]\ntitle = "{"x" * 101}"', "1 to 100 characters"),
        ('[themes.a]\ntitle = "x"\ninto = "b"', "either title or into"),
        ('[themes.a]\ninto = "a"', "into must name a theme that counts itself, not 'a'"),
        ('[themes.a]\ninto = "b"\n[themes.b]\ninto = "c"', "line 1.*counts itself, not 'b'"),
        ('[themes.a]\ninto = "b"\nwords = ["x"]', "words are for a theme that counts itself"),
        ('[themes.a]\ntitle = "x"\nwords = []', "words must not be empty"),
        ('[themes.a]\ntitle = "x"\nwords = "y"', "words must be of type list"),
        ("[finding]\nfewest = 0", "line 1: .*fewest must be from 2 to"),
        ("[finding]\nmany = 0", "unknown key many"),
        ("[theme.a]", r"\[theme\] is unknown; allowed are"),
        ("themes = 3", r"\[themes\] must be a table"),
        ("[themes.a\n", "own.toml: .*line 1"),
    ],
)
def test_a_file_of_themes_that_cannot_be_used_is_refused_with_its_line(
    tmp_path, content, complaint
):
    with pytest.raises(CatalogueError, match=complaint):
        theme_rules(own(tmp_path, content))


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match=r"own\.toml: "):
        theme_rules(tmp_path / "own.toml")


def test_people_list_competitors(tmp_path):
    rules = competitor_rules(
        own(tmp_path, '[competitors]\n"Dupont & Fils" = ["Dupont SARL"]\n3M = []\n')
    )
    assert rules.names == {"Dupont & Fils": ("Dupont SARL",), "3M": ()}
    assert rules.from_field == competitor_rules().from_field


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[competitors]\n"&" = []', r"own\.toml, line 1: \[competitors\]: '&' is no name"),
        ('[competitors]\nAcme = [""]', "none of them empty"),
        ('[competitors]\nAcme = "Acme Inc"', "Acme must be of type list"),
        ('[competitors]\nAcme = []\nZeta = ["ACME"]', "'ACME' stands for both 'Acme' and 'Zeta'"),
        ("[finding]\nfrom_field = -1", "from_field must be from 0"),
        ("[rivals]", r"\[rivals\] is unknown"),
    ],
)
def test_a_file_of_competitors_that_cannot_be_used_is_refused(tmp_path, content, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        competitor_rules(own(tmp_path, content))
