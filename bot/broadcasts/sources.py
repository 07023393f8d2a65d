"""Where facts about people come from, for the chat, the console and the worker alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.broadcasts.recipients import Sources
from bot.ledger import EditionOf
from bot.model.audience import Position
from bot.model.participation import Participation
from bot.model.schools import SchoolRole
from bot.model.submission import Record, Standing
from bot.rules.audience import Needs, Tie
from bot.rules.matrix import Row, matrix
from bot.rules.owed import all_owed
from bot.store import audience_ties

_POSITIONS = {SchoolRole.CONTACT: Position.CONTACT, SchoolRole.TEACHER: Position.TEACHER}
Owes = dict[tuple[str, str, str], frozenset[str]]


def sources_of(edition_of: EditionOf) -> Sources:
    """All that is known here: people, what they follow and did, and their schools."""
    return Sources(edition_of, partial(ties_of, edition_of))


def ties_of(
    edition_of: EditionOf, db: Connection, channel_id: str, needs: Needs, today: datetime
) -> dict[str, tuple[Tie, ...]]:
    """Everybody's ties to schools, by user id; five queries at most, however many there are."""
    taking: dict[str, set[tuple[str, str]]] = defaultdict(set)
    owes: dict[str, Owes] = defaultdict(dict)
    if needs.takes_part:
        found = audience_ties.taking_part(db, channel_id, needs.plans)
        for key, ones in found.items():
            for one in ones:
                taking[one.school_code].add(key)
        if needs.standings:
            records = audience_ties.records(db, channel_id, needs.plans)
            owes = _owes(edition_of, found, records, today)
    ties: dict[str, list[Tie]] = defaultdict(list)
    for known in audience_ties.all_ties(db, channel_id):
        tie = Tie(
            position=_POSITIONS[known.role],
            code=known.code,
            city=known.city,
            district=known.district,
            level=known.level,
            takes_part=frozenset(taking.get(known.code, ())),
            owes=owes.get(known.code, {}),
        )
        ties[known.user_id].append(tie)
    return {user_id: tuple(theirs) for user_id, theirs in ties.items()}


def _owes(
    edition_of: EditionOf,
    taking: Mapping[tuple[str, str], Sequence[Participation]],
    records: Mapping[tuple[str, str], Mapping[str, Record]],
    today: datetime,
) -> dict[str, Owes]:
    """Where each school has pieces: by what is owed, and by the entry that it stands below."""
    found: dict[str, Owes] = defaultdict(dict)
    for key, ones in taking.items():
        edition = edition_of("/".join(key))
        if edition is None:  # not loaded any more: nobody can tell what is owed
            continue
        entries = {owed.id: entry.id for entry, owed in all_owed(edition)}
        for row in matrix(edition, ones, records.get(key, {}), today).rows:
            found[row.taking.school_code] |= _of_row(key, row, entries)
    return found


def _of_row(key: tuple[str, str], row: Row, entries: Mapping[str, str]) -> Owes:
    found: Owes = defaultdict(frozenset)
    for owed, count in row.cells.items():
        at = frozenset(standing.value for standing in Standing if count.of(standing))
        for name in {owed, entries[owed]}:
            found[(*key, name)] |= at
    return dict(found)
