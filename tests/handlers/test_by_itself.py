"""A question that stands by itself is answered alike, whatever was said before it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import TAIPEI
from bot.handlers import ask
from bot.handlers.ask import answer_question
from bot.handlers.inquiry import Said
from bot.model.talk import Talk
from tests.understand.plans import real_reader

NOW = datetime(2022, 6, 15, 9, 0, 7, tzinfo=TAIPEI)
ASKED = (
    "酷課師一年要上幾小時",
    "酷課師報名資格有哪些",
    "代理老師可以報酷課師嗎",
    "高雄社群A組多少錢",
    "高雄社群B組呢",
    "報名什麼時候截止",
    "學習歷程系統檔案最大幾MB",
    "6/8有什麼課",
    "酷課師可以帶狗嗎",
    "國中小行動學習申請截止",
    "三班的國中可以申請行動學習嗎",
)


def say(text: str, talk: Talk, now: datetime) -> Said:
    return answer_question(text, talk, real_reader(), now)


def talk_after(*texts: str) -> Talk:
    talk = Talk()
    for text in texts:
        talk = say(text, talk, NOW).talk
    return talk


@pytest.mark.parametrize("before", ASKED)
def test_what_is_remembered_of_a_question_is_what_would_be_found(
    before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = (talk_after(before), talk_after("酷課師一年要上幾小時", before))
    remembered = [say(text, talk, NOW) for text in ASKED for talk in talks]
    monkeypatch.setattr(ask, "_looked_up", ask._found)

    assert [say(text, talk, NOW) for text in ASKED for talk in talks] == remembered


def test_what_somebody_told_has_a_say_in_the_verdict() -> None:
    asked = "我有資格報名酷課師嗎"
    entry = talk_after(asked).entry
    told = replace(Talk(at=NOW), facts={f"{entry}:{_first_fact(entry)}": "true"})

    assert say(asked, told, NOW).answer.parts != say(asked, Talk(at=NOW), NOW).answer.parts


def test_it_is_found_once_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    finds = ask._found

    def noting(inquiry: ask.Inquiry, scope: ask.Scope) -> Said:
        found.append(inquiry.question.text)
        return finds(inquiry, scope)

    monkeypatch.setattr(ask, "_found", noting)
    text, first = "酷課師一年到底要上滿幾小時才行", talk_after("高雄社群A組多少錢")
    for talk in (first, talk_after("6/8有什麼課"), Talk()):
        for seconds in (0, 20):
            say(text, talk, NOW + timedelta(seconds=seconds))
    assert found.count(text) == 1

    say(text, first, NOW + timedelta(minutes=1))
    assert found.count(text) == 2


def _first_fact(entry: str) -> str:
    key, _, entry_id = entry.partition("#")
    edition = real_reader().edition(key)
    assert edition is not None
    return next(e for e in edition.eligibility if e.id == entry_id).facts[0].id
