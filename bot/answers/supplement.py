"""The card of what staff added: plainly the office's word, not the plan's."""

from bot.clock import day_words
from bot.messages import Card
from bot.model.edition import Edition
from bot.model.entries import Supplement

SUPPLEMENT = "承辦單位補充（非計畫條文）"


def supplement_card(edition: Edition, entry: Supplement) -> Card:
    """The card that answers with an addition of staff's: its last fact is how long it holds."""
    return Card(
        title=edition.about.short,
        lead=entry.text,
        facts=(*entry.points, f"有效至{day_words(entry.expires_on)}"),
        sources=(*entry.source, f"{day_words(entry.answered_on)}答覆"),
        document=SUPPLEMENT,
    )
