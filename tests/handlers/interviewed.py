"""What the tests of the interview share: its matters, and how an answer is read."""

from bot.messages import Answer, Card
from bot.store import interviews
from tests.handlers.chat import Chat, cards

COOC, COMMUNITY = "cooc-teacher/111#eligible", "digital-community/112#eligible"
SCHOOL = "mobile-learning/107#school-apply"


def first(answer: Answer) -> Card:
    """The first card."""
    return cards(answer)[0]


def says(answer: Answer) -> list[str]:
    """What the quick replies say."""
    return [b.say for b in answer.quick]


def start(chat: Chat, key: str) -> Answer:
    """Begins the interview about one matter."""
    return chat.press(f"check={key}")


def told(chat: Chat) -> dict[str, dict[str, str]]:
    """What is kept of the person, by matter."""
    return {t.entry: dict(t.facts) for t in interviews.all_of(chat.db, "C", chat.user)}
