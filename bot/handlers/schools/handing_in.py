"""教案交了3份: what a contact reports is settled, asked where it may mean two things, written down.

Nothing is written while something is open, and a message is written whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import school_work
from bot.answers import owed_lines as lines
from bot.errors import AskAgain, Refused
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.owed_order import OWED, UNOWE, OwedOrder, read_order
from bot.messages import Answer, Card, Incoming, Outcome, Row
from bot.model.goals import Subject
from bot.model.schools import School
from bot.model.submission import Standing
from bot.rules.owed import Slot
from bot.rules.school_standing import SlotStanding
from bot.rules.submissions import spread
from bot.school_reading import Stands
from bot.school_work import Call
from bot.store import submission_events
from bot.understand.school_reports import ANY

LATELY = timedelta(hours=24)
TITLE = "回報繳交"
MOST_CHOICES = 12
NO = "no"  # in place of an order: nothing is to be written
_CHOSEN_UNITS = (Subject.COMMUNITY, Subject.TEACHER)  # of classes any one is like the next

NONE_OF_THEM = ("都不是，不用記", f"{OWED}={NO}")


@dataclass(frozen=True, slots=True)
class Job:
    """An order with what it is about, read from what the school owes now."""

    contact: Contact
    school: School
    one: Stands
    order: OwedOrder
    slots: tuple[SlotStanding, ...]  # those that the order may mean


def owed_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Does what a button settled."""
    contact, order = Contact(incoming, desk), read_order(value)
    if value == NO:
        return contact.text("好的，沒有更動。")
    if order is None:
        return contact.text(lines.OLD)
    return carry_out(contact, [order])


def carry_out(contact: Contact, orders: Sequence[OwedOrder]) -> Handled:
    """Asks what is open, else writes all of them down.

    Raises:
        AskAgain: one of them cannot be; nothing is written then.
    """
    jobs = []
    for order in orders:
        school = contact.school(order.school)
        if school is None:
            return contact.text(lines.NOT_YOURS)
        jobs.append(_job(contact, school, order))
    for job in jobs:
        question = _open_question(job)
        if question is not None and len(jobs) > 1:
            raise AskAgain("這句話裡有一項還分不清楚是哪一件，這次都沒有記下。請一件一件分開說。")
        if question is not None:
            return contact.said(question)
    noted = f"{UNOWE}:{contact.incoming.event_id}"
    cards = tuple(_written(job) for job in jobs)
    part = cards[0] if len(cards) == 1 else Row(cards)
    return contact.said(Answer((part,), outcome=Outcome.CHAT), noted=noted)


def _job(contact: Contact, school: School, order: OwedOrder) -> Job:
    found = next((s for s in contact.stands(school) if s.edition.key == order.edition), None)
    if found is None:
        raise Refused("學校沒有參與這個計畫，沒有更動。如果應該要有，請洽承辦單位。")
    slots = tuple(
        s
        for s in found.slots
        if s.slot.owed.id in order.may_be
        and order.is_of(s.slot.unit.key, s.slot.term.id if s.slot.term else "")
    )
    if not slots:
        raise Refused("學校的應繳項目裡沒有這一項，沒有更動。請寫「還缺什麼」看有哪些項目。")
    return Job(contact, school, found, order, slots)


def _open_question(job: Job) -> Answer | None:
    """What must be asked before it can be written down; None: nothing."""
    order = job.order
    if len(order.may_be) > 1:
        titles = {s.slot.owed.id: s.slot.title for s in job.slots}
        with_room = [o for o in order.may_be if any(s.left for s in _of(job, o))] or order.may_be
        choice = [(titles[o], order.but(owed=o).data) for o in with_room if o in titles]
        return _asked(job, "您交的是哪一種？", [*choice, NONE_OF_THEM])
    room = [s for s in job.slots if s.left]
    wanted = order.count or 1
    if not room or (wanted >= sum(s.left for s in room) and order.count):
        return _again(job)
    return _which_unit(job, room) or _which_term(job, room) or _again(job)


def _of(job: Job, owed: str) -> list[SlotStanding]:
    return [s for s in job.slots if s.slot.owed.id == owed]


def _which_unit(job: Job, room: Sequence[SlotStanding]) -> Answer | None:
    units = {s.slot.unit.key: s.slot.unit for s in room}
    if len(units) < 2 or next(iter(units.values())).kind not in _CHOSEN_UNITS:
        return None
    choice = [(unit.label, job.order.but(unit=key).data) for key, unit in units.items()]
    return _asked(job, f"「{room[0].slot.title}」是誰的？", choice)


def _which_term(job: Job, room: Sequence[SlotStanding]) -> Answer | None:
    begun = [s for s in room if not s.counts[Standing.NOT_YET]] or list(room)
    terms = {s.slot.term.id: s.slot.term for s in begun if s.slot.term}
    if job.order.term != ANY or len(terms) < 2:
        return None
    choice = [(term.title, job.order.but(term=key).data) for key, term in terms.items()]
    return _asked(job, f"「{room[0].slot.title}」是哪一學期的？", choice)


def _asked(job: Job, lead: str, choice: Sequence[tuple[str, str]]) -> Answer:
    more = len(choice) - MOST_CHOICES
    said = [f"還有{more}個沒有列出，請在學校頁面回報。"] if more > 0 else []
    title = f"{TITLE}｜{job.one.edition.about.short}"
    return lines.asked(title, lead, choice[:MOST_CHOICES], *said)


def _again(job: Job) -> Answer | None:
    """Whether it is another one, where the same was reported within a day."""
    if job.order.is_another:
        return None
    laid = {slot.owed.id: 0 for slot, _ in _laid(job)}
    count = sum(n for _, n in _laid(job))
    slots = {s.slot.key for s in job.one.slots if s.slot.owed.id in laid}
    contact = job.contact
    since = contact.incoming.at - LATELY
    where = (contact.desk.db, contact.incoming.channel_id, job.one.id)
    before = submission_events.net_reports(*where, since)
    if not any(sum(r.values()) == count and set(r) <= slots for r in before):
        return None
    if sum(s.left for s in job.slots) < count:
        return None  # it is refused with the numbers
    title = job.slots[0].slot.title
    choice = [
        ("是另外的，請記", job.order.but(is_another=True).data),
        ("不是，不用記", f"{OWED}={NO}"),
    ]
    return _asked(job, f"一天內已經回報過{count}{_unit(job)}「{title}」，這是另外的嗎？", choice)


def _unit(job: Job) -> str:
    return job.slots[0].slot.owed.unit


def _laid(job: Job) -> list[tuple[Slot, int]]:
    """The pieces laid into slots: what was asked for first is filled first.

    Without a number it is one piece.
    """
    room = [(s.slot, s.left) for s in job.slots]
    return spread(room, job.order.count or 1)


def _written(job: Job) -> Card:
    contact, now = job.contact, job.contact.incoming.at
    room = sum(s.left for s in job.slots)
    laid = _laid(job)
    asked_for = sum(count for _, count in laid)
    if asked_for > room:
        title, unit = job.slots[0].slot.title, _unit(job)
        expected = sum(s.slot.expected for s in job.slots)
        if not room:
            so_far = lines.count_words(lines.total(job.slots))
            raise Refused(
                f"「{title}」應繳的{expected}{unit}先前都回報過了（{so_far}），這次沒有再記。"
                "先前報錯的，寫「剛剛說錯了」收回再報。"
            )
        raise Refused(
            f"「{title}」應繳{expected}{unit}，還可以回報{room}{unit}，沒有記下這次的{asked_for}{unit}。"
            "請確認數量；先前報錯的，寫「剛剛說錯了」收回再報。"
        )
    for slot, count in laid:
        call = Call(
            actor=contact.actor(job.school),
            whose=job.one.taking.whose,
            slot=slot.key,
            edition_of=contact.desk.reader.edition,
            event_id=contact.incoming.event_id,
        )
        school_work.report(contact.desk.db, call, count, now, job.order.number)
    ids = {slot.owed.id for slot, _ in laid}
    after = next(s for s in contact.stands(job.school) if s.id == job.one.id)
    stands = lines.total(s for s in after.slots if s.slot.owed.id in ids)
    undo = f"{UNOWE}={contact.incoming.event_id}"
    return lines.reported(job.one.edition, laid, stands, undo)
