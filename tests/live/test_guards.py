"""The driver of the package keeps its hands off any SuiteCRM but the one it was given."""

from __future__ import annotations

import pytest

from tests.live import people_at_work
from tests.live.module_loader import Page, Refused
from tests.live.package_on_suitecrm import Drive, check_one_suitecrm, missing
from tests.live.person import EditForm
from tests.live.snapshots import differences, tree

GIVEN = {
    "SUITECRM_URL": "http://127.0.0.1:1/",
    "SUITECRM_USERNAME": "admin",
    "SUITECRM_PASSWORD": "x",
    "SUITECRM_DSN": "mysql://u:p@127.0.0.1/the_copy",
}


@pytest.fixture
def root(tmp_path):
    config = "'db_name' => 'the_copy',\n'site_url' => 'http://127.0.0.1:1',\n"
    (tmp_path / "config.php").write_text(config, encoding="utf-8")
    return tmp_path


def test_the_files_and_the_database_of_the_address_are_accepted(root):
    check_one_suitecrm(GIVEN, root)


def test_the_screens_of_7_in_a_suitecrm_8_are_of_its_address(root):
    check_one_suitecrm(GIVEN | {"SUITECRM_URL": "http://127.0.0.1:1/legacy/"}, root)


@pytest.mark.parametrize(
    "other",
    [{"SUITECRM_URL": "http://127.0.0.1:2"}, {"SUITECRM_DSN": "mysql://u:p@127.0.0.1/another"}],
)
def test_a_copy_that_names_another_suitecrm_is_refused(root, other):
    with pytest.raises(Refused, match=next(iter(other))):
        check_one_suitecrm(GIVEN | other, root)


def test_an_override_that_names_another_database_is_refused(root):
    override = "$sugar_config['dbconfig']['db_name'] = 'the_original';\n"
    (root / "config_override.php").write_text(override, encoding="utf-8")
    with pytest.raises(Refused, match="the_original"):
        check_one_suitecrm(GIVEN, root)


def test_what_a_suitecrm_8_keeps_beside_its_screens_is_compared_too(tmp_path):
    for file in ("core/backend/Kernel.php", "extensions/x/config/a.php", "public/legacy/b.php"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text("<?php", encoding="utf-8")
    found = tree(tmp_path / "public" / "legacy")
    assert set(found["file"]) == {"b.php", "../../extensions/x/config/a.php"}
    assert "../../extensions/x/config" in found["folder"]


def test_it_starts_only_where_nothing_can_be_lost():
    assert missing(GIVEN) == ["SUITECRM_THROWAWAY=yes"]
    assert missing(GIVEN | {"SUITECRM_THROWAWAY": "yes"}) == []


def test_a_form_is_sent_as_a_browser_would():
    html = (
        "<form action='x?action=Go'><input type=hidden name=a value=1>"
        "<input type=radio name=b value=yes checked><input type=radio name=b value=no>"
        "<input type=submit name=c value=d></form>"
    )
    assert Page(html).form("action=Go").values == {"a": "1", "b": "yes"}


def test_the_time_in_a_generated_file_is_no_difference(tmp_path):
    (tmp_path / "custom").mkdir()
    file = tmp_path / "custom" / "a.php"
    looks = []
    for day, value in ((1, 1), (2, 1), (2, 2)):
        content = f"<?php\n // created: 2026-01-0{day} 00:00:00\n$a = {value};"
        file.write_text(content, encoding="utf-8")
        looks.append(tree(tmp_path))
    assert differences(looks[0], looks[1]) == []
    assert [line[:19] for line in differences(looks[1], looks[2])] == ["~ file custom/a.php"]


def test_what_is_merged_from_nothing_is_no_difference_and_from_something_is(tmp_path):
    (tmp_path / "custom").mkdir()
    file = tmp_path / "custom" / "fr_FR.lang.ext.php"
    looks = [tree(tmp_path)]
    head = "<?php \n //WARNING: The contents of this file are auto-generated\n"
    for merged in ("", "$a = 1;\n"):
        file.write_text(f"{head}\n{merged}?>", encoding="utf-8")
        looks.append(tree(tmp_path))
    assert differences(looks[0], looks[1]) == []
    assert [line[:6] for line in differences(looks[1], looks[2])] == ["+ file"]


def test_a_folder_that_is_left_empty_is_a_difference_that_fails():
    class Told(Drive):
        def __init__(self):
            self._failures = []
            self._say = lambda text: None

    drive = Told()
    drive._same("uninstalling", {"folder": {}}, {"folder": {"custom/x": "there"}})
    assert drive._failures == ["uninstalling leaves 1 differences"]


def test_people_are_let_in_only_where_nothing_can_be_lost():
    needed = {"SUITECRM_CLIENT_ID": "x", "SUITECRM_CLIENT_SECRET": "x"}
    assert people_at_work.missing(GIVEN | needed) == ["SUITECRM_THROWAWAY=yes"]
    assert people_at_work.missing(GIVEN | needed | {"SUITECRM_THROWAWAY": "yes"}) == []


def test_a_contact_s_form_is_sent_with_every_kind_of_field():
    html = (
        "<form id=searchform><input name=module value=Home></form><form id='EditView'>"
        "<input type=hidden name=record value=1><input name=\"last_name\" value='O&#039;B'>"
        "<textarea name=description>\nA &amp; B\n</textarea><input type=checkbox name=no value=1>"
        "<select name=lead><option value=a>A</option><option value=b selected>B</option></select>"
        "<input name=emailAddressWidget value=1><input type=button name=go value=x></form>"
    )
    assert EditForm(html).values == {
        "record": "1",
        "last_name": "O'B",
        "description": "A & B\n",
        "lead": "b",
    }
