"""Letters handed to a real SMTP server: what arrives, and what each refusal means."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import (
    AddressRefused,
    DeliveryError,
    NeverWill,
    NotAllowed,
    PerhapsTaken,
    TryLater,
)
from bot.mail.letter import Letter
from bot.mail.smtp import Server, SmtpSender
from bot.messages import Answer, Button, Card, Text
from tests.mail.server import BREAK_OFF, CERTIFICATE, MailServer, mail_server

FROM = "師鐘 <bell@example.edu.tw>"
TO = "teacher@school.edu.tw"
LEAVE = "https://bell.example.tw/a/long/way/to/this/school/mail/leave/" + "k" * 32
CARD = Card(
    title="提醒｜酷課師",
    lead="學校函報截止：111年7月31日(日)",
    facts=("交到：教育局 <資訊室> & 人事室",),
    sources=("柒、一（三）",),
    document="臺北市111年度酷課師認證",
    buttons=(Button("我的頁面", url="https://bell.example.tw/p/SECRET/me"),),
)
LETTER = Letter(
    mail_id="0" * 32,
    address=TO,
    leave_url=LEAVE,
    at=datetime(2022, 7, 28, tzinfo=UTC),
    answers=(Answer((CARD,)),),
)


def send(server: MailServer, letter: Letter = LETTER) -> None:
    sender = SmtpSender(server.url, FROM)
    try:
        sender.send(letter)
    finally:
        sender.close()


def bodies(server: MailServer) -> tuple[str, str]:
    """The only mail's text and HTML."""
    (mail,) = server.to(TO)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_notice_arrives_as_text_and_as_html(server: MailServer) -> None:
    send(server)

    (mail,) = server.to(TO)
    plain, html = bodies(server)
    assert str(mail["From"]) == FROM
    assert mail["Subject"] == "師鐘提醒：學校函報截止：111年7月31日(日)"
    assert mail["Message-ID"] == f"<{LETTER.mail_id}@example.edu.tw>"
    assert mail["Auto-Submitted"] == "auto-generated"
    for said in (
        "學校函報截止：111年7月31日(日)",
        "依據：臺北市111年度酷課師認證 柒、一（三）",
        LEAVE,
    ):
        assert said in plain
        assert said in html
    assert "交到：教育局 <資訊室> & 人事室" in plain
    assert "交到：教育局 &lt;資訊室&gt; &amp; 人事室" in html
    assert "輸入「我的頁面」" in plain


def test_no_link_of_the_persons_own_pages_is_in_it(server: MailServer) -> None:
    send(server)

    assert "SECRET" not in "".join(bodies(server))


def test_it_can_be_left_with_one_click(server: MailServer) -> None:
    send(server)

    (mail,) = server.to(TO)
    assert mail["List-Unsubscribe"] == f"<{LEAVE}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_several_notices_are_counted_in_the_subject(server: MailServer) -> None:
    other = Answer((Text("明天9:00 課程\n地點：線上"),))
    send(server, replace(LETTER, answers=(*LETTER.answers, other)))

    (mail,) = server.to(TO)
    assert mail["Subject"] == "師鐘提醒：2件事"
    assert "■ 明天9:00 課程" in bodies(server)[0]


def test_a_confirmation_says_what_to_do_and_nothing_else(server: MailServer) -> None:
    url = "https://bell.example.tw/mail/confirm/t"
    send(server, replace(LETTER, answers=(), confirm_url=url))

    plain, html = bodies(server)
    assert url in plain
    assert f'href="{url}"' in html
    assert "24小時" in plain
    assert "我的頁面" not in plain


def test_a_line_that_begins_with_a_dot_or_breaks_arrives_as_it_was(server: MailServer) -> None:
    lead = ".一\n..二\r\nBcc: x@y.tw"
    send(server, replace(LETTER, answers=(Answer((replace(CARD, lead=lead),)),)))

    (mail,) = server.to(TO)
    assert mail["Bcc"] is None
    assert len(server.taken) == 1
    assert ".一" in bodies(server)[0]


@pytest.mark.parametrize(
    ("at", "said", "means"),
    [
        ("MAIL", "550 5.7.1 not you", NotAllowed),
        ("MAIL", "451 4.3.0 busy", TryLater),
        ("RCPT", f"550 5.1.1 <{TO}> no such user", AddressRefused),
        ("RCPT", "553 mailbox name not allowed", AddressRefused),
        ("RCPT", "550 5.7.1 relaying denied", NotAllowed),
        ("RCPT", "450 4.2.1 greylisted", TryLater),
        ("DATA", "554 no", NeverWill),
        ("END", "554 5.7.1 looks like spam", NeverWill),
        ("END", "550 5.1.1 no such user", AddressRefused),
        ("END", "452 4.2.2 mailbox full", TryLater),
        ("END", BREAK_OFF, PerhapsTaken),
        ("RCPT", BREAK_OFF, TryLater),
        ("EHLO", BREAK_OFF, TryLater),
    ],
)
def test_what_a_refusal_means(server: MailServer, at: str, said: str, means: type) -> None:
    server.faults = {at: said}

    with pytest.raises(DeliveryError) as refused:
        send(server)

    assert type(refused.value) is means
    assert TO not in str(refused.value)
    assert "teacher" not in str(refused.value)


def test_after_a_refusal_the_next_letter_goes_out(server: MailServer) -> None:
    sender = SmtpSender(server.url, FROM)
    server.faults = {"RCPT": "550 5.1.1 no"}
    with pytest.raises(AddressRefused):
        sender.send(LETTER)
    server.faults = {}

    sender.send(LETTER)
    sender.send(LETTER)
    sender.close()

    assert len(server.taken) == 2
    assert server.connections == 2


def test_nobody_listening_is_another_time() -> None:
    with mail_server() as gone:
        url = gone.url

    with pytest.raises(TryLater):
        SmtpSender(url, FROM).send(LETTER)


def test_a_password_is_given_to_this_machine_and_a_wrong_one_stops_all() -> None:
    with mail_server(password="p@ss") as server:
        host = f"127.0.0.1:{server.port}"
        right, wrong = (SmtpSender(f"smtp://bell:{p}@{host}", FROM) for p in ("p%40ss", "no"))
        right.send(LETTER)
        right.close()

        with pytest.raises(NotAllowed) as refused:
            wrong.send(LETTER)

    assert len(server.taken) == 1
    assert "no" not in str(refused.value).split()


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@pytest.mark.parametrize("scheme", ["starttls", "smtp"])
def test_what_is_said_after_the_greeting_is_encrypted_where_that_is_offered(scheme: str) -> None:
    with mail_server(offers_tls=True, password="secret") as server:
        url = f"{scheme}://bell:secret@127.0.0.1:{server.port}"
        sender = SmtpSender(url, FROM, trusting())
        sender.send(LETTER)
        sender.close()

    assert len(server.taken) == 1
    assert server.heard[1] == "STARTTLS"


def test_where_encryption_is_demanded_and_not_offered_nothing_is_said() -> None:
    with mail_server(password="secret") as server:
        sender = SmtpSender(f"starttls://bell:secret@127.0.0.1:{server.port}", FROM)
        with pytest.raises(NotAllowed):
            sender.send(LETTER)

    assert not any(said.startswith(("AUTH", "MAIL")) for said in server.heard)


def test_a_server_with_a_strangers_certificate_is_told_nothing() -> None:
    with mail_server(offers_tls=True, password="secret") as server:
        sender = SmtpSender(f"starttls://bell:secret@127.0.0.1:{server.port}", FROM)
        with pytest.raises(NotAllowed):
            sender.send(LETTER)

    assert not any(said.startswith(("AUTH", "MAIL")) for said in server.heard)


@pytest.mark.parametrize(
    ("url", "port"),
    [("smtp://h", 25), ("smtps://h", 465), ("starttls://h", 587), ("smtp://h:2", 2)],
)
def test_each_way_has_its_port(url: str, port: int) -> None:
    assert Server.parse(url).port == port
