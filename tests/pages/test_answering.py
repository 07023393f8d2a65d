"""Staff answer a question on its page: the asker is told, and the answer may be kept."""

from typing import Any

import pytest

from bot.answers.supplement import SUPPLEMENT
from bot.cli.plain import plain
from bot.messages import Outcome
from bot.store import referrals, staff_entries
from bot.store.referrals import Passed
from bot.store.staff_entries import Kept
from bot.store.tables import ReferralState
from tests.pages.stage import FILLED, OTHER_STAFF, PARKING, STAFF, TEACHER, Stage, words


def found(stage: Stage, passed: Passed) -> Passed:
    with stage.engine.connect() as db:
        now = referrals.find(db, "default", passed.id)
    assert now is not None
    return now


def kept(stage: Stage) -> list[Kept]:
    with stage.engine.connect() as db:
        return staff_entries.not_withdrawn(db, "default")


def test_the_page_shows_what_was_asked_before_what_was_said_and_why(stage: Stage) -> None:
    passed = stage.passed("說書工作坊什麼時候上課", before="共讀計畫的窗口是誰")

    page = words(stage.get(f"referrals/{passed.id}"))

    assert "說書工作坊什麼時候上課" in page
    assert "共讀計畫的窗口是誰" in page
    assert "7月8日" in page
    assert "說書工作坊（柒、一）" in page
    assert "111年6月15日 09:00" in page


def test_an_answer_is_kept_with_its_author_and_its_asker_is_told(stage: Stage) -> None:
    passed = stage.passed()
    stage.later(minutes=5)

    page = words(stage.answer(passed, keep=""))

    now = found(stage, passed)
    assert (now.state, now.answer) == (ReferralState.ANSWERED, FILLED["answer"])
    assert (now.answered_by, now.answered_at) == (STAFF, stage.now)
    assert "答覆已送出" in page
    assert "下次傳訊息給師鐘時，會先看到這個答覆" in page
    assert kept(stage) == []


def test_who_wants_to_be_told_at_once_is_said_to_be(stage: Stage) -> None:
    passed = stage.passed()
    with stage.engine.begin() as db:
        referrals.want_push(db, "default", passed.id, TEACHER)

    assert "主動通知提問的人" in words(stage.answer(passed))


def test_what_is_kept_is_said_from_the_next_event_on(stage: Stage) -> None:
    passed = stage.passed()
    assert FILLED["answer"] not in plain(stage.ask(PARKING))

    page = words(stage.answer(passed))
    answer = stage.ask(PARKING)

    assert "從現在起師鐘會這樣回，到111年12月31日為止" in page
    assert answer.outcome is Outcome.ANSWERED
    said = plain(answer)
    assert FILLED["answer"] in said
    assert f"《{SUPPLEMENT}》112年局內會議；111年6月15日答覆" in said
    assert "有效至111年12月31日" in said


@pytest.mark.parametrize("text", ["共讀開車去有停車位嗎", "共讀停車要錢嗎"])
def test_it_answers_the_other_ways_to_ask_too(stage: Stage, text: str) -> None:
    stage.answer(stage.passed())

    assert FILLED["answer"] in plain(stage.ask(text, user="Uanother-one"))


def test_the_question_itself_is_one_of_the_ways_to_ask(stage: Stage) -> None:
    stage.answer(stage.passed(), says="")

    (entry,) = kept(stage)

    assert entry.says == (PARKING,)
    assert (entry.plan, entry.edition, entry.author) == ("reading", "111", STAFF)


def test_personal_numbers_are_masked_wherever_they_were_typed(stage: Stage) -> None:
    secret = "A123456789"
    passed = stage.passed()

    stage.answer(
        passed,
        title=f"停車{secret}",
        says=f"{secret}可以停車嗎",
        source=f"電洽0912345678{secret}",
    )

    (entry,) = kept(stage)
    everything = " ".join((found(stage, passed).answer or "", repr(entry)))
    assert secret not in everything
    assert "0912345678" not in everything
    assert "電洽〈電話〉〈身分證字號〉" in everything


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"answer": " \n "}, "請填寫答覆"),
    ({"answer": "字" * 1001}, "答覆最多1000字，現在有1001字"),
    ({"answer": "請打0912345678"}, "會被遮住"),
    ({"until": "9999-12-31"}, "有效期限最晚到"),
    ({"edition": ""}, "請選擇這個答案屬於哪一個計畫"),
    ({"edition": "reading/999"}, "請選擇這個答案屬於哪一個計畫"),
    ({"title": ""}, "請填寫標題"),
    ({"title": "字" * 61}, "標題最多60字"),
    ({"says": "\n".join(f"問{n}" for n in range(11))}, "其他問法最多10行"),
    ({"says": "字" * 101}, "每行問法最多100字"),
    ({"source": ""}, "請填寫依據"),
    ({"source": "字" * 201}, "依據最多200字"),
    ({"until": ""}, "請填寫有效期限"),
    ({"until": "明年"}, "看不懂這個日期"),
    ({"until": "2022-06-15"}, "有效期限要在今天（111年6月15日）之後"),
]


@pytest.mark.parametrize(("changes", "says"), FAULTS)
def test_what_is_wrong_is_said_and_nothing_is_half_done(
    stage: Stage, changes: dict[str, Any], says: str
) -> None:
    passed = stage.passed()

    page = stage.answer(passed, **changes)

    assert page.status_code == 400
    assert says in words(page)
    assert found(stage, passed).state is ReferralState.OPEN
    assert kept(stage) == []


def test_all_that_is_wrong_is_said_at_once_with_what_was_typed_kept(lite: Stage) -> None:
    passed = lite.passed()

    page = lite.answer(passed, answer="", title="我的<標題>", source="", until="x", says="甲\n乙")

    html = page.get_data(as_text=True)
    assert "修正下面標示的3處" in words(page)
    assert 'value="我的&lt;標題&gt;"' in html
    assert ">甲\n乙</textarea>" in html
    assert html.count("aria-invalid") == 3


def test_without_keeping_it_nothing_else_need_be_filled_in(lite: Stage) -> None:
    passed = lite.passed()

    page = lite.post(f"referrals/{passed.id}", answer="可以")

    assert "答覆已送出" in words(page)


@pytest.mark.parametrize("answer", ["可\x00以", "可\u200b\x07以\r\n好"])
def test_what_cannot_be_seen_is_left_out(stage: Stage, answer: str) -> None:
    passed = stage.passed()

    stage.answer(passed, answer=answer)

    assert (found(stage, passed).answer or "").split("\n")[0] == "可以"


def test_the_second_to_answer_is_told_who_was_first_and_overwrites_nothing(stage: Stage) -> None:
    passed = stage.passed()
    stage.answer(passed, answer="先到的答覆")
    stage.later(minutes=2)

    page = stage.answer(passed, OTHER_STAFF, answer="後到的答覆")

    assert page.status_code == 409
    assert "另一位承辦人員（代號 0001）已在111年6月15日 09:00先回答了" in words(page)
    assert "後到的答覆" in words(page)
    assert found(stage, passed).answer == "先到的答覆"
    assert len(kept(stage)) == 1


def test_one_who_is_beaten_between_looking_and_answering_is_told_the_same(
    stage: Stage, monkeypatch
) -> None:
    passed = stage.passed()
    first = stage.answer  # the other one's whole answer, between our look and our transaction

    def too_slow(form: Any) -> Any:
        monkeypatch.undo()
        first(passed, OTHER_STAFF, answer="先到的答覆")
        return form.__class__.reply(form)

    monkeypatch.setattr("bot.reply_form.ReplyForm.reply", too_slow)
    page = stage.answer(passed, answer="後到的答覆")

    assert page.status_code == 409
    assert found(stage, passed).answer == "先到的答覆"


def test_what_breaks_while_it_is_kept_leaves_the_question_open(stage: Stage, monkeypatch) -> None:
    passed = stage.passed()
    monkeypatch.setattr("bot.staff_work.telling.announce", lambda *_: 1 / 0)

    page = stage.answer(passed)

    assert page.status_code == 500
    assert found(stage, passed).state is ReferralState.OPEN
    assert kept(stage) == []


def test_what_was_put_aside_on_the_page_may_be_answered_later(stage: Stage) -> None:
    passed = stage.passed()

    aside = stage.post(f"referrals/{passed.id}/aside")
    listed = stage.get("referrals?state=closed")
    again = stage.post(f"referrals/{passed.id}/aside")
    stage.answer(passed)

    assert "已擱置。之後仍可" in words(aside)
    assert PARKING in words(listed)
    assert "先前已經處理過了" in words(again)
    assert found(stage, passed).state is ReferralState.ANSWERED


def test_html_in_a_question_is_shown_as_it_was_written(lite: Stage) -> None:
    text = "<script>alert(1)</script>\"'><img src=x>工作坊可以停車嗎"
    passed = lite.passed(text, before=text, said=text)

    for path in ("referrals", f"referrals/{passed.id}", "questions"):
        html = lite.get(path).get_data(as_text=True)

        assert "&lt;script&gt;alert(1)" in html
        assert "<script>" not in html
        assert "<img" not in html


def test_the_lists_show_what_waits_what_was_answered_and_pages_of_it(lite: Stage) -> None:
    for number in range(21):
        lite.passed(f"工作坊可以帶幾號停車證{number}")
        lite.later(minutes=1)

    first, second = lite.get("referrals"), lite.get("referrals?page=1")

    assert "待回答 21" in words(first)
    assert "停車證0 " in words(first)
    assert "下一頁" in words(first)
    assert "停車證20" in words(second)
    assert "上一頁" in words(second)
    assert "這裡沒有問題" in words(lite.get("referrals?state=answered"))
    for strange in ("page=-1", "page=x", "page=99999999999999999999", "state=%00"):
        assert lite.get(f"referrals?{strange}").status_code == 200
