import pytest

from suitecrm_bridge.catalogue import all_needs, catalogue, needs


def needed(field, module, purchases="invoices"):
    return needs(catalogue(), catalogue().fields[field], module, purchases)


def test_every_figure_of_the_bridge_says_what_it_is_made_from():
    fields = [f for f in catalogue().fields.values() if f.writer == "bridge"]
    assert fields
    assert [f.name for f in fields if not f.needs] == []


def test_what_people_fill_in_is_made_from_nothing():
    fields = [f for f in catalogue().fields.values() if f.writer == "people"]
    assert [f.name for f in fields if f.needs] == []


@pytest.mark.parametrize(
    ("purchases", "module", "sources"),
    [
        ("invoices", "Contacts", {"Contacts", "AOS_Invoices"}),
        ("opportunities", "Contacts", {"Contacts", "Opportunities", "opportunities_contacts"}),
        ("opportunities", "Accounts", {"Accounts", "Opportunities", "accounts_opportunities"}),
    ],
)
def test_purchases_are_the_modules_that_count_as_such(purchases, module, sources):
    assert needed("rfm_segment_c", module, purchases) == sources


def test_a_customer_needs_the_links_of_its_own_kind_only():
    assert "contacts_cases" in needed("complaint_count_c", "Contacts")
    assert "contacts_cases" not in needed("complaint_count_c", "Accounts")
    assert "contacts_cases" in needed("customer_segment_c", "Cases")


def test_the_day_of_the_figures_needs_everything_that_a_customers_figures_need():
    modules = ("Contacts", "Accounts")
    for module in modules:
        own = all_needs(catalogue(), [module], "invoices")
        assert needed("scored_at_c", module) == own


def test_what_says_more_than_a_figure_needs_what_that_figure_needs():
    for module in ("Contacts", "Accounts"):
        assert needed("margin_c", module) <= needed("profit_c", module)
        assert needed("cost_to_serve_c", module) <= needed("profit_c", module)
        for field in ("profit_c", "potential_score_c", "next_offer_c", "lifecycle_c", "clv_c"):
            assert needed(field, module) <= needed("value_reason_c", module)
