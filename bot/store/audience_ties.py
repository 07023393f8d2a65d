"""People's schools and what those take part in, of a whole channel, for choosing audiences.

A query a table, however many people and schools.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.model.participation import Participation
from bot.model.schools import SchoolRole
from bot.model.submission import Record
from bot.store import participations, submissions
from bot.store.roster_tables import MemberLink, MemberRow
from bot.store.school_tables import AffiliationRow, SchoolRow


@dataclass(frozen=True, slots=True)
class KnownTie:
    """Somebody's tie to a school, with where that is."""

    user_id: str
    role: SchoolRole
    code: str
    city: str
    district: str
    level: str


def all_ties(db: Connection, channel_id: str) -> list[KnownTie]:
    """Every tie that counts: contacts' confirmed ones, teachers' own word, and schools' lists."""
    place = (SchoolRow.city, SchoolRow.district, SchoolRow.level)
    told = (
        select(AffiliationRow.user_id, AffiliationRow.role, SchoolRow.code, *place)
        .join(
            SchoolRow,
            (SchoolRow.channel_id == AffiliationRow.channel_id)
            & (SchoolRow.code == AffiliationRow.school_code),
        )
        .where(
            AffiliationRow.channel_id == channel_id,
            (AffiliationRow.role == SchoolRole.TEACHER) | AffiliationRow.confirmed,
        )
    )
    listed = (
        select(MemberLink.user_id, SchoolRow.code, *place)
        .join(MemberRow, MemberRow.id == MemberLink.member_id)
        .join(
            SchoolRow,
            (SchoolRow.channel_id == MemberRow.channel_id)
            & (SchoolRow.code == MemberRow.school_code),
        )
        .where(MemberLink.channel_id == channel_id)
    )
    found = [KnownTie(*row) for row in db.execute(told)]
    for user_id, *where in db.execute(listed):
        found.append(KnownTie(user_id, SchoolRole.TEACHER, *where))
    return sorted(set(found), key=lambda t: (t.user_id, t.code, t.role))


def has_schools(db: Connection, channel_id: str) -> bool:
    """Whether the channel has a list of schools."""
    one = select(SchoolRow.code).where(SchoolRow.channel_id == channel_id).limit(1)
    return db.scalar(one) is not None


def taking_part(
    db: Connection, channel_id: str, plans: Collection[str]
) -> dict[tuple[str, str], list[Participation]]:
    """Who takes part in these plans, by plan and edition; one query."""
    found: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    for kept in participations.of_plans(db, channel_id, plans):
        found[(kept.participation.plan, kept.participation.edition)].append(kept.participation)
    return found


def records(
    db: Connection, channel_id: str, plans: Collection[str]
) -> dict[tuple[str, str], dict[str, Record]]:
    """What is kept of each of them, by plan and edition, then by school; two queries."""
    found: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for name, record in submissions.of_plans(db, channel_id, plans).items():
        plan, edition, code = name.split("/", 2)
        found[(plan, edition)][code] = record
    return found
