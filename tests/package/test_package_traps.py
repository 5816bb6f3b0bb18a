"""The ways in which SuiteCRM surprises a package, one test each."""

import json
import re

import pytest

from suitecrm_bridge.catalogue import Rules, catalogue
from suitecrm_bridge.package.fields import custom_fields
from suitecrm_bridge.package.languages import language_files
from tests.package.conftest import CUSTOM, keys

FRAGMENTS = sorted(CUSTOM.glob("Extension/**/*.php"))
SCRIPTS = {file.name: file.read_text("utf-8") for file in (CUSTOM / "scripts").iterdir()}


def fields(**wanted):
    return [f for f in custom_fields(catalogue()) if all(f.get(k) == v for k, v in wanted.items())]


def test_a_decimal_gives_its_scale_twice_because_column_and_vardef_read_it_elsewhere():
    decimals = fields(type="decimal")
    assert decimals
    assert all(field["ext1"] == str(field["precision"]) for field in decimals)


def test_money_is_never_a_float_which_loses_cents():
    assert fields(type="float") == []
    assert {(f["max_size"], f["precision"]) for f in fields(name="purchase_total_c")} == {(18, 2)}


def test_money_is_no_currency_for_which_suitecrm_adds_no_currency_id():
    assert fields(type="currency") == []


@pytest.mark.parametrize("module", ["Contacts", "Accounts"])
def test_suitecrm_7_writes_each_amount_and_each_share_by_a_type_of_the_packages_own(module, made):
    vardefs = made[f"Extension/modules/{module}/Ext/Vardefs/suitecrmbridge.php"]
    found = dict(re.findall(r"\['(\w+)'\]\['custom_type'\] = '(\w+)';", vardefs))
    decimals = {f["name"]: f for f in fields(type="decimal", module=module)}
    money = {name for name, f in decimals.items() if f["max_size"] == 18}
    own = ("alive_probability_c", "price_rise_c", "wallet_share_c")
    shares = {name for name in decimals if name in own}
    assert {name for name, kind in found.items() if kind == "suitecrmbridge_amount"} == money
    assert {name for name, kind in found.items() if kind == "suitecrmbridge_share"} == shares
    assert found.keys() == money | shares


def test_no_field_has_a_help_that_forms_would_show_as_the_name_of_a_label():
    assert {field.get("help", "") for field in custom_fields(catalogue())} == {""}


def test_a_date_with_a_time_is_called_datetimecombo():
    assert fields(type="datetime") == []
    assert {field["name"] for field in fields(type="datetimecombo")} == {"promised_by_c"}


def test_the_day_of_the_figures_is_no_moment_which_is_another_day_elsewhere():
    assert {field["type"] for field in fields(name="scored_at_c")} == {"date"}


def test_a_relate_names_its_module_and_the_field_of_its_id():
    (product,) = fields(type="relate")
    assert (product["ext2"], product["ext3"]) == ("AOS_Products", "aos_products_id_c")


def test_a_relate_is_installed_before_the_field_of_its_id():
    names = [field["name"] for field in fields(module="Cases")]
    assert names.index("complaint_product_c") < names.index("aos_products_id_c")


def test_no_field_is_required_which_would_forbid_empty_values_in_old_records():
    assert fields(required=True) == []


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Cases", "Leads", "Opportunities"])
def test_inline_editing_is_switched_off_in_both_places(module, made):
    vardefs = made[f"Extension/modules/{module}/Ext/Vardefs/suitecrmbridge.php"]
    flags = {field["name"]: field["inline_edit"] for field in fields(module=module)}
    object_name = catalogue().modules[module].object
    for field in catalogue().fields_of(module):
        line = f"$dictionary['{object_name}']['fields']['{field.name}']['inline_edit'] = false;"
        assert (line in vardefs) == (field.writer == "bridge")
        assert flags[field.name] == int(field.writer == "people")


def test_what_the_bridge_writes_is_read_only_in_version_8_too(made):
    vardefs = made["Extension/modules/Contacts/Ext/Vardefs/suitecrmbridge.php"]
    assert "['rfm_segment_c']['readonly'] = true;" in vardefs
    assert "['wallet_estimate_c']['readonly']" not in vardefs


def test_cases_are_called_case_in_vardefs_not_as_their_class(made):
    assert "$dictionary['Case']" in made["Extension/modules/Cases/Ext/Vardefs/suitecrmbridge.php"]


def test_fragments_come_by_copy_because_sections_log_a_text_that_breaks_in_french(files):
    manifest = files["manifest.php"]
    sections = ("language", "vardefs", "layoutdefs", "administration", "entrypoints", "hookdefs")
    assert [s for s in sections if f"'{s}' =>" in manifest] == []
    assert "'copy' =>" in manifest


def test_no_layout_is_copied_over_an_administrators(files):
    assert [name for name in files if "/metadata/" in name] == []
    assert "layoutfields" not in files["manifest.php"]


def test_no_file_that_packages_share_is_copied(files):
    shared = ("Ext/Api/V8", "logic_hooks.php", "/Ext/Include/", "SearchFields.php")
    assert [name for name in files if any(part in name for part in shared)] == []


def test_custom_fields_do_not_exist_before_post_install_so_layouts_wait_for_it(files):
    assert "post_execute" not in files["manifest.php"]
    assert "Setup::install" in SCRIPTS["post_install.php"]


def test_a_field_of_somebody_else_ends_the_installation_before_anything_is_changed():
    refusing, removing = (
        SCRIPTS["pre_install.php"].index(call)
        for call in (
            "Strangers::refuse(",
            "Files::remove(",
        )
    )
    assert refusing < removing


def test_room_for_the_columns_is_found_before_anything_is_changed():
    script = SCRIPTS["pre_install.php"]
    changes = ("CoreContainer::hold(", "CoreExtension::remove(", "Files::remove(")
    assert script.index("Room::make(") < min(script.index(call) for call in changes)


def test_while_an_older_version_is_there_the_classes_come_from_the_zip():
    assert "}, true, true);" in SCRIPTS["loader.php"]


def test_the_older_versions_files_go_before_suitecrm_backs_them_up():
    assert "Files::remove" in SCRIPTS["pre_install.php"]


def test_suitecrm_calls_no_post_uninstall_function_of_a_module(files):
    assert "'post_uninstall' => ['<basepath>/scripts/post_uninstall.php']" in files["manifest.php"]
    assert "function post_uninstall" not in SCRIPTS["post_uninstall.php"]
    assert "Files::removeOverrides();" in SCRIPTS["post_uninstall.php"]


def test_version_8_copies_its_part_below_its_own_extensions_and_finds_it_again(files):
    (entry,) = re.findall(r"'copy_core_extensions' => \[(.*?)\],\n", files["manifest.php"])
    assert entry == "['from' => '<basepath>/extensions/suitecrmbridge', 'to' => 'suitecrmbridge']"


def test_an_older_versions_part_of_8_goes_before_suitecrm_backs_it_up_and_with_the_package():
    assert "CoreExtension::remove();" in SCRIPTS["pre_install.php"]
    assert "CoreExtension::remove();" in SCRIPTS["post_uninstall.php"]


def test_version_8_looks_for_no_service_where_a_class_has_a_parent_that_older_ones_lack():
    files = sorted((CUSTOM / "extensions").rglob("*.php"))
    assert files
    looked_past = {"config", "DependencyInjection"}
    found = [file for file in files if file.parent.name not in looked_past]
    # These two are as old as version 8.
    known = {"App\\Engine\\LegacyHandler\\LegacyHandler"}
    known |= {"App\\Statistics\\Service\\StatisticsProviderInterface"}
    for file in found:
        source = file.read_text(encoding="utf-8")
        (line,) = re.findall(r"^class \w+ extends (\w+) implements (\w+)$", source, re.MULTILINE)
        parents = {re.search(rf"^use ([\w\\]+\\{name});", source, re.MULTILINE)[1] for name in line}
        assert parents == known


def test_no_upgrade_manifest_so_that_an_upgrade_runs_everything_again(files):
    assert "upgrade_manifest" not in files["manifest.php"]


def test_no_logic_hooks_section_of_the_manifest_edits_shared_files(files):
    assert not re.search(r"'logic_hooks?' =>", files["manifest.php"])


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda f: f.relative_to(CUSTOM).as_posix())
def test_a_fragment_survives_being_glued_to_others(fragment):
    code = fragment.read_text(encoding="utf-8").removeprefix("<?php")
    bare = re.sub(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'", "", code, flags=re.DOTALL)
    assert "<?" not in code
    assert "?>" not in code
    # What a function of its own returns ends that function, not what the others add.
    bare = re.sub(r"function \w*\(\)\s*\{[^{}]*\}", "", bare)
    assert not re.search(r"^\s*(use|namespace|return|declare)\b", bare, flags=re.MULTILINE)


def test_no_language_file_takes_the_place_that_studio_writes_to(made):
    assert [name for name in made if "_override" in name] == []


def test_a_language_file_says_its_code_as_suitecrm_spells_it(made):
    # The label of what its scheduler calls is for administrators, and falls back to English.
    names = [name for name in made if "/Ext/Language/" in name and "/Schedulers/" not in name]
    for code in ("en_us", "fr_FR", "de_DE", "es_ES", "nl_NL", "pt_BR"):
        assert sum(code in name for name in names) == 6


def test_italian_is_found_under_both_its_codes_on_windows_too(made):
    names = [name for name in made if "it_" in name.rpartition("/")[2].lower()]
    assert all("it_IT" in name and "it_it" in name for name in names)
    assert len({name.lower() for name in made}) == len(made)


def test_each_list_of_a_language_is_whole_because_a_later_one_replaces_it():
    for name, source in language_files(Rules()).items():
        if "/application/" not in name:
            continue
        for dropdown, values in catalogue().dropdowns.items():
            start = source.index(f"$app_list_strings['suitecrmbridge_{dropdown}'] = [")
            listed = source[start : source.index("];", start)]
            assert listed.count("=>") == len(values) + 1


def test_the_message_placeholders_mean_the_same_in_php(made):
    strings = made["Extension/application/Ext/Language/en_us.suitecrmbridge.php"]
    assert not re.search(r"\{\w+[!:][^}]*\}|\{\{|\}\}|\{\d*\}", strings)


def test_php_loads_the_very_catalogue(php):
    code = (
        "define('sugarEntry', true); require $argv[1]; "
        "use SuiteCRM\\Custom\\SuiteCRMBridge\\Catalogue as C; "
        "echo json_encode([C::FIELDS, C::DROPDOWNS, C::FINGERPRINT, C::SCREENS]);"
    )
    done = php("-r", code, CUSTOM / "lib" / "SuiteCRMBridge" / "Catalogue.php")
    loaded, dropdowns, fingerprint, screens = json.loads(done.stdout)
    assert {module: list(own) for module, own in loaded.items()} == {
        module: [field.name for field in catalogue().fields_of(module)]
        for module in ("Contacts", "Accounts", "Cases", "Leads", "Opportunities")
    }
    assert dropdowns == {name: list(values) for name, values in catalogue().dropdowns.items()}
    assert fingerprint == catalogue().fingerprint
    assert loaded["Contacts"]["rfm_recency_c"]["max"] == 5
    assert screens["Cases"]["edit"][0] == ["complaint_c", "complaint_product_c"]


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Cases", "Leads", "Opportunities"])
def test_the_help_of_a_field_can_be_read_where_nobody_can_edit_it(module, made):
    object_name = catalogue().modules[module].object
    lines = made[f"Extension/modules/{module}/Ext/Vardefs/suitecrmbridge.php"]
    language = made[f"Extension/modules/{module}/Ext/Language/en_us.suitecrmbridge.php"]
    labels = keys(language, "mod_strings")
    for field in catalogue().fields_of(module):
        label = f"LBL_SUITECRMBRIDGE_{field.name.removesuffix('_c').upper()}_HELP"
        target = f"$dictionary['{object_name}']['fields']['{field.name}']"
        assert f"{target}['popupHelp'] = '{label}';" in lines
        assert label in labels


@pytest.mark.parametrize("language", ["en_us", "fr_FR"])
def test_what_suitecrms_scheduler_calls_has_the_label_that_it_looks_for(language, made):
    fragment = CUSTOM / "Extension/modules/Schedulers/Ext/ScheduledTasks/suitecrmbridge.php"
    (task,) = re.findall(r"job_strings\[\] = '(\w+)';", fragment.read_text("utf-8"))
    labels = made[f"Extension/modules/Schedulers/Ext/Language/{language}.suitecrmbridge.php"]
    assert f"$mod_strings['LBL_{task.upper()}'] = " in labels
