"""The card of what staff added: plainly the office's word, not the plan's."""

from datetime import date

from bot.messages import Card
from bot.model.edition import Edition
from bot.model.entries import Supplement

SUPPLEMENT = "承辦單位補充（非計畫條文）"


def supplement_card(edition: Edition, entry: Supplement) -> Card:
    """The card that answers with an addition of staff's: its last fact is how long it holds."""
    return Card(
        title=edition.about.short,
        lead=entry.text,
        facts=(*entry.points, f"有效至{_day(entry.expires_on)}"),
        sources=(*entry.source, f"{_day(entry.answered_on)}答覆"),
        document=SUPPLEMENT,
    )


def _day(day: date) -> str:
    return f"{day.year - 1911}年{day.month}月{day.day}日"
