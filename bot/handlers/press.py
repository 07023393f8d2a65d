"""A pressed button: `entry=plan/edition#id` shows that entry; an unknown one says so."""

from bot.handlers.answering import answer_with
from bot.handlers.decide import Choice
from bot.handlers.desk import Desk, Handled
from bot.handlers.help import examples
from bot.handlers.inquiry import Inquiry
from bot.messages import Answer, Incoming, Outcome, Text
from bot.understand.score import Candidate


def press(incoming: Incoming, desk: Desk) -> Handled:
    """Answers with the entry that the button names."""
    name, _, value = incoming.data.partition("=")
    item = desk.reader.index.by_key.get(value) if name == "entry" else None
    if item is None:
        said = "這個按鈕是較早的內容，現在已經用不了。請直接打字問我。"
        answer = Answer(parts=(Text(said),), quick=examples(desk.reader), outcome=Outcome.CHAT)
        return Handled(answer=answer, talk=desk.talk)
    question = desk.reader.question(item.entry.title, incoming.at)
    inquiry = Inquiry(
        question=question,
        talk=desk.talk.as_of(incoming.at),
        reader=desk.reader,
        now=incoming.at,
    )
    said_back = answer_with(inquiry, Choice(Candidate(item, 1.0, 1.0)), {})
    return Handled(answer=said_back.answer, talk=said_back.talk)
