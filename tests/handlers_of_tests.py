"""Small handlers that do what a test needs, in place of the table."""

from typing import Any

from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.messages import SILENCE, Answer, Card, Incoming, Kind, Outcome, Text, Why
from bot.model.edition import Lexicon, Library
from bot.store import people
from bot.store.interviews import Told
from bot.understand.reader import Reader

# Nothing is looked up in it.
EMPTY = Reader(Library(editions=(), lexicon=Lexicon()))
TOLD_OF = "garden/111#may"


def echo(incoming: Incoming, desk: Desk) -> Handled:
    """Says what it heard and what it heard before; breaks on 「壞掉」, asks on 「嗯」.

    Of 「我有…」 it keeps the words, as told of an eligibility.
    """
    if incoming.text == "壞掉":
        people.see(desk.db, incoming.channel_id, "trace", incoming.at)
        raise KeyError(incoming.text)
    if incoming.text == "嗯":
        raise AskAgain("請問您要問哪一個計畫？")
    if incoming.text == "安靜":
        return Handled(answer=SILENCE, talk=desk.talk)
    heard = incoming.text or incoming.data or incoming.kind.value
    outcome = Outcome.ANSWERED if incoming.kind is Kind.TEXT else Outcome.CHAT
    answer = Answer(
        (Card(title="聽到了", lead=heard, facts=(f"上次：{desk.talk.text or '無'}",)),),
        outcome=outcome,
        why=Why(plan="p", edition="111", entry="e", score=0.9, words=(heard,)),
    )
    tells = incoming.text.startswith("我有")
    told = [Told(TOLD_OF, {"has": incoming.text[2:]}, incoming.at)] if tells else []
    return Handled(answer=answer, talk=_talk(desk, incoming), told=told)


def _talk(desk: Desk, incoming: Incoming) -> Any:
    return type(desk.talk)(at=incoming.at, text=incoming.text)


def texts(answer: Answer) -> list[str]:
    """What the answer's parts lead with."""
    return [p.text if isinstance(p, Text) else p.lead for p in answer.parts]
