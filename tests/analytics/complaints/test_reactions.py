import pandas as pd
import pytest

from suitecrm_bridge.analytics.complaints import reactions
from suitecrm_bridge.analytics.complaints.calendar import Calendar
from suitecrm_bridge.analytics.complaints.first_words import LONGEST_TITLE, title_of, words_of
from suitecrm_bridge.catalogue import Reaction, Reactions, Translated
from tests.analytics.complaints.base import AS_OF, CLOSED, answer, at, case, prepared, stood

CUSTOMER = {
    "entity": "contacts",
    "customer_id": "ann",
    "name": "Ann Lee",
    "owner": "max",
    "segment": "champions",
    "lifecycle": "active",
    "churn_risk": "low",
    "purchases": 4,
    "total_cents": 123_456,
    "last_day": 20_500,
    "clv_cents": 50_000,
}
NUMBERS = ("purchases", "total_cents", "last_day", "clv_cents")


def rule(key="r", alarms=(), **given):
    words = {n: given.pop(n) for n in list(given) if n.endswith("s") and n != "complaints"}
    within = words.pop("within_days", 0)
    plain = (
        Translated.of(en="{value}", fr="{value}")
        if alarms
        else Translated.of(en="{customer}: x", fr="{customer}")
    )
    return Reaction(
        key=key,
        words=words,
        unanswered=given.get("unanswered", False),
        complaints=given.get("complaints", 0),
        within_days=within,
        alarms=tuple(alarms),
        to="case",
        due=60,
        priority="High",
        title=plain,
        say=Translated.of(en="Call.", fr="Appelez."),
    )


def ready(
    cases, *rules, customers=(CUSTOMER,), of=None, accounts=(), answers=(), stands=(), days=60
):
    rules = Reactions(tuple(rules), days, 30)
    engine = prepared(case_facts=cases, case_answers=list(answers), case_statuses=list(stands))
    of = of if of is not None else {c["case_id"]: "ann" for c in cases}
    for name, pairs in (("contacts", of.items()), ("accounts", dict(accounts).items())):
        frame = pd.DataFrame(pairs, columns=["case_id", "customer_id"], dtype="string")
        engine.table(f"case_customers_{name}", frame)
    kinds = {n: "Int64" if n in NUMBERS else "string" for n in CUSTOMER}
    table = pd.DataFrame(list(customers), columns=list(CUSTOMER)).astype(kinds)
    engine.table("reaction_customers", table)
    subjects = [{"case_id": c["case_id"], "number": "7", "subject": "Broken"} for c in cases]
    engine.table("reaction_subjects", pd.DataFrame(subjects, dtype="string"))
    reactions.prepare(engine, rules, AS_OF, Calendar())
    return engine, rules


def fired(*given, **options):
    return reactions.of_cases(*ready(*given, **options))


def cases_of(found):
    return [row["case_id"] for _, row in found]


@pytest.mark.parametrize(
    ("conditions", "fires"),
    [
        ({"segments": ("champions", "loyal")}, True),
        ({"segments": ("loyal",)}, False),
        ({"lifecycles": ("active",), "churn_risks": ("high",)}, False),
        ({"churn_risks": ("low",), "priorities": ("P2",)}, True),
        ({"priorities": ("P1",)}, False),
    ],
)
def test_a_rule_fires_when_all_of_its_conditions_hold(conditions, fires):
    assert bool(fired([case("a", at(30))], rule(**conditions))) is fires


def test_closed_and_old_complaints_want_no_task():
    cases = [case("closed", at(30), CLOSED), case("old", at(20)), case("new", at(30))]
    assert cases_of(fired(cases, rule(priorities=("P2",)), days=7)) == ["new"]


def test_a_complaint_of_nobody_that_is_known_meets_no_condition_about_customers():
    cases = [case("a", at(30))]
    assert fired(cases, rule(segments=("champions",)), of={}) == []
    assert cases_of(fired(cases, rule(priorities=("P2",)), of={})) == ["a"]


def test_the_customer_is_the_account_where_only_that_has_bought():
    nobody = {**CUSTOMER, "purchases": 0, "segment": "prospect"}
    firm = {**CUSTOMER, "entity": "accounts", "customer_id": "firm", "segment": "loyal"}
    ((_, row),) = fired(
        [case("a", at(30))],
        rule(segments=("loyal",)),
        customers=(nobody, firm),
        accounts={"a": "firm"},
    )
    assert (row["customer_id"], row["contact_id"]) == ("firm", "ann")


def test_an_unanswered_complaint_wants_a_task_from_the_first_minute_past_its_target():
    # P2 has 480 business minutes: nine hours a day, from Monday 10:00 to Monday 18:00.
    ((_, row),) = fired([case("a", at(30))], rule(unanswered=True))
    assert row["since"] == at(31, "09:01")


WAITS = "Open_Pending Input"


@pytest.mark.parametrize(
    ("stands", "since"),
    [
        ([(at(30), WAITS), (at(30, "12:00"), "Open_New")], at(31, "11:01")),
        (
            [
                (at(30, "17:30"), WAITS),
                (at(31, "09:30"), "Open_New"),
                (at(31, "09:40"), WAITS),
                (at(31, "10:00"), "Open_New"),
            ],
            at(31, "10:21"),
        ),
        # Late before it waits, and two waits of which the first moves the target into the second.
        ([(at(31, "09:30"), WAITS)], at(31, "09:01")),
        (
            [
                (at(30, "17:50"), WAITS),
                (at(31, "09:05"), "Open_New"),
                (at(31, "09:10"), WAITS),
                (at(31, "12:00"), "Open_New"),
            ],
            at(31, "12:06"),
        ),
    ],
)
def test_waiting_for_the_customer_moves_the_target_of_an_answer(stands, since):
    found = stood("a", (at(30), "Open_New"), *stands)
    ((_, row),) = fired([case("a", at(30))], rule(unanswered=True), stands=found)
    assert row["since"] == since


def test_a_complaint_that_waits_for_the_customer_wants_no_answer_yet():
    found = stood("a", (at(30), "Open_New"), (at(30, "12:00"), WAITS))
    assert fired([case("a", at(30))], rule(unanswered=True), stands=found) == []


def test_an_answer_or_a_target_still_ahead_wants_no_task():
    answered = [answer("a", at(31, "12:00"))]
    assert fired([case("a", at(30))], rule(unanswered=True), answers=answered) == []
    assert fired([case("a", at(31, "12:00"))], rule(unanswered=True)) == []


def test_the_third_complaint_within_so_many_days_fires_and_one_before_them_does_not_count():
    third = rule(complaints=3, within_days=20)
    early, middle, late = case("a", at(11)), case("b", at(20)), case("c", at(30))
    assert cases_of(fired([early, middle, late], third)) == ["c"]
    assert fired([case("a", at(10)), middle, late], third) == []


def test_others_complaints_do_not_count():
    cases = [case(id, at(28 + place)) for place, id in enumerate("abc")]
    of = {"a": "bob", "b": "ann", "c": "ann"}
    assert fired(cases, rule(complaints=3, within_days=20), of=of) == []


def test_tasks_come_in_the_order_of_the_rules_the_latest_complaint_first():
    cases = [case("a", at(29)), case("b", at(30))]
    found = fired(cases, rule("x", priorities=("P2",)), rule("y", segments=("champions",)))
    assert [(r.key, row["case_id"]) for r, row in found] == [
        ("x", "b"),
        ("x", "a"),
        ("y", "b"),
        ("y", "a"),
    ]


def alarmed(*rules, names=None, value="pump"):
    cases = [case("a", at(25), owner="max"), case("b", at(26), owner="max"), case("c", at(27))]
    engine, rules = ready(cases, *rules)
    alarm = {
        "dimension": "product",
        "value": value,
        "since_day": 20_537,
        "number": 3,
        "expected": 0.42,
        "z": 4.25,
        "chance": 0.001,
    }
    engine.table("complaint_alarms", pd.DataFrame([alarm]))
    own = [{"dimension": "product", "value": value, "case_id": id} for id in "abc"]
    engine.table("alarm_cases", pd.DataFrame(own, dtype="string"))
    return reactions.of_alarms(engine, rules, names or {})


def test_an_alarm_wants_one_task_about_its_latest_case_for_whoever_has_most_of_them():
    ((found, row),) = alarmed(rule(alarms=("product", "theme")), rule(alarms=("country",)))
    assert (row["case_id"], row["owner"]) == ("c", "max")
    assert reactions.key_of(found, row) == ("r product pump 20537", "product pump")


def test_the_task_of_an_alarm_tells_what_since_when_and_how_sure():
    ((found, row),) = alarmed(rule(alarms=("product",)), names={"product": {"pump": "Pompe"}})
    assert title_of(found, row, "en") == "Pompe"
    said = words_of(found, row, "fr")
    for words in ("Produit Pompe\u00a0: 3 réclamations", "0,4 attendues", "4,2 sigmas"):
        assert words in said


def test_the_task_of_a_complaint_tells_its_customers_value_and_history():
    ((found, row),) = fired([case("a", at(30))], rule(segments=("champions",)))
    said = words_of(found, row, "en").splitlines()
    assert said[:2] == ["What to say first:", "Call."]
    assert said[3] == "Case 7 of 2026-03-30, priority P2: Broken"
    assert "Segment: Champions" in said[4]
    assert "1,234.56 in all" in said[5]
    assert said[6:] == [
        "Expected over the next 12 months: 500.00.",
        "History: this is the first complaint.",
    ]


def test_a_long_name_is_cut_and_not_what_follows_it():
    long = {**CUSTOMER, "name": "Entreprise " * 8}
    ((found, row),) = fired([case("a", at(30))], rule(segments=("champions",)), customers=(long,))
    title = title_of(found, row, "en")
    assert (len(title) <= LONGEST_TITLE, title.endswith("…: x")) == (True, True)
