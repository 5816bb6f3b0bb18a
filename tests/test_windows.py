"""Access lists of Windows, judged by numbers: names are in the language of Windows."""

from pathlib import Path

import pytest

from suitecrm_bridge import files, windows

ADA = "S-1-5-21-1111111111-2222222222-3333333333-1001"
BOB = "S-1-5-21-1111111111-2222222222-3333333333-1002"
OWN = f"(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{ADA})"
TOLD = {
    "en": (f'"pc\\ada","{ADA}"\r\n', "Successfully processed 3 files\r\n"),
    "fr": (f'"poste\\zoé","{ADA}"\r\n', "3 fichiers correctement traités\r\n"),
}
"""What `whoami` and `icacls` print."""

CLOSED = {
    "owner, system and administrators": f"D:PAI{OWN}",
    "the same, inherited": f"D:AI{OWN.replace('OICI', 'OICIID')}",
    "the owner alone": f"D:P(A;;FA;;;{ADA})",
    "whoever owns it": f"D:P(A;OICIIO;FA;;;CO)(A;;FA;;;OW)(A;;FA;;;{ADA})",
    "numbers instead of letters": f"D:P(A;;FA;;;S-1-5-18)(A;;FA;;;S-1-5-32-544)(A;;FA;;;{ADA})",
    "the administrator by name": f"D:P(A;;FA;;;LA)(A;;FA;;;{ADA[:-4]}500)(A;;FA;;;{ADA})",
    "administrators of the domain": f"D:P(A;;FA;;;DA)(A;;FA;;;{ADA[:-4]}512)(A;;FA;;;{ADA})",
    "nobody": "D:P",
    "others are denied": f"D:P(D;OICI;FA;;;WD)(D;;GR;;;{BOB}){OWN}",
    "others have no right of any kind": f"D:P(A;;0x0;;;BU){OWN}",
    "others are watched, in another list": f"D:P{OWN}S:(AU;SAFA;FA;;;WD)",
}
OPEN = {
    "users": (f"D:AI{OWN}(A;OICIID;0x1200a9;;;BU)", ["S-1-5-32-545"]),
    "whoever logged in": (f"D:AI{OWN}(A;ID;0x1301bf;;;AU)", ["S-1-5-11"]),
    "everybody": (f"D:P(A;OICI;FA;;;WD){OWN}", ["S-1-1-0"]),
    "guests": (f"D:P(A;;FR;;;BG){OWN}", ["S-1-5-32-546"]),
    "another user": (f"D:P(A;;GR;;;{BOB}){OWN}", [BOB]),
    "another user, only of what comes": (f"D:P(A;OICIIO;GR;;;{BOB}){OWN}", [BOB]),
    "users of the domain": (f"D:P{OWN}(A;;FR;;;{ADA[:-4]}513)", [f"{ADA[:-4]}513"]),
    "a group that only letters name": (f"D:P{OWN}(A;;FR;;;DU)", ["DU"]),
    "on a condition": (
        f'D:P{OWN}(XA;;FX;;;BU;(@User.Title=="PM" && (Member_of {{SID(BA)}})))',
        ["S-1-5-32-545"],
    ),
    "no list at all": ("D:NO_ACCESS_CONTROL", ["S-1-1-0"]),
    "nothing is said": ("", ["S-1-1-0"]),
    "several": (f"D:P(A;;FR;;;BU)(A;;FW;;;BU)(A;;FR;;;WD){OWN}", ["S-1-5-32-545", "S-1-1-0"]),
}


@pytest.fixture(params=TOLD)
def told(request, monkeypatch):
    """A Windows that speaks a language, and saves the access lists that it is given."""
    lists = {}
    user, done = TOLD[request.param]

    def ask(program, *arguments):
        if program == "whoami.exe":
            return user.encode("cp850")
        assert program == "icacls.exe"
        saved = Path(arguments[arguments.index("/save") + 1])
        text = "".join(f"{name}\r\n{given}\r\n" for name, given in lists.items())
        saved.write_bytes(text.encode("utf-16-le"))
        return done.encode("cp850")

    monkeypatch.setattr(windows, "ask", ask)
    monkeypatch.setattr(files, "ON_WINDOWS", True)
    return lists


@pytest.mark.parametrize("given", CLOSED.values(), ids=CLOSED)
def test_a_list_for_the_owner_and_the_system_is_closed(given):
    assert windows.others(given, ADA) == []


@pytest.mark.parametrize(("given", "numbers"), OPEN.values(), ids=OPEN)
def test_whoever_else_has_a_right_is_found(given, numbers):
    assert windows.others(given, ADA) == numbers


def test_what_is_open_on_windows_is_found_in_any_language(told, tmp_path):
    home = tmp_path / "données"
    home.mkdir()
    told["données"] = f"D:PAI{OWN}"
    told["données\\mirror.duckdb"] = f"D:AI{OWN}(A;ID;FR;;;BU)"
    told["données\\rapports\\été.html"] = f"D:AI{OWN}(A;ID;FA;;;WD)"
    told["données\\holder.json"] = f"D:AI{OWN}"
    found = [home / "mirror.duckdb", home / "rapports" / "été.html"]
    assert files.open_to_others(home) == found


def test_the_remedy_gives_before_it_takes_and_names_nobody_by_name(told, tmp_path):
    home = tmp_path / "the home"
    home.mkdir()
    told["the home"] = f"D:AI{OWN}(A;OICIID;0x1200a9;;;BU)(A;;FR;;;{BOB})"
    given, taken = files.closing_command(home).split(" && ")
    assert given.startswith(f'icacls "{home}" /grant *{ADA}:(OI)(CI)F *S-1-5-18:(OI)(CI)F')
    assert taken == f'icacls "{home}" /inheritance:r /remove:g *{BOB} *S-1-5-32-545 /t /c /q'


def test_where_windows_tells_nothing_nobody_takes_that_for_closed(told, tmp_path, monkeypatch):
    def fail(*arguments):
        raise FileNotFoundError(arguments[0])

    monkeypatch.setattr(windows, "ask", fail)
    with pytest.raises(OSError, match="exe"):
        files.open_to_others(tmp_path)
