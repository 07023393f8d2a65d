"""Tries to sign in that come at once: as many are let through as one after another."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from bot.model.staff_roles import StaffRole
from bot.store import accounts, sign_in_tries
from bot.store.sign_in_tries import MAIL
from tests.store.events_of import NOON

AT_ONCE = 12


def test_of_many_at_once_five_are_let_through(engine: Engine) -> None:
    def take(_: int) -> bool:
        with engine.begin() as db:
            return sign_in_tries.take(db, "default", MAIL, "a@example.tw", NOON) is None

    with ThreadPoolExecutor(AT_ONCE) as threads:
        let_through = list(threads.map(take, range(AT_ONCE)))

    assert sum(let_through) == MAIL.most


def test_a_code_that_is_used_many_times_at_once_is_good_once(engine: Engine) -> None:
    with engine.begin() as db:
        account = accounts.add(db, "default", "a@example.tw", StaffRole.ADMIN, NOON)
    assert account is not None

    def use(_: int) -> bool:
        with engine.begin() as db:
            return accounts.use_step(db, account, 55_000_000)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        used = list(threads.map(use, range(AT_ONCE)))

    assert sum(used) == 1


def test_another_channel_s_tries_are_its_own(engine: Engine) -> None:
    with engine.begin() as db:
        for _ in range(MAIL.most):
            sign_in_tries.take(db, "default", MAIL, "a@example.tw", NOON)

        here = sign_in_tries.take(db, "default", MAIL, "a@example.tw", NOON)
        there = sign_in_tries.take(db, "other", MAIL, "a@example.tw", NOON)

    assert here is not None
    assert there is None
