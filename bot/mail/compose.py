"""A letter as a mail: plain text, the same as simple HTML, and how to be written to no more.

Nothing names its reader, and no link opens anything of theirs: a mail is passed on, and stays.
"""

import re
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

from bot.mail.letter import Letter
from bot.messages import Card, Text

BRAND = "師鐘"
NO_REPLY = "這是系統寄出的信，請不要直接回覆。"
IN_LINE = "要看全部的期限與進度、回報完成或調整提醒，請在 LINE 打開師鐘，輸入「我的頁面」。"
LEAVE = "不想再收到這些信："
ASKED = "有人在 LINE 的師鐘填了這個信箱，要用它接收計畫期限的提醒。"
CONFIRM = "是您本人的話，請在24小時內打開下面的連結，按「確認」："
NOT_YOU = "不是您的話，不必理會這封信：沒有確認，就不會再寄別的信。"
LONGEST_SUBJECT = 60  # characters


def compose(letter: Letter, sender: str) -> bytes:
    """The mail, ready to be handed to a server.

    Args:
        sender: of the settings: an address, or a name with one.
    """
    name, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(name or BRAND, addr_spec=address)
    mail["To"] = Address(addr_spec=letter.address)
    mail["Subject"] = _subject(letter)
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.mail_id}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # no machine need answer it
    mail.set_content("\n".join(_text(letter)), cte="base64")
    mail.add_alternative("\n".join(_html(letter)), subtype="html", cte="base64")
    if not letter.leave_url:
        return mail.as_bytes()
    # By hand: folded or encoded by the library, a long address would be one no more.
    leaving = (
        f"List-Unsubscribe: <{letter.leave_url}>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    return leaving.encode("ascii") + mail.as_bytes()


def _subject(letter: Letter) -> str:
    if letter.confirm_url:
        return f"{BRAND}：請確認您的信箱"
    if not letter.leave_url:
        return f"{BRAND}系統警示"
    if len(letter.answers) > 1:
        return f"{BRAND}提醒：{len(letter.answers)}件事"
    leads = [lines[0] for lines in _items(letter)]
    said = re.sub(r"\s+", " ", leads[0] if leads else "").strip()
    return f"{BRAND}提醒：{said[:LONGEST_SUBJECT]}"


def _items(letter: Letter) -> Iterator[list[str]]:
    """Each thing that it tells, line by line, the first of them what it is."""
    for answer in letter.answers:
        for bubble in answer.bubbles:
            lines = bubble.text.splitlines() if isinstance(bubble, Text) else _card(bubble)
            if any(lines):
                yield [line for line in lines if line]


def _card(card: Card) -> list[str]:
    clauses = "；".join(card.sources)
    return [
        card.lead,
        card.state,
        *card.facts,
        f"依據：{card.document} {clauses}" if clauses else "",
    ]


def _where(letter: Letter) -> str:
    """Where there is more; a confirmation and an alarm lead nowhere in LINE."""
    return IN_LINE if letter.leave_url and not letter.confirm_url else ""


def _text(letter: Letter) -> Iterator[str]:
    if letter.confirm_url:
        yield from (ASKED, "", CONFIRM, letter.confirm_url, "", NOT_YOU)
    for first, *rest in _items(letter):
        yield f"■ {first}"
        yield from (f"  {line}" for line in rest)
        yield ""
    yield from ("", "--", *([_where(letter)] if _where(letter) else []), NO_REPLY)
    if letter.leave_url:
        yield from (LEAVE, letter.leave_url)


def _html(letter: Letter) -> Iterator[str]:
    yield '<!doctype html><html lang="zh-Hant-TW"><body style="max-width:40em;line-height:1.6">'
    if letter.confirm_url:
        url = escape(letter.confirm_url)
        yield f'<p>{ASKED}</p><p>{CONFIRM}</p><p><a href="{url}">{url}</a></p><p>{NOT_YOU}</p>'
    for first, *rest in _items(letter):
        yield f"<h2 style='font-size:1.1em;margin-bottom:0'>{escape(first)}</h2>"
        yield f"<p style='margin-top:0'>{'<br>'.join(map(escape, rest))}</p>"
    yield "<hr>" + (f"<p>{_where(letter)}</p>" if _where(letter) else "")
    leaving = f'<br><a href="{escape(letter.leave_url)}">{LEAVE.rstrip("：")}</a>'
    yield f"<p>{NO_REPLY}{leaving if letter.leave_url else ''}</p>"
    yield "</body></html>"
