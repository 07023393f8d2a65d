"""Whether one answer is right, and if not, how bad it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.messages import Answer, Card, Outcome, Row
from evaluation.cases import Turn
from evaluation.patterns import fold, is_found


class Grade(StrEnum):
    """What became of a turn, or of a conversation: then its worst turn's."""

    RIGHT = "right"
    ASKED = "asked"  # a question back where an answer was expected
    UNKNOWN = "unknown"  # says that it does not know
    SILENT = "silent"  # no answer at all, or none but an apology
    WRONG = "wrong"  # answered with confidence, and wrong


# From best to worst, for a conversation of several turns.
ORDER = tuple(Grade)

OF_OUTCOME = {
    Outcome.ANSWERED: Grade.WRONG,
    Outcome.ASKED: Grade.ASKED,
    Outcome.UNKNOWN: Grade.UNKNOWN,
    Outcome.CHAT: Grade.UNKNOWN,  # a greeting or help: nothing was claimed
    Outcome.SILENT: Grade.SILENT,
    Outcome.FAILED: Grade.SILENT,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one answer is, and why it is not right."""

    grade: Grade
    wrong: tuple[str, ...] = ()


def judge(turn: Turn, text: str, recorded: Answer | None) -> Judged:
    """The grade on a reply.

    Args:
        text: the reply's words, folded; empty where there was none.
        recorded: what the bot itself noted of it.
    """
    if recorded is None or not text:
        return Judged(Grade.SILENT, ("沒有回覆",))
    wrong = [*lacks(turn, text)]
    if turn.unknown and recorded.outcome is not Outcome.UNKNOWN:
        wrong.append("計畫沒有寫，卻沒有說不知道")
    if recorded.outcome is Outcome.FAILED:
        wrong.append("程式出錯")
    if turn.choose and recorded.outcome is Outcome.UNKNOWN:
        wrong.append("沒有問是哪一個計畫")
    if not wrong:
        return Judged(Grade.RIGHT)
    return Judged(OF_OUTCOME[recorded.outcome], tuple(wrong))


def lacks(turn: Turn, text: str) -> Iterator[str]:
    """What is wrong with the words of a reply; its clause is judged apart."""
    yield from (f"少了 {p}" for p in turn.all if not is_found(p, text))
    yield from (f"不該有 {p}" for p in turn.none if is_found(p, text))
    yield from (f"沒有讓人選 {p}" for p in turn.choose if not is_found(p, text))


def is_cited(turn: Turn, text: str) -> bool | None:
    """Whether the reply names a clause that the case accepts; None where it asks for none."""
    if not turn.cite:
        return None
    return any(is_found(p, text) for p in turn.cite)


def has_clauses(turn: Turn, recorded: Answer | None) -> bool | None:
    """Whether the first card names these clauses and no other; None where the case names none."""
    if not turn.clauses:
        return None
    shown = {fold(source) for source in _first_card_sources(recorded)}
    return {fold(clause) for clause in turn.clauses} == shown


def _first_card_sources(recorded: Answer | None) -> tuple[str, ...]:
    for part in recorded.parts if recorded else ():
        cards = part.cards if isinstance(part, Row) else (part,)
        for card in cards:
            if isinstance(card, Card):
                return card.sources
    return ()


def worst(grades: list[Grade]) -> Grade:
    """The grade of a conversation with these turns."""
    return max(grades, key=ORDER.index, default=Grade.SILENT)
