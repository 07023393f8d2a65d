"""我的進度: bars, what is left, until when, what is next, what it earns, who says so."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.line.limits import ALT_TEXT, utf16
from bot.line.render.answer import render
from bot.messages import Bar, Outcome, from_plain, to_plain
from bot.store.track_tables import DeedRow
from tests.handlers.tracks import tracks_reader
from tests.handlers.whole_bot import Bot, labels


@pytest.mark.parametrize("words", ["我的進度", "看我的進度", "進度", "還差什麼", "我還要做什麼"])
def test_the_card_shows_bars_what_is_left_and_what_is_next(gardener: Bot, words: str) -> None:
    gardener.ask("澆水看完了")

    said = gardener.say(words)

    assert "▱▱ 實作課程：0／2門" in said
    assert "▰▱ 選修影片：1／2門" in said
    assert "還差：實作課程2門；選修影片1門；菜園說明1場" in said
    assert (
        "下一步：選土壤實作的場次：111年7月8日(五) 13:30–16:30（7月6日(三)前報名，還有21天截止）"
        in said
    )
    assert "下一步：選修影片（期限7月31日(日)，還有46天截止）：可選蟲害防治、堆肥入門" in said
    assert "〔育苗實作報名：111年6月20日(一)，還有5天截止〕" in said
    assert "全部完成可以得到：菜園師證書" in said
    assert "澆水技巧（111年6月15日）｜自行回報" in said


def test_duties_that_nobody_counts_have_no_bar(gardener: Bot) -> None:
    assert "維護工具" not in gardener.say("我的進度")


def test_what_staff_confirmed_is_told_from_what_was_only_reported(gardener: Bot) -> None:
    gardener.ask("澆水看完了")
    with gardener.office.engine.begin() as db:
        first = db.scalars(select(DeedRow.id)).one()
        db.execute(update(DeedRow).where(DeedRow.id == first).values(vouched="staff"))
    gardener.ask("堆肥看完了")

    said = gardener.say("我的進度")

    assert "澆水技巧（111年6月15日）｜✓承辦確認" in said
    assert "堆肥入門（111年6月15日）｜自行回報" in said


def test_what_is_complete_says_what_follows(gardener: Bot) -> None:
    gardener.at = datetime.fromisoformat("2022-06-23T09:00+08:00")
    for words in ("第一梯次兩門都上了", "澆水跟堆肥看完了", "昨天辦了菜園說明"):
        gardener.ask(words)

    said = gardener.say("我的進度")

    assert "菜園師認證：3項都完成了！" in said
    assert "接下來：學校函報後由教育局發證書" in said
    assert "依計畫已核給的時數：10小時" in said


def test_what_was_late_and_a_plan_that_is_over_are_told(gardener: Bot) -> None:
    gardener.at = datetime.fromisoformat("2022-08-03T09:00+08:00")
    gardener.ask("澆水跟堆肥昨天看完了")

    said = gardener.say("我的進度")

    assert "選修影片是在111年7月31日(日)的期限之後才完成的" in said
    assert "這份計畫列出的日期都已過" in said


@pytest.mark.parametrize("words", ["還差什麼", "我還要做什麼"])
def test_whoever_follows_nothing_asks_a_question(bot: Bot, words: str) -> None:
    assert bot.ask(words).outcome is not Outcome.CHAT


def test_without_a_track_it_is_explained_and_offered(bot: Bot) -> None:
    answer = bot.ask("我的進度")

    assert labels(answer) == ["菜園師認證", "學校應辦事項", "班級應交資料"]


def test_line_shows_the_bars_and_reads_them_out(gardener: Bot) -> None:
    answer = gardener.ask("我的進度")

    (message,) = render(answer)

    assert "▱▱" in str(message["contents"])
    assert "▱▱ 實作課程：0／2門" in message["altText"]
    assert utf16(message["altText"]) <= ALT_TEXT


def test_bars_are_kept_with_an_answer(gardener: Bot) -> None:
    answer = gardener.ask("我的進度")

    assert from_plain(to_plain(answer)) == answer
    assert answer.cards[0].bars[0] == Bar(title="實作課程", words="0／2門", filled=0, cells=2)


def test_what_changed_of_the_edition_is_told_once_above_the_next_reply(
    gardener: Bot, tmp_path: Path
) -> None:
    path = tmp_path / "changed"
    path.mkdir()
    changed = tracks_reader(
        path,
        ("2022-07-15T13:30/16:30", "2022-07-22T13:30/16:30"),
        ("amount: [{least: 1, unit: 場}]", "amount: [{least: 2, unit: 場}]"),
        ("goals: [{least: 1, unit: 場}]", "goals: [{least: 2, unit: 場}]"),
    )
    later = Bot(type(gardener.office)(gardener.office.engine, gardener.office.handle, changed))
    later.numbers, later.at = gardener.numbers, gardener.at

    first, second = later.say("菜園說明要幾場"), later.say("菜園說明要幾場")

    assert "您追蹤的「菜園師認證」有變動" in first
    assert (
        "實作課（育苗實作、第2梯次）：111年7月15日(五) 13:30–16:30 → 111年7月22日(五) 13:30–16:30"
        in first
    )
    assert "實作課報名截止（育苗實作、第2梯次）：111年7月13日(三) → 111年7月20日(三)" in first
    assert "菜園說明的數量：1場 → 2場" in first
    assert "有變動" not in second


def test_what_does_not_matter_to_a_track_is_not_told(gardener: Bot, tmp_path: Path) -> None:
    path = tmp_path / "changed"
    path.mkdir()
    changed = tracks_reader(path, ("04-22280000", "04-22280001"))
    later = Bot(type(gardener.office)(gardener.office.engine, gardener.office.handle, changed))
    later.numbers, later.at = gardener.numbers, gardener.at

    assert "有變動" not in later.say("我的進度")
