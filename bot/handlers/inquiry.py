"""One question on the desk, and what was said to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Answer
from bot.model.talk import Talk
from bot.understand.question import Question
from bot.understand.reader import Reader

MOST_RECENT = 5  # other plans whose last question is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question, the talk that it came in, and when."""

    question: Question
    talk: Talk
    reader: Reader
    now: datetime

    @property
    def wants(self) -> frozenset[str]:
        """What is wanted; a question that does not say wants what the last one did."""
        return self.question.asked.wants or frozenset(self.talk.asks)

    def moved(
        self, plan: str = "", entry: str = "", known: Mapping[str, str] | None = None
    ) -> Talk:
        """The talk after this question was answered with an entry of a plan."""
        return replace(
            self.talk,
            at=self.now,
            text=self.question.text,
            plan=plan or self.talk.plan,
            entry=entry,
            facets=dict(known or {}),
            asks=tuple(sorted(self.wants)),
            pending="",
            offered=(),
            expects="",
            noted="",
            recent=self._recent(plan or self.talk.plan),
        )

    def _recent(self, plan: str) -> Mapping[str, str]:
        """The last question about each plan of this talk, this one the newest."""
        others = {p: t for p, t in self.talk.recent.items() if p != plan}
        kept = dict(list(others.items())[-MOST_RECENT:])
        return {**kept, plan: self.question.text} if plan else kept


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to one question, and what the chat is about after it.

    Args:
        is_personal: what its writer told before, of themselves or of their case, has a say in it.
    """

    answer: Answer
    talk: Talk
    is_personal: bool = False
