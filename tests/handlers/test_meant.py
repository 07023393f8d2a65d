"""What is meant among things that are alike: a sum, a month, a sibling, a plan, a gap."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.answers.asked_sum import asked_sum
from bot.catalog.load import load_library
from bot.messages import Outcome
from bot.understand.reader import Reader
from tests.catalog.editions import write
from tests.handlers.chat import Chat, cards
from tests.handlers.plans import READING, STARS
from tests.source import ROOT

PRAISE = """\
notes:
  - {id: merit, title: 敘獎, source: 拾貳, text: 共讀有功人員依規定敘獎。,
     says: [我們會有敘獎嗎]}
  - {id: best-school, title: 模範學校遴選, source: 拾參、一, text: 獲選學校頒發獎盃一座。,
     says: [遴選會拿到什麼]}
  - {id: best-reader, title: 金牌讀者遴選, source: 拾參、二, text: 獲選讀者頒發獎狀一紙。,
     says: [遴選會拿到什麼獎, 選上會頒什麼, 金牌讀者拿什麼]}
  - {id: seminar, title: 種子研習, source: 拾肆, text: 種子教師應參加種子研習。,
     says: [種子研習是什麼, 種子研習是什麼研習]}
  - {id: shelf, title: 套書怎麼算, source: 附件1, text: 一套書算一本。, says: [套書要算幾本]}
  - {id: letter, title: 家長信, source: 拾伍, text: 開學時發家長信。, says: [家長信是什麼]}
"""
UNSAID = """\
unsaid:
  - id: seminar-day
    title: 種子研習的日期與地點
    source: 拾肆
    text: 計畫沒有說明種子研習的日期與地點。
    ask: office
    says: [種子研習什麼時候]
"""
STAR_PRAISE = """\
notes:
  - {id: merit, title: 績優人員敘獎, source: 捌, text: 觀星績優人員敘嘉獎一次。}
"""


@pytest.fixture(scope="module")
def meant_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The two made-up plans, both with an award, and with entries that are alike."""
    folder: Path = tmp_path_factory.mktemp("meant")
    reading = READING.replace("notes:\n", PRAISE).replace("unsaid:\n", UNSAID)
    files = {
        "lexicon.yaml": (ROOT / "knowledge" / "lexicon.yaml").read_text(encoding="utf-8"),
        "plans/reading/111.yaml": reading,
        "plans/stars/112.yaml": STARS.replace("examples:\n", STAR_PRAISE + "examples:\n"),
    }
    return Reader(load_library(write(folder, files)))


@pytest.fixture
def meant(meant_reader: Reader, db: Connection) -> Chat:
    """A chat about these plans."""
    return Chat(meant_reader, db)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("共讀總額4萬元，紙張費可以編到15000嗎", "不可以，超過上限12,000元。"),
        ("共讀總額四萬 紙張費編9千塊可以嗎", "可以，沒有超過上限12,000元。"),
        ("共讀紙張費可以編三萬元嗎", "不可以，超過上限24,000元。"),  # of the cap: 80,000
        ("共讀總額上限可不可以編到九萬", "不可以，超過上限80,000元。"),
        ("共讀總額可以超過八萬嗎", "不可以，上限是80,000元。"),
    ],
)
def test_a_sum_asked_for_is_judged_before_the_cap_is_told(
    meant: Chat, said: str, first: str
) -> None:
    assert cards(meant.ask(said))[0].lead.startswith(first)


def test_a_question_how_much_is_left_to_the_cap() -> None:
    assert asked_sum("總額40000元紙張費可以編多少") is None
    assert asked_sum("可以寫2000字嗎") is None


def test_a_topic_of_two_plans_is_asked_back_though_one_has_the_very_sentence(meant: Chat) -> None:
    assert meant.ask("我們會有敘獎嗎").outcome is Outcome.ASKED


def test_what_one_plan_alone_speaks_of_is_answered(meant: Chat) -> None:
    assert meant.ask("家長信是什麼").outcome is Outcome.ANSWERED


def test_the_sibling_that_is_named_goes_before_the_one_that_likes_the_rest(meant: Chat) -> None:
    assert "獎盃" in cards(meant.ask("共讀模範學校選上會頒什麼獎"))[0].lead


def test_a_day_that_the_entry_lacks_is_told_by_the_gap_beside_it(meant: Chat) -> None:
    answer = meant.ask("共讀種子研習是哪一天")

    assert answer.outcome is Outcome.UNKNOWN
    assert "沒有說明種子研習的日期" in cards(answer)[0].lead


def test_a_sum_that_no_entry_tells_is_not_known(meant: Chat) -> None:
    answer = meant.ask("共讀金牌讀者獎金是多少")

    assert answer.outcome is Outcome.UNKNOWN
    assert "沒有寫出金額" in cards(answer)[0].lead


@pytest.mark.parametrize("said", ["共讀7月有哪幾場說書工作坊", "共讀7月有哪些場次"])
def test_what_is_held_in_a_month_is_told_without_what_else_falls_in_it(
    meant: Chat, said: str
) -> None:
    words = meant.say(said)

    assert "7月8日" in words
    assert "7月15日" in words
    assert "報名截止：" not in words


def test_what_one_has_already_is_not_what_is_sought(meant: Chat) -> None:
    assert "讀後心得" in meant.say("共讀除了活動相片還要交幾份讀後心得").splitlines()[1]


@pytest.mark.parametrize(
    "said",
    [
        "共讀書單9月8日要回報 幫我設提醒",
        "幫我設個提醒，共讀的書單回報期限",
        "共讀書單回報期限 記得提醒",
    ],
)
def test_a_wish_around_a_sentence_is_kept_for_its_date(meant: Chat, said: str) -> None:
    assert "提醒您：書單回報期限" in meant.say(said)


def test_what_a_question_says_after_a_papers_name_is_what_it_is_about(meant: Chat) -> None:
    said = meant.say("書單回報表套書要算幾本")

    assert "一套書算一本" in said


def test_a_papers_name_alone_is_about_the_paper(meant: Chat) -> None:
    assert "附件1是「書單回報表」" in meant.say("書單回報表")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("酷課師是什麼", "酷課雲教師"),
        ("什麼是酷課師", "酷課雲教師"),
        ("酷課師是啥", "酷課雲教師"),
        ("數位社群是什麼", "專業成長團體"),
    ],
)
def test_what_a_plan_is_of_which_only_the_name_is_said(
    real_chat: Chat, text: str, said: str
) -> None:
    assert said in real_chat.say(text)
