"""Schools' lists of teachers, and which person in LINE a teacher on them is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, delete, select, update

from bot.model.roster import Member, name_key
from bot.store.roster_tables import MemberLink, MemberRow
from bot.store.upsert import insert_into, parts_of

_SCHOOLS = 500  # in one query


def new_member(school_code: str, name: str, label: str = "", title: str = "") -> Member:
    """A member that no list has yet."""
    return Member(id=uuid4().hex, school_code=school_code, name=name, label=label, title=title)


def put_many(db: Connection, channel_id: str, members: Sequence[Member], now: datetime) -> None:
    """Put these on their schools' lists; who stands there already is left as they are."""
    if members:
        db.execute(
            insert_into(db, MemberRow).on_conflict_do_nothing(),
            [_values(channel_id, member, now) for member in members],
        )


def retitle(db: Connection, channel_id: str, members: Sequence[Member]) -> None:
    """Give members, who stand on the lists, the titles that they have here."""
    if members:
        changed = update(MemberRow).where(
            MemberRow.channel_id == channel_id, MemberRow.id == bindparam("whose")
        )
        db.execute(
            changed.values(title=bindparam("new_title")),
            [{"whose": m.id, "new_title": m.title} for m in members],
        )


def of_schools(db: Connection, channel_id: str, codes: Iterable[str]) -> list[Member]:
    """Everybody on the lists of these schools, by school, name and label."""
    found: list[Member] = []
    for some in parts_of(sorted(set(codes)), _SCHOOLS):
        wanted = _members(channel_id).where(MemberRow.school_code.in_(some))
        ordered = wanted.order_by(
            MemberRow.school_code, MemberRow.name_key, MemberRow.label, MemberRow.id
        )
        found += [_member(row) for row in db.execute(ordered).mappings()]
    return found


def find(db: Connection, channel_id: str, member_id: str) -> Member | None:
    """The member with this id; None where there is none in this channel."""
    row = db.execute(_members(channel_id).where(MemberRow.id == member_id)).mappings().first()
    return _member(row) if row else None


def drop(db: Connection, channel_id: str, member_id: str) -> bool:
    """Take a member off their school's list, with what lists said of them and who they are in LINE.

    False where the channel has no such member.
    """
    gone = (
        delete(MemberRow)
        .where(MemberRow.channel_id == channel_id, MemberRow.id == member_id)
        .returning(MemberRow.id)
    )
    return db.scalar(gone) is not None


def link(db: Connection, channel_id: str, member_id: str, user_id: str, now: datetime) -> bool:
    """Note that this member is that person in LINE; whoever it was before is it no more.

    False where the channel has no such member. One person may be on the lists of several schools.
    """
    if find(db, channel_id, member_id) is None:
        return False
    new = insert_into(db, MemberLink).values(
        member_id=member_id, channel_id=channel_id, user_id=user_id, linked_at=now
    )
    values = {"user_id": new.excluded.user_id, "linked_at": new.excluded.linked_at}
    db.execute(new.on_conflict_do_update(index_elements=["member_id"], set_=values))
    return True


def unlink(db: Connection, channel_id: str, member_id: str) -> bool:
    """Nobody in LINE is this member any more; False where nobody was."""
    gone = (
        delete(MemberLink)
        .where(MemberLink.channel_id == channel_id, MemberLink.member_id == member_id)
        .returning(MemberLink.member_id)
    )
    return db.scalar(gone) is not None


def _members(channel_id: str) -> Select[MemberRow, str]:
    linked = and_(
        MemberLink.member_id == MemberRow.id, MemberLink.channel_id == MemberRow.channel_id
    )
    return (
        select(MemberRow, MemberLink.user_id)
        .outerjoin(MemberLink, linked)
        .where(MemberRow.channel_id == channel_id)
    )


def _member(row: RowMapping) -> Member:
    return Member(
        id=row["id"],
        school_code=row["school_code"],
        name=row["name"],
        label=row["label"],
        title=row["title"],
        user_id=row["user_id"],
    )


def _values(channel_id: str, member: Member, now: datetime) -> dict[str, object]:
    return {
        "id": member.id,
        "channel_id": channel_id,
        "school_code": member.school_code,
        "name": member.name,
        "name_key": name_key(member.name),
        "label": member.label,
        "title": member.title,
        "added_at": now,
    }
