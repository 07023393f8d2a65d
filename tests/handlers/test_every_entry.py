"""Every entry of every plan can be shown, names its clause, and leads only to what is there."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from sqlalchemy import Connection

from bot.cli.plain import plain
from bot.messages import Card, Outcome
from bot.model.edition import Edition
from bot.understand.reader import Reader
from tests.handlers.chat import Chat, cards
from tests.understand.plans import real_library, real_reader

EDITIONS = pytest.mark.parametrize("edition", real_library().editions, ids=lambda e: e.key)


def shown(edition: Edition, reader: Reader, db: Connection) -> Iterator[tuple[str, Card]]:
    """The card of each entry, as its button shows it."""
    for entry in edition.entries():
        answer = Chat(reader, db).press(f"entry={edition.key}#{entry.id}")
        yield from ((entry.id, card) for card in cards(answer))


@EDITIONS
def test_every_entry_has_a_card_with_words_and_sources(edition: Edition, db: Connection) -> None:
    found = list(shown(edition, real_reader(), db))

    assert {i for i, _ in found} == {e.id for e in edition.entries()}
    assert [i for i, card in found if not card.lead.strip() or not card.sources] == []
    assert [i for i, card in found if card.document != edition.about.title] == []
    assert [i for i, card in found if card.title != edition.about.short] == []


@EDITIONS
def test_every_card_names_the_clauses_of_its_entry(edition: Edition, db: Connection) -> None:
    sources = {e.id: set(e.source) for e in edition.entries()}

    assert [
        i for i, card in shown(edition, real_reader(), db) if not sources[i] <= set(card.sources)
    ] == []


@EDITIONS
def test_no_card_says_a_line_twice_or_shows_what_a_program_means(
    edition: Edition, db: Connection
) -> None:
    texts = [
        (i, [card.lead, *card.facts, card.state]) for i, card in shown(edition, real_reader(), db)
    ]
    odd = ("None", "Decimal(", "{", "}", "：：", "。。", "  ")

    assert [i for i, lines in texts if len(lines) != len(set(lines))] == []
    assert [(i, o) for i, lines in texts for o in odd if o in "\n".join(lines)] == []


@EDITIONS
def test_every_button_of_a_card_leads_to_an_entry_or_a_page(
    edition: Edition, db: Connection
) -> None:
    chat = Chat(real_reader(), db)
    buttons = [b for _, card in shown(edition, real_reader(), db) for b in card.buttons]
    pressed = {b.data for b in buttons if b.data}

    entries = {d for d in pressed if d.startswith("entry=")}
    assert [d for d in sorted(entries) if chat.press(d).outcome is Outcome.CHAT] == []
    others = sorted(pressed - entries)
    assert [d for d in others if "用不了" in plain(chat.press(d))] == []
    assert [b.url for b in buttons if b.url and not b.url.startswith(("http", "tel", "line"))] == []


def test_every_section_of_a_plan_is_answered_with_its_plan_and_clause(
    reader: Reader, db: Connection
) -> None:
    edition = reader.library.editions[0]
    found = dict(shown(edition, reader, db))

    counted_in = "school_terms"  # no section of entries
    sections = [f.name for f in fields(edition) if isinstance(getattr(edition, f.name), tuple)]
    sections.remove(counted_in)

    assert [name for name in sections if not getattr(edition, name)] == []
    assert found.keys() == {e.id for e in edition.entries()}
    assert [i for i, card in found.items() if not card.sources] == []
