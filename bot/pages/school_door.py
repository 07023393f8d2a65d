"""Who may open a school's page: whoever is a confirmed contact of it at this very request."""

from dataclasses import dataclass

from flask import abort

from bot.model.schools import School
from bot.model.submission import Actor, ActorKind
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.store import affiliations, schools


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A contact on the page of their school."""

    guest: Guest
    school: School

    @property
    def actor(self) -> Actor:
        """Who reports."""
        return Actor(
            channel_id=self.guest.channel_id,
            id=self.guest.user_id,
            kind=ActorKind.CONTACT,
            school_code=self.school.code,
        )


def let_contact_in(backstage: Backstage, token: str, code: str) -> Caller:
    """The contact of this school whom a link lets in; 403 for everybody else."""
    guest = let_guest_in(backstage, token)
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        held = affiliations.is_contact(db, guest.channel_id, guest.user_id, code)
        school = schools.find(db, guest.channel_id, code) if held else None
    if school is None:
        abort(403)
    return Caller(guest=guest, school=school)
