"""Two devices at once lose nothing and count once; an event that comes again counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.messages import SILENCE, Answer, Incoming, Kind
from bot.store.track_tables import DeedRow
from tests.handlers.whole_bot import TEACHER, Bot


def told(bot: Bot, event_id: str, words: str) -> Answer:
    """The answer to one event of the teacher's."""
    incoming = Incoming(
        event_id=event_id,
        kind=Kind.TEXT,
        at=bot.at + timedelta(minutes=5),
        channel_id="default",
        chat_id=TEACHER,
        user_id=TEACHER,
        message_id=f"M-{event_id}",
        reply_token="token",
        text=words,
    )
    owed = bot.office.respond(incoming, incoming.at)
    return owed.answer if owed else SILENCE


def both(bot: Bot, events: dict[str, str]) -> list[Answer]:
    """The answers to events that come at the same moment."""
    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(lambda e: told(bot, *e), events.items()))


def written(bot: Bot) -> int:
    """How many deeds stand."""
    with bot.office.engine.connect() as db:
        standing = select(func.count()).select_from(DeedRow).where(DeedRow.undone_at.is_(None))
        return db.scalar(standing) or 0


@pytest.fixture
def joined(each_bot: Bot) -> Bot:
    each_bot.ask("我要加入菜園師認證的進度")
    return each_bot


@pytest.mark.parametrize("words", ["澆水看完了", "菜園說明辦了一場"])
def test_the_same_from_two_devices_counts_once(joined: Bot, words: str) -> None:
    both(joined, {f"E-{n}": words for n in range(4)})

    assert written(joined) == 1


def test_different_things_from_two_devices_are_all_there(joined: Bot) -> None:
    both(joined, {"E-1": "澆水看完了", "E-2": "堆肥看完了", "E-3": "昨天辦了菜園說明"})

    said = joined.say("我的進度")
    assert written(joined) == 3
    assert "選修影片：2／2門" in said
    assert "菜園說明：1／1場" in said


def test_an_event_that_comes_again_counts_once(joined: Bot) -> None:
    for _ in range(3):
        told(joined, "E-same", "菜園說明辦了一場")

    assert written(joined) == 1


def test_joining_from_two_devices_is_once(each_bot: Bot) -> None:
    both(each_bot, {f"E-{n}": "我要加入菜園師認證的進度" for n in range(3)})

    assert each_bot.say("我的進度").count("菜園師認證：已完成") == 1


def test_what_was_taken_back_can_be_reported_again(joined: Bot) -> None:
    told(joined, "E-1", "澆水看完了")
    told(joined, "E-2", "復原")
    told(joined, "E-3", "澆水看完了")

    assert written(joined) == 1
