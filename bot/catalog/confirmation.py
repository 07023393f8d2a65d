"""What is still to be confirmed in an edition, and the edition as the bot may answer from it.

An entry that is marked `to_confirm` is taken out of its section before anybody asks: no verdict,
reminder or list of days can then rest on a guess. What takes its place says that it is open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.model.edition import Edition
from bot.model.entries import Entry, PlanDate, RoleMatrix
from bot.model.unconfirmed import Unconfirmed


def open_entries(edition: Edition) -> list[Entry]:
    """The entries that may not be answered yet, in the order of the file.

    Those that are marked; a track one of whose items is, or that counts by a school term that is;
    a date counted back from one that is.
    """
    marked = {entry.id for entry in edition.entries() if entry.to_confirm}
    terms_wait = any(term.to_confirm for term in edition.school_terms)
    for track in edition.tracks:
        by_term = any(item.is_by_term for item in track.items)
        if (terms_wait and by_term) or marked & {track.id, *(item.id for item in track.items)}:
            marked |= {track.id, *(item.id for item in track.items)}
    for entry in edition.dates:
        if entry.before and entry.before.date in marked:
            marked.add(entry.id)
    return [entry for entry in edition.entries() if entry.id in marked]


def answerable(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions as the bot answers from them: what is open says so, and what was last."""
    return tuple(_answerable(edition, editions) for edition in editions)


def _answerable(edition: Edition, editions: Iterable[Edition]) -> Edition:
    waiting = open_entries(edition)
    if not waiting:
        return edition
    before = sorted(
        (e for e in editions if e.plan == edition.plan and e.about.year < edition.about.year),
        key=lambda e: -e.about.year,
    )
    ids = {entry.id for entry in waiting}
    kept: dict[str, Any] = {
        section.name: tuple(e for e in entries if not (isinstance(e, Entry) and e.id in ids))
        for section in fields(edition)
        if isinstance(entries := getattr(edition, section.name), tuple)
    }
    kept["unsaid"] += tuple(_in_place_of(entry, before) for entry in waiting)
    return replace(edition, **kept)


def _in_place_of(entry: Entry, before: Sequence[Edition]) -> Unconfirmed:
    last, last_edition = _last(entry.id, before)
    return Unconfirmed(
        id=entry.id,
        title=entry.title,
        source=entry.source,
        says=(*entry.says, *_names_inside(entry)),
        audience=entry.audience,
        given=entry.given,
        text=entry.text,
        points=entry.points,
        see=entry.see,
        to_confirm=True,
        last=last,
        last_edition=last_edition,
    )


def _names_inside(entry: Entry) -> tuple[str, ...]:
    """Names of what an entry lists, by which people ask for it too."""
    match entry:
        case PlanDate():
            return entry.items
        case RoleMatrix():
            return tuple(permission.title for permission in entry.permissions)
        case _:
            return ()


def _last(entry_id: str, before: Sequence[Edition]) -> tuple[Entry | None, Edition | None]:
    for edition in before:
        waiting = {entry.id for entry in open_entries(edition)}
        for entry in edition.entries():
            if entry.id == entry_id and entry_id not in waiting:
                return entry, edition
    return None, None
