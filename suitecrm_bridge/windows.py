"""Who may do anything with a file on Windows, by the numbers of users and groups.

Their names are in the language of Windows; what `icacls` saves has numbers (SIDs), or the two
letters that stand for one everywhere.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SYSTEM, ADMINISTRATORS = "S-1-5-18", "S-1-5-32-544"
LONGEST = 60.0
"""Seconds that a program of Windows may take."""

_LETTERS = {
    "SY": SYSTEM,
    "BA": ADMINISTRATORS,
    "CO": "S-1-3-0",
    "OW": "S-1-3-4",
    "WD": "S-1-1-0",
    "AU": "S-1-5-11",
    "AN": "S-1-5-7",
    "IU": "S-1-5-4",
    "NU": "S-1-5-2",
    "BU": "S-1-5-32-545",
    "BG": "S-1-5-32-546",
    "PU": "S-1-5-32-547",
    "RD": "S-1-5-32-555",
    "AC": "S-1-15-2-1",
}
_TRUSTED = {SYSTEM, ADMINISTRATORS, "S-1-3-0", "S-1-3-4", "LA", "DA", "EA"}
"""The system, administrators and whoever owns the file, who can give themselves every right."""
_ADMINISTRATOR = re.compile(r"S-1-5-21-\d+-\d+-\d+-(500|512|519)")
_LIST = re.compile(r"D:([A-Z_]*)((?:\(.*\))?)")
_ENTRY = re.compile(r"\((X?A|OA|ZA);[^;()]*;([^;()]*);[^;()]*;[^;()]*;([^;()]+)")
_NUMBER = re.compile(rb"S-1(?:-\d+)+")
_EVERYBODY = "S-1-1-0"


def ask(program: str, *arguments: str) -> bytes:
    """Return what a program of Windows itself prints.

    Raises:
        OSError: it cannot be run, or does not end.
    """
    # By its full path: Windows looks for programs in the working directory, too.
    command = [str(system_folder() / program), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=LONGEST).stdout  # noqa: S603, by its full path
    except subprocess.TimeoutExpired as error:
        raise OSError(str(error)) from error


def own_number() -> str:
    """Return the number of the user who runs this.

    Raises:
        OSError: Windows does not tell it.
    """
    found = _NUMBER.search(ask("whoami.exe", "/user", "/fo", "csv", "/nh"))
    if not found:
        raise OSError("whoami tells no number")
    return found.group().decode()


def open_to(folder: Path) -> dict[Path, list[str]]:
    """Return the folder and what lies in it, where others have any right, with their numbers.

    Others are all but the user who runs this, the system, its administrators and the owner.

    Raises:
        OSError: the access lists cannot be had.
    """
    own = own_number()
    with tempfile.TemporaryDirectory() as beside:
        saved = Path(beside) / "lists"
        ask("icacls.exe", str(folder), "/save", str(saved), "/t", "/c", "/q")
        lists = saved.read_bytes()
    found = {path: others(given, own) for path, given in _lists(folder, lists)}
    return {path: numbers for path, numbers in found.items() if numbers}


def others(access_list: str, own: str) -> list[str]:
    """Return the numbers of those who have a right by an access list, written as SDDL.

    Without a list everybody has all of them.
    """
    given = _LIST.search(access_list)
    if given is None or "NO_ACCESS_CONTROL" in given.group(1):
        return [_EVERYBODY]
    entries = [(who, rights) for _, rights, who in _ENTRY.findall(given.group(2))]
    numbers = [_LETTERS.get(who, who) for who, rights in entries if rights not in ("", "0x0")]
    return list(dict.fromkeys(one for one in numbers if not _is_trusted(one, own)))


def closing(folder: Path, open_now: dict[Path, list[str]]) -> str:
    """Return the commands that leave a folder to its owner, for the command prompt.

    First given, then taken: who runs them must not lose what they inherited.
    """
    grants = [f"*{number}:(OI)(CI)F" for number in (own_number(), SYSTEM, ADMINISTRATORS)]
    gone = sorted({f"*{number}" for numbers in open_now.values() for number in numbers})
    given = ["icacls", str(folder), "/grant", *grants, "/t", "/c", "/q"]
    taken = ["icacls", str(folder), "/inheritance:r", "/remove:g", *gone, "/t", "/c", "/q"]
    return " && ".join(map(subprocess.list2cmdline, (given, taken)))


def _is_trusted(number: str, own: str) -> bool:
    return number == own or number in _TRUSTED or bool(_ADMINISTRATOR.fullmatch(number))


def _lists(folder: Path, saved: bytes) -> Iterator[tuple[Path, str]]:
    """Yield each path with its access list; `icacls` writes them in turn, a line each."""
    lines = saved.decode("utf-16-le", errors="replace").lstrip("\ufeff").splitlines()
    for name, access_list in zip(lines[::2], lines[1::2], strict=False):
        yield folder.parent.joinpath(*name.split("\\")), access_list


def system_folder() -> Path:
    """Return where the programs of Windows lie; by its full path none other is run.

    Raises:
        OSError: this is no Windows.
    """
    if sys.platform == "win32":
        place = ctypes.create_unicode_buffer(1024)
        ctypes.windll.kernel32.GetSystemDirectoryW(place, len(place))
        return Path(place.value)
    raise OSError("there are no programs of Windows here")
