"""What the settings choose for every figure."""

import pytest


@pytest.mark.parametrize(
    ("setting", "source"),
    [("auto", "invoices"), ("invoices", "invoices"), ("opportunities", "opportunities")],
)
def test_the_setting_says_what_counts_as_a_purchase(synced, setting, source):
    with synced.context(BRIDGE_PURCHASES=setting) as context:
        assert context.choices.source(context.mirror) == source


def test_auto_means_opportunities_where_no_invoice_is_mirrored(empty):
    with empty.context() as context:
        assert context.choices.source(context.mirror) == "opportunities"
