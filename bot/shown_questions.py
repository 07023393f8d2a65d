"""What the pages show of questions: the words of the answer, and why it was chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.messages import Answer, Card, Outcome, Text
from bot.model.entries import Entry
from bot.readers import PREFIX, supplement_of
from bot.store import staff_entries
from bot.store.questions import Logged
from bot.understand.explained import Explained, explain
from bot.understand.reader import Reader

OUTCOMES = {
    Outcome.UNKNOWN: "查無答案",
    Outcome.ASKED: "反問",
    Outcome.ANSWERED: "已回答",
    Outcome.FAILED: "出錯",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """One logged question as its page shows it."""

    question: Logged
    asked: str  # its words; of a pressed button the title of what it leads to
    outcome: str
    said: tuple[str, ...]  # what the bot said, line by line
    why: Explained


def shown(
    db: Connection, channel_id: str, reader: Reader, questions: Sequence[Logged]
) -> list[ShownQuestion]:
    """The questions with their answers and reasons in words; one query at most for all."""
    more = supplements_named(db, channel_id, (_keys(q) for q in questions))
    return [_shown(q, explain(reader, q.why, more)) for q in questions]


def _shown(question: Logged, why: Explained) -> ShownQuestion:
    is_pressed = question.is_pressed
    return ShownQuestion(
        question=question,
        asked=(why.title or "不再使用的按鈕") if is_pressed else question.text,
        outcome=OUTCOMES.get(question.outcome, question.outcome.value),
        said=tuple(said_lines(question.answer)) if question.answer else (),
        why=why,
    )


def supplements_named(
    db: Connection, channel_id: str, keys: Iterable[list[str]]
) -> Mapping[str, Entry]:
    """The supplements among these entries, also those that are no longer said, by id."""
    ids = {k.removeprefix(PREFIX) for some in keys for k in some if k.startswith(PREFIX)}
    found = staff_entries.find_many(db, channel_id, sorted(ids))
    return {PREFIX + key: supplement_of(kept) for key, kept in found.items()}


def _keys(question: Logged) -> list[str]:
    rivals = [key.partition("#")[2] for key, _ in question.why.rivals]
    return [question.why.entry, *rivals]


def said_lines(answer: Answer) -> list[str]:
    """What an answer leads with, a line for each part of it, and the clauses."""
    found: list[str] = []
    for bubble in answer.bubbles:
        found += [bubble.text] if isinstance(bubble, Text) else _card_lines(bubble)
    return found


def _card_lines(card: Card) -> list[str]:
    return [card.lead, *card.facts, *([f"依據：{'；'.join(card.sources)}"] if card.sources else [])]
