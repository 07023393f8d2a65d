"""The log on its page: newest first, by outcome, each with its reason."""

import re

import pytest

from bot.messages import Kind
from tests.pages.stage import STAFF, Stage, words
from tests.store.counted import counted


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """One question of each outcome."""
    for text in ("說書工作坊什麼時候上課", "工作坊有沒有便當", "報名到什麼時候"):
        stage.ask(text, user=f"U{text}")
        stage.later(minutes=1)
    return stage


def questions_on(page: str) -> list[str]:
    return re.findall(r'<span class="asked">(.*?)</span>', page)


def test_the_newest_come_first_with_how_they_ended(asked: Stage) -> None:
    page = asked.get("questions")

    assert questions_on(page.get_data(as_text=True)) == [
        "報名到什麼時候",
        "工作坊有沒有便當",
        "說書工作坊什麼時候上課",
    ]
    assert "全部 3 查無答案 1 反問 1 已回答 1" in words(page)


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("answered", "說書工作坊什麼時候上課"),
        ("unknown", "工作坊有沒有便當"),
        ("asked", "報名到什麼時候"),
    ],
)
def test_those_of_one_outcome_are_shown_alone(asked: Stage, outcome: str, text: str) -> None:
    page = asked.get(f"questions?outcome={outcome}")

    assert questions_on(page.get_data(as_text=True)) == [text]


def test_each_tells_what_was_said_and_why(asked: Stage) -> None:
    page = words(asked.get("questions?outcome=answered"))

    assert "7月8日" in page
    assert "計畫 臺中111晨間共讀" in page
    assert "條目 說書工作坊（柒、一）" in page
    assert re.search(r"分數 \d\.\d{3}", page)
    assert "關鍵詞" in page
    assert "工作坊" in page
    assert re.search(r"其他候選 臺中111晨間共讀 \S+ \d\.\d{3}", page)


def test_an_answer_of_staff_s_is_named_also_after_it_was_withdrawn(stage: Stage) -> None:
    stage.answer(stage.passed())
    stage.later(minutes=1)
    stage.ask("共讀工作坊停車", user="Uother")
    entry_id = re.findall(r"entries/(\w{32})/", stage.get("entries").get_data(as_text=True))[0]

    said = words(stage.get("questions?outcome=answered"))
    stage.post(f"entries/{entry_id}/withdraw")

    assert "條目 工作坊停車（112年局內會議）" in said
    assert words(stage.get("questions?outcome=answered")) == said


def test_pages_go_on_where_the_last_one_ended(lite: Stage) -> None:
    for number in range(23):
        lite.ask(f"說書工作坊什麼時候上課{'呢' * number}")
        lite.later(minutes=1)

    first = lite.get("questions?outcome=answered").get_data(as_text=True)
    older = re.findall(r'href="([^"]*before=[^"]*)"', first)[0].replace("&amp;", "&")
    second = lite.client().get(older).get_data(as_text=True)

    shown = questions_on(first) + questions_on(second)
    assert len(questions_on(first)) == 20
    assert len(shown) == len(set(shown)) == 23
    assert "回到最新" in second
    assert "較早的問題" not in second


def test_a_page_costs_as_many_queries_with_twenty_as_with_one(lite: Stage) -> None:
    lite.ask("說書工作坊什麼時候上課")
    with counted(lite.engine) as few:
        lite.get("questions")
    for number in range(19):
        lite.ask(f"說書工作坊什麼時候上課{'呢' * number}")
    with counted(lite.engine) as many:
        lite.get("questions")

    assert len(many) == len(few) <= 4


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "before=2022-06-15~E1",
        "before=2022-06-15T09:00%2B08:00~%00",
        "outcome=x",
        "before=0001-01-01T00:00:00%2B14:00~E1",
        "before=9999-12-31T23:59:59-12:00~E1",
    ],
)
def test_a_broken_address_shows_the_newest(stage: Stage, query: str) -> None:
    stage.ask("說書工作坊什麼時候上課")

    page = stage.get(f"questions?{query}")

    assert page.status_code == 200
    assert "說書工作坊什麼時候上課" in words(page)


def test_nobody_s_id_is_shown_but_the_end_of_one_s_own(asked: Stage) -> None:
    page = asked.get("questions").get_data(as_text=True)

    assert "您的代號：0001" in page
    assert STAFF not in page
    assert "U說書" not in page


def test_without_questions_that_is_said(lite: Stage) -> None:
    assert "這裡還沒有問題" in words(lite.get("questions"))


def test_what_staff_should_not_read_is_neither_shown_nor_counted(stage: Stage) -> None:
    stage.ask("說書工作坊什麼時候上課")
    stage.ask("A123456789", user="U2")
    stage.ask("轉知各校依說明辦理並於期限內完成填報。" * 12, user="U3")

    page = stage.get("questions")
    unknown = stage.get("questions?outcome=unknown")

    assert questions_on(page.get_data(as_text=True)) == ["說書工作坊什麼時候上課"]
    assert "全部 1 查無答案 0 反問 0 已回答 1" in words(page)
    assert "這裡還沒有問題" in words(unknown)


def test_a_pressed_button_is_named_and_is_no_question(stage: Stage) -> None:
    entry = stage.reader.index.items[0]
    stage.send("U2", kind=Kind.POSTBACK, data=f"entry={entry.key}")
    stage.later(minutes=1)
    stage.ask("說書工作坊什麼時候上課")

    page = stage.get("questions")

    assert questions_on(page.get_data(as_text=True))[1:] == [entry.entry.title]
    assert f"按鈕 {entry.entry.title}" in words(page)
    assert "entry=" not in words(page)
    assert "全部 1 " in words(page)
