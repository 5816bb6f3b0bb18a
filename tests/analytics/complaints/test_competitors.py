from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics.complaints import competitors
from suitecrm_bridge.analytics.complaints.mentions import Names
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.catalogue import CompetitorRules

from .base import AS_OF, at, case, prepared, rows

DAY = to_day(date(2026, 3, 2))
RULES = CompetitorRules({"Cuistopro": ("Cuisto Pro",), "Dupont & Fils": ()}, 2, frozenset({"?"}))


def written(record, text="", source="case", field="", **values):
    own = {"case": "", "opportunity": ""} | ({source: record} if source != "note" else {})
    return {
        "source": source,
        "record_id": record,
        "case_id": own["case"],
        "opportunity_id": own["opportunity"],
        "day": DAY,
        "field": field,
        "text": text,
    } | values


def watched(*texts, rules=RULES, opportunities=(), **tables):
    engine = prepared(**tables)
    kinds = {name: "Int64" if name == "day" else "string" for name in written("")}
    engine.table("competitor_texts", pd.DataFrame(list(texts), columns=list(kinds)).astype(kinds))
    affairs = pd.DataFrame(list(opportunities), columns=["opportunity_id", "stage", "cents"])
    types = {"opportunity_id": "string", "stage": "string", "cents": "Int64"}
    engine.table("opportunity_facts", affairs.astype(types))
    competitors.compute(engine, AS_OF, rules)
    return engine


def named(*texts, rules=RULES):
    found = rows(watched(*texts, rules=rules).fetch("competitor_mentions"))
    return sorted((row["record_id"], row["competitor"]) for row in found)


@pytest.mark.parametrize(
    "text",
    [
        "Chez Cuistopro, jamais.",
        "CUISTOPRO!",
        "cuisto-pro",
        "Cuisto\nPro",
        "(Cuïstopro)",
        "<p>Cuistopro&nbsp;</p>",
        "Cuistopro's price",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    assert Names(RULES.names).found(text) == {"Cuistopro"}


@pytest.mark.parametrize("text", ["Cuistopros", "MonCuistopro", "Cuistopro_2", "Cuisto", ""])
def test_a_part_of_a_word_is_no_name(text):
    assert Names(RULES.names).found(text) == set()


@pytest.mark.parametrize(
    "text",
    ["Dupont & Fils", "Dupont et fils", "dupont AND fils", "Dupont-Fils", "Dupont &amp; Fils"],
)
def test_an_ampersand_is_and_in_both_languages(text):
    assert Names(RULES.names).found(text) == {"Dupont & Fils"}


def test_signs_of_regular_expressions_in_a_name_are_only_signs():
    names = Names({"A.B (x)*": (), "[C+D]": ()})
    assert names.found("bei A.B (x)* und C+D") == {"A.B (x)*", "[C+D]"}
    assert names.found("AxB x, CCD") == set()


def test_of_two_names_that_begin_alike_the_longer_one_is_found():
    assert Names({"Pro": (), "Pro Chef": ()}).found("bei Pro Chef") == {"Pro Chef"}


def test_no_names_find_nothing():
    assert Names({}).found("anything") == set()


def test_cases_notes_and_opportunities_are_read():
    texts = [
        written("c", "Cuistopro"),
        written("n", "Cuistopro", "note"),
        written("o", "Cuistopro", "opportunity"),
    ]
    engine = watched(*texts, opportunities=[("o", "Closed Lost", 500)])
    row = rows(competitors.summary(engine))[0]
    assert [row[name] for name in ("records", "cases", "notes", "opportunities")] == [3, 1, 1, 1]
    assert (row["first"], row["last"]) == (date(2026, 3, 2), date(2026, 3, 2))


def test_a_record_that_names_a_competitor_twice_counts_once():
    assert named(written("c", "Cuistopro, cuisto pro", field="Cuistopro")) == [("c", "Cuistopro")]


def test_texts_of_later_days_do_not_exist_yet():
    assert named(written("c", "Cuistopro", day=to_day(AS_OF) + 1)) == []


def test_what_people_entered_counts_under_its_known_name():
    assert named(written("c", field="CUISTO PRO")) == [("c", "Cuistopro")]


def test_a_name_that_nobody_listed_counts_where_it_was_entered():
    texts = [written("a", field="Larderie"), written("b", "Larderie says")]
    assert named(*texts) == [("a", "Larderie")]


def test_a_name_entered_often_enough_is_looked_for_in_texts_in_its_commonest_spelling():
    texts = [written(str(n), field="Larderie") for n in range(2)]
    texts += [written("x", field="LARDERIE"), written("o", "chez Larderie", "opportunity")]
    assert named(*texts) == [(id, "Larderie") for id in ("0", "1", "o", "x")]


@pytest.mark.parametrize("field", ["?", "-", "x", "a remark " * 10])
def test_what_is_no_name_is_none(field):
    assert named(written("a", field=field), written("b", field=field)) == []


def test_opportunities_are_won_lost_or_open_each_once_with_their_amounts():
    texts = [
        written("won", "Cuistopro", "opportunity"),
        written("lost", "Cuistopro", "opportunity"),
        written("note", "Cuistopro", "note", opportunity_id="lost"),
        written("other", "Cuistopro", "note", opportunity_id="open"),
    ]
    affairs = [("won", "Closed Won", 100), ("lost", "Closed Lost", 70), ("open", "Prospecting", 5)]
    row = rows(competitors.summary(watched(*texts, opportunities=affairs)))[0]
    assert [row[name] for name in ("won", "lost", "open")] == [1, 1, 1]
    assert [row[f"{name}_cents"] for name in ("won", "lost", "open")] == [100, 70, 5]


def test_what_complaints_that_name_a_competitor_are_about_is_told():
    engine = watched(
        *(written(id, "Cuistopro") for id in "ab"),
        written("note", "Cuistopro", "note", case_id="a"),
        case_facts=[
            case("a", at(2), product="pan", cause="price"),
            case("b", at(2), cause="price"),
        ],
        case_themes=[{"case_id": "a", "theme": "too-dear"}],
    )
    found = {
        (row["dimension"], row["value"]): row["number"]
        for row in rows(competitors.about(engine, themes=True))
    }
    assert found == {("cause", "price"): 2, ("product", "pan"): 1, ("theme", "too-dear"): 1}
    assert rows(competitors.summary(engine))[0]["complaints"] == 2
    assert "theme" not in set(competitors.about(engine)["dimension"])


def test_mentions_are_counted_by_month():
    engine = watched(
        written("a", "Cuistopro"), written("b", "Cuistopro", day=to_day(date(2026, 1, 31)))
    )
    assert [(row["month"], row["number"]) for row in rows(competitors.by_month(engine))] == [
        (date(2026, 1, 1), 1),
        (date(2026, 3, 1), 1),
    ]


def test_the_competitor_named_most_stands_first():
    engine = watched(
        written("a", "Dupont & Fils"), written("b", "Cuistopro"), written("c", "Cuistopro")
    )
    assert list(competitors.summary(engine)["competitor"]) == ["Cuistopro", "Dupont & Fils"]
