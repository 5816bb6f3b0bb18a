"""What customers wish for is told by their words, and so is who gives ideas."""

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import wishes
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.reasons.ideas import idea_reasons
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import CatalogueError
from tests.analytics.frames import engine_of

AS_OF = to_date(20_000)
COLUMNS = {"wish_facts": ["customer_id", "record_id", "source", "day", "text"]}
TEXTS = {"customer_id", "record_id", "source", "text"}
RULES = Rules().wishes
SEEDS, PEOPLE = 10, 60
IDEAS = (
    "il serait bien d avoir une livraison le samedi",
    "i would suggest spare parts in a kit",
    "pourriez vous ajouter une taille",
    "it would help if invoices named the order",
)
OTHERS = (
    "le colis est arrive casse et la facture est fausse",
    "the price was too high and nobody called back",
    "please deliver on monday",
    "merci pour votre reponse rapide",
    "rappeler lundi pour le paiement",
)


def mentions(rows):
    written = [(who, f"r{n}", of, day, f" {said} ") for n, (who, of, day, said) in enumerate(rows)]
    engine = engine_of(COLUMNS, TEXTS, {"wish_facts": written})
    themes = {key: theme.words for key, theme in RULES.themes.items()}
    wishes.compute(engine, AS_OF, RULES.ideas, RULES.wants, themes)
    return engine.fetch("wish_mentions")


def themes(*rows):
    people = [("ann", "champions", 900), ("bob", "lost", None)]
    customers = pd.DataFrame(people, columns=["customer_id", "segment", "worth_cents"])
    customers["worth_cents"] = customers["worth_cents"].astype("Int64")
    return wishes.by_theme(mentions(rows), customers).to_dict("records")


def test_a_survey_says_what_is_wanted_and_a_case_only_where_it_says_so():
    told = themes(
        ("ann", "survey", 19_900, "faster delivery"),
        ("ann", "case", 19_900, "the delivery was late"),
        ("bob", "note", 19_900, "souhaite une livraison le soir"),
    )
    assert [(row["theme"], row["segment"], row["texts"]) for row in told] == [
        ("delivery", "champions", 1),
        ("delivery", "lost", 1),
    ]
    assert told[0]["theme_texts"] == 2


def test_the_most_frequent_theme_comes_first_and_of_equals_the_one_with_more_behind_it():
    twice = [("bob", "survey", 19_900, "cheaper"), ("bob", "survey", 19_901, "prix")]
    once = [("bob", "survey", 19_900, "quality"), ("ann", "survey", 19_900, "advice")]
    told = themes(*once, *twice)
    assert [row["theme"] for row in told] == ["price", "advice", "quality"]
    assert [row["worth_cents"] for row in told] == [0, 900, 0]


def test_a_word_holds_at_the_beginning_of_a_word_only():
    assert themes(("ann", "survey", 19_900, "recherche")) == []


@pytest.mark.parametrize("day", [20_001, 20_000 - 730])
def test_what_is_yet_to_come_or_older_than_two_years_says_nothing(day):
    assert themes(("ann", "survey", day, "faster delivery")) == []


def test_who_gives_ideas_is_told_with_what_they_are_about():
    found = wishes.givers(mentions([("ann", "note", 19_900, IDEAS[0]), ("bob", "case", 1, "ok")]))
    assert found[["customer_id", "ideas", "themes"]].to_numpy().tolist() == [["ann", 1, "delivery"]]
    said = idea_reasons(found, RULES)["fr"].iloc[0]
    assert said.startswith("A donné 1 idée d'amélioration")
    assert said.endswith("Livraison.")


@pytest.fixture(scope="module")
def found():
    """Over many bases: who gave an idea, among people who wrote of other things."""
    bases = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        rows = [
            (f"p{n}", "case", 19_500 + n, OTHERS[one])
            for n in range(PEOPLE)
            for one in rng.integers(0, len(OTHERS), 3)
        ]
        rows += [(f"p{n}", "note", 19_800, IDEAS[rng.integers(0, len(IDEAS))]) for n in range(5)]
        bases.append(set(wishes.givers(mentions(rows))["customer_id"]))
    return bases


def test_everybody_who_gave_an_idea_is_found_and_nobody_else(found):
    assert all(one == {f"p{n}" for n in range(5)} for one in found)


def test_an_installation_adds_a_theme_and_its_own_words(tmp_path):
    own = tmp_path / "wishes.toml"
    own.write_text('[themes.colour]\ntitle = { en = "A", fr = "B" }\nwords = ["Bleu!"]\n', "utf-8")
    assert Rules(tmp_path).wishes.themes["colour"].words == ("bleu",)
    own.write_text('[themes.ideas]\ntitle = { en = "A", fr = "B" }\nwords = ["x"]\n', "utf-8")
    with pytest.raises(CatalogueError, match="no theme"):
        _ = Rules(tmp_path).wishes
