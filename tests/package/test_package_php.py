import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.package.php import literal, quoted
from tests.package.conftest import CUSTOM, ROOT, keys

# Syntax that PHP 7.4 does not know; a newer PHP would let it pass.
NEWER = r"""
foreach (array_slice($argv, 1) as $file) {
    $names = array_map('token_name', array_filter(array_column(array_filter(
        token_get_all(file_get_contents($file)), 'is_array'), 0)));
    $newer = ['T_MATCH', 'T_ENUM', 'T_READONLY', 'T_NULLSAFE_OBJECT_OPERATOR'];
    foreach (array_intersect($newer, $names) as $name) {
        echo "$file: $name\n";
    }
}
"""


def sources():
    return sorted(CUSTOM.rglob("*.php"))


@pytest.mark.story
def test_every_file_is_php_without_errors(php):
    # A PHP for each file takes a tenth of a second; four at a time keep the cores busy.
    with ThreadPoolExecutor(4) as pool:
        told = pool.map(lambda file: php("-d", "error_reporting=-1", "-l", file), sources())
    broken = [done.stdout + done.stderr for done in told if done.returncode or done.stderr]
    assert broken == []


def test_no_file_uses_what_came_after_php_7_4(php):
    done = php("-r", NEWER, *sources())
    assert (done.returncode, done.stdout) == (0, "")


def test_a_field_named_by_hand_is_one_of_the_catalogue():
    named = {
        (file.name, name)
        for file in (CUSTOM / "lib").rglob("*.php")
        for name in re.findall(r"'([a-z][a-z0-9_]*_c)'", file.read_text("utf-8"))
        if file.name != "Catalogue.php"
    }
    assert named
    assert {pair for pair in named if pair[1] not in catalogue().fields} == set()


def test_every_generated_file_says_so_in_its_first_comment(made):
    for content in made.values():
        first = next(line for line in content.splitlines() if line.startswith("//"))
        assert "do not edit" in first


def test_the_classes_behave_without_a_suitecrm():
    phpunit = shutil.which("phpunit")
    if phpunit is None:
        pytest.skip("PHPUnit is not installed: on Debian, apt install phpunit")
    done = subprocess.run(
        [phpunit, "-c", str(ROOT / "tests" / "php" / "phpunit.xml.dist")],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        ("it's", r"'it\'s'"),
        ("a\\", r"'a\\'"),
        ([], "[]"),
        ({"a": [1, "b"]}, "['a' => [1, 'b']]"),
    ],
)
def test_a_value_becomes_php_source(value, source):
    assert literal(value) == source


def test_a_long_value_stands_on_several_lines():
    assert literal({"key": "x" * 100}) == f"[\n    'key' => '{'x' * 100}',\n]"


@pytest.mark.parametrize("text", ["$name {$x}", "'; phpinfo(); //", "\\'", "é « »", "\\\\'"])
def test_php_reads_back_every_text_as_it_was(php, text):
    assert php("-r", f"echo {quoted(text)};").stdout == text


def test_each_language_has_the_same_labels(made):
    names = [name for name in made if "/modules/" in name and "/Ext/Language/" in name]
    for module in ("Contacts", "Accounts", "Cases"):
        labels = {
            name: {key for key in keys(made[name], "mod_strings") if not key.endswith("_HELP")}
            for name in names
            if f"/{module}/" in name
        }
        assert len(labels) == 7
        assert len(set(map(frozenset, labels.values()))) == 1


def test_english_and_french_have_the_same_help_and_messages(made):
    for name, content in made.items():
        if "en_us" in name and "Dashlets" not in name:
            french = made[name.replace("en_us", "fr_FR")]
            for variable in ("mod_strings", "app_strings", "app_list_strings"):
                assert keys(content, variable) == keys(french, variable)
