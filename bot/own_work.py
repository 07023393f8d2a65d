"""What people do on their own pages, each deed in one transaction, their row locked for it.

The chat does the same by the same functions of `ledger` and `store`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, Engine

from bot import ledger
from bot.answers.reminder_lines import refused
from bot.clock import day_words
from bot.errors import AskAgain
from bot.ledger import EditionOf, Written
from bot.model.calendar import CalendarEvent, SaidEvent
from bot.model.deeds import Deed, Pick
from bot.model.entries import Requirement
from bot.model.reminders import Preferences
from bot.reminders.follows import Where, refresh
from bot.reminders.stopping import stop_one
from bot.reminders.stretches import Stretches
from bot.rules.calendar_changes import say_anew
from bot.rules.progress import TrackStanding, counts_by_term
from bot.rules.sessions import find_session, is_over
from bot.store import (
    affiliations,
    calendar_keys,
    calendar_said,
    deeds,
    enrolments,
    invitations,
    people,
    preferences,
    traces,
    wishes,
)
from bot.store.deeds import Report
from bot.store.invitations import InvitedAs
from bot.store.people import Role
from bot.store.wishes import Wish

NOTHING = Written((), ())
HANDED_OVER_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose own page it is, and which plans there are."""

    channel_id: str
    user_id: str
    edition_of: EditionOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What was filled in as done for one requirement."""

    enrolment_id: str
    requirement: str
    on: date
    parts: tuple[str, ...] = ()
    count: Decimal = Decimal(1)
    term: str = ""
    marks: frozenset[str] = frozenset()
    is_another: bool = False  # of the same day, and still another one
    visit: str  # by which a form that is sent twice counts once


def report(engine: Engine, owner: Owner, reported: Reported, now: datetime) -> Written:
    """Write down what was done; a form that is sent twice writes nothing the second time.

    Raises:
        AskAgain: it cannot be; nothing is written then.
    """
    with held(engine, owner, now) as db:
        standing = _standing(db, owner, reported.enrolment_id)
        if deeds.was_reported(db, reported.enrolment_id, reported.visit):
            return NOTHING
        item = _item(standing, reported.requirement)
        reports = [_one(standing, item, reported, part) for part in reported.parts or ("",)]
        if not item.parts and not reported.is_another:
            _refuse_second(db, reported, reports[0])
        by = (reported.visit, now)
        return ledger.write_down(db, owner.channel_id, standing, reports, by)


def undo(
    engine: Engine, owner: Owner, enrolment_id: str, deed_id: str, now: datetime
) -> Deed | None:
    """Take back one thing that was reported; None where it does not stand any more."""
    with held(engine, owner, now) as db:
        _standing(db, owner, enrolment_id)
        return deeds.undo_one(db, owner.channel_id, enrolment_id, deed_id, now)


def pick(engine: Engine, owner: Owner, enrolment_id: str, wanted: Pick, now: datetime) -> None:
    """Choose a session, or note that the chosen one was missed.

    Raises:
        AskAgain: there is no such session, or it is over and cannot be chosen.
    """
    with held(engine, owner, now) as db:
        standing = _standing(db, owner, enrolment_id)
        item = _item(standing, wanted.requirement)
        session = find_session(standing.edition, item, wanted.part, wanted.session)
        if session is None:
            raise AskAgain("沒有這個場次了，沒有更動。請從清單選一個場次。")
        if is_over(session, now) and not wanted.missed:
            raise AskAgain(f"{session.span.words()}這一場已經結束，不能再選。請選之後的場次。")
        deeds.pick(db, owner.channel_id, enrolment_id, wanted, now)


def unpick(
    engine: Engine, owner: Owner, enrolment_id: str, of: tuple[str, str], now: datetime
) -> bool:
    """Choose no session after all, of this requirement and part; False where none was chosen."""
    with held(engine, owner, now) as db:
        _standing(db, owner, enrolment_id)
        return deeds.unpick(db, enrolment_id, *of)


def settle(
    engine: Engine, owner: Owner, enrolment_id: str, facets: Mapping[str, str], now: datetime
) -> None:
    """Keep which case somebody is: what their track asks for.

    Raises:
        AskAgain: one of them is missing, or is no value that the edition has.
    """
    with held(engine, owner, now) as db:
        standing = _standing(db, owner, enrolment_id)
        for name in standing.lacks:
            facet = standing.edition.facets[name]
            said = facets.get(name, "")
            if not said or (facet.values and said not in facet.values):
                raise AskAgain(f"請選擇{facet.title}。")
        known = {name: facets[name] for name in standing.lacks}
        enrolments.settle(db, owner.channel_id, standing.account.enrolment, known)


def stop_wish(engine: Engine, owner: Owner, wish: Wish, now: datetime) -> bool:
    """Be reminded of a date no longer; False where nobody was to be."""
    with held(engine, owner, now) as db:
        return wishes.drop(db, owner.channel_id, owner.user_id, wish)


def mute(engine: Engine, owner: Owner, stretch_key: str, now: datetime) -> bool:
    """Be reminded of one date no longer, whatever it was for; False where the plans have it not."""
    stretch = Stretches(owner.edition_of).find(stretch_key)
    if stretch is None:
        return False
    with held(engine, owner, now) as db:
        stop_one(Where(db, owner.channel_id, owner.edition_of, now), owner.user_id, stretch)
    return True


def prefer(engine: Engine, owner: Owner, wanted: Preferences, now: datetime) -> None:
    """Be reminded so from now on.

    Raises:
        AskAgain: nothing could ever be sent so.
    """
    if fault := refused(wanted):
        raise AskAgain(fault)
    with held(engine, owner, now) as db:
        preferences.put(db, owner.channel_id, owner.user_id, wanted, now)


def renew_calendar(engine: Engine, owner: Owner, now: datetime) -> str:
    """A new key of the calendar; the one before opens nothing any more."""
    with held(engine, owner, now) as db:
        return calendar_keys.renew(db, owner.channel_id, owner.user_id, now)


def say_calendar(
    engine: Engine, owner: Owner, events: Sequence[CalendarEvent], now: datetime
) -> list[SaidEvent]:
    """What the calendar says of these events to whoever fetched it before, the earliest first.

    Only where something moved is anything written: most fetches bring nothing new.
    """
    whose = (owner.channel_id, owner.user_id)
    with engine.connect().execution_options(only_reads=True) as db:
        found = say_anew(calendar_said.of_person(db, *whose), events, now)
    if found.is_news:
        with held(engine, owner, now) as db:
            if not calendar_keys.find(db, *whose):
                return []  # all of this person was erased meanwhile
            found = say_anew(calendar_said.of_person(db, *whose), events, now)
            calendar_said.put(db, *whose, found.changed)
            calendar_said.forget(db, *whose, found.forgotten)
    return sorted(found.said, key=lambda one: (one.event.starts.isoformat(), one.event.uid))


def erase(engine: Engine, owner: Owner, now: datetime) -> None:
    """Erase all that is kept about this person."""
    with engine.begin() as db:
        people.hold(db, owner.channel_id, owner.user_id)
        traces.erase(db, owner.channel_id, owner.user_id, now)


def hand_over(engine: Engine, owner: Owner, school_code: str, now: datetime) -> str:
    """A code for whoever follows this contact; empty where the school is not theirs."""
    with engine.begin() as db:
        people.hold(db, owner.channel_id, owner.user_id)
        if not affiliations.is_contact(db, owner.channel_id, owner.user_id, school_code):
            return ""
        to = InvitedAs(role=Role.CONTACT, school_code=school_code, successor_to=owner.user_id)
        return invitations.make(db, owner.channel_id, to, now, HANDED_OVER_WITHIN)


@contextmanager
def held(engine: Engine, owner: Owner, now: datetime) -> Iterator[Connection]:
    """A transaction with their row locked; what they are reminded of follows what was done."""
    with engine.begin() as db:
        people.hold(db, owner.channel_id, owner.user_id)
        yield db
        refresh(Where(db, owner.channel_id, owner.edition_of, now), owner.user_id)


def _standing(db: Connection, owner: Owner, enrolment_id: str) -> TrackStanding:
    """How far this person's own track has come; another's is not found."""
    accounts = ledger.accounts_of(db, owner.channel_id, owner.user_id)
    own = [a for a in accounts if a.enrolment.id == enrolment_id]
    found = ledger.standings_of(own, owner.edition_of)
    if not found:
        raise AskAgain("這個進度不在您的清單裡，沒有更動。請回到進度頁再試一次。")
    return found[0]


def _item(standing: TrackStanding, requirement: str) -> Requirement:
    found = next((i.item for i in standing.items if i.item.id == requirement), None)
    if found is None:
        raise AskAgain("這一項不在您的進度裡，沒有更動。請回到進度頁再選一次。")
    return found


def _one(standing: TrackStanding, item: Requirement, reported: Reported, part: str) -> Report:
    edition = standing.edition
    made = Report(
        requirement=item.id,
        on=reported.on,
        part=part,
        count=reported.count,
        term=reported.term if counts_by_term(item) else "",
        marks=reported.marks & {mark.id for mark in item.marks},
    )
    known = [term.id for term in edition.school_terms]
    made = ledger.with_term(edition, item, made)
    if counts_by_term(item) and made.term not in known:
        titles = "、".join(term.title for term in edition.school_terms)
        raise AskAgain(f"「{item.title}」是每學期計算的，請選擇學期：{titles}。")
    return made


def _refuse_second(db: Connection, reported: Reported, made: Report) -> None:
    """What stands there for the same day may be the same thing: it is asked, not guessed."""
    before = deeds.same_day(db, reported.enrolment_id, made)
    if before:
        raise AskAgain(
            f"{day_words(made.on)}已經記了{before}次，沒有再記。"
            "若是另外一次，請勾選「這是同一天的另外一次」再送出。"
        )
