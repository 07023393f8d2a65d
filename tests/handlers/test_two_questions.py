"""Two questions in one message without a mark between them, and numbers that several plans have."""

from datetime import datetime

import pytest

from bot.handlers.write import each_asked, one_each
from bot.messages import Outcome
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("工作坊在哪裡 要問誰", ["工作坊在哪裡", "要問誰"]),
        ("成果什麼時候交，要交給誰 謝謝", ["成果什麼時候交", "要交給誰 謝謝"]),
        ("我們學校30班 可以報幾組", []),
        ("工作坊 幾點 在哪", []),
        ("A組要幾個人、經費多少、要開幾次", ["A組要幾個人", "經費多少", "要開幾次"]),
        ("A組幾次 B組幾次 C組幾次 D組幾次", []),
        ("工作坊什麼時候上課", []),
        ("", []),
    ],
)
def test_each_clause_that_asks_something_is_a_question(text: str, parts: list[str]) -> None:
    assert each_asked(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("對話跟公開課各要幾次", ["對話要幾次", "公開課要幾次"]),
        ("外聘兩節加內聘一節總共多少錢", ["外聘兩節總共多少錢", "內聘一節總共多少錢"]),
        ("外聘講2節、內聘講3節，共多少", ["外聘講2節共多少", "內聘講3節共多少"]),
        ("外聘2節內聘3小時共多少", []),  # not counted alike
        ("外聘2節共多少", []),
    ],
)
def test_what_is_asked_of_two_things_is_asked_of_each(text: str, parts: list[str]) -> None:
    assert one_each(text) == parts


def test_a_rate_is_multiplied_for_each_of_two(real_chat: Chat) -> None:
    said = real_chat.say("社群外聘講2節、內聘講3節，總共多少錢")

    assert "2節共4,000元" in said
    assert "3節共3,000元" in said


def test_both_days_are_told_where_one_of_them_is_to_be_right(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2017-09-20T09:00+08:00")
    said = real_chat.say("行動學習申請截止到底是9/29還是10/6 我兩個都有看到")

    assert "9月29日" in said
    assert "10月6日" in said


def test_both_questions_are_answered(chat: Chat) -> None:
    said = chat.say("共讀的成果什麼時候要上傳 承辦窗口電話是幾號")

    assert "11月30日" in said
    assert "04-22289111" in said


def test_the_second_goes_on_from_the_first(real_chat: Chat) -> None:
    said = real_chat.say("酷課師有問題打給誰 有line嗎")

    assert "2720-8889" in said
    assert "@cooc" in said


def test_of_two_questions_the_first_is_answered_though_the_second_is_not(
    real_chat: Chat,
) -> None:
    said = real_chat.say("酷課師候選人要幾月函報 校長出國誰代簽")

    assert "7月31日" in said
    assert "計畫沒有說明" in said


def test_what_only_looks_like_two_is_answered_as_one(real_chat: Chat) -> None:
    answer = real_chat.ask("酷課師第二梯次 線上教室II 幾點上課 在哪裡上")

    assert answer.outcome is Outcome.ANSWERED
    assert "7月8日" in real_chat.say("酷課師第二梯次 線上教室II 幾點上課 在哪裡上")


@pytest.mark.parametrize("text", ["附件1是什麼表", "附件2在講什麼", "附件一要誰核章"])
def test_a_number_that_several_plans_have_asks_which_is_meant(real_chat: Chat, text: str) -> None:
    answer = real_chat.ask(text)

    assert answer.outcome is Outcome.ASKED
    labels = [b.label for b in answer.quick]
    assert "臺北111酷課師認證" in labels
    assert "高雄112數位學習專業社群" in labels


def test_a_number_that_one_plan_has_is_answered(real_chat: Chat) -> None:
    assert "經費明細表" in real_chat.say("附件4怎麼填")


def test_a_name_that_only_one_plan_has_says_which_is_meant(real_chat: Chat) -> None:
    assert "https://cloud.edu.tw" in real_chat.say("教育雲的網址貼給我")


def test_what_is_quoted_by_its_title_is_what_is_asked(real_chat: Chat) -> None:
    said = real_chat.say("教育雲裡面那個「學習拍」是幹嘛用的")

    assert "學習管理系統" in said


def test_who_missed_a_round_is_told_the_other(real_chat: Chat) -> None:
    said = real_chat.say("酷課師OnO教室II 6月那場我沒上到 還有別場嗎")

    assert "7月8日" in said
    assert "6月8日" not in said
