"""What a question wants to know."""

import pytest

from bot.understand.asks import Asked, Asks, background
from tests.understand.plans import real_library, real_reader

FOLD = real_reader().fold
ASKS = Asks(real_library().lexicon.asks)


def ask(text: str) -> Asked:
    return ASKS.hear(FOLD(text))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("什麼時候報名", "when"),
        ("甚麼時候報名", "when"),
        ("几月几号", "when"),
        ("報名最晚到哪一天", "closes"),
        ("幾點開始", "time"),
        ("還剩幾天", "left"),
        ("現在還來得及嗎", "open"),
        ("地點在哪裡", "where"),
        ("承辦的電話", "phone"),
        ("有問題要打給誰", "phone"),
        ("不懂要找誰問", "phone"),
        ("表單收到哪天", "closes"),
        ("公文也同一天嗎", "when"),
        ("兩個人報得成嗎", "eligible"),
        ("要交幾份", "count"),
        ("一小時多少錢", "money"),
        ("印刷費可以編幾趴", "share"),
        ("可以換組嗎", "may"),
        ("一定要參加嗎", "must"),
        ("怎麼申請", "how"),
        ("有哪些課", "list"),
        ("公開授課是什麼", "what"),
        ("沒交會怎樣", "follows"),
        ("我有資格嗎", "eligible"),
        ("要蓋誰的章", "sign"),
        ("前後不一致以哪個為準", "differs"),
    ],
)
def test_what_is_wanted_is_heard(text: str, want: str) -> None:
    assert want in ask(text).wants


def test_a_statement_wants_nothing() -> None:
    assert ask("第二梯次酷課師").wants == frozenset()


def test_a_count_is_of_its_unit() -> None:
    assert ask("心得要幾份、照片要幾張").units == {"份", "張"}
    assert ask("一校可以報幾群、每週幾節").units == {"群", "節"}


@pytest.mark.parametrize("text", ["幾月幾號", "幾點", "還有幾天", "電話幾號分機"])
def test_asking_for_a_day_an_hour_or_a_number_to_call_is_no_count(text: str) -> None:
    assert "count" not in ask(text).wants


def test_the_words_that_ask_are_placed_in_the_text() -> None:
    key = FOLD("報名什麼時候截止")

    assert "什麼時候" in {key[a:b] for a, b in ASKS.hear(key).spans}


def test_clauses_that_only_tell_are_the_background_of_the_one_that_asks() -> None:
    key = "開學後升6年級,可以換班嗎"

    assert [key[a:b] for a, b in background(key)] == ["開學後升6年級"]
    assert background("我是導師,升6年級") == []
    assert background("什麼時候,在哪裡") == []
