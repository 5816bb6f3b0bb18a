"""The summary of the report, mailed after a sync to a mail server on this machine."""

import email
import email.policy
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitecrm_bridge.insights.customers import everybody
from suitecrm_bridge.jobs import report_mail
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.notify import Letter
from tests.notify.conftest import mail_server as mail_server

START = datetime(2026, 3, 9, 2, 15, tzinfo=UTC)
DONE = Run("r0", "sync", START, START + timedelta(minutes=3), "done", "fast", {}, None)
TO = "ada@example.com, zoe@example.com"


def mailed(world, server, run=DONE, **settings):
    """End a run and return the messages that the server has by then."""
    own = {"BRIDGE_REPORT_MAIL_TO": TO, "BRIDGE_SMTP": f"smtp://{server.host}", **settings}
    with world.context(**own) as context:
        report_mail.send(context, run)
        names = {str(name) for name in everybody(context.mirror, "contacts")["name"]}
    known = [
        email.message_from_bytes(one.content, policy=email.policy.default)
        for one in server.messages
    ]
    return known, names


def parts(message):
    found = {part.get_content_type(): part for part in message.walk()}
    return found["text/plain"].get_content(), found["text/html"].get_content(), found


def test_the_summary_has_five_sentences_as_text_and_as_html(synced, mail_server):
    (message,), names = mailed(synced, mail_server)
    plain, html, found = parts(message)
    assert plain.count("\n* ") == html.count("<li>") == 5
    assert message["Subject"] == "Customers on 2026-03-08"
    assert mail_server.messages[0].rcpt_tos == ["ada@example.com", "zoe@example.com"]
    assert "application/zip" not in found
    assert not [name for name in names if name in plain + html]


def test_the_summary_speaks_the_language_of_the_installation(synced, mail_server):
    (message,), _ = mailed(synced, mail_server, BRIDGE_LANG="fr", BRIDGE_CURRENCY="€")
    plain, html, _ = parts(message)
    assert "clients" in plain
    assert "en €" in plain
    assert '<html lang="fr">' in html


def test_customers_are_named_only_where_that_is_asked_for(synced, mail_server):
    (message,), names = mailed(synced, mail_server, BRIDGE_REPORT_MAIL="names")
    assert [name for name in names if name in parts(message)[0]]


def test_the_page_comes_as_a_zip_where_it_is_asked_for(synced, mail_server, monkeypatch):
    def draw(context, formats, folder):
        assert list(formats) == ["html"]
        (folder / "page.html").write_bytes(b"<p>page</p>")
        return [folder / "page.html"]

    monkeypatch.setattr("suitecrm_bridge.jobs.report.report", draw)
    (message,), _ = mailed(synced, mail_server, BRIDGE_REPORT_MAIL="page")
    content = parts(message)[2]["application/zip"].get_content()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["report.html"]
        assert archive.read("report.html") == b"<p>page</p>"


def test_a_page_that_is_too_large_is_left_out_and_that_is_said(synced, mail_server, monkeypatch):
    monkeypatch.setattr(report_mail, "zipped", lambda context: b"x" * (report_mail.MOST_BYTES + 1))
    (message,), _ = mailed(synced, mail_server, BRIDGE_REPORT_MAIL="page")
    plain, _, found = parts(message)
    assert "10.0 MB" in plain
    assert "application/zip" not in found


def test_a_day_is_mailed_once_and_again_after_it_did_not_get_through(synced, mail_server, caplog):
    mail_server.refuses = True
    mailed(synced, mail_server)
    assert "not mailed" in caplog.text
    mail_server.refuses = False
    mail_server.messages.clear()
    mailed(synced, mail_server)
    assert len(mailed(synced, mail_server)[0]) == 1


@pytest.mark.parametrize(
    ("run", "settings"),
    [
        (replace(DONE, result="failed"), {}),
        (replace(DONE, result="incomplete"), {}),
        (replace(DONE, command="pull"), {}),
        (DONE, {"BRIDGE_REPORT_MAIL_TO": ""}),
    ],
    ids=["failed", "incomplete", "a stage", "nobody"],
)
def test_nothing_is_mailed_where_there_is_nothing_to_say_or_nobody(
    synced, mail_server, run, settings
):
    assert mailed(synced, mail_server, run, **settings)[0] == []


def test_what_a_letter_says_does_no_harm():
    letter = Letter("a\r\nBcc: all@example.com", ["<script>x</script>\n.", "\x1b[31m"])
    assert "<script>" not in letter.html("en")
    assert "\x1b" not in letter.text() + letter.html("en")
    assert "\nBcc" not in letter.text()
