"""Files in the home folder that name a person."""

import gzip
import zipfile

import pytest

from suitecrm_bridge.jobs.home_files import naming, take_out

WHO = {"c1d2e3f4-0000", 'Zoé "Zo" O\'Neill', "zoe@example.org", "+336"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report/report.html", b"<td>Zo\xc3\xa9 &quot;Zo&quot; O&#x27;Neill</td>"),
        ("report/report.json", b'{"name": "Zo\\u00e9 \\"Zo\\" O\'Neill"}'),
        ("letters/a.csv", b'name\n"Zo\xc3\xa9 ""Zo"" O\'Neill"\n'),
        ("deep/er/a.txt", b"ZOE@EXAMPLE.ORG"),
        ("a.log.gz", gzip.compress(b"not written: C1D2E3F4-0000", mtime=0)),
        ("of no ending", b"\xff\xfezoe@example.org"),
    ],
)
def test_a_person_is_found_however_a_file_writes_it_and_taken_out(tmp_path, name, content):
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    assert naming(tmp_path, WHO) == [file]
    assert take_out(tmp_path, WHO) == []
    assert naming(tmp_path, WHO) == []


def test_a_workbook_is_looked_into(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/sheet.xml", "<t>zoe@example.org</t>")
    assert take_out(tmp_path, WHO) == []
    assert not (tmp_path / "a.xlsx").exists()


def test_lines_of_others_stay_and_so_do_their_bytes(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name\r\nzoe@example.org\r\nAda\r\n")
    take_out(tmp_path, WHO)
    assert (tmp_path / "a.csv").read_bytes() == b"name\r\nAda\r\n"


@pytest.mark.parametrize("name", ["config.env", "segments.toml"])
def test_what_people_wrote_is_named_and_left(tmp_path, name):
    (tmp_path / name).write_text("BRIDGE_MAIL_TO=zoe@example.org\n", "utf-8")
    assert take_out(tmp_path, WHO) == [tmp_path / name]
    assert (tmp_path / name).read_text("utf-8") == "BRIDGE_MAIL_TO=zoe@example.org\n"


def test_what_names_nobody_stays(tmp_path):
    (tmp_path / "a.json").write_text('{"phone": "+336 11"}', "utf-8")
    assert naming(tmp_path, WHO) == []


def test_the_word_of_who_holds_the_mirror_now_is_left_to_the_lock(tmp_path):
    (tmp_path / "holder.json").write_text('{"command": "privacy erase c1d2e3f4-0000"}', "utf-8")
    assert naming(tmp_path, WHO) == []
