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
class Officer:
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
class Handling:
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


def carry_out(officer: Officer, handling: Handling) -> list[Done]:
    """Do it to all of the slots, or to none.

    Raises:
        Refused: to one of them it cannot be done; the sentence says why.
    """
    if not handling.slots:
        raise Refused("沒有勾選任何一項，沒有更動。請先勾選要處理的項目。")
    with officer.engine.begin() as db:
        kept = participations.hold(db, officer.channel_id, handling.whose)
        before = submissions.pieces(db, officer.channel_id, kept.id) if kept else []
        done = [_do(db, officer, handling, slot, before) for slot in dict.fromkeys(handling.slots)]
        new = [one for one in done if one.is_new]
        if new and handling.deed in TOLD:
            _tell(db, officer, handling, new)
    return done


def take_part(officer: Officer, taking: Participation) -> None:
    """A school takes part with these parameters from now on.

    Raises:
        Refused: the parameters cannot be.
    """
    with officer.engine.begin() as db:
        school_work.take_part(db, officer.actor, taking, officer.edition_of, officer.now)
        _note_participation(db, officer, taking.whose, "participation.put", dict(taking.facets))


def leave(officer: Officer, whose: Whose) -> bool:
    """The school takes part no longer; False where it did not."""
    with officer.engine.begin() as db:
        left = school_work.leave(db, officer.actor, whose, officer.edition_of, officer.now)
        if left:
            _note_participation(db, officer, whose, "participation.leave", {})
    return left


def _do(
    db: Connection, officer: Officer, handling: Handling, slot: str, before: list[Piece]
) -> Done:
    call = Call(
        actor=officer.actor,
        whose=handling.whose,
        slot=slot,
        edition_of=officer.edition_of,
        event_id=handling.visit,
    )
    had = [piece for piece in before if piece.slot == slot]
    until = _until(db, officer, handling.whose, slot)
    count = handling.count if handling.count is not None else _sent(had)
    outcome = _by_deed(db, call, handling, count, officer.now)
    if outcome.is_new:
        stood = counts(outcome.slot, tally(had), until, officer.now)
        _note(db, officer, handling, (outcome, count), counts_words(stood, outcome.slot.owed.unit))
    return Done(slot=outcome.slot, count=count, until=outcome.until, is_new=outcome.is_new)


def _by_deed(db: Connection, call: Call, handling: Handling, count: int, now: datetime) -> Outcome:
    if handling.deed is Deed.EXTEND:
        if handling.until is None:
            raise Refused("請填延後到哪一天，沒有更動。")
        return school_work.extend(db, call, handling.until, handling.why, now)
    if handling.deed is Deed.SEND_BACK:
        return school_work.send_back(db, call, count, handling.why, now)
    if handling.deed is Deed.EXCUSE:
        return school_work.excuse(db, call, count, handling.why, now)
    if handling.deed is Deed.REPORT:
        return school_work.report(db, call, count, now, handling.number)
    return _COUNTED[handling.deed](db, call, count, now)


def _sent(pieces: list[Piece]) -> int:
    return sum(piece.state is Standing.SENT for piece in pieces)


def _until(db: Connection, officer: Officer, whose: Whose, slot: str) -> datetime | None:
    kept = participations.find(db, officer.channel_id, whose)
    return submissions.until(db, officer.channel_id, kept.id, slot) if kept else None


def _note(
    db: Connection, officer: Officer, handling: Handling, what: tuple[Outcome, int], stood: str
) -> None:
    (outcome, count), whose = what, handling.whose
    after = {"現況": counts_words(outcome.counts, outcome.slot.owed.unit)}
    if handling.deed is Deed.EXTEND and outcome.until:
        after["期限"] = day_words(taipei_day(outcome.until))
    else:
        after["數量"] = f"{count}{outcome.slot.owed.unit}"
    if handling.why:
        after["原因"] = reason_of(handling.why)
    noted = AuditNote(
        channel_id=officer.channel_id,
        at=officer.real_now,
        actor=officer.mail,
        what=f"submission.{handling.deed.value}",
        subject=f"{whose.school_code} {whose.edition_key} {_nameless(outcome.slot)}",
        before={"現況": stood},
        after=after,
    )
    audit.note(db, noted)


def _nameless(slot: Slot) -> str:
    """The slot without a teacher's name: the audit outlives the person."""
    return slot.title if slot.unit.kind is Subject.TEACHER else slot_words(slot)


def _note_participation(
    db: Connection, officer: Officer, whose: Whose, what: str, after: dict[str, str]
) -> None:
    noted = AuditNote(
        channel_id=officer.channel_id,
        at=officer.real_now,
        actor=officer.mail,
        what=what,
        subject=f"{whose.school_code} {whose.edition_key}",
        after=after,
    )
    audit.note(db, noted)


def _tell(db: Connection, officer: Officer, handling: Handling, done: list[Done]) -> None:
    code = handling.whose.school_code
    edition = officer.edition_of(handling.whose.edition_key)
    school = schools.find(db, officer.channel_id, code)
    if edition is None:
        return
    why = reason_of(handling.why) if handling.deed in WITH_REASON else ""
    lines = [(one.slot, one.count, one.until) for one in done]
    news = News(
        school_code=code,
        fact=f"{handling.deed.value}:{handling.visit}",
        answer=done_card(edition, school or school_of(code, {}), handling.deed, lines, why),
        kind=kind_of(handling.deed),
        not_before=officer.now + SETTLES,
    )
    people = reached(db, officer.channel_id, [code])
    tell(db, officer.channel_id, [news], people, officer.now)
