"""What contacts ask of one plan, of a school by its name, or together with a report."""

import pytest

from bot.store.engine import open_engine
from tests.handlers.schools.contacts import contact_bot, kept, listed
from tests.handlers.whole_bot import OTHER, Bot, button, labels
from tests.migrated import migrated


@pytest.fixture
def bot(sqlite_url: str) -> Bot:
    engine = open_engine(sqlite_url)
    migrated(engine)
    return contact_bot(engine)


@pytest.mark.parametrize(
    "words", ["行動學習的東西都交了嗎", "行動學習還缺什麼", "107行動學習計畫還有哪些沒交"]
)
def test_a_plan_that_is_named_is_told_alone(bot: Bot, words: str) -> None:
    (card,) = bot.ask(words).cards

    assert card.title == "市立大直高中｜107國中小行動學習"
    assert card.bars[0].words == "0／40件"


def test_a_thing_of_a_plan_is_told_alone(bot: Bot) -> None:
    (card,) = bot.ask("酷課師的附件2交了嗎").cards

    assert card.bars[0].words == "0／3件"


@pytest.mark.parametrize(
    "words",
    ["我們現在還缺啥", "下一個要交的是什麼", "有沒有什麼要交的", "誰還沒交", "幫我看一下缺什麼"],
)
def test_tired_words_are_understood(bot: Bot, words: str) -> None:
    assert "市立大直高中｜" in bot.say(words)


def test_what_is_due_first_stands_in_front(bot: Bot) -> None:
    titles = [card.title.partition("｜")[2] for card in bot.ask("我們學校交了嗎").cards]

    assert titles == ["107國中小行動學習", "臺北111酷課師認證", "高雄112數位學習專業社群"]


@pytest.mark.parametrize("words", ["中崙高中交了嗎", "中崙高中還缺什麼", "中崙高中誰還沒完成"])
def test_another_school_by_its_name_is_told_to_its_contact_alone(bot: Bot, words: str) -> None:
    told, own = bot.say(words), bot.say(words, OTHER)

    assert "您承辦的學校（市立大直高中）" in told
    assert "件" not in told
    assert "您承辦的學校" not in own
    assert "市立中崙高中" in own
    assert "邀請碼" in bot.say(words, "U-stranger")


def test_a_report_that_also_asks_is_not_lost(bot: Bot) -> None:
    asked = bot.ask("備忘錄寄出去了，進度表要怎麼填？")

    assert "還沒有記下" in str(asked)
    assert kept(bot) == {}
    assert labels(asked) == ["回報：備忘錄寄出去了", "問：進度表要怎麼填"]
    assert "已記下：合作備忘錄" in bot.say(button(asked, "回報：備忘錄寄出去了").say)


def test_what_was_reported_already_is_said_so(bot: Bot) -> None:
    bot.say("備忘錄寄出去了")

    assert "先前都回報過了（已送出1）" in bot.say("備忘錄已經寄了")


def test_whom_to_remind_in_person_comes_with_the_way_to_link_them(bot: Bot) -> None:
    listed(bot.office.engine)

    assert labels(bot.ask("提醒老師")) == ["名冊和連結碼"]


def test_another_thing_was_meant(bot: Bot) -> None:
    bot.say("成果簡報交了")
    asked = bot.ask("不對，是成果海報")

    bot.press(button(asked, "1. 收回剛剛那筆"))
    said = bot.say(button(asked, "2. 成果海報交了").say)

    assert "已記下：成果海報檔" in said
    assert [key.partition("|")[0] for key, tally in kept(bot).items() if tally.sent] == [
        "report-poster"
    ]


@pytest.mark.parametrize("words", ["我是新的承辦人", "我剛接承辦業務", "我是學校承辦人"])
def test_a_new_contact_hears_how_to_become_one(bot: Bot, words: str) -> None:
    assert "交接邀請碼" in bot.say(words, "U-stranger")
    assert "市立大直高中" in bot.say(words)


def test_a_code_with_a_sign_missing_is_told_to_be_none(bot: Bot) -> None:
    assert "沒有這組邀請碼" in bot.say("K7QM-2F9X-4TR", "U-stranger")


def test_a_thing_that_two_plans_know_alike_is_asked_about(bot: Bot) -> None:
    asked = bot.ask("成果報告交了")

    assert kept(bot) == {}
    assert set(labels(asked)) == {"107國中小行動學習", "高雄112數位學習專業社群"}
    assert "已記下：成果報告書" in str(bot.press(button(asked, "107國中小行動學習")))
