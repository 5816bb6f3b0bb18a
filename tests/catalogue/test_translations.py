from importlib.resources import files

import pytest

from suitecrm_bridge.catalogue import catalogue, screens, translations
from suitecrm_bridge.errors import CatalogueError

FOLDER = files("suitecrm_bridge.catalogue") / "data" / "translations"


@pytest.fixture
def folder(tmp_path):
    """A folder with the German labels, to be spoilt."""
    german = (FOLDER / "de_DE.toml").read_text(encoding="utf-8")
    (tmp_path / "de_DE.toml").write_text(german, encoding="utf-8")
    return tmp_path


def spoil(folder, old, new):
    file = folder / "de_DE.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_five_languages_ship_besides_english_and_french():
    codes = [translation.code for translation in translations(catalogue())]
    assert codes == ["de_DE", "es_ES", "it_IT", "nl_NL", "pt_BR"]


def test_every_translation_has_a_label_for_each_field_value_and_panel():
    for translation in translations(catalogue()):
        assert set(translation.fields) == set(catalogue().fields)
        assert {k: list(v) for k, v in translation.dropdowns.items()} == {
            k: list(v) for k, v in catalogue().dropdowns.items()
        }
        shown = screens(catalogue()).values()
        titles = {title for one in shown for title in (one.panel, *one.groups)}
        assert set(translation.panels) == {"card", *titles}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[fields]\n", '[fields]\nodd_c = "Seltsam"\n', "has odd_c, which"),
        ('clv_c = "Kundenlebenswert"', 'clv_c = " "', "clv_c must be a text"),
        ('low = "Gering"\n', 'lowest = "Gering"\n', r"\[dropdowns.churn_risk\] has lowest, which"),
        ("[panels]", "[panel]", "unknown key panel"),
        ("[panels]", "[panels", "de_DE.toml"),
    ],
)
def test_a_translation_with_a_fault_is_refused_by_its_name(folder, old, new, complaint):
    spoil(folder, old, new)
    with pytest.raises(CatalogueError, match=complaint):
        translations(catalogue(), folder)


@pytest.mark.parametrize(
    ("old", "lacking", "english"),
    [
        ('clv_c = "Kundenlebenswert"\n', "fields.clv_c", "Lifetime value"),
        ('low = "Gering"\n', "dropdowns.churn_risk.low", "Low"),
    ],
)
def test_what_nobody_has_translated_yet_stands_in_english(folder, old, lacking, english):
    spoil(folder, old, "")
    (found,) = translations(catalogue(), folder)
    assert lacking in found.lacking
    assert english in (found.fields["clv_c"], found.dropdowns["churn_risk"]["low"])


def test_few_of_the_shipped_labels_wait_for_their_translation():
    labels = len(catalogue().fields) + sum(map(len, catalogue().dropdowns.values()))
    for translation in translations(catalogue()):
        assert len(translation.lacking) <= labels // 20, translation.code


def test_screens_show_what_people_need_first():
    screen = screens(catalogue())["Contacts"]
    assert screen.detail[:3] == (
        ("next_action_c", "next_action_due_c"),
        ("next_action_reason_c",),
        ("value_at_stake_c", "churn_risk_c"),
    )
    assert screen.list[:3] == ("next_action_c", "value_at_stake_c", "next_action_due_c")


def test_what_a_dashlet_counts_by_can_be_filtered_and_stands_in_a_column():
    shown = screens(catalogue())
    for module in ("Contacts", "Accounts"):
        told = {"rfm_segment_c", "rfm_recency_c", "rfm_frequency_c", "rfm_monetary_c", "standing_c"}
        assert told <= {*shown[module].search, *shown[module].advanced}
        assert told <= set(shown[module].list)
    told = {"complaint_product_c", "complaint_theme_c", "sla_breached_c"}
    assert told <= set(shown["Cases"].search)
    assert told <= set(shown["Cases"].list)


def test_a_column_of_a_list_can_be_sorted_by():
    for module, screen in screens(catalogue()).items():
        types = {field.name: field.type for field in catalogue().fields_of(module)}
        assert {name for name in screen.list if types[name] == "text"} == set()


def test_what_people_fill_in_stands_where_they_edit():
    for module, screen in screens(catalogue()).items():
        edited = {name for row in screen.edit for name in row}
        assert edited == {field.name for field in catalogue().fields_of(module, "people")}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('edit = [["clv_c"]]', "edit names 'clv_c', which cannot stand there"),
        ('list = ["odd_c"]', "list names 'odd_c', which cannot stand there"),
        ('search = ["clv_c", "clv_c"]', "search names a field twice"),
        ('detail = [["clv_c", "margin_c", "lifecycle_c"]]', "rows of one or two fields"),
        ('search = ["clv_c"]', "search names 'clv_c', which is no column of the list"),
        ('advanced = ["clv_c"]', "advanced names 'clv_c', which is no column of the list"),
        ("colour = 1", "unknown key colour"),
    ],
)
def test_a_screen_with_a_fault_is_refused(line, complaint):
    key = line.split(" ")[0]
    whole = {
        "modules": '["Contacts"]',
        "panel": '"customer"',
        "detail": "[]",
        "edit": "[]",
        "list": "[]",
        "search": "[]",
        "advanced": "[]",
        key: line.split(" = ")[1],
    }
    data = "[customer]\n" + "\n".join(f"{name} = {value}" for name, value in whole.items())
    with pytest.raises(CatalogueError, match=complaint):
        screens(catalogue(), data)
