"""What is kept of all people of a channel, as far as audiences are chosen by it.

A query a table, however many people: never one a person, nor one that lists their ids.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, select

from bot.model.deeds import Account, Deed, Enrolment
from bot.store.people import Role
from bot.store.tables import Person
from bot.store.track_tables import DeedRow, EnrolmentRow


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who was seen in the channel."""

    user_id: str
    is_staff: bool
    has_blocked: bool


def all_known(db: Connection, channel_id: str) -> list[KnownPerson]:
    """Everybody who ever wrote or followed, in the order of their ids."""
    rows = db.execute(
        select(Person.user_id, Person.role, Person.blocked_at)
        .where(Person.channel_id == channel_id)
        .order_by(Person.user_id)
    )
    return [
        KnownPerson(r.user_id, r.role == Role.STAFF.value, r.blocked_at is not None) for r in rows
    ]


def accounts(
    db: Connection, channel_id: str, plans: Sequence[str], with_deeds: bool
) -> dict[str, list[Account]]:
    """What everybody follows of these plans (none: of all), by person; one query or two.

    Args:
        with_deeds: whether what was done is wanted as well.
    """
    wanted = [
        EnrolmentRow.channel_id == channel_id,
        EnrolmentRow.left_at.is_(None),
        *([EnrolmentRow.plan.in_(plans)] if plans else []),
    ]
    names = [name for name in Enrolment.__dataclass_fields__ if name != "seen"]
    columns = [EnrolmentRow.__table__.c[name] for name in names]
    done: dict[str, list[Deed]] = defaultdict(list)
    if with_deeds:
        rows = db.execute(
            select(DeedRow.__table__)
            .join(EnrolmentRow, EnrolmentRow.id == DeedRow.enrolment_id)
            .where(*wanted, DeedRow.undone_at.is_(None))
            .order_by(DeedRow.reported_at, DeedRow.done_on, DeedRow.id)
        )
        for row in rows.mappings():
            done[row["enrolment_id"]].append(_deed(row))
    found: dict[str, list[Account]] = defaultdict(list)
    joined = select(EnrolmentRow.user_id, *columns).where(*wanted)
    ordered = joined.order_by(EnrolmentRow.joined_at, EnrolmentRow.id)
    for one in db.execute(ordered).mappings():
        enrolment = Enrolment(**{name: one[name] for name in names})
        account = Account(enrolment=enrolment, deeds=tuple(done.get(enrolment.id, ())))
        found[one["user_id"]].append(account)
    return found


def _deed(row: RowMapping) -> Deed:
    return Deed(
        id=row["id"],
        requirement=row["requirement"],
        on=row["done_on"],
        part=row["part"],
        count=Decimal(row["count"]),
        term=row["term"],
        marks=frozenset(row["marks"]),
    )
