import re
from dataclasses import replace
from itertools import product

import pytest

from suitecrm_bridge.catalogue import LANGUAGES, SCORES, action_rules, catalogue
from suitecrm_bridge.catalogue.model import COLUMN_TYPE

CUSTOMER_FIELDS_OF_THE_BRIDGE = {
    "rfm_segment_c",
    "rfm_score_c",
    "rfm_recency_c",
    "rfm_frequency_c",
    "rfm_monetary_c",
    "rfm_reason_c",
    "lifecycle_c",
    "first_purchase_c",
    "last_purchase_c",
    "purchase_count_c",
    "purchase_total_c",
    "average_purchase_c",
    "next_purchase_c",
    "alive_probability_c",
    "clv_c",
    "churn_risk_c",
    "potential_score_c",
    "margin_c",
    "cost_to_serve_c",
    "wallet_share_c",
    "satisfaction_c",
    "complaint_count_c",
    "complaint_open_c",
    "last_complaint_c",
    "resolution_days_c",
    "programme_c",
    "programme_step_c",
    "programme_since_c",
    "programme_reason_c",
    "programme_code_c",
    "next_offer_c",
    "review_flag_c",
    "review_reason_c",
    "scored_at_c",
    "profit_c",
    "value_reason_c",
    "next_action_c",
    "next_action_reason_c",
    "next_action_due_c",
    "value_at_stake_c",
    "standing_c",
    "preferred_channel_c",
    "best_moment_c",
    "relation_reason_c",
    "engagement_c",
    "next_need_c",
    "next_need_due_c",
    "price_rise_c",
    "ideas_c",
}
CASE_FIELDS_OF_PEOPLE = {
    "complaint_c",
    "complaint_product_c",
    "complaint_cause_c",
    "complaint_channel_c",
    "competitor_c",
}
CASE_FIELDS_OF_THE_BRIDGE = {
    "first_response_hours_c",
    "resolution_hours_c",
    "waiting_hours_c",
    "sla_breached_c",
    "promised_by_c",
    "complaint_theme_c",
    "customer_segment_c",
}
RESERVED_BY_SUITECRM = 30
"""Longest column name that Studio creates."""


def names(module, writer):
    return {field.name for field in catalogue().fields_of(module, writer)}


@pytest.mark.parametrize("module", ["Contacts", "Accounts"])
def test_contacts_and_accounts_have_the_same_fields(module):
    assert names(module, "bridge") == CUSTOMER_FIELDS_OF_THE_BRIDGE
    assert names(module, "people") == {"wallet_estimate_c", "fraud_c", "no_profiling_c"}


def test_leads_have_a_score_and_say_who_they_are_won_from():
    assert names("Leads", "bridge") == {"lead_score_c", "lead_value_c", "lead_reason_c"}
    assert names("Leads", "people") == {"competitor_c", "no_profiling_c"}
    assert names("Opportunities", None) == {"competitor_c"}


def test_cases_have_their_own_fields():
    assert names("Cases", "bridge") == CASE_FIELDS_OF_THE_BRIDGE
    assert names("Cases", "people") == CASE_FIELDS_OF_PEOPLE


def test_no_other_module_has_fields_of_the_bridge():
    modules = {module for field in catalogue().fields.values() for module in field.modules}
    assert modules == {"Contacts", "Accounts", "Cases", "Leads", "Opportunities"}


def test_a_field_name_is_short_enough_for_studio():
    assert max(map(len, catalogue().fields)) <= RESERVED_BY_SUITECRM


def test_money_keeps_cents_and_has_room_for_a_large_company():
    for name in ("purchase_total_c", "average_purchase_c", "clv_c", "margin_c", "cost_to_serve_c"):
        field = catalogue().fields[name]
        assert (field.type, field.digits, field.scale) == ("decimal", 18, 2)


def test_no_two_fields_of_a_module_share_a_label():
    for module, lang in product(catalogue().modules, LANGUAGES):
        labels = [field.label[lang] for field in catalogue().fields_of(module)]
        assert len(labels) == len(set(labels)), (module, lang)


def test_a_help_text_is_a_sentence():
    for field in catalogue().fields.values():
        for lang in LANGUAGES:
            assert field.help[lang].endswith("."), field.name


def test_each_of_the_25_cells_belongs_to_one_segment():
    cells = [cell for segment in catalogue().segments.values() for cell in segment.cells]
    assert sorted(cells) == sorted(product(SCORES, SCORES))
    assert set(catalogue().segment_of_cell) == set(cells)


@pytest.mark.parametrize(
    ("cell", "segment"),
    [
        ((5, 5), "champions"),
        ((1, 1), "lost"),
        ((5, 1), "new"),
        ((1, 5), "cannot_lose_them"),
        ((3, 3), "need_attention"),
    ],
)
def test_a_well_known_cell_belongs_to_its_segment(cell, segment):
    assert catalogue().segment_of_cell[cell] == segment


def test_one_segment_holds_those_who_never_bought():
    conditions = {s.when: s.key for s in catalogue().segments.values() if s.when}
    assert conditions == {"no_purchase": "prospect"}


def test_a_segment_has_cells_or_a_condition_but_not_both():
    assert all(bool(s.cells) != bool(s.when) for s in catalogue().segments.values())


def test_segments_differ_in_colour_and_label():
    segments = catalogue().segments.values()
    for values in (
        [s.colour for s in segments],
        [s.label["en"] for s in segments],
        [s.label["fr"] for s in segments],
    ):
        assert len(values) == len(set(values))


def test_the_dropdown_of_segments_has_the_segments_labels():
    expected = {key: segment.label for key, segment in catalogue().segments.items()}
    assert catalogue().dropdowns["segment"] == expected


def test_every_dropdown_is_used():
    used = {field.dropdown for field in catalogue().fields.values()} - {None}
    assert used == set(catalogue().dropdowns)


def test_the_modules_needed_for_scores_are_mirrored():
    assert set(catalogue().modules) >= {
        "Contacts",
        "Accounts",
        "Cases",
        "AOS_Invoices",
        "AOS_Products_Quotes",
        "AOS_Products",
        "Opportunities",
    }


def test_no_two_modules_or_links_share_a_table():
    tables = [module.table for module in catalogue().modules.values()] + list(catalogue().links)
    assert len(tables) == len(set(tables))


def test_every_module_brings_id_and_dates_first():
    without_entry = {"CampaignLog"}
    for key, module in catalogue().modules.items():
        dates = ["date_modified"] if key in without_entry else ["date_entered", "date_modified"]
        assert list(module.columns)[: len(dates) + 1] == ["id", *dates]


def test_a_relate_is_mirrored_as_the_id_of_its_record():
    columns = catalogue().columns_of("Cases")
    assert columns["aos_products_id_c"] == "id"
    assert "complaint_product_c" not in columns


def test_another_module_makes_another_fingerprint():
    modules = dict(catalogue().modules)
    modules.pop("Notes")
    assert replace(catalogue(), modules=modules).fingerprint != catalogue().fingerprint


def test_the_columns_of_a_module_end_with_the_bridge_s_fields():
    columns = catalogue().columns_of("Cases")
    assert list(columns)[:3] == ["id", "date_entered", "date_modified"]
    assert columns["complaint_c"] == "bool"
    assert columns["customer_segment_c"] == "enum"
    assert list(columns)[-1] == "customer_segment_c"


def test_every_type_of_field_has_a_type_of_column():
    assert {field.type for field in catalogue().fields.values()} <= set(COLUMN_TYPE)


def test_french_texts_have_a_space_before_high_punctuation():
    every = [m.other["fr"] for m in catalogue().messages.values()]
    every += [m.one["fr"] for m in catalogue().messages.values() if m.one]
    every += [f.help["fr"] for f in catalogue().fields.values()]
    every += [rule.say["fr"] for rule in action_rules(catalogue()).rules]
    filled_in = [re.sub(r"{[^}]*}", "x", line) for line in every]
    # An address (https://) and a time (10:30) are no punctuation.
    assert [x for x in filled_in if re.search(r"[^\s\u00a0\u202f?!][;!?]|\w:(\s|$)", x)] == []
