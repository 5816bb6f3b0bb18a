import os
import stat
import sys
from pathlib import Path

import pytest

from suitecrm_bridge import files
from suitecrm_bridge.files import (
    closing_commands,
    for_owner_only,
    is_within,
    open_to_others,
    private_folder,
    replacing,
    write_whole,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
links = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few make links")


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277])
def mask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def trap(folder):
    """A file of somebody else's, and every name under which it might be written into."""
    other = folder / "other.txt"
    other.write_text("theirs", encoding="utf-8")
    for name in (
        "report.html",
        ".report.html.new",
        f".report.html.{os.getpid()}.new",
        "report.html.part",
        "report.html.tmp",
    ):
        (folder / name).symlink_to(other)
    return other


@links
def test_no_link_in_the_way_is_followed(tmp_path):
    other = trap(tmp_path)
    write_whole(tmp_path / "report.html", "ours")
    assert other.read_text(encoding="utf-8") == "theirs"
    assert not (tmp_path / "report.html").is_symlink()
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "ours"


@links
def test_a_link_to_nowhere_is_replaced_too(tmp_path):
    (tmp_path / "holder.json").symlink_to(tmp_path / "not there")
    write_whole(tmp_path / "holder.json", "ours")
    assert not (tmp_path / "not there").exists()


def test_a_block_that_fails_leaves_the_file_and_nothing_beside_it(tmp_path):
    file = tmp_path / "report.html"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), replacing(file) as opened:
        opened.write(b"%d" % (1 // 0))
    assert file.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_dead_process_of_our_number_left_is_in_nobodys_way(tmp_path):
    (tmp_path / f".a.txt.{os.getpid()}.new").write_text("left", encoding="utf-8")
    write_whole(tmp_path / "a.txt", "ours")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_half_a_character_stops_no_file(tmp_path):
    write_whole(tmp_path / "a.txt", "half \ud83d")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "half \\ud83d"


@posix
def test_a_private_file_is_its_owners_whatever_the_mask(tmp_path, mask):
    with replacing(tmp_path / "a", private=True) as opened:
        seen = [mode(entry) for entry in tmp_path.iterdir()]
        opened.write(b"x")
    assert seen == [0o600], "also while it is written"
    assert mode(tmp_path / "a") == 0o600


@posix
def test_another_file_is_as_the_mask_says(tmp_path):
    before = os.umask(0o027)
    try:
        with for_owner_only():
            write_whole(tmp_path / "a", "x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == 0o640


@posix
def test_a_private_folder_is_its_owners_whatever_the_mask(tmp_path, mask):
    private_folder(tmp_path / "home")
    assert mode(tmp_path / "home") == 0o700


@posix
def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o750)
    private_folder(tmp_path / "home")
    assert mode(tmp_path / "home") == 0o750


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "home")


@posix
def test_the_mask_is_as_before_once_the_last_who_wants_it_narrow_is_gone():
    before = os.umask(0o022)
    try:
        first, second = for_owner_only(), for_owner_only()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        inside = os.umask(0o077)
        second.__exit__(None, None, None)
        assert (inside, os.umask(0o022)) == (0o077, 0o022)
    finally:
        os.umask(before)


@posix
def test_what_is_open_to_others_is_found(tmp_path):
    home = tmp_path / "home"
    private_folder(home)
    write_whole(home / "closed", "x", private=True)
    (home / "open").touch()
    (home / "open").chmod(0o604)
    (home / "link").symlink_to("/")
    assert open_to_others(home) == [home / "open"]
    home.chmod(0o710)
    assert open_to_others(home) == [home, home / "open"]
    assert open_to_others(tmp_path / "not there") == []


@pytest.mark.parametrize(
    ("path", "inside"),
    [("home", True), ("home/report", True), ("home/a/b", True), ("homely", False), (".", False)],
)
def test_a_path_lies_in_a_folder_or_not(tmp_path, monkeypatch, path, inside):
    monkeypatch.chdir(tmp_path)
    assert is_within(Path(path), tmp_path / "home") is inside


def test_on_windows_rights_are_given_before_those_inherited_are_taken():
    given, taken = closing_commands("icacls.exe", Path("home"), "ada")
    assert given[:3] == ["icacls.exe", "home", "/grant"]
    assert "ada:(OI)(CI)F" in given
    assert taken == ["icacls.exe", "home", "/inheritance:r", "/q"]


def test_a_file_that_a_reader_has_open_on_windows_is_tried_again(tmp_path, monkeypatch):
    refusals = [PermissionError(), PermissionError()]
    replace = Path.replace

    def slow(self, target):
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(files, "FILE_PAUSES", (0, 0, 0))
    monkeypatch.setattr(Path, "replace", slow)
    write_whole(tmp_path / "a", "x")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "x"
