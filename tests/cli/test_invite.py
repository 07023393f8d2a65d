"""Who is staff, and taking the role away, from the command line."""

import pytest

from bot.store import people
from bot.store.engine import open_engine
from bot.store.people import Role
from tests.cli.process import bot
from tests.store.events_of import NOON


def make_staff(database_url: str, *user_ids: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as db:
        for user_id in user_ids:
            people.see(db, "default", user_id, NOON)
            people.give_role(db, "default", user_id, Role.STAFF)
    engine.dispose()


def test_who_is_staff_is_listed_by_alias_and_loses_the_role_by_it(database_url: str) -> None:
    bot("migrate", database_url=database_url)
    make_staff(database_url, "Uaaaa-1111", "Ubbbb-2222")

    before = bot("invite", "list", database_url=database_url)
    told = bot("invite", "revoke", "1111", database_url=database_url)
    after = bot("invite", "list", database_url=database_url)

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
    bot("migrate", database_url=sqlite_url)
    make_staff(sqlite_url, "Ua-1111", "Ub-1111")

    told = bot("invite", "revoke", alias, database_url=sqlite_url)
    left = bot("invite", "list", database_url=sqlite_url)

    assert told.returncode == 1
    assert said in told.stderr
    assert len(left.stdout.splitlines()) == 2
