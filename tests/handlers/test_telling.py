"""What staff answered reaches its asker: with the next reply, or by the push that was asked for."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, func, select

from bot.cli.plain import plain
from bot.line.limits import MESSAGES
from bot.line.render.answer import render
from bot.messages import Card, Kind, Row
from bot.replied import take_left_behind
from bot.store import batches, events, referrals, waves
from bot.store.batches import Due, End, Ending
from bot.store.left_behind import LEASE, TOKEN_LIFE
from bot.store.tables import OutboxRow, OutboxState
from tests.handlers.whole_bot import NOTIFY, OTHER, PASS_ON, TEACHER, UNKNOWN, Bot, button
from tests.store.events_of import incoming

ANSWER = "工作坊當天中午備有便當。"
TITLE = "承辦人員的答覆"


def states(bot: Bot) -> list[OutboxState]:
    with bot.office.engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state)))


def wished(bot: Bot) -> None:
    """A question passed on, its answer to be pushed."""
    pressed = bot.press(button(bot.ask(UNKNOWN), PASS_ON))
    bot.press(button(pressed, NOTIFY))


def claimed(bot: Bot, db: Connection) -> list[Due]:
    return waves.claim(db, "default", bot.at, bot.at)


def pushed(bot: Bot, due: Due) -> None:
    """The push went out, as the drain writes it down."""
    with bot.office.engine.begin() as db:
        referrals.mark_told(db, "default", [referrals.id_of(due.keys[0])], bot.at)
        batches.settle(db, [Ending(due=due, end=End.SENT)], bot.at)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.STICKER, Kind.FOLLOW])
def test_an_answer_stands_above_the_next_reply_whatever_it_is_to(bot: Bot, kind: Kind) -> None:
    bot.answer(bot.pass_on(UNKNOWN), ANSWER)

    first, *rest = bot.send(TEACHER, kind, text="謝謝").parts

    assert isinstance(first, Card)
    assert (first.title, first.lead) == (TITLE, ANSWER)
    assert first.facts == (f"您問的是「{UNKNOWN}」", "111年6月15日(三)答覆")
    assert rest


def test_an_answer_is_told_once(bot: Bot) -> None:
    bot.answer(bot.pass_on(UNKNOWN), ANSWER)
    bot.ask("你好")

    assert TITLE not in bot.say("你好")
    assert bot.passed()[0].told_at == bot.at - timedelta(minutes=1)


def test_nobody_else_hears_of_it_nor_does_a_group(bot: Bot) -> None:
    bot.answer(bot.pass_on(UNKNOWN), ANSWER)

    group = bot.say(UNKNOWN, chat_id="G", in_group=True, mentioned=True)

    assert TITLE not in group + bot.say(UNKNOWN, OTHER)
    assert bot.passed()[0].told_at is None


def test_an_open_or_closed_question_tells_nothing(bot: Bot) -> None:
    bot.pass_on(UNKNOWN)

    assert TITLE not in bot.say("你好")


def test_many_answers_leave_room_for_the_reply_and_the_rest_come_next(bot: Bot) -> None:
    asked = [bot.pass_on(f"火星第{number}次怎麼去") for number in range(7)]
    for passed in asked:
        bot.answer(passed, f"{passed.text}的答覆。" * 20)

    first, then = bot.ask("共讀的說明會哪一天"), bot.ask("你好")

    assert isinstance(first.parts[0], Row)
    assert [plain(a).count(TITLE) for a in (first, then)] == [5, 2]
    assert len(render(first)) <= MESSAGES
    assert "放不下" not in str(render(first))


def test_without_a_wish_nothing_is_pushed(bot: Bot) -> None:
    bot.answer(bot.pass_on(UNKNOWN), ANSWER)

    assert states(bot) == []


def test_a_wish_queues_the_answer_once(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)

    with bot.office.engine.begin() as db:
        (due,) = claimed(bot, db)
        count = db.scalar(select(func.count()).select_from(OutboxRow))

    assert (due.user_ids, due.keys, count) == ((TEACHER,), (f"referral:{bot.passed()[0].id}",), 1)
    assert ANSWER in plain(due.answers[0])


def test_whoever_writes_first_is_told_free_and_the_push_is_dropped(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)

    said = bot.say("你好")

    assert ANSWER in said
    assert states(bot) == [OutboxState.VOID]


def test_what_is_being_pushed_at_this_moment_is_not_told_too(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)
    with bot.office.engine.begin() as db:
        claimed(bot, db)

    assert ANSWER not in bot.say("你好")
    assert bot.passed()[0].told_at is None


def test_a_wish_that_comes_after_the_answer_is_met_at_once(bot: Bot) -> None:
    pressed = bot.press(button(bot.ask(UNKNOWN), PASS_ON))
    bot.answer(bot.passed()[0], ANSWER)

    said = plain(bot.press(button(pressed, NOTIFY)))

    assert ANSWER in said
    assert "已經答覆了" in said
    assert states(bot) == []


def test_pressing_again_after_the_answer_shows_it_again(bot: Bot) -> None:
    answer = bot.ask(UNKNOWN)
    bot.press(button(answer, PASS_ON))
    bot.answer(bot.passed()[0], ANSWER)
    bot.ask("你好")

    assert ANSWER in plain(bot.press(button(answer, PASS_ON)))


def test_an_answer_whose_reply_was_lost_is_told_again_and_pushed_after_all(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)
    bot.ask("你好")  # the process dies with the reply in its hands

    take_left_behind(bot.office.engine, bot.at + TOKEN_LIFE + LEASE)

    assert bot.passed()[0].told_at is None
    assert states(bot) == [OutboxState.WAITING]
    assert ANSWER in bot.say("在嗎")


def test_the_push_of_a_question_that_was_taken_back_is_dropped_without_a_trace(bot: Bot) -> None:
    answer = bot.ask(UNKNOWN, message_id="M-mine")
    pressed = bot.press(button(answer, PASS_ON))
    bot.press(button(pressed, NOTIFY))
    bot.answer(bot.passed()[0], ANSWER)

    bot.send(TEACHER, Kind.UNSEND, message_id="M-mine", reply_token=None)

    assert states(bot) == []
    assert ANSWER not in bot.say("你好")


def test_an_answer_that_is_lost_and_then_asked_for_again_is_told_once(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)
    hello = incoming("E-hello", at=bot.at, chat_id=TEACHER, user_id=TEACHER, text="你好")
    bot.office.respond(hello, bot.at)  # the process dies with the reply in its hands
    late = bot.at + TOKEN_LIFE + LEASE
    take_left_behind(bot.office.engine, late)

    owed = bot.office.respond(replace(hello, reply_token="new", redelivered=True), late)

    assert owed is not None
    assert plain(owed.answer).count(ANSWER) == 1
    assert bot.passed()[0].told_at == hello.at
    assert states(bot) == [OutboxState.VOID]
    assert ANSWER not in bot.say("在嗎")


def test_what_was_pushed_since_is_left_out_of_a_reply_that_is_sent_again(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)
    hello = incoming("E-hello", at=bot.at, chat_id=TEACHER, user_id=TEACHER, text="你好")
    bot.office.respond(hello, bot.at)
    late = bot.at + TOKEN_LIFE + LEASE
    take_left_behind(bot.office.engine, late)
    with bot.office.engine.begin() as db:
        (due,) = claimed(bot, db)
    pushed(bot, due)

    owed = bot.office.respond(replace(hello, reply_token="new", redelivered=True), late)

    assert owed is not None
    assert owed.answer.parts
    assert ANSWER not in plain(owed.answer)
    with bot.office.engine.connect() as db:
        assert events.find_answer(db, "default", "E-hello") == owed.answer


def test_a_push_that_ends_while_a_reply_is_made_is_not_told_by_the_reply_too(bot: Bot) -> None:
    wished(bot)
    bot.answer(bot.passed()[0], ANSWER)
    with bot.office.engine.begin() as db:
        (due,) = claimed(bot, db)
    pushing = threading.Thread(target=pushed, args=(bot, due))

    def between(_db: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT referral.id") and not pushing.ident:
            pushing.start()
            pushing.join(0.5)  # it cannot end before the reply is committed

    event.listen(bot.office.engine, "after_cursor_execute", between)
    said = bot.say("你好")
    pushing.join()

    assert ANSWER not in said
    assert bot.passed()[0].told_at is not None
    assert states(bot) == [OutboxState.SENT]
