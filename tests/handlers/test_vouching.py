"""What a teacher reported is confirmed by staff, who find it by the code that they are shown."""

from datetime import date

import pytest
from sqlalchemy import Engine

from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.handlers.vouching import CHECK, VOUCH, code_of
from bot.messages import Button
from bot.model.deeds import Enrolment, Vouched
from bot.store import deeds, enrolments, people
from bot.store.deeds import Report
from bot.store.people import Role
from tests.handlers.whole_bot import CLERK, JUNE, OTHER, TEACHER, Bot, button, labels
from tests.understand.plans import real_reader


@pytest.fixture
def real_bot(engine: Engine) -> Bot:
    return Bot(Office(engine, handle, real_reader()))


@pytest.fixture
def joined(real_bot: Bot) -> Enrolment:
    """A teacher with two things reported, and a clerk."""
    bot = real_bot
    bot.ask("你好")
    bot.ask("你好", CLERK)
    wanted = Enrolment(
        id="", plan="cooc-teacher", edition="111", track="certificate-track", joined_at=JUNE
    )
    with bot.office.engine.begin() as db:
        people.give_role(db, "default", CLERK, Role.STAFF)
        mine = enrolments.join(db, "default", TEACHER, wanted)
        for part in ("ono2", "material"):
            report = Report(requirement="item-sync", part=part, on=date(2022, 6, 8))
            assert deeds.put(db, "default", mine.id, report, ("E-1", JUNE))
    return mine


def vouched(bot: Bot, mine: Enrolment) -> set[Vouched]:
    with bot.office.engine.connect() as db:
        return {d.vouched for d in deeds.standing_ones(db, [mine.id])[mine.id]}


def test_a_teacher_gets_the_code_of_their_own_record(real_bot: Bot, joined: Enrolment) -> None:
    said = plain(real_bot.press(Button("請承辦確認", data=f"{CHECK}={joined.id}")))

    assert code_of(joined) in said


def test_nobody_gets_the_code_of_another(real_bot: Bot, joined: Enrolment) -> None:
    said = plain(real_bot.press(Button("請承辦確認", data=f"{CHECK}={joined.id}"), OTHER))

    assert "找不到" in said
    assert code_of(joined) not in said


@pytest.mark.parametrize(
    "manner", [str, str.lower, lambda c: c.replace("-", " "), lambda c: f"：{c}"]
)
def test_staff_see_what_stands_behind_a_code_and_confirm_it(
    real_bot: Bot, joined: Enrolment, manner: object
) -> None:
    shown = real_bot.ask(f"確認進度 {manner(code_of(joined))}", CLERK)  # type: ignore[operator]

    assert "回報2項，待確認2項" in plain(shown)
    said = plain(real_bot.press(button(shown, "全部確認"), CLERK))

    assert "已確認2項" in said
    assert vouched(real_bot, joined) == {Vouched.STAFF}


def test_a_confirmation_can_be_taken_back(real_bot: Bot, joined: Enrolment) -> None:
    shown = real_bot.ask(f"確認進度 {code_of(joined)}", CLERK)
    done = real_bot.press(button(shown, "全部確認"), CLERK)

    assert "已取消2項" in plain(real_bot.press(button(done, "取消確認"), CLERK))
    assert vouched(real_bot, joined) == {Vouched.SELF}


def test_confirming_twice_changes_nothing(real_bot: Bot, joined: Enrolment) -> None:
    shown = real_bot.ask(f"確認進度 {code_of(joined)}", CLERK)
    real_bot.press(button(shown, "全部確認"), CLERK)

    again = real_bot.press(button(shown, "全部確認"), CLERK)

    assert "沒有需要更動" in plain(again)
    assert labels(again) == []


@pytest.mark.parametrize("user", [TEACHER, OTHER])
def test_only_staff_may_look_up_and_confirm(real_bot: Bot, joined: Enrolment, user: str) -> None:
    assert "待確認" not in real_bot.say(f"確認進度 {code_of(joined)}", user)

    real_bot.press(Button("全部確認", data=f"{VOUCH}={joined.id}"), user)

    assert vouched(real_bot, joined) == {Vouched.SELF}


@pytest.mark.parametrize("code", ["", "1234", "ZZZZ-ZZZZ", "%%%%%%%%", "00000000"])
def test_a_code_that_is_none_is_told_with_the_remedy(
    real_bot: Bot, joined: Enrolment, code: str
) -> None:
    assert "8碼代碼" in real_bot.say(f"確認進度 {code}", CLERK)


def test_what_was_left_is_not_found(real_bot: Bot, joined: Enrolment) -> None:
    with real_bot.office.engine.begin() as db:
        enrolments.leave(db, "default", joined, JUNE)

    assert "沒有這個代碼" in real_bot.say(f"確認進度 {code_of(joined)}", CLERK)
