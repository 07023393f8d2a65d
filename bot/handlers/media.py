"""Stickers, pictures, files, places: a short friendly answer."""

from bot.handlers.desk import Desk, Handled
from bot.handlers.help import examples
from bot.messages import Answer, Incoming, Kind, Outcome, Text

_WORDS = {
    Kind.STICKER: "收到您的貼圖了，謝謝！想查計畫的期限或規定，直接打字問我就可以。",
    Kind.IMAGE: "我看不懂圖片，請把想問的事打成文字告訴我。表件請依計畫的方式繳交，不要傳到這裡。",
    Kind.VIDEO: "我看不懂影片，請把想問的事打成文字告訴我。",
    Kind.AUDIO: "我聽不懂語音，請把想問的事打成文字，或用手機的語音輸入。",
    Kind.FILE: "我不會打開檔案，也不會保存。請把想問的事打成文字；表件請依計畫的方式繳交。",
    Kind.LOCATION: "我用不到位置資訊，也不會保存。想查計畫的期限或規定，直接打字問我就可以。",
}


def media(incoming: Incoming, desk: Desk) -> Handled:
    """Says what the bot can do with it, which is little, and what to do instead."""
    answer = Answer(
        parts=(Text(_WORDS[incoming.kind]),), quick=examples(desk.reader), outcome=Outcome.CHAT
    )
    return Handled(answer=answer, talk=desk.talk)
