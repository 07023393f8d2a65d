"""What contacts and staff do about what schools hand in; each deed within the caller's transaction.

The participation's row is locked first: of two who do something at once the second sees what the
first one did. The same event does the same thing once. A contact acts only for their own school,
and only reports and takes back; what is refused changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy import Connection

from bot.clock import TAIPEI, day_words
from bot.errors import Refused
from bot.ledger import EditionOf
from bot.model.goals import Subject
from bot.model.participation import Participation, Whose
from bot.model.submission import Actor, ActorKind, Deed, Piece, Standing
from bot.reminders.follows import Where, refresh_contacts
from bot.rules.owed import Slot, slots
from bot.rules.submissions import Change, counts, decide, holding, tally
from bot.store import participations, submissions
from bot.store.participations import Kept
from bot.store.submissions import Move
from bot.understand.noted import letter_number, reason_of

_BY_CONTACTS = frozenset({Deed.REPORT, Deed.TAKE_BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who does something about which slot, and by which event."""

    actor: Actor
    whose: Whose
    slot: str  # its key
    edition_of: EditionOf
    event_id: str  # of the message, or the visit of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a deed: how the slot stands now."""

    slot: Slot
    counts: dict[Standing, int]
    until: datetime | None  # the date that holds; None: there is none
    is_new: bool = True  # False: this event had done it before, and nothing changed


def report(db: Connection, call: Call, count: int, now: datetime, number: str = "") -> Outcome:
    """So many pieces were sent: first those that were returned, then new ones.

    Args:
        number: of the official letter that they came with.

    Raises:
        Refused: more than is owed, another's school, or no such slot.
    """
    return _do(db, call, (Deed.REPORT, count, letter_number(number)), now)


def take_back(db: Connection, call: Call, count: int, now: datetime) -> Outcome:
    """So many pieces were not sent after all; what was received or returned stays.

    Raises:
        Refused: there are not so many, another's school, or no such slot.
    """
    return _do(db, call, (Deed.TAKE_BACK, count, ""), now)


def confirm(db: Connection, call: Call, count: int, now: datetime) -> Outcome:
    """So many of those that were sent have arrived.

    Raises:
        Refused: there are not so many, a contact asks, or no such slot.
    """
    return _do(db, call, (Deed.CONFIRM, count, ""), now)


def send_back(db: Connection, call: Call, count: int, why: str, now: datetime) -> Outcome:
    """So many are to be mended and sent again, for this reason.

    Raises:
        Refused: no reason, there are not so many, a contact asks, or no such slot.
    """
    return _do(db, call, (Deed.SEND_BACK, count, reason_of(why)), now)


def excuse(db: Connection, call: Call, count: int, why: str, now: datetime) -> Outcome:
    """So many of those that are not handed in need not be, for this reason.

    Raises:
        Refused: no reason, there are not so many, a contact asks, or no such slot.
    """
    return _do(db, call, (Deed.EXCUSE, count, reason_of(why)), now)


def owe_again(db: Connection, call: Call, count: int, now: datetime) -> Outcome:
    """So many that were excused are owed after all.

    Raises:
        Refused: there are not so many, a contact asks, or no such slot.
    """
    return _do(db, call, (Deed.OWE_AGAIN, count, ""), now)


def extend(db: Connection, call: Call, until: date, why: str, now: datetime) -> Outcome:
    """This school has until the end of that day. What was sent before stays late, if it was.

    Raises:
        Refused: no reason, a day that is not later, a contact asks, or no such slot.
    """
    reason = reason_of(why)
    kept, slot = _held(db, call, Deed.EXTEND)
    closes = datetime.combine(until + timedelta(days=1), time(0), TAIPEI) - timedelta(seconds=1)
    made = Move(slot=slot.key, deed=Deed.EXTEND, count=0, why=reason, event_id=call.event_id)
    if submissions.was_done(db, call.actor.channel_id, kept.id, made):
        return _outcome(db, call, (kept, slot), now, is_new=False)
    if closes < now or (slot.closes and closes < slot.closes):
        raise Refused("延後的日期要在今天以後，而且不能早於計畫的期限，沒有更動。請改填日期。")
    submissions.put_until(db, call.actor.channel_id, kept.id, slot.key, closes)
    told = replace(made, why=f"延到{day_words(closes)}：{reason}")  # a later one replaces the date
    submissions.note(db, kept.id, call.actor, told, now)
    return _outcome(db, call, (kept, slot), now)


def take_part(
    db: Connection, actor: Actor, taking: Participation, edition_of: EditionOf, now: datetime
) -> str:
    """The id of the participation: the school takes part with these parameters from now on.

    What was handed in before stays, and counts as far as it is still owed. The school's contacts
    are told of what it owes from now on.

    Raises:
        Refused: a contact asks, or two units of a kind have one name.
    """
    _only_staff(actor)
    for kind in Subject:
        keys = [unit.key for unit in taking.units_of(kind)]
        if len(set(keys)) < len(keys) or "" in keys or any("|" in key for key in keys):
            raise Refused("班級、社群或教師的名稱空白、重複或有「|」，沒有更動。請改成各不相同。")
    kept = participations.put(db, actor.channel_id, taking, now)
    refresh_contacts(Where(db, actor.channel_id, edition_of, now), taking.school_code)
    return kept


def leave(db: Connection, actor: Actor, whose: Whose, edition_of: EditionOf, now: datetime) -> bool:
    """The school takes part no longer; what it handed in is kept. False where it did not.

    Its contacts are told no more of what it would owe.

    Raises:
        Refused: a contact asks.
    """
    _only_staff(actor)
    has_left = participations.leave(db, actor.channel_id, whose, now)
    if has_left:
        refresh_contacts(Where(db, actor.channel_id, edition_of, now), whose.school_code)
    return has_left


def _do(db: Connection, call: Call, what: tuple[Deed, int, str], now: datetime) -> Outcome:
    deed, count, said = what
    channel_id = call.actor.channel_id
    kept, slot = _held(db, call, deed)
    made = Move(slot=slot.key, deed=deed, count=count, event_id=call.event_id)
    if submissions.was_done(db, channel_id, kept.id, made):
        return _outcome(db, call, (kept, slot), now, is_new=False)
    before = submissions.pieces(db, channel_id, kept.id, slot.key)
    change = decide(deed, slot, before, count)
    touched = [piece.id for piece in change.pieces]
    number = said if deed is Deed.REPORT else ""
    if change.to is None:
        submissions.drop(db, channel_id, touched, now)
    else:
        submissions.change(db, channel_id, touched, change.to, number)
    until = submissions.until(db, channel_id, kept.id, slot.key)
    new = _new(slot, change, (now, holding(slot, until)), number)
    submissions.add(db, channel_id, kept.id, new)
    made = Move(
        slot=slot.key,
        deed=deed,
        count=count,
        pieces=touched + [piece.id for piece in new],
        why=said,
        event_id=call.event_id,
    )
    submissions.note(db, kept.id, call.actor, made, now)
    return _outcome(db, call, (kept, slot), now)


def _new(
    slot: Slot, change: Change, at: tuple[datetime, datetime | None], number: str
) -> list[Piece]:
    if change.to is None:
        return []
    sent, due = at if change.to is Standing.SENT else (None, None)
    return [
        Piece(
            id=uuid4().hex,
            slot=slot.key,
            state=change.to,
            sent_at=sent,
            due_at=due,
            number=number,
        )
        for _ in range(change.new)
    ]


def _held(db: Connection, call: Call, deed: Deed) -> tuple[Kept, Slot]:
    """The participation, locked, and its slot.

    Raises:
        Refused: it is not theirs to do, or there is no such thing.
    """
    actor = call.actor
    if actor.kind is ActorKind.CONTACT:
        if deed not in _BY_CONTACTS:
            raise Refused("這件事由承辦單位處理，沒有更動。請洽承辦人員。")
        if not actor.school_code or actor.school_code != call.whose.school_code:
            raise Refused("只能處理自己學校的繳交資料，沒有更動。")
    kept = participations.hold(db, actor.channel_id, call.whose)
    edition = call.edition_of(call.whose.edition_key)
    if kept is None or edition is None:
        raise Refused("學校沒有參與這個計畫，沒有更動。如果應該要有，請洽承辦單位。")
    slot = next((s for s in slots(edition, kept.participation) if s.key == call.slot), None)
    if slot is None:
        raise Refused("學校的應繳項目裡沒有這一項，沒有更動。請從應繳清單選一項。")
    return kept, slot


def _outcome(
    db: Connection,
    call: Call,
    what: tuple[Kept, Slot],
    now: datetime,
    is_new: bool = True,
) -> Outcome:
    kept, slot = what
    pieces = submissions.pieces(db, call.actor.channel_id, kept.id, slot.key)
    until = submissions.until(db, call.actor.channel_id, kept.id, slot.key)
    if is_new:
        where = Where(db, call.actor.channel_id, call.edition_of, now)
        refresh_contacts(where, call.whose.school_code)
    stands = counts(slot, tally(pieces), until, now)
    return Outcome(slot=slot, counts=stands, until=holding(slot, until), is_new=is_new)


def _only_staff(actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF:
        raise Refused("參與計畫的資料由承辦單位更改，沒有更動。請洽承辦人員。")
