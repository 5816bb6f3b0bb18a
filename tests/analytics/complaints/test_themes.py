from collections import Counter
from dataclasses import replace

import pytest

from suitecrm_bridge.analytics.complaints import themes
from suitecrm_bridge.catalogue import NamedTheme

from .letters import ABOUT, RULES, engine_with, found, letters

SIZE = 300


@pytest.fixture(scope="module")
def rows():
    return list(letters(SIZE))


@pytest.fixture(scope="module")
def first(rows):
    return found(rows)


def slug_of(rows, given):
    """Which theme most letters about each thing have."""
    truth = {id: about for id, _, _, about in rows}
    votes = {about: Counter() for about in ABOUT}
    for id, theme in given.items():
        if truth[id]:
            votes[truth[id]][theme] += 1
    return {about: count.most_common(1)[0][0] for about, count in votes.items() if count}


def test_as_many_themes_are_found_as_were_planted(first):
    assert len(first[0].keep) == len(ABOUT)


def test_themes_are_precise_and_complete_in_two_languages_mixed(rows, first):
    given, slugs = first[1], slug_of(rows, first[1])
    assert len(set(slugs.values())) == len(ABOUT)
    for about, slug in slugs.items():
        have = {id for id, theme in given.items() if theme == slug}
        planted = {id for id, _, _, topic in rows if topic == about}
        assert len(have & planted) >= 0.95 * len(have)
        assert len(have & planted) >= 0.95 * len(planted)


def test_a_text_about_nothing_has_no_theme(rows, first):
    stray = {id for id, _, _, topic in rows if topic is None}
    assert stray
    assert len(stray & set(first[1])) <= 0.1 * len(stray)


def test_the_same_texts_have_the_same_themes(rows, first):
    again = found(rows)
    assert again[0].keep == first[0].keep
    assert again[1] == first[1]


def test_the_order_of_the_texts_does_not_matter(rows, first):
    assert found(rows[::-1])[1] == first[1]


def test_with_a_tenth_more_texts_themes_keep_their_names(rows, first):
    more = [*rows, *letters(SIZE // 10, seed=2)]
    outcome, given = found(more, first[0].keep)
    assert outcome.titles == first[0].titles
    moved = [id for id, theme in first[1].items() if given.get(id) != theme]
    assert len(moved) <= 0.02 * len(first[1])


def test_a_new_theme_is_added_beside_the_known_ones(rows):
    old = [row for row in rows if row[3] != "manners"]
    before, _ = found(old)
    after, _ = found(rows, before.keep)
    assert set(before.titles.items()) < set(after.titles.items())
    assert len(after.keep) == len(before.keep) + 1


def test_a_theme_that_no_text_is_about_any_more_keeps_its_name(rows, first):
    left = [row for row in rows if row[3] != "defect"]
    outcome, given = found(left, first[0].keep)
    assert outcome.titles == first[0].titles
    assert slug_of(rows, first[1])["defect"] not in set(given.values())


def test_a_theme_is_shown_with_words_as_people_write_them(first):
    shown = {word for theme in first[0].keep for word in theme.words}
    assert {"réparation", "repair"} & shown
    assert "téléphone" in shown or "phone" in shown


def test_too_few_texts_make_no_themes_and_a_reason(rows):
    outcome, given = found(rows[:50])
    assert (outcome.keep, given) == ((), {})
    assert outcome.missing("en") == "No themes: 50 complaints have a text, 60 are needed."


def test_texts_that_have_nothing_in_common_make_no_themes():
    def word(place):
        return "".join(chr(97 + place // 26**power % 26) for power in range(4)) + "zq"

    outcome, given = found([(str(n), word(n), word(1000 + n)) for n in range(80)])
    assert given == {}
    assert "too little in common" in outcome.missing("en")


def test_themes_that_were_found_leave_nothing_to_explain(first):
    assert first[0].missing() == ""


def test_nothing_personal_becomes_a_word(rows):
    signed = [
        (id, subject, f"{body} Éléonore Vastérival eleonore@example.org 0612345678 B2C", about)
        for id, subject, body, about in rows
    ]
    outcome, _ = found(signed, names=["ELEONORE", "Vastérival"])
    words = {word for theme in outcome.keep for word in (*theme.words, *theme.weights)}
    assert not {w for w in words if "vast" in w or "onore" in w or "example" in w}
    assert all(word.isalpha() for word in words)


def test_a_customer_called_as_a_complaint_hides_no_complaints(rows, first):
    outcome, given = found(rows, names=["Late", "Price", "Retard"])
    assert given == first[1]
    assert outcome.titles == first[0].titles


def named(**themes):
    return replace(RULES, named=themes)


def test_people_rename_a_theme(rows, first):
    slug = slug_of(rows, first[1])["delivery"]
    rules = named(**{slug: NamedTheme("Slow transport", (), None)})
    outcome, given = found(rows, first[0].keep, rules)
    assert outcome.titles[slug] == "Slow transport"
    assert given == first[1]
    assert found(rows, outcome.keep)[0].titles[slug] == "Slow transport"


def test_people_put_two_themes_together(rows, first):
    slugs = slug_of(rows, first[1])
    rules = named(**{slugs["delivery"]: NamedTheme(None, (), slugs["billing"])})
    _, given = found(rows, first[0].keep, rules)
    assert slugs["delivery"] not in set(given.values())
    assert slug_of(rows, given)["delivery"] == slugs["billing"]


def test_people_make_a_theme_by_its_words_even_rare_ones(rows):
    rare = [(f"r{n}", "garden winter", "asbestos dust", None) for n in range(2)]
    rules = named(poison=NamedTheme("Dangerous substances", ("amiante", "asbestos"), None))
    outcome, given = found([*rows, *rare], rules=rules)
    assert outcome.titles["poison"] == "Dangerous substances"
    assert {id for id, theme in given.items() if theme == "poison"} == {"r0", "r1"}


def test_the_cases_most_like_a_theme_are_its_examples(rows):
    engine = engine_with(rows)
    outcome = themes.compute(engine, rules=RULES)
    shown = themes.examples(engine, 2)
    assert shown.groupby("theme").size().to_dict() == dict.fromkeys(outcome.titles, 2)
    all_ = engine.fetch("case_themes")
    for theme, strength in shown.groupby("theme")["strength"].min().items():
        weaker = all_[(all_["theme"] == theme) & ~all_["case_id"].isin(shown["case_id"])]
        assert weaker["strength"].max() <= strength
