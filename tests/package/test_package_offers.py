"""What an administrator puts on everybody's screens goes when the package does."""

import re

import pytest

from tests.package.conftest import CUSTOM

LIB = CUSTOM / "lib" / "SuiteCRMBridge"
OFFERS = re.findall(r"'(\w+)' => (\w+)::class", (LIB / "Offers" / "Offers.php").read_text("utf-8"))
SETUP = (LIB / "Install" / "Setup.php").read_text("utf-8")
UNINSTALL = SETUP[SETUP.index("UNINSTALL = [") : SETUP.index("];", SETUP.index("UNINSTALL = ["))]
MENU = 22
"""Characters of a menu's entry that SuiteCRM 8 shows."""
HOOKS = sorted(CUSTOM.glob("Extension/**/LogicHooks/*.php"))


def test_uninstalling_takes_away_whatever_an_administrator_put_on_everybodys_screens():
    assert len(OFFERS) >= 3
    assert [cls for _, cls in OFFERS if f"[{cls}::class, 'off']" not in UNINSTALL] == []


def test_lists_are_put_back_before_the_layouts_which_know_their_files_by_their_content():
    assert UNINSTALL.index("ShownColumns::class") < UNINSTALL.index("Layouts::class")


@pytest.mark.parametrize("name", [name for name, _ in OFFERS])
def test_each_offer_says_what_it_is_in_both_languages(name, made):
    for language in ("en_us", "fr_FR"):
        texts = made[f"Extension/application/Ext/Language/{language}.suitecrmbridge.php"]
        assert f"LBL_SUITECRMBRIDGE_OFFER_{name.upper()}'" in texts
        assert f"LBL_SUITECRMBRIDGE_OFFER_{name.upper()}_HELP'" in texts


@pytest.mark.parametrize("fragment", HOOKS, ids=lambda file: file.parents[2].name)
def test_what_suitecrm_calls_by_name_is_there(fragment):
    file, cls, method = re.findall(r"'([^']*)',$", fragment.read_text("utf-8"), re.MULTILINE)[-3:]
    source = CUSTOM.parent / file
    assert source.stem == cls.rsplit("\\", 1)[-1]
    assert f"public function {method}(" in source.read_text("utf-8")


@pytest.mark.parametrize("language", ["en_us", "fr_FR"])
def test_suitecrm_8_cuts_no_entry_of_a_menu_off(language, made):
    texts = made[f"Extension/application/Ext/Language/{language}.suitecrmbridge.php"]
    label = re.search(r"LBL_SUITECRMBRIDGE_FILL_MENU'\] = '((?:[^'\\]|\\.)*)'", texts)
    assert label is not None
    assert len(label[1]) <= MENU
