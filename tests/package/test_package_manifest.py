import json
import re

import pytest

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import catalogue
from tests.package.scanner import problems

ECHO = (
    "require $argv[1]; echo json_encode(['manifest' => $manifest, 'installdefs' => $installdefs]);"
)


@pytest.fixture(scope="session")
def loaded(php, files, tmp_path_factory):
    """The manifest as PHP reads it."""
    manifest = tmp_path_factory.mktemp("manifest") / "manifest.php"
    manifest.write_text(files["manifest.php"], encoding="utf-8")
    done = php("-r", ECHO, manifest)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_scanner_of_manifests_finds_nothing(files):
    assert problems(files["manifest.php"]) == []


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("if (!defined('sugarEntry')) die('no');", "exit / die"),
        ("echo 'hello';", "echo"),
        ("$a = $installdefs['copy'];", "copy"),
        ("$a = $b[$c];", "$c"),
        ("$list = ['a', 'file'];", "file"),
        ("$a = rename('a', 'b');", "rename"),
        ("$a = `$b`;", "backtick"),
    ],
)
def test_the_scanner_of_the_tests_refuses_what_suitecrm_refuses(code, problem):
    assert set(problems(f"<?php\n{code}")) == {problem}


def test_the_word_copy_as_a_key_is_no_call():
    assert problems("<?php $installdefs = ['copy' => [['from' => 'a', 'to' => 'b']]];") == []


@pytest.mark.parametrize("version", ["7.12.8", "7.13.4", "7.14.6", "7.15.0", "8.0.4", "8.8.0"])
def test_versions_of_suitecrm_that_are_supported_are_accepted(loaded, version):
    patterns = loaded["manifest"]["acceptable_suitecrm_versions"]["regex_matches"]
    assert any(re.search(pattern, version) for pattern in patterns)


@pytest.mark.parametrize("version", ["7.11.22", "7.2.1", "17.14.6", "9.0.0"])
def test_other_versions_are_refused(loaded, version):
    patterns = loaded["manifest"]["acceptable_suitecrm_versions"]["regex_matches"]
    assert not any(re.search(pattern, version) for pattern in patterns)


def test_the_sugar_version_with_two_digits_is_accepted(loaded):
    patterns = loaded["manifest"]["acceptable_sugar_versions"]["regex_matches"]
    assert any(re.search(pattern, "6.5.25") for pattern in patterns)


def test_no_pattern_holds_the_delimiter_that_suitecrm_puts_around_it(loaded):
    manifest = loaded["manifest"]
    for key in ("acceptable_sugar_versions", "acceptable_suitecrm_versions"):
        assert not any("/" in pattern for pattern in manifest[key]["regex_matches"])


def test_the_version_is_numbers_that_suitecrm_can_compare(loaded):
    assert loaded["manifest"]["version"] == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_uninstalling_asks_whether_to_drop_the_columns(loaded):
    assert loaded["manifest"]["remove_tables"] == "prompt"
    assert loaded["manifest"]["is_uninstallable"] is True


def test_every_field_of_the_catalogue_is_installed_once(loaded):
    installed = [(f["module"], f["name"]) for f in loaded["installdefs"]["custom_fields"]]
    fields = {
        (module, name)
        for module in catalogue().modules
        for field in catalogue().fields_of(module)
        for name in filter(None, (field.name, field.id_name))
    }
    assert sorted(installed) == sorted(fields)


def test_dropdowns_and_labels_are_those_of_the_language_files(loaded, made):
    application = made["Extension/application/Ext/Language/en_us.suitecrmbridge.php"]
    for field in loaded["installdefs"]["custom_fields"]:
        module = field["module"]
        strings = made[f"Extension/modules/{module}/Ext/Language/en_us.suitecrmbridge.php"]
        for key in filter(None, (field["label"], field.get("help"))):
            assert f"$mod_strings['{key}']" in strings
        if field["type"] == "enum":
            assert f"$app_list_strings['{field['ext1']}']" in application
