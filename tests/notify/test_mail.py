import smtplib
import socket
from email import message_from_bytes
from email.policy import default

import pytest

from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.notify import send_mail
from suitecrm_bridge.notify.mail import Server
from suitecrm_bridge.settings import Secret
from tests.notify.test_notices import FAILED

TO = ("ada@example.com", "Zoé <zoe@example.com>")


def send(address, *, sender="bridge@example.com", to=TO, lang="en"):
    send_mail(Secret(address), sender, to, FAILED, lang)


def refused(address, **options):
    with pytest.raises(NotTold) as caught:
        send(address, **options)
    return str(caught.value)


def only_message(mail_server):
    (envelope,) = mail_server.messages
    return envelope, message_from_bytes(envelope.content, policy=default)


def test_a_mail_reaches_every_recipient(mail_server):
    send(f"smtp://{mail_server.host}")
    envelope, message = only_message(mail_server)
    assert envelope.rcpt_tos == ["ada@example.com", "zoe@example.com"]
    assert envelope.mail_from == "bridge@example.com"
    assert message["To"] == "ada@example.com, Zoé <zoe@example.com>"
    assert message["Subject"] == FAILED.subject("en")
    assert message.get_content().split() == FAILED.text("en").split()
    assert message["Message-ID"].endswith("@example.com>")
    assert message["Date"].datetime.tzinfo is not None


def test_a_mail_in_french_keeps_its_accents(mail_server):
    send(f"smtp://{mail_server.host}", lang="fr")
    _, message = only_message(mail_server)
    assert "échoue" in message["Subject"]
    assert "échoue" in message.get_content()


def test_without_a_sender_the_first_recipient_stands_for_it(mail_server):
    send(f"smtp://{mail_server.host}", sender="")
    envelope, _ = only_message(mail_server)
    assert envelope.mail_from == "ada@example.com"


def test_the_login_is_read_from_the_address(mail_server):
    send(f"smtp://ada%40example.com:m%40il-s3cret@{mail_server.host}")
    assert mail_server.logins == [("ada@example.com", "m@il-s3cret")]
    assert len(mail_server.messages) == 1


def test_a_wrong_password_is_told_without_showing_it(mail_server):
    message = refused(f"smtp://ada:wr0ng@{mail_server.host}")
    assert "BRIDGE_SMTP" in message
    assert "535" in message
    assert "wr0ng" not in message


def test_a_server_that_takes_no_message_is_named(mail_server):
    mail_server.refuses = True
    assert "127.0.0.1" in refused(f"smtp://{mail_server.host}")


def test_a_server_that_does_not_answer_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "127.0.0.1" in refused(f"smtp://ada:s3cret@127.0.0.1:{port}")


def test_a_password_never_leaves_this_machine_in_the_clear(mail_server, monkeypatch):
    monkeypatch.setattr(Server, "is_here", lambda self: False)
    message = refused(f"smtp://ada:m%40il-s3cret@{mail_server.host}")
    assert "smtps://" in message
    assert mail_server.logins == []


def test_encryption_begins_before_the_login_where_the_server_offers_it(mail_server, monkeypatch):
    begun = []
    monkeypatch.setattr(Server, "is_here", lambda self: False)
    monkeypatch.setattr(
        smtplib.SMTP, "starttls", lambda self, context: begun.append(list(mail_server.logins))
    )
    mail_server.offers.append("STARTTLS")
    send(f"smtp://ada:m%40il-s3cret@{mail_server.host}")
    assert begun == [[]]
    assert len(mail_server.logins) == 1


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_known(host):
    assert Server.read(Secret(f"smtp://{host}")).is_here()
    assert not Server.read(Secret("smtp://mail.example.com")).is_here()


@pytest.mark.parametrize(
    ("address", "port", "tls"),
    [("smtp://h", 587, False), ("smtps://h", 465, True), ("smtp://h:25", 25, False)],
)
def test_the_port_follows_the_scheme(address, port, tls):
    server = Server.read(Secret(address))
    assert (server.port, server.tls_at_once) == (port, tls)


@pytest.mark.parametrize(
    "address", ["", "mail.example.com", "http://h", "smtp://h:many", "smtp://"]
)
def test_what_is_no_mail_server_names_the_setting(address):
    assert "BRIDGE_SMTP is not an address" in refused(address)


def test_a_recipient_that_is_none_is_told(mail_server):
    assert "BRIDGE_MAIL_TO" in refused(f"smtp://{mail_server.host}", to=("ada\nBcc: all@example",))
    assert mail_server.messages == []
