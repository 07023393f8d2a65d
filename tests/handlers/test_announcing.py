"""/公告 in the chat: staff compose, see whom it reaches and what it costs, confirm; nobody else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.broadcasts.running import Broadcaster
from bot.broadcasts.sources import sources_of
from bot.cli.plain import plain
from bot.links import Links
from bot.messages import Answer, Button
from bot.model.broadcasts import BroadcastState, CardPiece, Clerk, Draft, Key
from bot.store import broadcast_report, broadcasts, channel_settings, people
from bot.store.broadcast_tables import BroadcastRow, TapRow
from bot.store.people import Role
from bot.store.tables import OutboxRow, Question
from tests.handlers.whole_bot import CLERK, OTHER, TEACHER, Bot

COLLEAGUE = "U-colleague"
WORDS = "6月20日系統停機一天，請提早上傳。"
S = BroadcastState


@pytest.fixture
def office(bot: Bot) -> Bot:
    """The bot with two members of staff and two teachers."""
    with bot.office.engine.begin() as db:
        for user in (CLERK, COLLEAGUE, TEACHER, OTHER):
            people.see(db, "default", user, bot.at)
        for user in (CLERK, COLLEAGUE):
            people.give_role(db, "default", user, Role.STAFF)
    return bot


def state(engine: Engine) -> list[BroadcastState]:
    with engine.connect() as db:
        return list(db.scalars(select(BroadcastRow.state)))


def on_card(answer: Answer, label: str) -> Button:
    """The button of this label, also on a card in a row."""
    found = [b for card in answer.cards for b in card.buttons if b.label == label]
    return found[0]


def preview(bot: Bot, audience: str = "全部") -> Answer:
    bot.ask("/公告", CLERK)
    bot.ask(WORDS, CLERK)
    return bot.ask(audience, CLERK)


def run(bot: Bot) -> None:
    reader = bot.office.reader
    Broadcaster(bot.office.engine, "default", sources_of(reader.edition)).run(bot.at)


def test_words_audience_preview_and_confirmation_lead_to_the_outbox(office: Bot) -> None:
    shown = preview(office, "老師")
    said = plain(office.press(on_card(shown, "確認送出"), CLERK))
    run(office)

    assert WORDS in plain(shown)
    assert "傳給：老師" in plain(shown)
    assert "2人會收到，計2則" in plain(shown)
    assert "已排定" in said
    with office.office.engine.connect() as db:
        assert sorted(db.scalars(select(OutboxRow.user_id))) == [OTHER, TEACHER]


def test_the_chat_says_where_pictures_and_cards_are_written(office: Bot) -> None:
    office.office = replace(office.office, links=Links("https://bell.example.tw", "k" * 32))
    opened = office.ask("/公告", CLERK)

    assert "圖片、卡片、按鈕和預定時間在主控台" in plain(opened)
    assert on_card(opened, "到主控台寫").url == "https://bell.example.tw/console/broadcasts"


def test_the_words_may_come_with_the_command(office: Bot) -> None:
    asked = office.say(f"/公告 {WORDS}", CLERK)

    assert "要傳給誰" in asked
    assert WORDS in office.say("全部", CLERK)


def test_nothing_is_sent_before_the_confirmation_and_nothing_after_it_is_cancelled(
    office: Bot,
) -> None:
    shown = preview(office)
    run(office)
    before = state(office.office.engine)
    office.press(on_card(shown, "取消"), CLERK)
    said = plain(office.press(on_card(shown, "確認送出"), CLERK))
    run(office)

    assert (before, state(office.office.engine)) == ([S.DRAFT], [S.CANCELLED])
    assert "已取消" in said


def test_other_words_make_the_old_preview_void(office: Bot) -> None:
    old = preview(office)
    office.press(on_card(old, "改內容"), CLERK)
    new = office.ask("改成6月21日。", CLERK)
    refused = plain(office.press(on_card(old, "確認送出"), CLERK))
    said = plain(office.press(on_card(new, "確認送出"), CLERK))

    assert "改成6月21日。" in plain(new)
    assert "改過" in refused
    assert "已排定" in said


def test_an_audience_that_is_not_understood_is_asked_for_once_more(office: Bot) -> None:
    office.ask(f"/公告 {WORDS}", CLERK)

    asked = office.say("我們那群人啦", CLERK)
    schools = office.say("高雄市的老師", CLERK)  # nothing is known of schools here
    shown = office.ask("晨間共讀的老師", CLERK)

    assert "看不懂" in asked
    assert "學校名單" in schools
    assert "0人會收到" in plain(shown)
    assert "一個人也沒有" in plain(office.press(on_card(shown, "確認送出"), CLERK))


def test_above_the_size_a_colleague_must_approve_and_the_author_cannot(office: Bot) -> None:
    with office.office.engine.begin() as db:
        channel_settings.put_number(db, "default", channel_settings.APPROVAL_ABOVE, 3)
    shown = preview(office)
    said = plain(office.press(on_card(shown, "確認送出"), CLERK))

    listed = office.ask("/公告", COLLEAGUE)
    whole = office.press(on_card(listed, "看全文和核可"), COLLEAGUE)
    own = office.press(on_card(office.ask("/公告", CLERK), "看全文和核可"), CLERK)
    by_author = plain(office.press(on_card(whole, "核可"), CLERK))
    waiting = state(office.office.engine)
    approved = plain(office.press(on_card(whole, "核可"), COLLEAGUE))

    assert "超過3人" in plain(shown)
    assert "送請核可" in said
    assert WORDS in plain(whole)
    assert "核可" not in [b.label for card in own.cards for b in card.buttons]
    assert ("另一位" in by_author, waiting) == (True, [S.APPROVAL])
    assert ("已排定" in approved, state(office.office.engine)) == (True, [S.SCHEDULED])


def test_at_night_staff_are_asked_and_may_wait_for_the_morning(office: Bot) -> None:
    office.at = datetime.fromisoformat("2022-06-15T22:00+08:00")
    shown = preview(office)
    office.press(on_card(shown, "等早上再送"), CLERK)
    run(office)

    with office.office.engine.connect() as db:
        [starts] = db.scalars(select(BroadcastRow.starts_at)).all()
    assert "不打擾" in plain(shown)
    assert on_card(shown, "現在就送出")
    assert starts == datetime.fromisoformat("2022-06-16T07:00+08:00")
    assert state(office.office.engine) == [S.SCHEDULED]


def test_what_runs_is_paused_resumed_stopped_and_reported(office: Bot) -> None:
    office.press(on_card(preview(office), "確認送出"), CLERK)
    run(office)

    said = [
        plain(office.press(on_card(office.ask("/公告", CLERK), label), CLERK))
        for label in ("暫停", "繼續", "看結果", "停止傳送")
    ]

    assert "已暫停" in said[0]
    assert "繼續傳送" in said[1]
    assert "收件4人" in said[2]
    assert "等待傳送" in said[2]
    assert "不會再傳" in said[3]
    assert state(office.office.engine) == [S.CANCELLED]


def test_refused_words_are_kept_nowhere_and_asked_for_again(office: Bot) -> None:
    office.ask("/公告", CLERK)

    refused = office.say("名單：王小明 A123456789", CLERK)

    assert "身分證" in refused
    with office.office.engine.connect() as db:
        assert not db.scalars(select(Question.text).where(Question.user_id == CLERK)).all()
    assert "要傳給誰" in office.say(WORDS, CLERK)


def test_a_teacher_is_told_plainly_and_a_group_gets_none_of_it(office: Bot) -> None:
    told = office.say(f"/公告 {WORDS}", TEACHER)
    in_group = {"chat_id": "C-group", "in_group": True, "mentioned": True}
    grouped = office.say(f"/公告 {WORDS}", CLERK, **in_group)
    pressed = plain(office.press(Button("x", data="announce=send:1:1"), TEACHER))

    assert "承辦人員" in told
    assert "一對一" in grouped
    assert "承辦人員" in pressed
    assert state(office.office.engine) == []


def test_whoever_lost_the_role_goes_on_with_nothing(office: Bot) -> None:
    office.ask("/公告", CLERK)
    with office.office.engine.begin() as db:
        people.give_role(db, "default", CLERK, Role.ANYBODY)

    assert "承辦人員" in office.say(WORDS, CLERK)
    assert state(office.office.engine) == []


def test_a_question_after_giving_up_is_a_question(office: Bot) -> None:
    office.ask("/公告", CLERK)

    assert "沒有送出" in office.say("取消", CLERK)
    assert "公告" not in office.say("共讀的聯絡電話", CLERK)
    assert state(office.office.engine) == []


def test_a_tap_is_counted_once_a_person_and_does_what_the_button_says(office: Bot) -> None:
    keys = (Key(label="電話", say="共讀的聯絡電話"), Key(label="網站", url="https://example.tw"))
    draft = Draft(pieces=(CardPiece(title="共讀", lead="開始報名", buttons=keys),))
    with office.office.engine.begin() as db:
        made = broadcasts.make(db, Clerk(channel_id="default", id=CLERK), draft, office.at)
        found = broadcasts.find(db, "default", made)
        assert found
        broadcasts.change(db, found, state=S.SCHEDULED, starts_at=office.at)
    run(office)
    tap = Button("電話", data=f"told={made}/0")

    said = [plain(office.press(tap, user)) for user in (TEACHER, TEACHER, "U-stranger")]

    with office.office.engine.connect() as db:
        assert list(db.scalars(select(TapRow.user_id))) == [TEACHER]
        assert broadcast_report.report(db, found).taps == {0: 1}
    assert all("04-22289111" in words for words in said)
    assert "較早的內容" in plain(office.press(Button("x", data="told=gone/7"), TEACHER))


def test_the_chat_forgets_a_half_made_announcement_after_half_a_day(office: Bot) -> None:
    office.ask("/公告", CLERK)
    office.at += timedelta(hours=13)

    office.ask(WORDS, CLERK)

    assert state(office.office.engine) == []
