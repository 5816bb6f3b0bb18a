"""What to do next, over whole demo bases: one action each, and lists that agree."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from truths_base import mirrored

from suitecrm_bridge.catalogue import ENTITY_MODULES, LANGUAGES, LEAVING, catalogue
from suitecrm_bridge.errors import CatalogueError
from suitecrm_bridge.i18n import amount, day, percent
from suitecrm_bridge.insights import actions as counts
from suitecrm_bridge.insights import customers as asked
from suitecrm_bridge.insights.portfolio import retention
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.sandbox.demo import truths
from tests.places import examples, places

DAY = date(2026, 3, 8)
BASES = {1: 300, 2: 250, 3: 220}
"""Customers by seed."""


@pytest.fixture(scope="module", params=places(list(BASES)))
def base(request, tmp_path_factory):
    """A scored demo base, with its arguments."""
    with ExitStack() as stack:
        home = tmp_path_factory.mktemp("base")
        seed = request.param
        context = stack.enter_context(mirrored(home, BASES[seed], seed, DAY))
        score(context, Summary(), DAY)
        yield context, (BASES[seed], seed)


def rows(context, columns, entity="contacts", where="true"):
    return context.mirror.connection.execute(
        f"SELECT {columns} FROM scores_{entity} s WHERE {where} ORDER BY customer_id"
    ).fetchall()


def everybody(context, columns, where="true"):
    return [row for entity in ENTITY_MODULES for row in rows(context, columns, entity, where)]


def test_every_customer_has_exactly_one_action_with_a_reason_in_both_languages(base):
    context, (customers, _) = base
    found = rows(context, "next_action, next_action_reason_en, next_action_reason_fr")
    assert len(found) == customers
    assert {action for action, *_ in found} <= set(catalogue().dropdowns["next_action"])
    assert not [said for _, *both in found for said in both if not said or "{" in said]


def test_the_win_back_list_begins_with_the_leaving_good_customer_who_was_planted(base):
    context, arguments = base
    (planted,) = truths(*arguments, DAY).leaving
    found = asked.customers(context.mirror, "contacts", context.lang, action="win_back").frame
    assert found["customer_id"].iloc[0] == planted
    assert found["rfm_segment"].iloc[0] == "loyal"
    assert found["churn_risk"].iloc[0] == "high"


def test_nobody_at_high_risk_or_lost_is_thanked(base):
    context, _ = base
    found = everybody(context, "next_action, churn_risk, standing")
    assert any(risk == "high" for _, risk, _ in found)
    thanked = [row for row in found if row[0] == "thank"]
    assert thanked
    assert not [row for row in thanked if row[1] == "high" or row[2] in LEAVING]


def serious(context, entity):
    """Who has an open complaint that is serious, told from the cases themselves."""
    found = context.mirror.connection.execute(
        f"SELECT DISTINCT f.customer_id FROM complaint_facts_{entity} f"
        " JOIN cases c ON c.id = f.case_id LEFT JOIN scores_cases s ON s.case_id = c.id"
        " WHERE c.state = 'Open' AND (c.priority = 'P1' OR s.sla_breached)"
    )
    return {customer for (customer,) in found.fetchall()}


def test_nobody_with_a_serious_complaint_gets_an_offer(base):
    context, _ = base
    concerned = 0
    for entity in ENTITY_MODULES:
        having = serious(context, entity)
        found = rows(context, "customer_id, next_action, next_offer, value_reason_en", entity)
        own = [row[1:] for row in found if row[0] in having]
        concerned += len(own)
        assert not [row for row in own if row[0] != "apologise" or row[1] is not None]
        assert not [said for *_, said in own if "offer" in (said or "").lower()]
    assert concerned


def test_the_sums_of_the_lists_are_the_counts_shown(base, tmp_path):
    context, (customers, _) = base
    for entity in ENTITY_MODULES:
        total = len(rows(context, "1", entity))
        counted = counts.actions(context.mirror, entity).frame
        assert counted["customers"].sum() == total
        for action, count, stake in counted[["action", "customers", "value_at_stake"]].to_numpy():
            listed = asked.customers(context.mirror, entity, context.lang, action=action).frame
            assert len(listed) == count
            assert sum(filter(None, listed["value_at_stake"]), Decimal(0)) == stake
    files = report(context, ["json"], tmp_path)
    told = json.loads(files[0].read_text(encoding="utf-8"))["entities"]["contacts"]
    assert sum(one["customers"] for one in told["actions"]) == customers
    assert sum(one["customers"] for one in told["leaving"]) == customers


def test_at_risk_or_lost_is_one_count_everywhere(base, tmp_path):
    context, _ = base
    (file,) = report(context, ["json"], tmp_path)
    told = json.loads(file.read_text(encoding="utf-8"))["entities"]
    for entity in ENTITY_MODULES:
        words = ", ".join(f"'{word}'" for word in LEAVING)
        stored = len(rows(context, "1", entity, f"standing IN ({words})"))
        # As the dashlet asks SuiteCRM.
        condition = "lifecycle IN ('lapsed', 'at_risk') OR churn_risk IN ('high')"
        assert len(rows(context, "1", entity, condition)) == stored
        table = counts.leaving(context.mirror, entity).frame
        assert table.loc[table["standing"].isin(LEAVING), "customers"].sum() == stored
        assert told[entity]["key_figures"]["leaving"] == stored


def test_who_has_lapsed_is_who_was_lost_and_not_won_back(base):
    context, _ = base
    for entity in ENTITY_MODULES:
        lapsed = len(rows(context, "1", entity, "lifecycle = 'lapsed'"))
        assert len(rows(context, "1", entity, "standing = 'lost'")) == lapsed > 0
        found = retention(context.mirror, context.choices, entity)
        assert found.by_cohort["lost"].sum() == lapsed
        months = found.by_month
        assert (months["lost"] - months["won_back"]).sum() == lapsed


def test_nobody_who_has_lapsed_is_expected_on_a_day(base):
    context, _ = base
    assert rows(context, "1", "contacts", "lifecycle = 'lapsed'")
    assert rows(context, "1", "contacts", "next_purchase IS NOT NULL")
    for entity in ENTITY_MODULES:
        assert not rows(context, "1", entity, "lifecycle = 'lapsed' AND next_purchase IS NOT NULL")


@pytest.mark.parametrize("action", ["call_now", "win_back", "thank"])
def test_a_list_of_an_action_comes_by_the_value_at_stake(base, action):
    context, _ = base
    stakes = (
        asked.customers(context.mirror, "contacts", context.lang, action=action)
        .frame["value_at_stake"]
        .to_list()
    )
    assert stakes == sorted(stakes, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figures_in_a_sentence_are_those_beside_it(base, lang):
    context, _ = base
    found = everybody(
        context,
        f"value_at_stake, kept_value, last_purchase, expected_by, next_action_reason_{lang},"
        f" alive_probability, value_reason_{lang}",
        "action_rule IN ('gone', 'leaving')",
    )
    assert found
    for stake, kept, last, expected, said, alive, value in found:
        for figure in (stake, kept):
            assert amount(int(figure * 100), lang) in said
        assert day(last, lang) in said
        assert day(expected, lang) in said
        if alive is not None:
            assert percent(alive, lang) in value


def test_nobody_of_whom_the_reason_says_that_there_is_little_to_lose_has_much_at_stake(base):
    context, _ = base
    found = everybody(context, "value_at_stake", "action_rule IN ('rest', 'second_purchase')")
    assert found
    assert all((stake or 0) < 25 for (stake,) in found)


def test_a_due_day_lies_ahead_where_the_action_is_new(base):
    context, _ = base
    due = everybody(context, "next_action_due, next_action")
    assert all(until > DAY for until, action in due if until is not None and action != "apologise")
    assert all(until is None for until, action in due if action == "leave_alone")


def test_potential_in_words_adds_up_to_the_field(base):
    context, _ = base
    for score_, said in everybody(context, "potential_score, value_reason_en"):
        if score_ is not None:
            shares = re.search(r"Potential[^.]*: ([^.]*)\.", said)
            assert shares
            assert sum(map(int, re.findall(r"(\d+)(?:,|$)", shares[1]))) == score_


def score_anew(context):
    """Score as the next run does, which reads the rules again."""
    vars(context).pop("rules", None)
    score(context, Summary(), DAY)


@pytest.mark.story
def test_a_rule_of_the_installation_is_used_and_a_broken_one_stops_the_scoring(base):
    context, _ = base
    file = context.settings.home / "actions.toml"
    before = rows(context, "customer_id, next_action")
    try:
        file.write_text(
            '[rules.mine]\naction = "call_now"\nsegments = ["champions"]\n'
            'say = { en = "Mine {last}", fr = "À moi {last}" }\n',
            encoding="utf-8",
        )
        score_anew(context)
        found = rows(context, "rfm_segment, action_rule, next_action_reason_fr")
        champions = [row for row in found if row[0] == "champions"]
        assert champions
        assert {rule for _, rule, _ in champions} == {"mine"}
        assert all(said.startswith("À moi ") for *_, said in champions)
        file.write_text('[rules.mine]\naction = "nothing"\n', encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"line 1.*action is 'nothing'; allowed are"):
            score_anew(context)
    finally:
        file.unlink()
        score_anew(context)
    assert rows(context, "customer_id, next_action") == before


@pytest.mark.story
def test_the_next_night_moves_no_due_day_of_an_action_that_suitecrm_holds(base):
    context, _ = base
    context.mirror.connection.execute(
        "UPDATE contacts SET next_action_c = s.next_action, next_action_due_c = s.next_action_due"
        " FROM scores_contacts s WHERE s.customer_id = contacts.id"
    )
    held = dict(rows(context, "customer_id, (next_action, next_action_due)"))
    score(context, Summary(), DAY + timedelta(days=1))
    found = dict(rows(context, "customer_id, (next_action, next_action_due)"))
    same = [who for who in held if held[who][0] == found[who][0]]
    assert len(same) > len(held) / 2
    assert [who for who in same if held[who] != found[who]] == []


@pytest.mark.story
@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(customers=st.integers(0, 120), seed=st.integers(0, 100_000))
@example(customers=0, seed=1)
@example(customers=1, seed=1)
def test_the_promises_hold_in_any_base(customers, seed):
    with TemporaryDirectory() as home, mirrored(Path(home), customers, seed, DAY) as context:
        score_anew(context)
        found = everybody(context, "next_action, churn_risk, standing, next_offer")
        assert len(rows(context, "next_action")) == customers
        assert {action for action, *_ in found} <= set(catalogue().dropdowns["next_action"])
        assert not [
            row for row in found if row[0] == "thank" and (row[1] == "high" or row[2] in LEAVING)
        ]
        for entity in ENTITY_MODULES:
            having = serious(context, entity)
            selling = rows(
                context,
                "customer_id",
                entity,
                "next_action IN ('offer', 'develop') OR next_offer IS NOT NULL",
            )
            assert not having & {customer for (customer,) in selling}
            counted = counts.actions(context.mirror, entity).frame["customers"].sum()
            assert counted == counts.leaving(context.mirror, entity).frame["customers"].sum()
            assert counted == len(rows(context, "1", entity))
