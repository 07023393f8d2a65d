"""What is open at a school, for whoever hands over: one line a matter, the most weighty first.

What a school owes is added here: whoever knows of a matter adds a function to `MATTERS`.
"""

from collections.abc import Callable, Sequence

from bot.answers import owed_lines
from bot.handlers.desk import Desk
from bot.messages import Incoming
from bot.model.schools import School
from bot.rules.school_standing import LEFT
from bot.school_reading import stands_of
from bot.store import affiliations, enrolments

Matter = Callable[[Incoming, Desk, School], Sequence[str]]


def open_matters(incoming: Incoming, desk: Desk, school: School) -> tuple[str, ...]:
    """What the writer, a contact of this school, leaves open."""
    return tuple(said for matter in MATTERS for said in matter(incoming, desk, school))


def _followed(incoming: Incoming, desk: Desk, school: School) -> Sequence[str]:
    """The plans that the contact follows: whoever comes after has to join them anew."""
    mine = enrolments.of_person(desk.db, incoming.channel_id, incoming.user_id or "")
    editions = [desk.reader.edition(f"{e.plan}/{e.edition}") for e in mine]
    titles = dict.fromkeys(e.about.short for e in editions if e is not None)
    return (f"您追蹤的計畫（接手的人要自己加入）：{'、'.join(titles)}。",) if titles else ()


def _owed(incoming: Incoming, desk: Desk, school: School) -> Sequence[str]:
    """What the school still owes each plan, what is late or returned told by its number."""
    found = stands_of(desk.db, incoming.channel_id, school.code, desk.reader.edition, incoming.at)
    return [
        f"{one.edition.about.short}還沒交：{owed_lines.count_words(left)}。"
        for one in found
        if (left := {s: n if s in LEFT else 0 for s, n in owed_lines.total(one.slots).items()})
        and any(left.values())
    ]


def _contacts(incoming: Incoming, desk: Desk, school: School) -> Sequence[str]:
    count = len(affiliations.contacts_of(desk.db, incoming.channel_id, school.code))
    return (f"目前的承辦人：{count}位。",)


MATTERS: tuple[Matter, ...] = (_owed, _contacts, _followed)
