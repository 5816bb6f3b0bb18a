from dataclasses import replace
from datetime import date

from suitecrm_bridge.analytics.complaints.process import missing, process
from suitecrm_bridge.catalogue import STEPS, complaint_rules

from .base import CLOSED, answer, at, case, changes, prepared, rows

RULES = complaint_rules()
LEARNT = replace(RULES, path={**RULES.path, "learnt_from": ("Closed_Learnt",)})


def moved(id, *moves):
    return [{**change, "field": "status"} for change in changes(id, *moves)]


def steps(**tables):
    return {row["step"]: row for row in rows(process(prepared(**tables)))}


def test_every_step_is_there_even_when_nothing_is():
    found = steps()
    assert tuple(found) == STEPS
    for row in found.values():
        assert (row["number"], row["reached"], row["share"], row["median"]) == (0, 0, None, None)


def test_each_step_is_timed_in_business_minutes_since_the_one_before():
    found = steps(
        rules=LEARNT,
        case_facts=[case("a", at(2), ("Closed_Learnt", "Closed")), case("b", at(2))],
        case_changes=moved(
            "a",
            (at(2, "12:00"), "Open_Assigned"),
            (at(3), "Open_Pending Input"),
            (at(5), "Closed_Closed"),
            (at(6), "Closed_Learnt"),
        ),
        case_answers=[answer("a", at(4, "11:00"))],
    )
    told = {step: (row["reached"], row["share"], row["median"]) for step, row in found.items()}
    assert told == {
        "received": (2, 1, None),
        "acknowledged": (1, 0.5, 120),
        "investigated": (1, 0.5, 540 - 120),
        "answered": (1, 0.5, 540 + 60),
        "closed": (1, 0.5, 540 - 60),
        "learnt_from": (1, 0.5, 540),
    }


def test_a_step_that_was_left_out_leaves_the_next_one_longer():
    found = steps(case_facts=[case("a", at(2), CLOSED, modified=at(4))])
    assert found["answered"]["reached"] == 0
    assert (found["closed"]["median"], found["closed"]["lasted"]) == (2 * 540, 1)


def test_where_a_case_stands_counts_even_when_nobody_knows_since_when():
    found = steps(case_facts=[case("a", at(2), ("Open_Assigned", "Open"))])
    row = found["acknowledged"]
    assert (row["reached"], row["timed"], row["lasted"], row["median"]) == (1, 0, 0, None)


def test_what_the_data_do_not_tell_is_said():
    engine = prepared(
        case_facts=[
            case("a", at(2), ("Open_Assigned", "Open")),
            case("b", at(2), CLOSED),
            case("c", at(2), CLOSED),
            case("d", at(2), CLOSED),
        ],
        case_changes=[
            *changes("c", (at(3), "Closed"), basis="observed"),
            *changes("d", (at(3), "Closed"), basis="observed"),
        ],
    )
    told = process(engine)
    english, french = missing(engine, told, "en"), missing(engine, told, "fr")
    assert [line.split(",")[0].split(":")[0] for line in english] == [
        "1 complaint has reached the step “acknowledged” at an unknown time.",
        "No status of SuiteCRM's cases stands for the step “learnt from”",
        "2 resolutions are known only as the bridge saw them change between two reads",
        "1 resolution is dated by the last change of the closed case",
    ]
    assert len(french) == 4
    assert french[0].startswith("1 réclamation a atteint l'étape «\u00a0accusé de réception\u00a0»")


def test_nothing_is_said_to_lack_where_all_is_known():
    engine = prepared(
        rules=LEARNT,
        case_facts=[case("a", at(2), CLOSED)],
        case_changes=changes("a", (at(3), "Closed")),
    )
    assert missing(engine, process(engine), rules=LEARNT) == []


def test_only_complaints_of_the_days_asked_for_have_a_path():
    engine = prepared(
        case_facts=[case("a", at(2), CLOSED), case("b", at(3), CLOSED), case("c", at(4), CLOSED)]
    )
    found = process(engine, since=date(2026, 3, 3), until=date(2026, 3, 3))
    assert rows(found)[0]["number"] == 1
    assert missing(engine, found, "en")[-1].startswith("1 resolution is dated")
