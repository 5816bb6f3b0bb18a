"""The bridge's home: for its owner only, whatever it is called and whatever the mask."""

import os
import stat
import sys

import pytest

from suitecrm_bridge.mirror import Mirror
from tests.flows.processes import command
from tests.flows.world import DAY, world
from tests.places import places, stories

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
AS_OF = ("--as-of", str(DAY))
ADA = "aaaaaaaa-0000-4000-8000-000000000001"


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def open_to_others(folder):
    paths = [folder, *folder.rglob("*")]
    return [path.name for path in paths if mode(path) & 0o077]


@pytest.mark.story
@posix
@pytest.mark.parametrize("mask", places([0o000, 0o022]))
def test_everything_in_the_home_is_for_its_owner_whatever_the_mask(empty, mask):
    empty.store.load("Contacts", [{"id": ADA, "last_name": "Ada"}])
    options = {"BRIDGE_METRICS_FILE": str(empty.home / "figures.prom")}
    seen = []
    before = os.umask(mask)
    try:
        empty.server.before_request.append(lambda *asked: seen.extend(open_to_others(empty.home)))
        assert empty.command("sync", *AS_OF, **options).exit_code == 0
        assert empty.command("report", "--format", "html", "--format", "csv").exit_code == 0
        after = os.umask(mask)
    finally:
        os.umask(before)
    assert after == mask, "the process's own mask is as it was"
    names = {path.name for path in empty.home.rglob("*")}
    assert names >= {"mirror.duckdb", "figures.prom", "report", "report.html"}
    assert (seen, open_to_others(empty.home)) == ([], [])


@posix
def test_a_mirror_opened_by_a_script_is_for_its_owner_too(tmp_path):
    before = os.umask(0)
    try:
        with Mirror.open(tmp_path / "home") as mirror:
            mirror.connection.execute("CREATE TABLE more AS SELECT range AS i FROM range(9)")
            inside = open_to_others(tmp_path / "home")
            names = {path.name for path in (tmp_path / "home").iterdir()}
    finally:
        os.umask(before)
    assert names >= {"mirror.duckdb", "mirror.duckdb.wal", "holder.json"}
    assert inside == []


@pytest.mark.story
@posix
def test_a_report_elsewhere_is_as_the_mask_says(scored, tmp_path):
    before = os.umask(0o022)
    try:
        assert scored.command("report", "--output", str(tmp_path / "www")).exit_code == 0
    finally:
        os.umask(before)
    assert mode(tmp_path / "www" / "report.html") == 0o644


@pytest.mark.story
@posix
def test_no_link_planted_in_the_home_is_followed(scored, tmp_path):
    theirs = tmp_path / "theirs.txt"
    theirs.write_text("theirs", encoding="utf-8")
    folder = scored.home / "report"
    folder.mkdir()
    traps = [
        scored.home / name for name in ("holder.json", "holder.tmp", "told.json", ".told.json.new")
    ]
    traps += [folder / name for name in ("report.html", "report.html.part", "report.csv")]
    for trap in traps:
        trap.symlink_to(theirs)
    assert scored.command("report").exit_code == 0
    assert scored.command("push").exit_code == 0
    assert theirs.read_text(encoding="utf-8") == "theirs"


ODD = [
    "it's",
    'say "x"',
    "a;b",
    "50% off",
    "%20",
    "a#b",
    "a b",
    "é 日本",
    "a[b]",
    "a[",
    "a{b}",
    "a*b",
    "$HOME",
    "a&b",
    "~x",
    "a,b",
    "a=b",
    "-x",
    "a(b)",
    "a@b",
    "md:x",
    "sqlite:x",
    ":memory:",
    "a|b",
    "a`b`",
    "what?",
    "?",
    "line\nend",
    "ta\tb",
    "\x1b[31m",
    "back\\slash",
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has few of these names")
@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("name", stories(dict(zip(ODD, ODD, strict=True)), but=ODD[::4]))
def test_a_home_with_an_odd_name_works_or_is_refused_at_once(name, relative, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = name if relative else str(tmp_path / name)
    done = command("dead-letters", "list", environment={"BRIDGE_HOME": home})
    if done.exit_code == 0:
        assert (tmp_path / name / "mirror.duckdb").is_file()
        assert [entry.name for entry in tmp_path.iterdir()] == [name]
    else:
        assert done.exit_code == 2, done.output
        assert "BRIDGE_HOME" in done.stderr
        assert list(tmp_path.iterdir()) == []


@pytest.mark.story
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has few of these names")
@pytest.mark.parametrize("name", ["it's; 50% [of] #1 é"])
def test_a_whole_sync_and_report_work_in_a_home_with_an_odd_name(name, tmp_path):
    with world(tmp_path / name) as opened:
        opened.store.load("Contacts", [{"id": ADA, "last_name": "Ada"}])
        assert opened.command("sync", *AS_OF).exit_code == 0
        assert opened.command("report", "--format", "xlsx").exit_code == 0
        assert (tmp_path / name / "report" / "report.xlsx").is_file()
