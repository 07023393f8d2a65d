"""The greeting to somebody who adds the bot, or to a group that it joins."""

from bot.handlers.desk import Desk, Handled
from bot.handlers.help import plan_buttons, welcome
from bot.messages import Answer, Incoming, Outcome, Text
from bot.model.talk import Talk


def follow(incoming: Incoming, desk: Desk) -> Handled:
    """Says what the bot can do, with examples to tap."""
    return Handled(answer=welcome(desk.reader), talk=Talk())


def join(incoming: Incoming, desk: Desk) -> Handled:
    """Says hello to a group, and how it is called there."""
    said = "大家好，我是師鐘。在群組裡請先標記（@）我再問，我只回答計畫裡公開的規定。"
    answer = Answer(parts=(Text(said),), quick=plan_buttons(desk.reader), outcome=Outcome.CHAT)
    return Handled(answer=answer, talk=Talk())
