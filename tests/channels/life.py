"""What goes on in a channel until there is something of everything in it."""

from bot import clock
from bot.cli.samples import put_samples
from bot.model.audience import Everybody
from bot.model.broadcasts import Clerk, Draft, TextPiece
from bot.model.staff_roles import StaffRole
from bot.settings import CHANNEL_ID
from bot.sign_in import passwords
from bot.simulator.people import SAMPLE_PEOPLE
from bot.store import accounts, audiences, broadcasts, calendar_keys, console_sessions
from bot.store.account_tables import WayIn
from bot.store.console_sessions import Opening
from tests.delivery.notices import notice, put
from tests.pages.owner import PRACTICE, Owner
from tests.pages.stage import STAFF, TEACHER, Stage
from tests.source import ROOT
from tests.store.entries_of import put as put_entry

CONTACT = SAMPLE_PEOPLE[1].user_id
TOLD = (
    "酷課師我可以報名嗎",
    "0小時",
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
    clerk = Clerk(channel_id=CHANNEL_ID, id=STAFF)
    with stage.engine.begin() as db:
        draft = Draft(pieces=(TextPiece(text="明天停課"),))
        broadcasts.make(db, clerk, draft, stage.now)
        audiences.save(db, clerk, "所有人", Everybody(), stage.now)
        calendar_keys.renew(db, CHANNEL_ID, TEACHER, stage.now)
    owner = Owner(stage)
    owner.report(PRACTICE)
    owner.pick()
    put_entry(stage.engine)
    put(stage.engine, notice(TEACHER, "截止"))


def admin_session(stage: Stage, channel_id: str = CHANNEL_ID) -> str:
    """A browser's session of an admin of the channel."""
    now = clock.now()
    with stage.engine.begin() as db:
        made = accounts.add(db, channel_id, "admin@example.tw", StaffRole.ADMIN, now)
        assert made is not None
        accounts.change(db, made, password_hash=passwords.hash_of("three plain words"))
        opening = Opening(stage=WayIn.FULL, account=made, browser="Firefox")
        return console_sessions.begin(db, channel_id, opening, now)
