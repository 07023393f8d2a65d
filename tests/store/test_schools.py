"""Schools, and people's ties to them, on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from bot.model.schools import Affiliation, SchoolRole
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import affiliations, invitations, people, schools
from bot.store.invitations import Claim, InvitedAs, Invitee
from bot.store.people import Role
from tests.store.events_of import NOON

CONTACT, TEACHER = SchoolRole.CONTACT, SchoolRole.TEACHER
A, B = "S00001", "S00002"


def prepared(db: Connection, *user_ids: str) -> None:
    schools.put_many(db, "C", SAMPLE_SCHOOLS, NOON)
    for user_id in user_ids:
        people.see(db, "C", user_id, NOON)


def tie(db: Connection, user_id: str, code: str, role: SchoolRole, confirmed: bool) -> None:
    affiliations.tie(db, "C", user_id, Affiliation(code, role, NOON, confirmed))


def test_schools_are_kept_as_they_were_given_by_channel(engine: Engine) -> None:
    changed = replace(SAMPLE_SCHOOLS[0], classes=None, short_names=("直中",), is_remote=True)
    with engine.begin() as db:
        prepared(db)
        schools.put_many(db, "C", [changed], NOON)

        kept = schools.all_schools(db, "C")

        assert kept == [changed, *SAMPLE_SCHOOLS[1:]]
        assert schools.find(db, "C", A) == changed
        assert schools.find(db, "other", A) is None
        assert schools.find_many(db, "C", [B, "none"]) == {B: SAMPLE_SCHOOLS[1]}


def test_an_unconfirmed_contact_is_no_contact(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db, "U1")
        tie(db, "U1", A, CONTACT, confirmed=False)

        assert affiliations.schools_of(db, "C", "U1", CONTACT) == []
        assert affiliations.contacts_of(db, "C", A) == []
        assert not affiliations.is_contact(db, "C", "U1", A)


def test_what_was_confirmed_is_not_taken_back_by_ones_own_word(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db, "U1")
        tie(db, "U1", A, CONTACT, confirmed=True)
        tie(db, "U1", A, CONTACT, confirmed=False)

        assert affiliations.contacts_of(db, "C", A) == ["U1"]
        assert affiliations.schools_of(db, "other", "U1") == []


def test_ties_end_one_by_one_or_all_of_a_role(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db, "U1")
        for code in (A, B):
            tie(db, "U1", code, CONTACT, confirmed=True)
        tie(db, "U1", A, TEACHER, confirmed=False)

        assert affiliations.untie(db, "C", "U1", A, TEACHER)
        assert not affiliations.untie(db, "C", "U1", A, TEACHER)
        assert affiliations.untie_all(db, "C", "U1", CONTACT) == [A, B]
        assert affiliations.schools_of(db, "C", "U1") == []


def test_a_tie_to_a_school_that_is_not_listed_cannot_be(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db, "U1")

    with engine.connect() as db, pytest.raises(IntegrityError):
        tie(db, "U1", "S9999", TEACHER, confirmed=False)


def test_two_who_use_one_code_are_not_both_contacts(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db, "U1", "U2")
        offer = InvitedAs(role=Role.CONTACT, school_code=A)
        code = invitations.make(db, "C", offer, NOON, timedelta(days=1))
        one, two = (Invitee(channel_id="C", user_id=u, at=NOON) for u in ("U1", "U2"))

        assert invitations.claim(db, code, one) == (Claim.TAKEN, offer)
        assert invitations.claim(db, code, two) == (Claim.USED, None)
        assert affiliations.contacts_of(db, "C", A) == ["U1"]


def test_a_code_is_kept_as_its_hash_alone(engine: Engine) -> None:
    with engine.begin() as db:
        prepared(db)
        offer = InvitedAs(role=Role.CONTACT, school_code=A)
        code = invitations.make(db, "C", offer, NOON, timedelta(days=1))
        kept = str(db.execute(text("SELECT * FROM invitation")).all())

    assert code not in kept
    assert code.replace("-", "") not in kept


@pytest.mark.parametrize(
    "offer", [InvitedAs(role=Role.CONTACT), InvitedAs(role=Role.STAFF, school_code=A)]
)
def test_an_invitation_names_a_school_where_it_is_a_contacts_and_only_there(
    sqlite_url: str, offer: InvitedAs
) -> None:
    with pytest.raises(ValueError, match="names a school"):
        invitations.make(None, "C", offer, NOON, timedelta(days=1))  # type: ignore[arg-type]
