import pytest

from suitecrm_bridge.catalogue import load
from suitecrm_bridge.errors import CatalogueError
from tests.catalogue.test_loader import SOUND_FIELD


def test_a_number_may_have_bounds(folder, append):
    append("fields.toml", SOUND_FIELD.replace('type = "int"', 'type = "int"\nmin = 0\nmax = 9'))
    field = load(folder).fields["extra_c"]
    assert (field.min, field.max) == (0, 9)


def test_bounds_of_a_text_are_refused(folder, append):
    text = SOUND_FIELD.replace('type = "int"', 'type = "text"\nmin = 0')
    append("fields.toml", text)
    with pytest.raises(CatalogueError, match="min and max are not for text"):
        load(folder)


def test_other_words_leave_the_fingerprint(folder, edit):
    edit("fields.toml", 'en = "Lifetime value"', 'en = "Value over the years"')
    assert load(folder).fingerprint == load().fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("fields.toml", "length = 3", "length = 4"),
        ("fields.toml", "max = 100", "max = 99"),
        ("dropdowns.toml", "[churn_risk]", '[churn_risk]\nunknown = { en = "?", fr = "?" }'),
    ],
)
def test_another_field_or_dropdown_changes_the_fingerprint(folder, edit, file, old, new):
    edit(file, old, new)
    assert load(folder).fingerprint != load().fingerprint


def test_only_a_relate_has_a_field_for_its_id():
    fields = load().fields
    assert fields["complaint_product_c"].id_name == "aos_products_id_c"
    assert fields["clv_c"].id_name is None
