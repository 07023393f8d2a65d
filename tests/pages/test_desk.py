"""What staff ask for in their own chat: what waits, and the log."""

import pytest

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.line.render.answer import render
from bot.messages import Answer, Button, Card, Kind, Outcome, Row
from bot.simulator import strict
from bot.store import people, referrals
from bot.store.people import Role
from bot.store.tables import ReferralState
from tests.handlers.chat import cards
from tests.pages.stage import PARKING, STAFF, TEACHER, Stage, path_of, words


def buttons(answer: Answer) -> list[Button]:
    return [b for card in cards(answer) for b in card.buttons] + list(answer.quick)


def said(answer: Answer) -> str:
    return str(answer.parts)


def test_what_waits_is_counted_and_the_five_oldest_are_shown(stage: Stage) -> None:
    for number in range(7):
        stage.passed(f"{PARKING}{'呢' * number}")
        stage.later(minutes=1)

    answer = stage.ask("待答問題", STAFF)

    first, row = answer.parts
    assert isinstance(first, Card)
    assert isinstance(row, Row)
    assert "有7題等待回答" in first.lead
    assert [card.lead for card in row.cards] == [f"{PARKING}{'呢' * n}" for n in range(5)]
    body = {"replyToken": "token", "messages": render(answer)}
    assert strict.body_problems("POST", "/v2/bot/message/reply", body) == []


def test_a_card_tells_what_was_asked_before_what_was_said_and_when(stage: Stage) -> None:
    stage.passed(before="工作坊哪一天", said="計畫沒有寫到。" + "長" * 200)

    card = cards(stage.ask("待答問題", STAFF))[1]

    assert card.facts[0] == "前一題：工作坊哪一天"
    assert card.facts[1].startswith("師鐘當時回：計畫沒有寫到。")
    assert len(card.facts[1]) < 100
    assert card.facts[2] == "提問時間：111年6月15日 09:00"
    assert [button.label for button in card.buttons] == ["回答", "先擱著"]


def test_the_button_to_answer_opens_that_question(stage: Stage) -> None:
    stage.passed("工作坊可以帶小孩嗎")

    url = cards(stage.ask("待答問題", STAFF))[1].buttons[0].url
    page = stage.client().get(path_of(url))

    assert url.startswith("https://bell.example.tw/p/")
    assert page.status_code == 200
    assert "工作坊可以帶小孩嗎" in words(page)


@pytest.mark.parametrize("text", ["待答問題", " 待答問題。", "待答問題？"])
def test_when_nothing_waits_that_is_said(lite: Stage, text: str) -> None:
    answer = lite.ask(text, STAFF)

    assert "目前沒有等待回答的問題" in said(answer)
    assert answer.outcome is Outcome.CHAT


def test_what_is_put_aside_waits_no_more_and_is_found_on_the_page(stage: Stage) -> None:
    passed = stage.passed()
    button = cards(stage.ask("待答問題", STAFF))[1].buttons[1]

    answer = stage.send(STAFF, kind=Kind.POSTBACK, data=button.data)

    assert "已擱置" in said(answer)
    assert "目前沒有等待" in said(stage.ask("待答問題", STAFF))
    page = stage.client().get(path_of(answer.quick[0].url))
    assert passed.text in words(page)


def test_pressing_it_twice_or_after_an_answer_changes_nothing(stage: Stage) -> None:
    passed = stage.passed()
    stage.answer(passed)

    late = stage.send(STAFF, kind=Kind.POSTBACK, data=f"aside={passed.id}")
    unknown = stage.send(STAFF, kind=Kind.POSTBACK, data="aside=nothing")

    assert "先前已經處理過了" in said(late)
    assert "找不到這一題" in said(unknown)
    with stage.engine.connect() as db:
        found = referrals.find(db, "default", passed.id)
    assert found is not None
    assert found.state is ReferralState.ANSWERED


def test_the_log_is_a_button_to_its_page(stage: Stage) -> None:
    stage.ask("說書工作坊什麼時候")

    (button,) = buttons(stage.ask("問題紀錄", STAFF))

    assert "說書工作坊什麼時候" in words(stage.client().get(path_of(button.url)))


@pytest.mark.parametrize("text", ["待答問題", "問題紀錄"])
def test_for_everybody_else_the_words_are_a_question(stage: Stage, text: str) -> None:
    answer = stage.ask(text, TEACHER)

    assert "/p/" not in said(answer)
    assert answer.outcome in (Outcome.UNKNOWN, Outcome.ASKED, Outcome.CHAT)


def test_nobody_else_puts_anything_aside(stage: Stage) -> None:
    passed = stage.passed()

    answer = stage.send(TEACHER, kind=Kind.POSTBACK, data=f"aside={passed.id}")

    assert "較早的內容" in said(answer)
    with stage.engine.connect() as db:
        assert referrals.count_open(db, "default") == 1


def test_in_a_group_not_even_staff_are_shown_anything(stage: Stage) -> None:
    stage.passed()

    answer = stage.ask("待答問題", STAFF, chat_id="Cgroup", in_group=True, mentioned=True)

    assert PARKING not in said(answer)
    assert "/p/" not in said(answer)


def test_who_is_staff_no_more_is_asked_like_anybody(stage: Stage) -> None:
    with stage.engine.begin() as db:
        people.give_role(db, "default", STAFF, Role.ANYBODY)

    assert "等待回答" not in said(stage.ask("待答問題", STAFF))


def test_where_there_are_no_pages_no_link_is_shown(lite: Stage) -> None:
    lite.passed()
    office = Office(lite.engine, handle, lite.reader)

    waiting = lite.send(STAFF, office, text="待答問題")
    log = lite.send(STAFF, office, text="問題紀錄")

    assert [b.label for b in buttons(waiting)] == ["先擱著"]
    assert "沒有網頁可以開" in said(log)
