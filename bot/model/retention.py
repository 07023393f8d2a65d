"""How long what is only of passing use is kept."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days; `docs/observation.md` says what each of them covers."""

    questions: int = 180
    events: int = 7
    messages: int = 90

    @property
    def of_questions(self) -> timedelta:
        """What people asked, with what was said to it, and what staff answered long ago."""
        return timedelta(days=self.questions)

    @property
    def of_events(self) -> timedelta:
        """Events that hold no question, and what chats were about."""
        return timedelta(days=self.events)

    @property
    def of_messages(self) -> timedelta:
        """Messages and mails that were sent or given up."""
        return timedelta(days=self.messages)
