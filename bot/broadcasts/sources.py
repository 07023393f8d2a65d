"""Where facts about people come from, for the chat, the console and the worker alike."""

from bot.broadcasts.recipients import Sources
from bot.ledger import EditionOf


def sources_of(edition_of: EditionOf) -> Sources:
    """All that is known here: people, and what they follow and did; nothing of schools."""
    return Sources(edition_of)
