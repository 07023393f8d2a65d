"""What staff do about what a school handed in: done, noted in the audit, told to its contacts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from bot import school_work
from bot.answers.collecting_lines import counts_words, done_card, slot_words
from bot.clock import day_words, taipei_day
from bot.collecting.standing import school_of
from bot.collecting.telling import SETTLES, TOLD, News, kind_of, reached, tell
from bot.errors import Refused
from bot.ledger import EditionOf
from bot.model.goals import Subject
from bot.model.participation import Participation, Whose
from bot.model.submission import Actor, ActorKind, Deed, Piece, Standing
from bot.rules.owed import Slot
from bot.rules.submissions import counts, tally
from bot.school_work import Call, Outcome
from bot.store import audit, participations, schools, submissions
from bot.store.audit import AuditNote
from bot.understand.noted import reason_of

WITH_REASON = frozenset({Deed.SEND_BACK, Deed.EXCUSE, Deed.EXTEND})
_COUNTED: dict[Deed, Callable[[Connection, Call, int, datetime], Outcome]] = {
    Deed.REPORT: school_work.report,
    Deed.TAKE_BACK: school_work.take_back,
    Deed.CONFIRM: school_work.confirm,
    Deed.OWE_AGAIN: school_work.owe_again,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who of the office does something, and when."""

    engine: Engine
    channel_id: str
    account_id: str
    mail: str
    edition_of: EditionOf
    now: datetime  # of the clock that people live by
    real_now: datetime  # for the audit

    @property
    def actor(self) -> Actor:
        """As moves are noted."""
        return Actor(channel_id=self.channel_id, id=self.account_id, kind=ActorKind.STAFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done with which slots of a school."""

    whose: Whose
    deed: Deed
    slots: tuple[str, ...]  # their keys
    visit: str  # of the page that sent it: the same visit does it once
    count: int | None = None  # None: all that were sent
    why: str = ""
    until: date | None = None
    number: str = ""  # of the official letter, where it is recorded on behalf


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of one slot."""

    slot: Slot
    count: int
    until: datetime | None
    is_new: bool


def carry_out(staff: Staff, order: Order) -> list[Done]:
    """Do it to all of the slots, or to none.

    Raises:
        Refused: to one of them it cannot be done; the sentence says why.
    """
    if not order.slots:
        raise Refused("沒有勾選任何一項，沒有更動。請先勾選要處理的項目。")
    with staff.engine.begin() as db:
        kept = participations.hold(db, staff.channel_id, order.whose)
        before = submissions.pieces(db, staff.channel_id, kept.id) if kept else []
        done = [_do(db, staff, order, slot, before) for slot in dict.fromkeys(order.slots)]
        new = [one for one in done if one.is_new]
        if new and order.deed in TOLD:
            _tell(db, staff, order, new)
    return done


def take_part(staff: Staff, taking: Participation) -> None:
    """A school takes part with these parameters from now on.

    Raises:
        Refused: the parameters cannot be.
    """
    with staff.engine.begin() as db:
        school_work.take_part(db, staff.actor, taking, staff.now)
        _note_participation(db, staff, taking.whose, "participation.put", dict(taking.facets))


def leave(staff: Staff, whose: Whose) -> bool:
    """The school takes part no longer; False where it did not."""
    with staff.engine.begin() as db:
        left = school_work.leave(db, staff.actor, whose, staff.now)
        if left:
            _note_participation(db, staff, whose, "participation.leave", {})
    return left


def _do(db: Connection, staff: Staff, order: Order, slot: str, before: list[Piece]) -> Done:
    call = Call(
        actor=staff.actor,
        whose=order.whose,
        slot=slot,
        edition_of=staff.edition_of,
        event_id=order.visit,
    )
    had = [piece for piece in before if piece.slot == slot]
    until = _until(db, staff, order.whose, slot)
    count = order.count if order.count is not None else _sent(had)
    outcome = _by_deed(db, call, order, count, staff.now)
    if outcome.is_new:
        stood = counts(outcome.slot, tally(had), until, staff.now)
        _note(db, staff, order, (outcome, count), counts_words(stood, outcome.slot.owed.unit))
    return Done(slot=outcome.slot, count=count, until=outcome.until, is_new=outcome.is_new)


def _by_deed(db: Connection, call: Call, order: Order, count: int, now: datetime) -> Outcome:
    if order.deed is Deed.EXTEND:
        if order.until is None:
            raise Refused("請填延後到哪一天，沒有更動。")
        return school_work.extend(db, call, order.until, order.why, now)
    if order.deed is Deed.SEND_BACK:
        return school_work.send_back(db, call, count, order.why, now)
    if order.deed is Deed.EXCUSE:
        return school_work.excuse(db, call, count, order.why, now)
    if order.deed is Deed.REPORT:
        return school_work.report(db, call, count, now, order.number)
    return _COUNTED[order.deed](db, call, count, now)


def _sent(pieces: list[Piece]) -> int:
    return sum(piece.state is Standing.SENT for piece in pieces)


def _until(db: Connection, staff: Staff, whose: Whose, slot: str) -> datetime | None:
    kept = participations.find(db, staff.channel_id, whose)
    return submissions.until(db, staff.channel_id, kept.id, slot) if kept else None


def _note(
    db: Connection, staff: Staff, order: Order, what: tuple[Outcome, int], stood: str
) -> None:
    outcome, count = what
    after = {"現況": counts_words(outcome.counts, outcome.slot.owed.unit)}
    if order.deed is Deed.EXTEND and outcome.until:
        after["期限"] = day_words(taipei_day(outcome.until))
    else:
        after["數量"] = f"{count}{outcome.slot.owed.unit}"
    if order.why:
        after["原因"] = reason_of(order.why)
    noted = AuditNote(
        channel_id=staff.channel_id,
        at=staff.real_now,
        actor=staff.mail,
        what=f"submission.{order.deed.value}",
        subject=f"{order.whose.school_code} {order.whose.edition_key} {_nameless(outcome.slot)}",
        before={"現況": stood},
        after=after,
    )
    audit.note(db, noted)


def _nameless(slot: Slot) -> str:
    """The slot without a teacher's name: the audit outlives the person."""
    return slot.title if slot.unit.kind is Subject.TEACHER else slot_words(slot)


def _note_participation(
    db: Connection, staff: Staff, whose: Whose, what: str, after: dict[str, str]
) -> None:
    noted = AuditNote(
        channel_id=staff.channel_id,
        at=staff.real_now,
        actor=staff.mail,
        what=what,
        subject=f"{whose.school_code} {whose.edition_key}",
        after=after,
    )
    audit.note(db, noted)


def _tell(db: Connection, staff: Staff, order: Order, done: list[Done]) -> None:
    code = order.whose.school_code
    edition = staff.edition_of(order.whose.edition_key)
    school = schools.find(db, staff.channel_id, code)
    if edition is None:
        return
    why = reason_of(order.why) if order.deed in WITH_REASON else ""
    lines = [(one.slot, one.count, one.until) for one in done]
    news = News(
        school_code=code,
        fact=f"{order.deed.value}:{order.visit}",
        answer=done_card(edition, school or school_of(code, {}), order.deed, lines, why),
        kind=kind_of(order.deed),
        not_before=staff.now + SETTLES,
    )
    people = reached(db, staff.channel_id, [code])
    tell(db, staff.channel_id, [news], people, staff.now)
