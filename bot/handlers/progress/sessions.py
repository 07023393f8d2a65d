"""Sessions that somebody chooses, and those that they missed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.progress_lines import offer_words
from bot.answers.standing import standing
from bot.clock import taipei_day
from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.hearing import by_known, hear_on, no_such_value
from bot.handlers.progress.orders import read
from bot.handlers.progress.own import (
    IN_GROUP,
    NOT_THERE,
    Own,
    office_of,
    order_of,
    show_button,
)
from bot.handlers.progress.showing import pick_button
from bot.messages import Answer, Card, Incoming, Outcome, Tone
from bot.model.deeds import Pick
from bot.model.entries import DateKind, Requirement
from bot.model.goals import Part
from bot.rules.next_steps import offers_instead, sign_up_of
from bot.rules.progress import TrackStanding
from bot.rules.sessions import Session, find_session, is_over, sessions_of
from bot.store import deeds
from bot.understand.reports import Report
from bot.understand.statements import Act, act_of

MOST_REST = 6  # characters that the track does not know


@dataclass(frozen=True, slots=True)
class Meant:
    """A session that a sentence means, of a track that is followed."""

    found: TrackStanding
    item: Requirement
    part: Part
    session: Session

    @property
    def pick(self) -> Pick:
        """The session as chosen."""
        return Pick(requirement=self.item.id, part=self.part.id, session=self.session.key)


def choose(own: Own, folded: str) -> Handled | None:
    """Notes the sessions that a sentence chooses; None where it chooses none."""
    if act_of(folded) is not Act.CHOSEN:
        return None
    meant = _meant(own, folded)
    return _picked(own, meant) if meant else None


def miss(own: Own, folded: str) -> Handled | None:
    """Notes what was missed and offers what is left instead; None where nothing was."""
    if act_of(folded) is not Act.MISSED:
        return None
    meant = _meant(own, folded, is_missed=True)
    return _missed(own, meant) if meant else None


def pick_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Notes the sessions that a button names."""
    return _pressed(incoming, desk, value, is_missed=False)


def missed_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Notes that the sessions that a button names were missed."""
    return _pressed(incoming, desk, value, is_missed=True)


def _pressed(incoming: Incoming, desk: Desk, value: str, *, is_missed: bool) -> Handled:
    own, order = Own(incoming, desk), read(value)
    if incoming.in_group:
        return own.text(IN_GROUP)
    found = own.standing_of(order) if order else None
    meant: list[Meant] = []
    for pick in order.picks if order and found else ():
        item = (
            next((i.item for i in found.items if i.item.id == pick.requirement), None)
            if found
            else None
        )
        part = next((p for p in item.parts if p.id == pick.part), None) if item else None
        session = (
            find_session(found.edition, item, pick.part, pick.session) if found and item else None
        )
        if found and item and part and session:
            meant.append(Meant(found, item, part, session))
    if not meant:
        return own.text(NOT_THERE)
    return _missed(own, meant) if is_missed else _picked(own, meant)


def _meant(own: Own, folded: str, *, is_missed: bool = False) -> list[Meant]:
    """The sessions that a sentence names by day, round or course.

    Raises:
        AskAgain: it names a round that there is not.
    """
    for found in own.standings:
        report = hear_on(own, found, folded)
        if report.rest > MOST_REST:
            continue
        if report.unknown:
            raise AskAgain(no_such_value(found.edition, report))
        of = (found, report)
        meant = [m for i in found.items for m in _of_item(own, of, i.item, is_missed=is_missed)]
        if not is_missed:
            meant = [m for m in meant if m.part.id not in _done(found, m.item)]
        if meant:
            return meant
    return []


def _of_item(
    own: Own, of: tuple[TrackStanding, Report], item: Requirement, *, is_missed: bool
) -> list[Meant]:
    found, report = of
    named = {part for of, part in report.named if of == item.id}
    meant = []
    for part in item.parts if item.sessions else ():
        if named and part.id not in named:
            continue
        sessions = by_known(found.edition, item, part, report)
        if not sessions and named and report.said.day is None:
            sessions = _chosen_before(own, found, item, part, is_missed=is_missed)
        meant += [Meant(found, item, part, s) for s in sessions]
    return meant


def _chosen_before(
    own: Own, found: TrackStanding, item: Requirement, part: Part, *, is_missed: bool
) -> list[Session]:
    """The chosen session of a part that is named alone: else the only one that is left.

    Nobody has missed what is to come: that is the last one that was.
    """
    keys = {p.session for p in found.account.picks if (p.requirement, p.part) == (item.id, part.id)}
    sessions = sessions_of(found.edition, item, part)
    chosen = [s for s in sessions if s.key in keys]
    ahead = [s for s in sessions if not is_over(s, own.incoming.at)]
    if is_missed and not chosen:
        return [s for s in sessions if s not in ahead][-1:] or ahead[:1]
    return chosen or (ahead if len(ahead) == 1 else [])


def _done(found: TrackStanding, item: Requirement) -> frozenset[str]:
    return next((i.done_parts for i in found.items if i.item.id == item.id), frozenset())


def _picked(own: Own, meant: Sequence[Meant]) -> Handled:
    now, facts = own.incoming.at, []
    over = [m for m in meant if is_over(m.session, now)]
    if len(over) == len(meant):
        raise AskAgain(_over_words(own, over))
    for one in meant:
        if one in over:
            facts.append(f"{one.part.title}（{one.session.span.words()}）那場已經結束，沒有選")
            continue
        found = one.found.account.enrolment.id
        deeds.pick(own.desk.db, own.incoming.channel_id, found, one.pick, now)
        facts.append(_line(own, one))
    own.changed()
    edition = meant[0].found.edition
    card = Card(
        title=f"{edition.about.short}｜場次",
        lead="已記下您選的場次。這裡只是自己的紀錄，報名仍要照計畫的方式完成。",
        facts=tuple(facts),
        sources=meant[0].session.date.source,
        document=edition.about.title,
        buttons=(show_button(),),
    )
    return own.said(Answer((card,), outcome=Outcome.CHAT))


def _line(own: Own, one: Meant) -> str:
    """A chosen session, and until when to sign up for it."""
    now, span = own.incoming.at, one.session.span
    said = f"{one.part.title}：{span.words()}，{standing(span, one.session.date.kind, now)}"
    sign_up = sign_up_of(one.found.edition, one.session)
    if sign_up is None:
        return said
    state = standing(sign_up, DateKind.DEADLINE, now)
    return f"{said}；報名到{sign_up.end.words(year=False)}，{state}"


def _over_words(own: Own, over: Sequence[Meant]) -> str:
    one = over[0]
    left = offers_instead(one.found.edition, one.item, one.pick, own.incoming.at)
    said = f"{one.part.title}（{one.session.span.words()}）那場已經結束了。"
    if not left:
        office = office_of(one.found.edition)
        return f"{said}上完了請回報「{one.part.title}上完了」；沒上到請洽{office}。"
    ahead = "；".join(offer_words(o, own.incoming.at) for o in left)
    return f"{said}還可以選：{ahead}。上完了請回報「{one.part.title}上完了」。"


def _not_going(own: Own, one: Meant) -> Handled:
    """What is left for somebody who cannot go to a session that is still to come."""
    now, edition = own.incoming.at, one.found.edition
    left = [o for o in offers_instead(edition, one.item, one.pick, now) if o.session != one.session]
    facts = [f"還可以選：{offer_words(o, now)}" for o in left]
    order = order_of(one.found)
    buttons = [pick_button(order, one.item.id, one.part, o.session) for o in left[:2]]
    card = Card(
        title=f"{edition.about.short}｜場次",
        lead=f"{one.part.title}（{one.session.span.words()}）那場還沒到，沒有記成沒上到。",
        facts=tuple(facts) or (f"之後沒有其他還能報名的場次了，不能去請先洽{office_of(edition)}",),
        tone=Tone.ASK if buttons else Tone.UNKNOWN,
        sources=one.session.date.source,
        document=edition.about.title,
        buttons=(*buttons, show_button()),
    )
    return own.said(Answer((card,), outcome=Outcome.CHAT))


def _missed(own: Own, meant: Sequence[Meant]) -> Handled:
    """Notes what was missed; what is left instead, or whom to ask."""
    now, facts, buttons = own.incoming.at, [], []
    today = taipei_day(now)
    over = [m for m in meant if m.session.span.end.last <= today]
    if not over:
        return _not_going(own, meant[0])
    for one in over:
        edition = one.found.edition
        enrolment = one.found.account.enrolment.id
        missed = replace(one.pick, missed=True)
        deeds.pick(own.desk.db, own.incoming.channel_id, enrolment, missed, now)
        left = offers_instead(edition, one.item, one.pick, now)
        if left:
            facts += [f"{one.part.title}還可以上：{offer_words(o, now)}" for o in left]
            order = order_of(one.found)
            buttons += [pick_button(order, one.item.id, one.part, o.session) for o in left[:2]]
        else:
            facts.append(f"{one.part.title}後面沒有還能報名的場次了，請洽{office_of(edition)}")
    own.changed()
    first = over[0]
    card = Card(
        title=f"{first.found.edition.about.short}｜場次",
        lead=f"知道了，沒上到：{'、'.join(m.part.title for m in over)}。",
        facts=tuple(facts),
        tone=Tone.ASK if buttons else Tone.UNKNOWN,
        sources=first.session.date.source,
        document=first.found.edition.about.title,
        buttons=(*buttons[:3], show_button()),
    )
    return own.said(Answer((card,), outcome=Outcome.CHAT))
