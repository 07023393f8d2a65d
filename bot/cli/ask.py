"""`bot ask`: the bot in the terminal, through the same handlers as in LINE."""

import argparse
import logging
import sys
from dataclasses import dataclass
from datetime import datetime

from bot import clock
from bot.cli.in_memory import InMemory, in_memory
from bot.cli.plain import plain
from bot.loading import load_reader
from bot.messages import Answer, Button
from bot.settings import Settings
from bot.understand.explained import explain, lines

MYSELF = "terminal"
FINISHED = "（結束）"
WHY = "判讀依據"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is asked, and when."""
    parser.add_argument("text", nargs="?", default="", help="問題；和 --talk 一起時可省略")
    parser.add_argument(
        "--at", type=instant, metavar="ISO", help="當作在這個時間問，例如 2022-06-15T09:00"
    )
    parser.add_argument("--why", action="store_true", help="每個回覆之後印出為什麼這樣回")
    parser.add_argument("--talk", action="store_true", help="繼續對話：一行一題，數字選按鈕")


def instant(text: str) -> datetime:
    """An aware instant; one without a zone is Taipei's."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as err:
        raise argparse.ArgumentTypeError(f"看不懂的時間「{text}」，要像 2022-06-15T09:00") from err
    return at if at.tzinfo else at.replace(tzinfo=clock.TAIPEI)


def run(args: argparse.Namespace) -> int:
    """Answer one question, or a conversation from standard input."""
    if not args.text and not args.talk:
        print("要問什麼？例如：python -m bot ask '什麼時候報名？'", file=sys.stderr)
        return 2
    logging.getLogger().setLevel(logging.WARNING)
    with in_memory(load_reader(Settings.from_env())) as bot:
        chat = Chat(bot, args.at)
        if args.text:
            print(_said(chat, args.text, args.why))
        if args.talk:
            _converse(chat, args.why)
    return 0


@dataclass(slots=True)
class Chat:
    """One person's chat with the bot; a number presses the quick reply of that number."""

    bot: InMemory
    at: datetime | None  # None: the real time of each question
    _quick: tuple[Button, ...] = ()

    def say(self, line: str) -> Answer:
        """The answer to one line."""
        at, pressed = self.at or clock.now(), self._pressed(line)
        say, press = self.bot.say, self.bot.press
        answer = press(MYSELF, pressed, at) if pressed else say(MYSELF, line, at)
        self._quick = answer.quick
        return answer

    def _pressed(self, line: str) -> Button | None:
        if not line.isascii() or not line.isdigit() or not 1 <= int(line) <= len(self._quick):
            return None
        button = self._quick[int(line) - 1]
        return None if button.url else button


def _said(chat: Chat, line: str, with_why: bool) -> str:
    """The answer to one line, and why it was chosen where that is wanted."""
    answer = chat.say(line)
    if not with_why:
        return plain(answer)
    reasons = lines(explain(chat.bot.reader, answer.why))
    return "\n".join((plain(answer), "", WHY, *(f"  {reason}" for reason in reasons)))


def _converse(chat: Chat, with_why: bool) -> None:
    while True:
        try:
            line = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print(f"\n{FINISHED}")
            return
        if line:
            print(_said(chat, line, with_why))
