"""A question that the bot cannot answer is passed on to staff with one tap, with its context."""

import pytest

from bot.cli.plain import plain
from bot.handlers.passing_on import MOST_OPEN
from bot.line.limits import QUICK_REPLIES
from bot.line.render.answer import render
from bot.messages import Answer, Button, Kind, Outcome
from bot.store.tables import ReferralState
from tests.handlers.whole_bot import NOTIFY, OTHER, PASS_ON, UNKNOWN, Bot, button, buttons, labels

KNOWN = "共讀的說明會哪一天"
OFFICE = "閱讀推動中心 04-22289111 分機1234"


@pytest.mark.parametrize("question", [UNKNOWN, "火星怎麼去", "114年度共讀報名到什麼時候"])
def test_what_is_unknown_can_be_passed_on(bot: Bot, question: str) -> None:
    answer = bot.ask(question)

    assert answer.outcome is Outcome.UNKNOWN
    assert labels(answer).count(PASS_ON) == 1


@pytest.mark.parametrize(
    "words", [KNOWN, "你好", "謝謝", "A123456789", "轉知各校依說明辦理並於期限內完成填報。" * 12]
)
def test_answers_small_talk_secrets_and_pasted_notices_are_not_offered(
    bot: Bot, words: str
) -> None:
    assert PASS_ON not in labels(bot.ask(words))


def test_in_a_group_nothing_is_offered(bot: Bot) -> None:
    answer = bot.ask(UNKNOWN, chat_id="G", in_group=True, mentioned=True)

    assert answer.outcome is Outcome.UNKNOWN
    assert PASS_ON not in labels(answer)


def test_line_shows_the_button_however_many_others_there_are(bot: Bot) -> None:
    answer = bot.ask(UNKNOWN)
    crowded = Answer(
        answer.parts, (*answer.quick, *(Button(f"計畫{n}", say="x") for n in range(20)))
    )

    (*_, last) = render(crowded)
    shown = [item["action"]["label"] for item in last["quickReply"]["items"]]

    assert len(shown) == QUICK_REPLIES
    assert PASS_ON in shown


def test_passing_on_keeps_the_question_the_one_before_and_what_the_bot_said(bot: Bot) -> None:
    bot.ask(KNOWN)
    answer = bot.ask(UNKNOWN)

    said = bot.press(button(answer, PASS_ON))

    (passed,) = bot.passed()
    assert "已轉給承辦人員。有答覆時，您下次傳訊息就會看到。" in plain(said)
    assert labels(said) == [NOTIFY]
    assert (passed.text, passed.before, passed.state) == (UNKNOWN, KNOWN, ReferralState.OPEN)
    assert "沒有說明" in passed.said
    assert (passed.plan, passed.entry) == ("reading", "lunch")


def test_what_staff_answered_to_another_question_is_not_taken_for_the_bots_words(bot: Bot) -> None:
    bot.answer(bot.pass_on("火星怎麼去"), "坐火箭。")

    passed = bot.pass_on(UNKNOWN)

    assert "坐火箭" not in passed.said
    assert "沒有說明" in passed.said


def test_one_person_does_not_bury_staff(bot: Bot) -> None:
    for number in range(MOST_OPEN):
        bot.pass_on(f"火星第{number}次怎麼去")
    waiting = bot.ask("月球怎麼去")

    refused = bot.press(button(waiting, PASS_ON))
    again = bot.press(Button("轉", data=f"refer={bot.passed()[0].webhook_event_id}"))
    bot.answer(bot.passed()[0], "坐火箭。")
    taken = bot.press(button(waiting, PASS_ON))

    assert f"已經有{MOST_OPEN}題在等" in plain(refused)
    assert "還在等答覆" in plain(again)
    assert "已轉給承辦人員" in plain(taken)


def test_personal_numbers_do_not_reach_staff(bot: Bot) -> None:
    bot.ask("我的手機是0912-345-678，共讀的說明會哪一天")

    passed = bot.pass_on("我是A123456789，共讀工作坊會供餐嗎")

    read = passed.text + passed.before + passed.said
    assert "A123456789" not in read
    assert "345" not in read
    assert "共讀工作坊會供餐嗎" in passed.text


def test_pressing_twice_passes_on_once(bot: Bot) -> None:
    pressed = button(bot.ask(UNKNOWN), PASS_ON)
    bot.press(pressed)

    again = bot.press(pressed)

    assert "已經轉給承辦人員了" in plain(again)
    assert labels(again) == [NOTIFY]
    assert len(bot.passed()) == 1


def test_somebody_elses_button_is_told_to_be_of_no_use(bot: Bot) -> None:
    said = bot.press(button(bot.ask(UNKNOWN), PASS_ON), OTHER)

    assert "請把想問的事再寫一次" in plain(said)
    assert bot.passed() == []


@pytest.mark.parametrize("data", ["refer=", "refer=E99", "tell=", "tell=x", "refer=E0=E0"])
def test_an_old_button_is_told_to_be_of_no_use(bot: Bot, data: str) -> None:
    bot.ask(UNKNOWN)

    said = bot.press(Button("舊", data=data))

    assert "請把想問的事再寫一次" in plain(said)
    assert bot.passed() == []


def test_a_push_can_be_asked_for_once(bot: Bot) -> None:
    pressed = bot.press(button(bot.ask(UNKNOWN), PASS_ON))

    said = bot.press(button(pressed, NOTIFY))

    (passed,) = bot.passed()
    assert passed.wants_push
    assert "我會傳訊息通知您" in plain(said)
    assert labels(bot.press(Button("轉", data=f"refer={passed.webhook_event_id}"))) == []


def test_nobody_asks_for_a_push_of_anothers_question(bot: Bot) -> None:
    pressed = bot.press(button(bot.ask(UNKNOWN), PASS_ON))

    said = bot.press(button(pressed, NOTIFY), OTHER)

    assert "請把想問的事再寫一次" in plain(said)
    assert not bot.passed()[0].wants_push


def test_a_question_taken_back_is_not_with_staff_any_more(bot: Bot) -> None:
    bot.ask("火星怎麼去", message_id="M-mars")
    bot.pass_on(UNKNOWN)
    bot.ask("月球怎麼去", message_id="M-moon")
    bot.press(button(bot.ask("月球怎麼回來", message_id="M-back"), PASS_ON))

    for message_id in ("M-mars", "M-back"):
        bot.send("U-teacher", Kind.UNSEND, text="", message_id=message_id)

    (left,) = bot.passed()
    assert (left.text, left.before) == (UNKNOWN, "")


@pytest.mark.parametrize(
    "call",
    [
        "找真人",
        "我要找真人",
        "請幫我轉真人客服",
        "可以轉人工嗎？",
        "我要問人",
        "真人客服",
        "找真人！",
        "不好意思，我要找真人",
        "您好 請問可以轉真人嗎 謝謝",
        "能不能找真人啊",
    ],
)
def test_asking_for_a_person_offers_the_last_question(bot: Bot, call: str) -> None:
    bot.ask(KNOWN)

    answer = bot.ask(call)
    bot.press(button(answer, PASS_ON))

    assert f"「{KNOWN}」" in plain(answer)
    assert OFFICE in plain(answer)
    assert [p.text for p in bot.passed()] == [KNOWN]


def test_asking_for_a_person_again_says_that_the_question_is_with_staff(bot: Bot) -> None:
    bot.pass_on(UNKNOWN)

    answer = bot.ask("找真人")

    assert "還在等答覆" in plain(answer)
    assert labels(answer) == [NOTIFY]


@pytest.mark.parametrize("yes", ["好", "是", "好啊麻煩你", "要", "轉給承辦人員"])
def test_whether_to_pass_it_on_is_answered_with_yes(bot: Bot, yes: str) -> None:
    bot.ask(UNKNOWN)
    bot.ask("找真人")

    assert "已轉給承辦人員" in bot.say(yes)
    assert len(bot.passed()) == 1


@pytest.mark.parametrize("no", ["不用了", "不要", "沒有", "算了"])
def test_whether_to_pass_it_on_is_answered_with_no(bot: Bot, no: str) -> None:
    bot.ask(UNKNOWN)
    bot.ask("找真人")

    assert "沒有轉" in bot.say(no)
    assert bot.passed() == []


@pytest.mark.parametrize("words", ["真人圖書館是什麼", "人工智慧可以報名嗎", "誰是承辦人", "要"])
def test_other_words_do_not_call_for_a_person(bot: Bot, words: str) -> None:
    assert "找承辦人員" not in bot.say(words)


def test_a_bare_choice_is_not_taken_for_the_question(bot: Bot) -> None:
    bot.ask("報名到什麼時候")
    bot.ask("臺中111晨間共讀")

    assert "「報名到什麼時候」" in bot.say("找真人")


def test_without_a_question_the_next_one_can_be_passed_on_whatever_its_answer(bot: Bot) -> None:
    first = bot.say("找真人")
    bot.ask("你好")

    known = bot.ask(KNOWN)

    assert "先把想問的事" in first
    assert known.outcome is Outcome.ANSWERED
    assert labels(known).count(PASS_ON) == 1
    assert PASS_ON not in labels(bot.ask(KNOWN))


def test_a_question_back_keeps_the_offer_for_the_answer(bot: Bot) -> None:
    bot.ask("找真人")
    asked = bot.ask("報名到什麼時候")

    answer = bot.ask("臺中111晨間共讀")

    assert (asked.outcome, answer.outcome) == (Outcome.ASKED, Outcome.ANSWERED)
    assert PASS_ON in labels(asked)
    assert PASS_ON in labels(answer)


def test_a_question_of_yesterday_is_not_the_last_one(bot: Bot) -> None:
    bot.ask(KNOWN)
    bot.at = bot.at.replace(day=bot.at.day + 1)

    assert "先把想問的事" in bot.say("找真人")


def test_asking_for_a_person_in_a_group_points_to_the_own_chat(bot: Bot) -> None:
    answer = bot.ask("找真人", chat_id="G", in_group=True, mentioned=True)

    assert "一對一" in plain(answer)
    assert buttons(answer) == []


def test_after_a_choice_the_question_itself_is_passed_on(bot: Bot) -> None:
    bot.ask("工作坊有沒有托嬰")
    bot.ask("報名到什麼時候")
    bot.ask("找真人")
    bot.ask("報名到什麼時候")
    picked = bot.ask("1")

    bot.press(button(picked, PASS_ON))

    assert [p.text for p in bot.passed()] == ["報名到什麼時候"]
