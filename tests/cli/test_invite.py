"""Who is staff, and taking the role away, from the command line."""

import pytest

from bot import clock
from bot.model.invitation_code import find_code
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import invitations, people, schools
from bot.store.engine import open_engine
from bot.store.invitations import Claim, Invitee
from bot.store.people import Role
from tests.cli.process import bot_here
from tests.store.events_of import NOON


def make_staff(database_url: str, *user_ids: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as db:
        for user_id in user_ids:
            people.see(db, "default", user_id, NOON)
            people.give_role(db, "default", user_id, Role.STAFF)
    engine.dispose()


def test_who_is_staff_is_listed_by_alias_and_loses_the_role_by_it(database_url: str) -> None:
    bot_here("migrate", database_url=database_url)
    make_staff(database_url, "Uaaaa-1111", "Ubbbb-2222")

    before = bot_here("invite", "list", database_url=database_url)
    told = bot_here("invite", "revoke", "1111", database_url=database_url)
    after = bot_here("invite", "list", database_url=database_url)

    assert [line[:4] for line in before.stdout.splitlines()] == ["1111", "2222"]
    assert "Uaaaa" not in before.stdout
    assert told.returncode == 0
    assert "已收回「1111」的承辦人員身分" in told.stdout
    assert [line[:4] for line in after.stdout.splitlines()] == ["2222"]


@pytest.mark.parametrize(
    ("alias", "said"),
    [
        ("9999", "沒有代號「9999」的承辦人員或學校承辦人：請用 bot invite list 查代號。"),
        ("1", "沒有代號「1」"),
        ("1111", "請改用 a-1111、b-1111。"),
    ],
)
def test_an_alias_of_nobody_or_of_two_takes_nothing_away(
    sqlite_url: str, alias: str, said: str
) -> None:
    bot_here("migrate", database_url=sqlite_url)
    make_staff(sqlite_url, "Ua-1111", "Ub-1111")

    told = bot_here("invite", "revoke", alias, database_url=sqlite_url)
    left = bot_here("invite", "list", database_url=sqlite_url)

    assert told.returncode == 1
    assert said in told.stderr
    assert len(left.stdout.splitlines()) == 2


def with_schools(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as db:
        schools.put_many(db, "default", SAMPLE_SCHOOLS, NOON)
    engine.dispose()


def take(database_url: str, code: str, user_id: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as db:
        people.see(db, "default", user_id, NOON)
        invitee = Invitee(channel_id="default", user_id=user_id, at=clock.now())
        assert invitations.claim(db, code, invitee)[0] is Claim.TAKEN
    engine.dispose()


def test_a_schools_contact_is_invited_listed_and_revoked(sqlite_url: str) -> None:
    bot_here("migrate", database_url=sqlite_url)
    with_schools(sqlite_url)

    of_school = ("--school", "s00001")
    invited = bot_here("invite", "contact", *of_school, "--days", "3", database_url=sqlite_url)
    code = find_code(invited.stdout.splitlines()[0])
    assert code
    take(sqlite_url, code, "Ucccc-3333")
    listed = bot_here("invite", "list", database_url=sqlite_url)
    other = bot_here("invite", "revoke", "3333", "--school", "S00002", database_url=sqlite_url)
    told = bot_here("invite", "revoke", "3333", database_url=sqlite_url)
    after = bot_here("invite", "list", database_url=sqlite_url)

    assert "市立大直高中（S00001）的學校承辦人" in invited.stdout
    assert "3333  S00001 市立大直高中 學校承辦人" in listed.stdout
    assert "Ucccc" not in listed.stdout
    assert other.returncode == 1
    assert "已收回「3333」的S00001 學校承辦人身分" in told.stdout
    assert "S00001 市立大直高中 目前沒有學校承辦人" in after.stdout


def test_a_contact_of_an_unknown_school_is_not_invited(sqlite_url: str) -> None:
    bot_here("migrate", database_url=sqlite_url)

    told = bot_here("invite", "contact", "--school", "S9999", database_url=sqlite_url)

    assert told.returncode == 1
    assert "名單裡沒有代碼是「S9999」的學校" in told.stderr
    assert told.stdout == ""
