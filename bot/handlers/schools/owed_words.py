"""Words by which a contact reports what was handed in, or takes the last report back."""

import re
from collections.abc import Sequence

from bot import school_work
from bot.answers import owed_lines as lines
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.handing_in import LATELY, NO, carry_out
from bot.handlers.schools.owed_order import BETWEEN, OWED, UNOWE, OwedOrder
from bot.messages import Answer, Button, Card, Incoming, Outcome, Tone
from bot.model.owed import Takes
from bot.model.schools import School
from bot.model.submission import Standing
from bot.school_reading import Stands
from bot.school_work import Call
from bot.store import submission_events
from bot.understand.mask import mask
from bot.understand.school_reports import (
    ANY,
    LONGEST,
    OwedWords,
    Said,
    is_report,
    said_number,
)
from bot.understand.small_talk import bare
from bot.understand.statements import asks

_UNDO = re.compile(
    r"(?:不好意思|抱歉|啊|等等)*(?:我)?(?:剛剛|剛才|剛)(?:的)?(?:回報)?(?:說|講|報|打|寫|記)錯了?"
    r"|(?:我)?(?:說|講|報|打)錯了|(?:取消|收回|復原|撤銷|刪除)(?:剛剛|剛才)?(?:的|那)*(?:1?筆)?(?:回報|紀錄|記錄)?"
)
_CORRECTED = re.compile(
    r"(?:啊|喔|等等|抱歉|不好意思)*(?:不對|不是|錯了|說錯了?|打錯了?)[,、。]?(?:應該)?(?:是|交的是)(?P<other>.{2,30})"
)
_PARTS = re.compile(r"[,，。;；!！?？\n]+")
MIXED = "這句話裡有回報，也有問題，我還沒有記下。請一次說一件："
NOTHING = "沒有可以收回的回報，沒有更動。"


def owed_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is done about a contact's report, or about taking it back; None for all else."""
    if incoming.in_group or incoming.user_id is None or len(incoming.text) > LONGEST:
        return None
    folded = desk.reader.fold(mask(incoming.text))
    if not is_report(folded):
        return _about_the_last(incoming, desk, folded) or _one_at_a_time(incoming, desk)
    contact = Contact(incoming, desk)
    held = contact.schools
    heard = [(school, o) for school in held if (o := _orders(contact, school, folded))]
    if not heard:
        return None
    if len(heard) > 1 and len(heard[0][1]) == 1:
        choice = [(school.name, orders[0].data) for school, orders in heard]
        return contact.said(lines.asked("回報繳交", "是哪一所學校交的？", choice))
    if len(heard) > 1:
        return contact.text("您是幾所學校的承辦人，這次都沒有記下。請一件一件分開說。")
    orders = heard[0][1]
    if len({order.edition for order in orders}) > 1:
        choice = [(_short(desk, order.edition), order.data) for order in orders]
        return contact.said(lines.asked("回報繳交", "是哪一個計畫的？", choice))
    return carry_out(contact, orders)


def _about_the_last(incoming: Incoming, desk: Desk, folded: str) -> Handled | None:
    """What is said of the last report: that it was wrong, or that another thing was meant."""
    said, noted = bare(folded), desk.talk.as_of(incoming.at).noted
    if not noted:
        return _offer_to_take_back(incoming, desk) if _UNDO.fullmatch(said) else None
    kind, _, event_id = noted.partition(":")
    if kind != UNOWE:
        return None
    if _UNDO.fullmatch(said):
        return take_back(incoming, desk, event_id)
    corrected = _CORRECTED.fullmatch(said)
    return _offer_other(incoming, desk, event_id, corrected["other"]) if corrected else None


def _short(desk: Desk, key: str) -> str:
    edition = desk.reader.edition(key)
    return edition.about.short if edition else key


def take_back(incoming: Incoming, desk: Desk, event_id: str) -> Handled:
    """Takes back all that one message of the writer's reported, as one.

    Raises:
        AskAgain: a piece of it was received or returned meanwhile; nothing is taken back then.
    """
    contact = Contact(incoming, desk)
    where = (desk.db, incoming.channel_id, incoming.user_id or "")
    moves = [] if incoming.in_group else submission_events.reported_by(*where, event_id)
    done = 0
    for move in moves:
        school = contact.school(move.whose.school_code)
        if school is None:
            return contact.text(lines.NOT_YOURS)
        call = Call(
            actor=contact.actor(school),
            whose=move.whose,
            slot=move.slot,
            edition_of=desk.reader.edition,
            event_id=f"undo-{event_id}"[:64],
        )
        outcome = school_work.take_back(desk.db, call, move.count, incoming.at)
        done += move.count if outcome.is_new else 0
    if not done:
        return contact.text("這筆回報先前已經收回了。" if moves else NOTHING)
    said = f"已收回剛剛回報的{done}件，不再計入。要重新回報，請再說一次，例如「教案交了3份」。"
    return contact.said(lines.plain(said), noted="")


def _one_at_a_time(incoming: Incoming, desk: Desk) -> Handled | None:
    """Where one part of a message reports and the rest asks: each of both as a tap."""
    fold = desk.reader.fold
    parts = [part.strip() for part in _PARTS.split(mask(incoming.text)) if part.strip()]
    reports = [part for part in parts if is_report(fold(part))]
    rest = "，".join(part for part in parts if part not in reports)
    if len(reports) != 1 or not asks(fold(rest)):
        return None
    contact = Contact(incoming, desk)
    if not any(_orders(contact, school, fold(reports[0])) for school in contact.schools):
        return None
    taps = (Button(f"回報：{reports[0]}", say=reports[0]), Button(f"問：{rest}", say=rest))
    return contact.said(_both(MIXED, taps))


def _both(lead: str, taps: tuple[Button, ...]) -> Answer:
    """Two things to tap, one after the other: below a card they stay."""
    card = Card(title="回報繳交", lead=lead, buttons=taps, tone=Tone.ASK)
    return Answer((card,), outcome=Outcome.ASKED)


def _offer_other(incoming: Incoming, desk: Desk, event_id: str, other: str) -> Handled | None:
    """不對，是成果報告: the last report may be taken back, and the other thing be said."""
    contact, said = Contact(incoming, desk), f"{other}交了"
    if not any(_orders(contact, school, said) for school in contact.schools):
        return None
    taps = (
        Button("1. 收回剛剛那筆", data=f"{UNOWE}={event_id}"),
        Button(f"2. {said}", say=said),
    )
    lead = f"剛剛那筆還在。請先按「收回剛剛那筆」，再按「{said}」。"
    return contact.said(_both(lead, taps))


def _offer_to_take_back(incoming: Incoming, desk: Desk) -> Handled | None:
    """Asks whether the last report is meant, where something else was talked of since."""
    contact = Contact(incoming, desk)
    where = (desk.db, incoming.channel_id, incoming.user_id or "")
    last = submission_events.last_by(*where, incoming.at - LATELY) if contact.schools else ""
    if not last:
        return None
    count = sum(move.count for move in submission_events.reported_by(*where, last))
    choice = [("收回那筆回報", f"{UNOWE}={last}"), ("不用收回", f"{OWED}={NO}")]
    lead = f"您最近回報繳交了{count}件，是要收回那一筆嗎？"
    return contact.said(lines.asked("回報繳交", lead, choice))


def _orders(contact: Contact, school: School, folded: str) -> list[OwedOrder]:
    """What a sentence reports for this school; where two plans know its words, of the one that
    knows more of them. Where they know the one thing equally well it is an order of each.
    """
    reader = contact.desk.reader
    found: list[tuple[int, Stands, Sequence[Said]]] = []
    for one in contact.stands(school):
        words = OwedWords(one.edition, [s.slot for s in one.slots], reader.word)
        said = words.hear(folded, reader.hear(one.edition, folded).known)
        if said:
            weight = sum(s.weight + len(s.units) + len(s.terms) for s in said)
            found.append((weight, one, said))
    if not found:
        return []
    best = max(found, key=lambda f: f[0])
    alike = [f for f in found if f[0] == best[0] and len(f[2]) == 1]
    if len(best[2]) == 1 and ("函" in folded or said_number(contact.incoming.text)):
        alike = [f for f in alike if _is_by_letter(f[1], f[2][0])] or alike
        best = next(iter(alike), best)
    if len(alike) > 1 and len(best[2]) == 1:
        return [_order(contact, school, one, said[0]) for _, one, said in alike]
    return [_order(contact, school, best[1], said) for said in best[2]]


def _is_by_letter(one: Stands, said: Said) -> bool:
    owed = (s.slot.owed for s in one.slots)
    return any(o.id in said.owed and o.takes is Takes.LETTER for o in owed)


def _order(contact: Contact, school: School, one: Stands, said: Said) -> OwedOrder:
    order = OwedOrder(
        school=school.code,
        edition=one.edition.key,
        owed=",".join(said.owed),
        unit=BETWEEN.join(said.units) or ANY,
        term=said.terms[0] if len(said.terms) == 1 else ANY,
        count=said.count,
        number=said_number(contact.incoming.text),
    )
    return order.but(count=_all_of(one, order)) if said.is_whole else order


def _all_of(one: Stands, order: OwedOrder) -> int:
    """How many 都交了 are: all that is asked for by now and not in; else all that is left."""
    slots = [
        s
        for s in one.slots
        if s.slot.owed.id in order.may_be
        and order.is_of(s.slot.unit.key, s.slot.term.id if s.slot.term else "")
    ]
    begun = sum(s.left for s in slots if not s.counts[Standing.NOT_YET])
    return begun or sum(s.left for s in slots) or 1
