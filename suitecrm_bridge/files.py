"""The one way to write a file, and what is for its owner's eyes only.

A file appears under its name as a whole or not at all. It is written beside its place under a
name that must not be taken yet, so that nobody can lead it elsewhere by a symbolic link.
"""

from __future__ import annotations

import getpass
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote
from typing import BinaryIO

from suitecrm_bridge import windows
from suitecrm_bridge.patience import FILE_PAUSES

ON_WINDOWS = sys.platform == "win32"
FOR_ITS_OWNER = 0o600
FOLDER_FOR_ITS_OWNER = 0o700
OTHERS = 0o077

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY
_NEW |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_EVERYTHING = "(OI)(CI)F"
_WINDOWS_OWNERS = (f"*{windows.SYSTEM}", f"*{windows.ADMINISTRATORS}")
"""The system and its administrators, who can read everything anyway."""


class _Umask:
    """The mask of this process, which several may want narrow at once."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._wishes = 0
        self._before = 0

    def narrow(self) -> None:
        with self._guard:
            if not self._wishes:
                self._before = os.umask(OTHERS)
            self._wishes += 1

    def widen(self) -> None:
        with self._guard:
            self._wishes -= 1
            if not self._wishes:
                os.umask(self._before)

    def usual(self) -> int:
        """Return the mask as it is when nobody wants it narrow."""
        with self._guard:
            if self._wishes:
                return self._before
            mask = os.umask(OTHERS)
            os.umask(mask)
            return mask


_umask = _Umask()


@contextmanager
def for_owner_only() -> Iterator[None]:
    """Let every file that this process makes in the block be for its owner only."""
    _umask.narrow()
    try:
        yield
    finally:
        _umask.widen()


def private_folder(folder: Path) -> None:
    """Make a folder for its owner only, where there is none; one that is there stays as it is.

    On Windows its access list is its owner's; where that cannot be set it is its parent's.

    Raises:
        OSError: it cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(FOLDER_FOR_ITS_OWNER)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    if sys.platform == "win32":
        _close_on_windows(folder)
    else:
        folder.chmod(FOLDER_FOR_ITS_OWNER)


@contextmanager
def replacing(file: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Yield a new file to write into, which then takes the place of `file`.

    A symbolic link in that place is replaced, not followed. When the block fails, `file` is as
    it was.

    Args:
        file: its folder must be there.
        private: for its owner only; else as the process's mask says.

    Raises:
        OSError: it cannot be written, or cannot take its place.
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    mode = FOR_ITS_OWNER if private else 0o666 & ~_umask.usual()
    # What lies there was left by a dead process that had our number, or is a trap.
    beside.unlink(missing_ok=True)
    number = os.open(beside, _NEW, FOR_ITS_OWNER)
    try:
        with open(number, "wb") as opened:  # noqa: PTH123 — a path cannot be opened by number
            if sys.platform != "win32":
                os.fchmod(number, mode)
            yield opened
        _put_in_place(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(file: Path, content: str, *, private: bool = False) -> None:
    """Write a text so that who reads it sees the old or the new content, never a part.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    if private:
        private_folder(file.parent)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, private=private) as opened:
        opened.write(content.encode("utf-8", errors="backslashreplace"))


def is_within(path: Path, folder: Path) -> bool:
    """Return whether a path is a folder, or lies in it."""
    place, inside = path.absolute(), folder.absolute()
    return inside == place or inside in place.parents


def open_to_others(folder: Path) -> list[Path]:
    """Return the folder and what lies in it, where others than the owner have any right.

    What cannot be looked at, or is a link, is left out. On Windows the access lists tell, in which
    the system and its administrators may have every right.

    Raises:
        OSError: Windows gives no access lists.
    """
    if not folder.is_dir():
        return []
    if ON_WINDOWS:
        return sorted(windows.open_to(folder))
    return [path for path in (folder, *sorted(folder.rglob("*"))) if _is_open(path)]


def closing_command(folder: Path) -> str:
    """Return the command that takes every right in a folder from others.

    Raises:
        OSError: Windows does not tell who they are.
    """
    if ON_WINDOWS:
        return windows.closing(folder, windows.open_to(folder))
    return f"chmod -R go= {quote(str(folder))}"


def _is_open(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(stat.S_IMODE(mode) & OTHERS)


def _put_in_place(beside: Path, file: Path) -> None:
    for pause in FILE_PAUSES:
        try:
            beside.replace(file)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    beside.replace(file)


def closing_commands(icacls: str, folder: Path, user: str) -> list[list[str]]:
    """Return what gives a folder on Windows to its owner and the system, and to nobody else.

    First given, then taken: whoever cannot be given it must not lose what they inherited.
    """
    grants = [f"{who}:{_EVERYTHING}" for who in (user, *_WINDOWS_OWNERS)]
    place = str(folder)
    return [[icacls, place, "/grant", *grants, "/q"], [icacls, place, "/inheritance:r", "/q"]]


def _close_on_windows(folder: Path) -> None:
    # Where it fails the folder has its parent's list, which in a profile is its owner's.
    with suppress(OSError, KeyError):
        icacls = str(windows.system_folder() / "icacls.exe")
        for command in closing_commands(icacls, folder, getpass.getuser()):
            if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603, by its full path
                return
