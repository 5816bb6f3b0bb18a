import zipfile

import pytest

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.package import build, generated
from tests.flows.processes import command
from tests.own_rules import VIP
from tests.own_rules import shipped_again as shipped_again

LISTS = "Extension/application/Ext/Language/{}.suitecrmbridge.php"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "segments.toml").write_text(VIP, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(home):
    """Content of every generated file of a package with own segments."""
    return generated(Rules(home))


def segments_of(source):
    start = source.index("$app_list_strings['suitecrmbridge_segment'] = [")
    return source[start : source.index("];", start)]


def test_the_package_knows_an_own_segment_with_its_place_on_the_map(made):
    source = made["lib/SuiteCRMBridge/Catalogue.php"]
    assert "'vip' => [\n" in source or "'vip' => ['rank' => 1" in source
    assert f"RULES = '{Rules().fingerprint}'" not in source
    assert f"FINGERPRINT = '{Rules().catalogue.fingerprint}'" in source


@pytest.mark.parametrize(
    ("language", "label"), [("en_us", "VIP"), ("fr_FR", "Privilégiés"), ("de_DE", "VIP")]
)
def test_an_own_segment_has_its_label_in_every_language(made, language, label):
    assert f"'vip' => '{label}'" in segments_of(made[LISTS.format(language)])


def test_a_segment_that_was_named_anew_has_no_old_label_in_other_languages(made):
    german = segments_of(made[LISTS.format("de_DE")])
    assert "'champions' => 'Champions of ours'" in german
    assert "'lost' => 'Verloren'" in german


def catalogue_in(file):
    with zipfile.ZipFile(file) as archive:
        return archive.read("custom/lib/SuiteCRMBridge/Catalogue.php").decode()


def test_the_zip_is_built_with_the_own_segments(home, tmp_path):
    assert "'vip'" in catalogue_in(build(tmp_path, rules=Rules(home)))


def test_the_command_builds_it_with_those_of_the_home_folder(home, tmp_path):
    settings = {"BRIDGE_HOME": str(home)}
    done = command("package", "build", "--output", str(tmp_path), environment=settings)
    assert done.exit_code == 0, done.stderr
    assert "'vip'" in catalogue_in(done.stdout.strip())
    elsewhere = {"BRIDGE_HOME": str(tmp_path / "home")}
    plain = command("package", "build", "--output", str(tmp_path), environment=elsewhere)
    assert "'vip'" not in catalogue_in(plain.stdout.strip())


def test_which_cases_are_complaints_is_built_in_as_the_installation_says(tmp_path):
    (tmp_path / "complaints.toml").write_text('[rule]\ncounts = "all"\n', encoding="utf-8")
    source = generated(Rules(tmp_path))["lib/SuiteCRMBridge/Catalogue.php"]
    assert "'counts' => 'all'" in source


def test_an_own_rule_of_actions_is_built_in_with_what_it_says(tmp_path):
    own = """
[rules.our_own]
action = "thank"
standings = ["here"]
say = { en = "They like us.", fr = "On leur plaît." }
"""
    (tmp_path / "actions.toml").write_text(own, encoding="utf-8")
    made = generated(Rules(tmp_path))
    source = made["lib/SuiteCRMBridge/Catalogue.php"]
    assert "'our_own' => ['action' => 'thank', 'standings' => ['here']]" in source
    assert f"RULES = '{Rules().fingerprint}'" not in source
    assert "CARD_SAY_OUR_OWN'] = 'On leur plaît.'" in made[LISTS.format("fr_FR")]
