"""A contact neither reads nor changes another school's data, by whatever button or words."""

from collections.abc import Iterator

import pytest

from bot.cli.plain import plain
from bot.handlers.press import BY_NAME
from bot.messages import Kind
from bot.store.engine import open_engine
from bot.understand.school_asks import Ask
from tests.handlers.schools.contacts import DAZHI, MARCH, ZHONGLUN, contact_bot
from tests.handlers.schools.secrets import EVENT, SECRETS, keep_secrets, of_all_schools
from tests.handlers.whole_bot import TEACHER, Bot
from tests.migrated import migrated
from tests.rules.schools import MOBILE

STRANGER = "U-stranger"


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Bot, str]]:
    engine = open_engine("sqlite://")
    migrated(engine)
    bot = contact_bot(engine)
    yield bot, keep_secrets(engine)
    engine.dispose()


def values(member: str) -> list[str]:
    """What a button might bring back of the other school, in the shape of any of ours."""
    at = int(MARCH.timestamp())
    slots = ("progress-sheet", "report-book", "lesson-with-cloud,lesson-without-cloud")
    return [
        ZHONGLUN,
        member,
        EVENT,
        f"unowe:{EVENT}",
        f"{at}:{ZHONGLUN}",
        f"{ZHONGLUN}|{at}",
        *(f"{ZHONGLUN}|{ask.value}|" for ask in Ask),
        *(f"{ZHONGLUN}|{MOBILE}|{slot}|*|*|1|0|" for slot in slots),
        *(f"{ZHONGLUN}|{MOBILE}|{slot}|1|*|0|1|" for slot in slots),
        f"{MOBILE}#{ZHONGLUN}",
    ]


@pytest.mark.parametrize("user", [TEACHER, STRANGER])
@pytest.mark.parametrize("name", [*BY_NAME, "entry"])
def test_no_button_reaches_another_school(shared: tuple[Bot, str], name: str, user: str) -> None:
    bot, member = shared
    before = of_all_schools(bot.office.engine)

    for value in values(member):
        bot.at = MARCH
        said = plain(bot.send(user, Kind.POSTBACK, data=f"{name}={value}"))
        assert not any(secret in said for secret in SECRETS), value
        assert "逾期" not in said, value

    assert of_all_schools(bot.office.engine) == before


WORDS = (
    "我們學校交了嗎", "還缺什麼", "什麼時候要交", "誰還沒完成", "提醒老師", "上傳名冊",
    "剛剛說錯了", "中崙高中交了嗎", "中崙高中還缺什麼", "中崙高中誰還沒完成",
    "提醒中崙高中的老師", "我們學校是中崙高中，還缺什麼",
    "承辦人異動", "我已卸任", "我的學校", "我的資料", "我的提醒", "我的頁面",
)  # fmt: skip


@pytest.mark.parametrize("user", [TEACHER, STRANGER])
def test_no_words_reach_another_school(shared: tuple[Bot, str], user: str) -> None:
    bot, _ = shared
    before = of_all_schools(bot.office.engine)

    said = [bot.say(words, user) for words in WORDS]

    assert not any(secret in one for secret in SECRETS for one in said)
    assert of_all_schools(bot.office.engine) == before


def test_a_report_goes_to_ones_own_school_whatever_school_it_names(shared: tuple[Bot, str]) -> None:
    bot, _ = shared
    before = of_all_schools(bot.office.engine)["submission"]

    bot.ask("中崙高中的成果簡報交了")
    bot.ask("第1班的溫馨故事交了")

    after = of_all_schools(bot.office.engine)["submission"]
    with bot.office.engine.connect() as db:
        rows = db.exec_driver_sql(
            "SELECT p.school_code FROM submission s JOIN participation p ON p.id ="
            " s.participation_id WHERE s.state = 'sent'"
        )
        codes = sorted(row[0] for row in rows)
    assert set(before) <= set(after)
    assert codes.count(ZHONGLUN) == 1
    assert codes.count(DAZHI) >= 1


def test_in_a_group_nothing_of_a_school_is_shown(shared: tuple[Bot, str]) -> None:
    bot, _ = shared
    group = {"chat_id": "G", "in_group": True, "mentioned": True}

    said = bot.say("我們學校還缺什麼", TEACHER, **group)
    pressed = bot.send(TEACHER, Kind.POSTBACK, data=f"ofschool={DAZHI}|missing|", **group)

    assert "一對一" in said
    assert "待繳" not in plain(pressed)
