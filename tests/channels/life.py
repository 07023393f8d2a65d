"""What goes on in a channel until there is something of everything in it."""

from datetime import timedelta

from sqlalchemy import Engine

from bot import own_work
from bot.cli.samples import put_samples
from bot.links import Purpose
from bot.messages import Kind
from bot.model.audience import Audience
from bot.model.broadcasts import Clerk, Draft, TextPiece
from bot.model.staff_roles import StaffRole
from bot.settings import CHANNEL_ID
from bot.simulator.people import SAMPLE_PEOPLE
from bot.sign_in import passwords
from bot.store import accounts, broadcasts, console_sessions
from bot.store.account_tables import WayIn
from bot.store.console_sessions import Opening
from tests.pages.stage import STAFF, TEACHER, Stage
from tests.source import ROOT

CONTACT = SAMPLE_PEOPLE[1].user_id
TOLD = (
    "我要加入酷課師認證",
    "我上完師生互動教學示例了",
    "我可以報名嗎",
    "提醒我報名截止",
    "提醒時間改成晚上7點",
    "這個計畫有提供停車位和托嬰嗎",
)
# Nothing is changed by these: asked twice, they are answered alike.
ASKED = {
    TEACHER: ("我的進度", "我的提醒", "我的頁面", "我的行事曆", "我的資料", "下載附件1"),
    CONTACT: ("我們學校交了嗎", "還缺什麼", "我的學校", "誰還沒交", "我的進度", "我的資料"),
    STAFF: ("待答問題", "問題紀錄", "公告", "本月則數", "我的資料", "未繳名單"),
}


def lived(stage: Stage) -> None:
    """Sample schools with pieces and rosters, a teacher's talk, a question that staff answered."""
    put_samples(ROOT / "knowledge", stage.engine, stage.reader)
    stage.staff()
    for words in TOLD:
        stage.ask(words)
    stage.answer(stage.passed())
    stage.passed("托嬰要帶什麼")
    announce(stage.engine, stage)


def announce(engine: Engine, stage: Stage) -> None:
    """A broadcast of the chat's staff that starts at once."""
    clerk = Clerk(channel_id=CHANNEL_ID, id=STAFF)
    with engine.begin() as db:
        draft = Draft(pieces=(TextPiece(text="明天停課"),))
        broadcasts.make(db, clerk, draft, stage.now)


def admin_session(stage: Stage, channel_id: str = CHANNEL_ID) -> str:
    """A browser's session of an admin of the channel."""
    now = stage.house.now()
    with stage.engine.begin() as db:
        made = accounts.add(db, channel_id, "admin@example.tw", StaffRole.ADMIN, now)
        assert made is not None
        accounts.change(db, made, password_hash=passwords.hash_of("three plain words"))
        opening = Opening(stage=WayIn.FULL, account=made, browser="Firefox")
        return console_sessions.begin(db, channel_id, opening, now)
