"""A confirmed contact at the desk: their schools, and how each of these stands."""

from dataclasses import dataclass, replace

from bot.answers import owed_lines as lines
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.known import held_by
from bot.links import Purpose
from bot.messages import Answer, Incoming
from bot.model.schools import School, SchoolRole
from bot.model.submission import Actor, ActorKind
from bot.school_reading import Stands, stands_of

EXPECTS = "ofschool:"  # what the talk expects: which school, or which thing


@dataclass(slots=True)
class Contact:
    """The writer of one event, as a contact of schools; of a group, and of others: of none."""

    incoming: Incoming
    desk: Desk

    @property
    def schools(self) -> list[School]:
        """The schools that they answer for now."""
        return [school for _, school in held_by(self.incoming, self.desk, SchoolRole.CONTACT)]

    def school(self, code: str) -> School | None:
        """The school of this code, where it is theirs."""
        return next((school for school in self.schools if school.code == code), None)

    def stands(self, school: School) -> list[Stands]:
        """How a school stands in all that it takes part in."""
        where = (self.desk.db, self.incoming.channel_id, school.code)
        return stands_of(*where, self.desk.reader.edition, self.incoming.at)

    def actor(self, school: School) -> Actor:
        """Who reports for a school."""
        return Actor(
            channel_id=self.incoming.channel_id,
            id=self.incoming.user_id or "",
            kind=ActorKind.CONTACT,
            school_code=school.code,
        )

    def page(self, school: School, path: str = "") -> str:
        """The address of the school's own page; empty where there are no pages."""
        if self.desk.links is None:
            return ""
        whose = (self.incoming.channel_id, self.incoming.user_id or "")
        token = self.desk.links.token(*whose, Purpose.OWN, self.incoming.at)
        return self.desk.links.page(token, f"me/school/{school.code}{path}")

    def said(self, answer: Answer, noted: str | None = None) -> Handled:
        """The answer; what is noted can be taken back with 剛剛說錯了."""
        talk = self.desk.talk.as_of(self.incoming.at)
        noted = talk.noted if noted is None else noted
        return Handled(answer=answer, talk=replace(talk, at=self.incoming.at, noted=noted))

    def text(self, said: str) -> Handled:
        """A sentence."""
        return self.said(lines.plain(said))
