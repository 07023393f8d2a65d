"""Which tracks a report is of, and what it comes to on one of them: days, terms, sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import ledger
from bot.clock import day_words, taipei_day
from bot.errors import AskAgain
from bot.handlers.progress.own import Own
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.model.goals import Part
from bot.rules.next_steps import picks_of
from bot.rules.progress import HOURS, TrackStanding, counts_by_term, term_on
from bot.rules.sessions import Session, find_session, sessions_of
from bot.store.deeds import Report as Deed
from bot.understand.reports import Report, Vocabulary
from bot.understand.statements import is_plainly_done
from bot.understand.things import Thing

MOST_REST = 8  # characters that a track does not know, of somebody who follows it
MOST_REST_OF_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """A report on one track, which is followed or is not."""

    edition: Edition
    track: Track
    report: Report
    found: TrackStanding | None = None


def heard(own: Own, folded: str) -> list[Heard]:
    """The tracks that fit a report best: those that are followed, else of all the others."""
    followed = [_on(own, s.edition, s.track, folded, s) for s in own.standings if not s.lacks]
    fitting = [h for h in followed if _fits(h.report) and h.report.rest <= MOST_REST]
    if fitting:
        named = [h for h in fitting if h.found and _is_named(h.found, folded)]
        return _best(named or fitting)
    if not is_plainly_done(folded):
        return []
    keys = {(s.edition.key, s.track.id) for s in own.standings}
    others = [_on(own, e, t, folded) for e, t in own.tracks() if (e.key, t.id) not in keys]
    return _best([h for h in others if h.report and h.report.rest <= MOST_REST_OF_OTHERS])


def hear_on(own: Own, found: TrackStanding, folded: str) -> Report:
    """What a sentence says in the words of a followed track."""
    return _on(own, found.edition, found.track, folded, found).report


def deeds_of(own: Own, one: Heard) -> list[Deed]:
    """What is to be written down; its days and terms are settled as far as they can be.

    Raises:
        AskAgain: what was said cannot be.
    """
    report = one.report
    if report.said.wrong:
        raise AskAgain(f"沒有「{report.said.wrong}」這一天。請再說一次日期，例如「6/8」。")
    if report.unknown:
        raise AskAgain(no_such_value(one.edition, report))
    return [_deed(own, one, thing) for thing in report.things]


def no_such_value(edition: Edition, report: Report) -> str:
    """What to say to a 第3梯次 that there is not."""
    titles = [v.title for v in edition.facets[report.unknown_of].values.values()]
    return f"沒有{report.unknown}，只有{'、'.join(titles)}。請再說一次是哪一個。"


def by_known(edition: Edition, item: Requirement, part: Part, report: Report) -> list[Session]:
    """The sessions of a part that a sentence means by its round or its day."""
    found = sessions_of(edition, item, part)
    own_facets = set(part.given)
    said = {f for s in found for f in s.case.given if f in report.known} - own_facets
    day = report.said.day
    if day and not report.said.is_range:
        return [s for s in found if s.span.covers(day, day)]
    return [s for s in found if s.case.given.fits(report.known)] if said else []


def _on(
    own: Own, edition: Edition, track: Track, folded: str, found: TrackStanding | None = None
) -> Heard:
    reader = own.desk.reader
    group = found.account.enrolment.facets if found else {}
    words = Vocabulary(edition, track, reader.word, group)
    known = reader.hear(edition, folded).known
    return Heard(edition, track, words.hear(folded, known, taipei_day(own.incoming.at)), found)


def _fits(report: Report) -> bool:
    return bool(report or report.unknown)


def _best(found: Sequence[Heard]) -> list[Heard]:
    most = max((h.report.weight for h in found), default=0)
    return [h for h in found if h.report.weight == most]


def _is_named(found: TrackStanding, folded: str) -> bool:
    label = found.account.enrolment.label
    return bool(label) and label.lower() in folded


def _deed(own: Own, one: Heard, thing: Thing) -> Deed:
    item = thing.item
    unit = item.goals[0].unit
    if thing.unit in (HOURS, "鐘頭") and thing.count > 0 and unit != thing.unit:
        raise AskAgain(
            f"時數由計畫核給，不用自己報。請回報完成的{unit}，例如「{item.title}完成了」。"
        )
    day = _day(own, one, thing)
    deed = Deed(
        requirement=item.id,
        on=day,
        part=thing.part.id if thing.part else "",
        count=thing.count,
        marks=thing.marks,
    )
    return _in_term(own, one, item, deed)


def _day(own: Own, one: Heard, thing: Thing) -> date:
    """The day that was said, or that of the session; else today."""
    today = taipei_day(own.incoming.at)
    said = one.report.said
    if said.each and thing.part and thing.item.sessions:
        held = sessions_of(one.edition, thing.item, thing.part)
        days = [day for _, day in said.each if any(s.span.covers(day, day) for s in held)]
        if len(days) == 1:
            return days[0]
    if said.each and thing.on is None:
        raise AskAgain(
            f"您說了{len(said.each)}個日期，看不出哪一天各完成多少，這次都沒有記。"
            f"請一天說一次，例如「{said.each[0][1].month}/{said.each[0][1].day}辦了1次」。"
        )
    if said.day:
        return thing.on or said.day
    if thing.part is None:
        return today
    by_round = by_known(one.edition, thing.item, thing.part, one.report)
    if len(by_round) == 1:
        return _day_of(own, thing.part, by_round[0])
    pick = picks_of(one.found).get((thing.item.id, thing.part.id)) if one.found else None
    chosen = find_session(one.edition, thing.item, thing.part.id, pick.session) if pick else None
    return _day_of(own, thing.part, chosen) if chosen and pick and not pick.missed else today


def _day_of(own: Own, part: Part, session: Session) -> date:
    """The day of a session that somebody says they attended.

    Raises:
        AskAgain: it is still to come.
    """
    day = session.span.end.last
    if day > taipei_day(own.incoming.at):
        raise AskAgain(
            f"{part.title}那場是{session.span.words()}，還沒到，不能先記成完成，這次都沒有記。"
            "上完的請單獨回報；上的是別場，請加上日期，例如「6/8上完了」。"
        )
    return day


def _in_term(own: Own, one: Heard, item: Requirement, deed: Deed) -> Deed:
    """The deed in the term that was said, else in that of its day; in none where that is open."""
    if not counts_by_term(item):
        return deed
    today, terms = taipei_day(own.incoming.at), one.edition.school_terms
    said = [t for t in terms if t.id in one.report.terms]
    if not said:
        return ledger.with_term(one.edition, item, deed)
    begun = [t for t in said if t.at is None or t.at.covers(date.min, today)]
    if not begun:
        raise AskAgain(f"{said[0].title}還沒開始，不能先記成完成。請在做完之後再回報。")
    term = begun[-1]
    day = deed.on
    if one.report.said.day is None and term.at and term_on(one.edition, today) != term.id:
        # Only the term is known: it was done on its last day at the latest.
        day = min(today, term.at.spans[-1].end.last)
    elif one.report.said.day and term.at and not term.at.covers(day, day):
        raise AskAgain(f"{day_words(day)}不在{term.title}裡。請再說一次日期或學期。")
    return replace(deed, on=day, term=term.id)
