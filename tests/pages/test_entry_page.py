"""What staff added, on its page: what is said, what has expired, and taking one back."""

import re

from bot.cli.plain import plain
from tests.pages.stage import FILLED, OTHER_STAFF, PARKING, Stage, words


def entry_id(stage: Stage) -> str:
    found = re.findall(r"entries/(\w{32})/", stage.get("entries").get_data(as_text=True))
    return str(found[0])


def test_a_live_one_is_shown_with_its_source_its_term_and_its_questions(stage: Stage) -> None:
    stage.answer(stage.passed())

    page = words(stage.get("entries"))

    assert "臺中111晨間共讀" in page
    assert "工作坊停車" in page
    assert "依據：112年局內會議；有效至111年12月31日" in page
    assert PARKING in page
    assert "停車要錢嗎" in page
    assert "由代號 0001" in page


def test_what_is_taken_back_is_not_said_at_the_next_event(stage: Stage) -> None:
    stage.answer(stage.passed())
    assert FILLED["answer"] in plain(stage.ask(PARKING))
    entry = entry_id(stage)

    page = words(stage.post(f"entries/{entry}/withdraw", OTHER_STAFF))
    again = words(stage.post(f"entries/{entry}/withdraw"))

    assert "已撤回" in page
    assert "先前已經撤回了" in again
    assert "目前沒有常用答案" in page
    assert FILLED["answer"] not in plain(stage.ask(PARKING))


def test_an_expired_one_is_shown_as_such_and_not_said(stage: Stage) -> None:
    stage.answer(stage.passed(), until="2022-06-20")
    stage.later(days=5)
    assert FILLED["answer"] in plain(stage.ask(PARKING))

    stage.later(days=1)

    page = words(stage.get("entries"))
    assert "已於111年6月20日到期" in page
    assert "目前沒有常用答案" in page
    assert FILLED["answer"] not in plain(stage.ask(PARKING))


def test_one_that_is_not_there_is_said_so(lite: Stage) -> None:
    assert "先前已經撤回了" in words(lite.post(f"entries/{'0' * 32}/withdraw"))
    assert lite.post("entries/nothing/withdraw").status_code == 404
