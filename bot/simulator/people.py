"""Who writes to the bot in the simulator: sample people, and the chats they are in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

REACHABLE_AFTER_WRITING = timedelta(days=7)


def line_id(prefix: str, name: str) -> str:
    """An id of LINE's shape that stays the same for the same name, so that a restart knows it."""
    return prefix + hashlib.sha256(name.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Persona:
    """A person to speak as; `user_id` is made from the name and role unless given."""

    name: str
    role: str
    user_id: str = ""

    def __post_init__(self) -> None:
        if not self.user_id:
            object.__setattr__(self, "user_id", line_id("U", f"{self.name}/{self.role}"))


STAFF = Persona("張承辦", "承辦人員")  # `bot run --sample` gives this one the role
SAMPLE_PEOPLE = (
    Persona("王老師", "國中教師"),
    Persona("林組長", "國小承辦"),
    Persona("陳主任", "高中主任"),
    STAFF,
)


@dataclass(slots=True)
class Person:
    """One LINE user, and how this account stands with them."""

    persona: Persona
    friend: bool = False
    blocked: bool = False
    wrote_at: datetime | None = None  # aware; last one-to-one message, on the simulator's clock

    def reachable(self, now: datetime) -> bool:
        """Does a push arrive? Friends, and for 7 days those who wrote without being friends."""
        if self.blocked:
            return False
        wrote = self.wrote_at
        return self.friend or (wrote is not None and now - wrote <= REACHABLE_AFTER_WRITING)


@dataclass(slots=True)
class Group:
    """One group chat; the bot reads and writes in it while `joined`."""

    group_id: str
    name: str
    joined: bool = False
    member_ids: list[str] = field(default_factory=list)


class Chats:
    """The people and groups that exist on this platform."""

    def __init__(self, people: Iterable[Persona] = ()) -> None:
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        for persona in people:
            self.add(persona)

    def add(self, persona: Persona) -> Person:
        """This person, known from now on; they are in every group too."""
        person = self.people.setdefault(persona.user_id, Person(persona))
        for group in self.groups.values():
            if persona.user_id not in group.member_ids:
                group.member_ids.append(persona.user_id)
        return person

    def add_group(self, name: str) -> Group:
        """A group with everyone in it; the bot has not joined yet."""
        group_id = line_id("C", name)
        members = list(self.people)
        return self.groups.setdefault(group_id, Group(group_id, name, member_ids=members))

    def reached_by(self, chat_id: str, now: datetime) -> int | None:
        """How many people a push to this chat reaches; None where LINE refuses the id."""
        if chat_id in self.groups:
            group = self.groups[chat_id]
            return len(group.member_ids) if group.joined else None
        person = self.people.get(chat_id)
        return None if person is None else int(person.reachable(now))

    def friends(self) -> list[str]:
        """Ids of the people whom a broadcast reaches."""
        return [uid for uid, p in self.people.items() if p.friend and not p.blocked]
