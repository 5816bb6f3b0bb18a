"""Files of the package come and go on a SuiteCRM 8 while its pages wait for each other."""

import pytest

from tests.package.conftest import CUSTOM

HOLD = "CoreContainer::hold("
CHANGES = ("Files::remove(", "CoreExtension::remove(", "Setup::uninstall(")


@pytest.mark.parametrize("before", ["install", "uninstall"])
def test_pages_are_held_before_anything_of_the_package_goes(before):
    script = (CUSTOM / "scripts" / f"pre_{before}.php").read_text("utf-8")
    held = script.index(HOLD)
    changes = [script.index(change) for change in CHANGES if change in script]
    assert changes
    assert held < min(changes)


@pytest.mark.parametrize("after", ["install", "uninstall"])
def test_pages_go_on_once_everything_else_is_done(after):
    script = (CUSTOM / "scripts" / f"post_{after}.php").read_text("utf-8")
    assert script.rstrip().removesuffix("}").rstrip().endswith("CoreContainer::release();")


def test_who_is_refused_holds_nobody():
    script = (CUSTOM / "scripts" / "pre_install.php").read_text("utf-8")
    assert script.index("Strangers::refuse(") < script.index(HOLD)
