"""One school in one edition: every slot, its pieces, every move and who made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.collecting.standing import school_of
from bot.collecting.telling import reached
from bot.model.edition import Edition
from bot.model.participation import Participation
from bot.model.schools import School
from bot.model.submission import ActorKind, Moved, Piece, Standing
from bot.rules.consequences import Shortfall, Threat, shortfalls, threats
from bot.rules.matrix import NOTHING
from bot.rules.school_standing import SlotStanding, stand
from bot.store import accounts, participations, people, schools, submissions

ERASED = "（資料已刪除）"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSchool:
    """How a school stands in an edition."""

    school: School
    edition: Edition
    participation: Participation
    slots: tuple[SlotStanding, ...]
    threats: tuple[Threat, ...]
    shortfalls: tuple[Shortfall, ...]
    contacts: tuple[str, ...]  # aliases of those who can be reached

    @property
    def sent(self) -> tuple[SlotStanding, ...]:
        """The slots with something to be confirmed."""
        return tuple(one for one in self.slots if one.counts[Standing.SENT])


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSlot:
    """A slot with all that is kept of it."""

    standing: SlotStanding
    pieces: tuple[Piece, ...]
    moves: tuple[tuple[Moved, str], ...]  # each with who made it


def one_school(
    db: Connection, whose: tuple[str, Edition], code: str, now: datetime
) -> OneSchool | None:
    """How it stands at `now`; None where it does not take part."""
    channel_id, edition = whose
    takings = participations.of_school(db, channel_id, code)
    kept = next((k for k in takings if k.participation.whose.edition_key == edition.key), None)
    if kept is None:
        return None
    taking = kept.participation
    record = submissions.of_school(db, channel_id, code).get(edition.key, NOTHING)
    return OneSchool(
        school=schools.find(db, channel_id, code) or school_of(code, {}),
        edition=edition,
        participation=taking,
        slots=stand(edition, taking, record, now),
        threats=threats(edition, taking, record, now),
        shortfalls=shortfalls(edition, taking),
        contacts=tuple(map(people.alias, reached(db, channel_id, [code]).get(code, ()))),
    )


def one_slot(db: Connection, channel_id: str, found: OneSchool, key: str) -> OneSlot | None:
    """A slot of the school; None where it owes no such thing."""
    standing = next((one for one in found.slots if one.slot.key == key), None)
    kept = participations.find(db, channel_id, found.participation.whose)
    if standing is None or kept is None:
        return None
    mails = {one.id: one.mail for one in accounts.every(db, channel_id)}
    moves = submissions.moves(db, channel_id, kept.id, key)
    return OneSlot(
        standing=standing,
        pieces=tuple(submissions.pieces(db, channel_id, kept.id, key)),
        moves=tuple((move, _who(move, mails)) for move in reversed(moves)),
    )


def _who(move: Moved, mails: Mapping[str, str]) -> str:
    if move.actor_id is None:
        return ERASED
    if move.actor_kind is ActorKind.STAFF:
        return mails.get(move.actor_id, f"承辦人員…{people.alias(move.actor_id)}")
    return f"學校承辦人…{people.alias(move.actor_id)}"
