"""Courses that members of schools' lists completed, as the office's lists say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.model.roster import Completion
from bot.store.roster_tables import CompletionRow, MemberLink, MemberRow
from bot.store.track_tables import EnrolmentRow
from bot.store.upsert import insert_into


def put_many(
    db: Connection, channel_id: str, completions: Sequence[Completion], now: datetime
) -> None:
    """Write down what was completed; what stands there already is left as it is."""
    if completions:
        db.execute(
            insert_into(db, CompletionRow).on_conflict_do_nothing(),
            [_values(channel_id, one, now) for one in completions],
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A completion with the id of its row."""

    id: str
    completion: Completion


def of_member(db: Connection, channel_id: str, member_id: str) -> list[Kept]:
    """All that one member completed, the latest first."""
    wanted = select(CompletionRow).where(
        CompletionRow.channel_id == channel_id, CompletionRow.member_id == member_id
    )
    rows = db.execute(wanted.order_by(CompletionRow.done_on.desc(), CompletionRow.id))
    return [Kept(row["id"], _completion(row)) for row in rows.mappings()]


def hold(db: Connection, channel_id: str, member_id: str, completion_id: str) -> Kept | None:
    """One of a member's, its row held until the commit; None where they have none such."""
    wanted = select(CompletionRow).where(
        CompletionRow.channel_id == channel_id,
        CompletionRow.member_id == member_id,
        CompletionRow.id == completion_id,
    )
    row = db.execute(wanted.with_for_update()).mappings().first()
    return Kept(row["id"], _completion(row)) if row else None


def correct(db: Connection, channel_id: str, kept: Kept) -> bool:
    """Let the row say what this says; False where the member has that already in another row."""
    one = kept.completion
    values = {
        "track": one.track,
        "requirement": one.requirement,
        "part": one.part,
        "fact": one.fact,
        "count": one.count,
        "done_on": one.on,
    }
    try:
        with db.begin_nested():
            db.execute(update(CompletionRow).where(_is(channel_id, kept.id)).values(**values))
    except IntegrityError:
        return False
    return True


def drop(db: Connection, channel_id: str, completion_id: str) -> None:
    """Take a completion back."""
    db.execute(delete(CompletionRow).where(_is(channel_id, completion_id)))


def _is(channel_id: str, completion_id: str) -> ColumnElement[bool]:
    return and_(CompletionRow.channel_id == channel_id, CompletionRow.id == completion_id)


def of_edition(db: Connection, channel_id: str, plan: str, edition: str) -> list[Completion]:
    """All that was completed of an edition, the earliest first."""
    wanted = select(CompletionRow).where(
        CompletionRow.channel_id == channel_id,
        CompletionRow.plan == plan,
        CompletionRow.edition == edition,
    )
    rows = db.execute(wanted.order_by(CompletionRow.done_on, CompletionRow.id))
    return [_completion(row) for row in rows.mappings()]


def of_school(db: Connection, channel_id: str, school_code: str) -> list[Completion]:
    """All that the members of a school's list completed, the earliest first."""
    wanted = (
        select(CompletionRow)
        .join(MemberRow, MemberRow.id == CompletionRow.member_id)
        .where(CompletionRow.channel_id == channel_id, MemberRow.school_code == school_code)
    )
    rows = db.execute(wanted.order_by(CompletionRow.done_on, CompletionRow.id))
    return [_completion(row) for row in rows.mappings()]


def of_enrolments(db: Connection, enrolment_ids: Iterable[str]) -> dict[str, list[Completion]]:
    """What the linked members completed of the tracks that people follow, by enrolment.

    The earliest first. Enrolments of whom no list knows anything are left out.
    """
    ids = list(enrolment_ids)
    return _of(db, EnrolmentRow.id.in_(ids)) if ids else {}


def of_everybody(
    db: Connection, channel_id: str, plans: Sequence[str]
) -> dict[str, list[Completion]]:
    """The same of everybody who follows one of these plans (none: any), in one query."""
    wanted = and_(EnrolmentRow.channel_id == channel_id, EnrolmentRow.left_at.is_(None))
    return _of(db, and_(wanted, EnrolmentRow.plan.in_(plans)) if plans else wanted)


def _of(db: Connection, wanted: ColumnElement[bool]) -> dict[str, list[Completion]]:
    theirs = and_(
        MemberLink.channel_id == EnrolmentRow.channel_id,
        MemberLink.user_id == EnrolmentRow.user_id,
    )
    of_track = and_(
        CompletionRow.member_id == MemberLink.member_id,
        CompletionRow.channel_id == EnrolmentRow.channel_id,
        CompletionRow.plan == EnrolmentRow.plan,
        CompletionRow.edition == EnrolmentRow.edition,
        CompletionRow.track == EnrolmentRow.track,
    )
    rows = db.execute(
        select(CompletionRow, EnrolmentRow.id.label("of"))
        .select_from(EnrolmentRow)
        .join(MemberLink, theirs)
        .join(CompletionRow, of_track)
        .where(wanted)
        .order_by(CompletionRow.done_on, CompletionRow.id)
    )
    found: dict[str, list[Completion]] = {}
    for row in rows.mappings():
        found.setdefault(row["of"], []).append(_completion(row))
    return found


def _completion(row: RowMapping) -> Completion:
    return Completion(
        member_id=row["member_id"],
        plan=row["plan"],
        edition=row["edition"],
        track=row["track"],
        requirement=row["requirement"],
        part=row["part"],
        fact=row["fact"],
        count=Decimal(row["count"]),
        on=row["done_on"],
        course=row["course"],
    )


def _values(channel_id: str, one: Completion, now: datetime) -> dict[str, object]:
    return {
        "id": uuid4().hex,
        "channel_id": channel_id,
        "member_id": one.member_id,
        "plan": one.plan,
        "edition": one.edition,
        "track": one.track,
        "requirement": one.requirement,
        "part": one.part,
        "fact": one.fact,
        "count": one.count,
        "done_on": one.on,
        "course": one.course,
        "imported_at": now,
    }
