"""Buttons to what a person keeps for themselves: a track, a reminder, a form to download.

Only the names are here, so that any card can have the buttons; what pressing one does is the
business of the handler of that name.
"""

from bot.messages import Button
from bot.model.edition import Edition

JOIN, REMIND, FORMS = "join", "remind", "forms"  # join=plan/edition#track id, and so on


def join_button(edition: Edition, track_id: str) -> Button:
    """Takes the track into the person's own progress."""
    return Button("加入我的進度", data=f"{JOIN}={edition.key}#{track_id}")


def remind_button(edition: Edition, date_id: str) -> Button:
    """Asks to be reminded of a date."""
    return Button("提醒我", data=f"{REMIND}={edition.key}#{date_id}")


def form_button(edition: Edition, form_id: str, label: str = "下載報名表") -> Button:
    """Opens a form with what is known filled in."""
    return Button(label, data=f"{FORMS}={edition.key}#{form_id}")
