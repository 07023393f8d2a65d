"""Questions in the console: grouped, answered, passed on, kept, made into a case."""

import pytest
import yaml

from bot.cli.plain import plain
from bot.model.staff_roles import StaffRole
from bot.store import question_work
from bot.store.question_work import Look
from bot.understand.reader import Reader
from tests.console.asked import people_of
from tests.console.office import CHANNEL, OfficeOfTests, words
from tests.handlers.plans import small_reader
from tests.handlers.whole_bot import OTHER, Bot

ODD = "共讀工作坊會供餐嗎"
ALIKE = "共讀工作坊有供餐嗎"
KNOWN = "共讀的說明會哪一天"
FILLED = {"answer": "午餐請自理。"}
KEPT = {
    **FILLED,
    "keep": "1",
    "edition": "reading/111",
    "title": "工作坊供餐",
    "source": "111年6月1日局內會議",
    "until": "2022-12-31",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def asked(office: OfficeOfTests, reader: Reader) -> OfficeOfTests:
    office.reader = reader
    office.rebuild()
    return office


def looked_at(office: OfficeOfTests, look: Look = Look.UNKNOWN) -> list[str]:
    with office.engine.connect() as db:
        return [one.event_id for one in question_work.to_look_at(db, CHANNEL, look)]


def bot_of(office: OfficeOfTests) -> Bot:
    bot = people_of(office)
    office.later(hours=1)
    return bot


def test_like_questions_stand_together_and_why_they_were_answered_so(asked: OfficeOfTests) -> None:
    bot = bot_of(asked)
    for text in (ODD, ALIKE, "<b>火星</b>怎麼去"):
        bot.ask(text)
    browser = asked.signed_in(StaffRole.VIEWER)

    page = browser.get("/questions?look=unknown")
    one = browser.get(f"/questions/{looked_at(asked)[0]}")

    assert "2 題相似" in words(page)
    assert "<b>火星" not in page.get_data(as_text=True)
    assert "為什麼這樣回" in words(one)
    assert "送出答覆" not in words(one)


def test_an_answer_reaches_its_askers_and_is_said_to_others_from_then_on(
    asked: OfficeOfTests,
) -> None:
    bot = bot_of(asked)
    bot.ask(ODD)
    bot.ask(ALIKE, OTHER)
    also, first = looked_at(asked)
    browser = asked.signed_in(StaffRole.EDITOR)

    sent = browser.post(f"/questions/{first}", **KEPT, also=also)

    assert sent.status_code == 303
    assert looked_at(asked) == []
    assert "午餐請自理" in bot.say("你好")
    assert "午餐請自理" in bot.say("你好", OTHER)
    assert "午餐請自理" in bot.say(ODD, "U-third")
    (noted,) = asked.audit()
    assert (noted.what, noted.after["題數"]) == ("question.answer", 2)
    assert "供餐" not in repr(noted)


def test_what_is_wrong_with_an_answer_is_said_beside_it_and_nothing_is_sent(
    asked: OfficeOfTests,
) -> None:
    bot = bot_of(asked)
    bot.ask(ODD)
    (event_id,) = looked_at(asked)
    browser = asked.signed_in(StaffRole.EDITOR)

    page = browser.post(f"/questions/{event_id}", answer="", keep="1", title="<i>標題")

    assert page.status_code == 400
    assert "請填寫答覆" in words(page)
    assert "&lt;i&gt;標題" in page.get_data(as_text=True)
    assert looked_at(asked) == [event_id]


def test_a_second_answer_is_not_sent(asked: OfficeOfTests) -> None:
    bot = bot_of(asked)
    bot.ask(ODD)
    (event_id,) = looked_at(asked)
    browser = asked.signed_in(StaffRole.EDITOR)
    browser.post(f"/questions/{event_id}", **FILLED)

    again = browser.post(f"/questions/{event_id}", answer="另一個答案")

    assert again.status_code == 400
    assert "已經有人回答" in words(again)
    assert len(asked.audit()) == 1


def test_what_is_passed_on_waits_and_what_is_set_aside_is_gone(asked: OfficeOfTests) -> None:
    bot = bot_of(asked)
    bot.ask(ODD)
    bot.ask("火星怎麼去")
    aside, passed = looked_at(asked)
    browser = asked.signed_in(StaffRole.EDITOR)

    browser.post(f"/questions/{passed}/pass-on")
    browser.post("/questions/aside", look="unknown", id=aside)

    assert looked_at(asked) == []
    assert ODD in words(browser.get("/questions"))
    assert "擱置" in words(browser.get(f"/questions/{passed}"))
    browser.post(f"/questions/{passed}/close")
    assert ODD not in words(browser.get("/questions"))
    done = {note.what for note in asked.audit()}
    assert done == {"question.pass_on", "question.aside", "question.close"}


def test_who_was_not_helped_says_so_and_staff_look_at_it(asked: OfficeOfTests) -> None:
    bot = bot_of(asked)
    bot.ask(KNOWN)

    said = bot.ask("答非所問！")

    assert "已記下來" in plain(said)
    assert [b.label for b in said.quick] == ["轉給承辦人員"]
    assert len(looked_at(asked, Look.DISLIKED)) == 1
    page = asked.signed_in(StaffRole.VIEWER).get("/questions?look=disliked")
    assert KNOWN in words(page)


def test_nobody_is_thanked_for_words_about_nothing(asked: OfficeOfTests) -> None:
    said = bot_of(asked).say("沒有幫助")

    assert "已記下來" not in said


def test_a_question_becomes_a_case_with_what_staff_answered(asked: OfficeOfTests) -> None:
    bot = bot_of(asked)
    bot.ask(ODD)
    (event_id,) = looked_at(asked)
    browser = asked.signed_in(StaffRole.EDITOR)

    before = yaml.safe_load(browser.get(f"/questions/{event_id}/case").get_data(as_text=True))
    browser.post(f"/questions/{event_id}", **KEPT)
    after = yaml.safe_load(browser.get(f"/questions/{event_id}/case").get_data(as_text=True))

    assert before[0]["turns"][0]["say"] == ODD
    assert after[0]["supplements"][0]["title"] == "工作坊供餐"


def test_a_question_that_is_gone_changes_nothing(asked: OfficeOfTests) -> None:
    browser = asked.signed_in(StaffRole.EDITOR)

    gone = browser.post("/questions/nothing", **FILLED)

    assert gone.status_code == 303
    assert gone.location.endswith("/questions?done=gone")
    assert asked.audit() == []
