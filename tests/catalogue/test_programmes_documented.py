"""docs/programmes.md: its examples can be used as they stand, and it names what is shipped."""

import re
from pathlib import Path

import pytest

from suitecrm_bridge.catalogue.conditions import names, parse, possible
from suitecrm_bridge.catalogue.programmes import addressing, programmes

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")
FILES = {
    re.match(r"# (\S+?\.toml)", block)[1]: block
    for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
}
CONDITIONS = re.findall(
    r"(?m)^\| `(.+?)` \|", PAGE.partition("<!-- conditions")[2].partition("<!-- end of cond")[0]
)


@pytest.mark.parametrize("words", CONDITIONS)
def test_each_condition_of_the_page_can_be_written(words):
    assert possible(parse(words, names("contacts")))


def test_the_page_has_conditions_and_files():
    assert len(CONDITIONS) > 10
    assert set(FILES) == {
        "programmes/welcome.toml",
        "programmes/big_spenders.toml",
        "addressing.toml",
    }


def test_each_file_of_the_page_can_be_used(tmp_path):
    for name, content in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    found = programmes(tmp_path / "programmes")
    assert [wave.key for wave in found["welcome"].waves] == ["hello"]
    assert found["big_spenders"].waves[1].channel == "call"
    assert addressing(tmp_path / "addressing.toml").cap.contacts == 2


def test_the_page_names_every_shipped_programme_in_the_order_of_its_priority():
    table = PAGE.partition("## What is shipped")[2].partition("\n## ")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", table) == list(programmes())
