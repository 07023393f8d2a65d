"""What people have done on their tracks: read, written down, taken back.

Chat and pages do the same here. Each function works in the caller's transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.clock import day_words, taipei_day
from bot.errors import AskAgain
from bot.model.deeds import Account, Deed, Enrolment
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.rules.imported import with_completions
from bot.rules.progress import TrackStanding, counts_by_term, stand, term_on
from bot.store import completions, deeds, enrolments
from bot.store.deeds import Report

EditionOf = Callable[[str], Edition | None]  # by key; None where it is not loaded any more
MOST_AT_ONCE = 999


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the reports of one message, in their order."""

    new: tuple[Deed, ...]
    known: tuple[Report, ...]  # the same stood there already


def track_of(edition: Edition, track_id: str) -> Track | None:
    """The track, where somebody may follow it."""
    return next((t for t in edition.tracks if t.id == track_id and t.subject), None)


def accounts_of(db: Connection, channel_id: str, user_id: str) -> list[Account]:
    """All that this person follows, with what was done and chosen; four queries."""
    joined = enrolments.of_person(db, channel_id, user_id)
    return _accounts(db, {user_id: joined})[user_id]


def accounts_of_people(
    db: Connection, channel_id: str, user_ids: Sequence[str]
) -> dict[str, list[Account]]:
    """The same of many people, by person; as many queries as of one."""
    return _accounts(db, enrolments.of_people(db, channel_id, user_ids))


def _accounts(
    db: Connection, joined: Mapping[str, Sequence[Enrolment]]
) -> dict[str, list[Account]]:
    ids = [e.id for one in joined.values() for e in one]
    done, picked = deeds.standing_ones(db, ids), deeds.picks(db, ids)
    listed = completions.of_enrolments(db, ids)
    return {
        user_id: [
            Account(
                enrolment=e,
                deeds=with_completions(done.get(e.id, ()), listed.get(e.id, ())),
                picks=tuple(picked.get(e.id, ())),
            )
            for e in theirs
        ]
        for user_id, theirs in joined.items()
    }


def account_of(db: Connection, enrolment: Enrolment) -> Account:
    """One enrolment with what was done and chosen on it."""
    return _accounts(db, {"": [enrolment]})[""][0]


def standings_of(accounts: Sequence[Account], edition_of: EditionOf) -> list[TrackStanding]:
    """How far each has come; what no loaded edition has is left out."""
    found = []
    for account in accounts:
        edition = edition_of(account.enrolment.edition_key)
        track = track_of(edition, account.enrolment.track) if edition else None
        if edition and track:
            found.append(stand(edition, track, account))
    return found


def write_down(
    db: Connection,
    channel_id: str,
    standing: TrackStanding,
    reports: Sequence[Report],
    by: tuple[str, datetime],
) -> Written:
    """Write down what was done; what stands there already is not written twice.

    Raises:
        AskAgain: a report cannot be: unknown, a day in the future, a number out of bounds; none of
            them is written then.
    """
    check(standing, reports, taipei_day(by[1]))
    new: list[Deed] = []
    known: list[Report] = []
    for report in reports:
        deed = deeds.put(db, channel_id, standing.account.enrolment.id, report, by)
        if deed:
            new.append(deed)
        else:
            known.append(report)
    return Written(tuple(new), tuple(known))


def check(standing: TrackStanding, reports: Sequence[Report], today: date) -> None:
    """Hold reports against what the track asks for, before anything is written.

    Raises:
        AskAgain: one of them cannot be: unknown, a day in the future, a number out of bounds.
    """
    for report in reports:
        _check(standing, report, today)


def no_such_number(count: Decimal) -> str:
    """What to say to a number that nobody can have done."""
    said = f"{count:f}".rstrip("0").rstrip(".") if count % 1 else f"{count:.0f}"
    return f"「{said}」不是可以記的數量。請回報1到{MOST_AT_ONCE}之間的數字。"


def with_term(edition: Edition, item: Requirement, report: Report) -> Report:
    """The report with the term that its day falls in, where the item is counted by term."""
    if report.term or not counts_by_term(item):
        return report
    term = term_on(edition, report.on)
    return Report(
        requirement=report.requirement,
        on=report.on,
        part=report.part,
        count=report.count,
        term=term,
        marks=report.marks,
    )


def leave(db: Connection, channel_id: str, enrolment: Enrolment, at: datetime) -> None:
    """Stop following a track; a return finds all that was done."""
    enrolments.leave(db, channel_id, enrolment, at)


def _check(standing: TrackStanding, report: Report, today: date) -> None:
    item = next((i.item for i in standing.items if i.item.id == report.requirement), None)
    if item is None:
        raise AskAgain("這一項不在您的進度裡。請輸入「我的進度」看有哪些項目。")
    if report.on > today:
        raise AskAgain(
            f"{day_words(report.on)}還沒到，不能先記成完成。"
            "請在做完之後回報，或把日期改成今天以前。"
        )
    if report.count <= 0 or report.count > MOST_AT_ONCE:
        raise AskAgain(no_such_number(report.count))
    if report.count % 1 and not item.parts:
        raise AskAgain("次數和份數要是整數。請再回報一次，例如「辦了2場」。")
    known = [p.id for p in item.parts]
    if report.part and report.part not in known:
        titles = "、".join(p.title for p in item.parts)
        raise AskAgain(f"「{item.title}」只有這幾項：{titles}。請回報其中一項。")
    if item.parts and not report.part:
        titles = "、".join(p.title for p in item.parts)
        raise AskAgain(f"請告訴我完成的是哪一項：{titles}。")
