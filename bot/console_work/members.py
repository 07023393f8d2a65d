"""Teachers of schools' lists: taken off; what a list wrongly said of them, corrected or taken back.

What a person in LINE is reminded of follows from it, and is brought up to date with it.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from bot.clock import day_words, taipei_day
from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.ledger import EditionOf
from bot.model.edition import Edition
from bot.model.roster import Completion, Member, fact_of
from bot.reminders.follows import Where, refresh
from bot.store import completions, people, roster
from bot.store.completions import Kept

NO_MEMBER = "這位教師已經不在這所學校的名冊上，沒有更動。"
NO_COMPLETION = "這筆完成紀錄已經不在了，沒有更動。"
MOST_COUNT = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMember:
    """Who does something about which teacher of which school."""

    doer: Doer
    school_code: str
    member_id: str
    edition_of: EditionOf


@dataclass(frozen=True, slots=True)
class Countable:
    """What a completion may count for, by what it is called."""

    track: str
    requirement: str
    part: str
    words: str

    @property
    def key(self) -> str:
        """As a form names it."""
        return "/".join((self.track, self.requirement, self.part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What a completion should have said."""

    counts_for: str  # the key of a `Countable`
    on: date
    count: Decimal


def countables(edition: Edition) -> list[Countable]:
    """All that completions of an edition may count for, in the order of its file."""
    found = []
    for track in edition.tracks:
        for item in track.items if track.subject else ():
            found.append(Countable(track.id, item.id, "", item.title))
            found += [
                Countable(track.id, item.id, part.id, f"{item.title}－{part.title}")
                for part in item.parts
            ]
    return found


def take_off(at: AtMember) -> None:
    """Take the teacher off the list, with what lists said of them; their own reports in LINE stay.

    Raises:
        AskAgain: they are not on it any more.
    """
    with at.doer.engine.begin() as db:
        member = _held(db, at)
        had = len(completions.of_member(db, at.doer.channel_id, member.id))
        roster.drop(db, at.doer.channel_id, member.id)
        before = {"教師": _masked(member), "完成紀錄": had}
        at.doer.note(db, "member.drop", at.school_code, {"教師": "已移除"}, before)
        _brought_up_to_date(db, at, member)


def correct(at: AtMember, completion_id: str, wanted: Corrected) -> None:
    """Let a completion say what is right.

    Raises:
        AskAgain: it is gone, there is such a one already, or what is wanted cannot be.
    """
    with at.doer.engine.begin() as db:
        member = _held(db, at)
        kept = _kept(db, at, completion_id)
        new = _corrected(at, kept.completion, wanted)
        if new == kept.completion:
            return
        if not completions.correct(db, at.doer.channel_id, Kept(kept.id, new)):
            raise AskAgain("這位教師已經有這一項的紀錄，沒有更動。重複的那一筆請直接收回。")
        who = {"教師": _masked(member)}
        before = {"教師": _masked(member), "紀錄": said_of(at.edition_of, kept.completion)}
        after = {**who, "紀錄": said_of(at.edition_of, new)}
        at.doer.note(db, "completion.correct", at.school_code, after, before)
        _brought_up_to_date(db, at, member)


def take_back(at: AtMember, completion_id: str) -> None:
    """Take a completion back.

    Raises:
        AskAgain: it is gone.
    """
    with at.doer.engine.begin() as db:
        member = _held(db, at)
        kept = _kept(db, at, completion_id)
        completions.drop(db, at.doer.channel_id, kept.id)
        before = {"教師": _masked(member), "紀錄": said_of(at.edition_of, kept.completion)}
        after = {"教師": _masked(member), "紀錄": "已收回"}
        at.doer.note(db, "completion.drop", at.school_code, after, before)
        _brought_up_to_date(db, at, member)


def said_of(edition_of: EditionOf, one: Completion) -> str:
    """What was completed, in words: 線上非同步課程－線上分組教學小技巧 7月8日(五)，計1."""
    edition = edition_of(f"{one.plan}/{one.edition}")
    known = countables(edition) if edition else []
    place = (one.track, one.requirement, one.part)
    named = (c.words for c in known if (c.track, c.requirement, c.part) == place)
    what = next(named, one.course or one.requirement)
    return f"{what} {day_words(one.on)}，計{one.count.normalize():f}"


def _corrected(at: AtMember, one: Completion, wanted: Corrected) -> Completion:
    edition = at.edition_of(f"{one.plan}/{one.edition}")
    known = countables(edition) if edition else []
    of = next((c for c in known if c.key == wanted.counts_for), None)
    if of is None:
        raise AskAgain("計畫裡沒有這一項，沒有更動。請從清單選一項。")
    if wanted.on > taipei_day(at.doer.now):
        raise AskAgain("完成的日期在今天以後，沒有更動。請改填日期。")
    if not 0 < wanted.count <= MOST_COUNT:
        raise AskAgain(f"數量要是 1 到 {MOST_COUNT}，沒有更動。")
    return replace(
        one,
        track=of.track,
        requirement=of.requirement,
        part=of.part,
        on=wanted.on,
        count=wanted.count,
        fact=fact_of(of.requirement, of.part, wanted.on, one.course),
    )


def _held(db: Connection, at: AtMember) -> Member:
    member = roster.find(db, at.doer.channel_id, at.member_id)
    if member is None or member.school_code != at.school_code:
        raise AskAgain(NO_MEMBER)
    if member.user_id:
        people.hold_many(db, at.doer.channel_id, [member.user_id])
    return member


def _kept(db: Connection, at: AtMember, completion_id: str) -> Kept:
    kept = completions.hold(db, at.doer.channel_id, at.member_id, completion_id)
    if kept is None:
        raise AskAgain(NO_COMPLETION)
    return kept


def _brought_up_to_date(db: Connection, at: AtMember, member: Member) -> None:
    if member.user_id:
        refresh(Where(db, at.doer.channel_id, at.edition_of, at.doer.now), member.user_id)


def _masked(member: Member) -> str:
    """A name as the audit keeps it: enough to know again whom one was looking at."""
    return member.name[:1] + "○" * (len(member.name) - 1)
