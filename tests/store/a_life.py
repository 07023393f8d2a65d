"""Somebody who does all that the bot offers, as a teacher, a contact and a member of staff.

The chat and the pages where it is done there; where the console does it, what its pages call.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from bot import broadcast_work, school_work
from bot.broadcast_work import Shift
from bot.broadcasts.sources import sources_of
from bot.cli.plain import plain
from bot.delivery.drain import Drain
from bot.messages import Kind
from bot.model.alarms import Alarm
from bot.model.audience import Everybody
from bot.model.broadcasts import Clerk, Draft, TextPiece
from bot.model.pictures import Upload
from bot.model.reminders import OwnDate
from bot.model.roster import Completion
from bot.model.staff_roles import StaffRole
from bot.model.submission import Actor, ActorKind
from bot.school_work import Call
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.staff_work import Keeping, Member, Reply, answer
from bot.store import (
    account_links,
    accounts,
    alarms,
    broadcast_report,
    channel_settings,
    completions,
    console_sessions,
    import_runs,
    interviews,
    invitations,
    member_codes,
    people,
    pictures,
    preferences,
    pulses,
    referrals,
    roster,
    schools,
    sign_in_tries,
)
from bot.store.account_tables import WayIn
from bot.store.console_sessions import Opening
from bot.store.import_runs import Tried
from bot.store.interviews import Told
from bot.store.invitations import InvitedAs
from bot.store.people import Role
from bot.store.sign_in_tries import MAIL as MAIL_TRIES
from tests.console.announcing import LineOfTests
from tests.handlers.whole_bot import button
from tests.mail.server import MailServer
from tests.pages.mailed import Life as Mailed
from tests.pages.owner import PRACTICE, Owner
from tests.pages.stage import STAFF, Stage, path_of
from tests.rules.schools import COOC, taking, teachers
from tests.understand.plans import real_reader

ME = "Uzebra-marker-0001"
NAME = "斑馬明"
MAIL = "zebra.marker@school.edu.tw"
PHONE = "0912-345-678"
ID_NUMBER = "A123456789"
WORDS = "斑馬條紋便當會供應嗎"
GROUP_WORDS = "斑馬在群組問函報截止是哪天"
REASON = "斑馬生病改期"
GROUP = "Czebra-group"
SCHOOL = "S00001"


@dataclass
class Life:
    """One person over a stage of real plans, a mail server beside it."""

    stage: Stage
    server: MailServer
    owner: Owner = field(init=False)

    def __post_init__(self) -> None:
        self.stage.staff()
        self.owner = Owner(self.stage, ME)

    def live(self) -> None:
        """All of it."""
        self.as_teacher()
        self.by_mail()
        self.as_asker()
        self.as_contact()
        self.as_staff()
        self.of_the_house()

    def ask(self, text: str, **own: object) -> str:
        return plain(self.stage.ask(text, ME, **own))

    def press(self, data: str) -> object:
        return self.stage.send(ME, kind=Kind.POSTBACK, data=data)

    def as_teacher(self) -> None:
        """Follows, reports, picks, asks to be reminded, subscribes the calendar."""
        stage, owner = self.stage, self.owner
        stage.send(ME, kind=Kind.FOLLOW)
        owner.report(PRACTICE)
        owner.pick()
        self.ask("提醒我酷課師函報截止")
        self.ask("提醒時間改成早上8點")
        opened = button(stage.ask("我的行事曆", ME), "開啟訂閱頁")
        assert stage.client().get(path_of(opened.url).split("?")[0] + ".ics").status_code == 200
        with stage.engine.begin() as db:
            told = Told(entry="cooc-teacher/111#who", facts={"a": "true"}, changed_at=stage.now)
            interviews.put(db, "default", ME, told)
            own = OwnDate(plan="portfolio", edition="108", kind="school-day", due=stage.now.date())
            preferences.put_own(db, "default", ME, own, stage.now)
            choice = preferences.Choice(is_muted=True)
            preferences.choose(db, ("default", ME), "cooc-teacher/111#x", choice, stage.now)

    def by_mail(self) -> None:
        """Wants reminders by mail, confirms the address, and is sent one."""
        mailed = Mailed(self.owner, self.server)
        mailed.say(f"用電子郵件提醒我 {MAIL}")
        mailed.post()
        link = mailed.link_for(MAIL, "confirm")
        assert self.stage.client().post(link).status_code == 200

    def as_asker(self) -> None:
        """Asks what nobody knows, passes it on; staff look, and keep an answer."""
        stage = self.stage
        self.ask(GROUP_WORDS, chat_id=GROUP, in_group=True, mentioned=True)
        self.ask(f"我的電話 {PHONE} 身分證 {ID_NUMBER}，{WORDS}")
        unknown = stage.ask(WORDS, ME)
        passed = stage.send(ME, kind=Kind.POSTBACK, data=button(unknown, "轉給承辦人員").data)
        self.press(button(passed, "有答覆時通知我").data)
        for words in ("待回答", "待回答問題", "待處理"):
            stage.ask(words, STAFF)
        with stage.engine.begin() as db:
            (one,) = referrals.open_ones(db, "default")
        keeping = Keeping(
            plan="cooc-teacher",
            edition="111",
            title=WORDS,
            says=("素食",),
            source="112年局內會議",
            expires_on=stage.now.date().replace(year=2023),
        )
        member = Member(channel_id="default", user_id=STAFF)
        answer(stage.engine, member, one.id, Reply(text="會供應。", keeping=keeping), stage.now)

    def as_contact(self) -> None:
        """Becomes the contact of a school, and a member of its list; reports, with a reason."""
        stage, db_of = self.stage, self.stage.engine
        with db_of.begin() as db:
            schools.put_many(db, "default", SAMPLE_SCHOOLS, stage.now)
            offer = InvitedAs(role=Role.CONTACT, school_code=SCHOOL)
            code = invitations.make(db, "default", offer, stage.now, timedelta(days=7))
        self.ask(code)
        staff = Actor(channel_id="default", id=STAFF, kind=ActorKind.STAFF)
        kind = ActorKind.CONTACT
        mine = Actor(channel_id="default", id=ME, kind=kind, school_code=SCHOOL)
        nominated = taking(COOC, units=teachers(NAME), school=SCHOOL)
        usual = {"whose": nominated.whose, "slot": "nomination-sheet||0|"}
        usual["edition_of"] = real_reader().edition
        with db_of.begin() as db:
            school_work.take_part(db, staff, nominated, usual["edition_of"], stage.now)
            call = Call(actor=mine, event_id="E-mine", **usual)
            school_work.report(db, call, 1, stage.now)
            back = Call(actor=staff, event_id="E-back", **usual)
            school_work.send_back(db, back, 1, REASON, stage.now)
            day = stage.now.date() + timedelta(days=300)
            school_work.extend(
                db, Call(actor=staff, event_id="E-x", **usual), day, REASON, stage.now
            )
            member = roster.new_member(SCHOOL, NAME)
            roster.put_many(db, "default", [member], stage.now)
            code = member_codes.make(db, "default", member.id, stage.now)
            done = Completion(
                member_id=member.id, plan="cooc-teacher", edition="111",
                track="certificate-track", requirement=PRACTICE, fact="f", on=stage.now.date(),
                count=Decimal(1),
            )  # fmt: skip
            completions.put_many(db, "default", [done], stage.now)
        self.ask(code)

    def as_staff(self) -> None:
        """Becomes staff, links an account, announces, keeps an audience, gets one announced."""
        stage = self.stage
        with stage.engine.begin() as db:
            code = invitations.invite(db, "default", Role.STAFF, stage.now, timedelta(days=7))
        self.ask(code)
        with stage.engine.begin() as db:
            account = accounts.add(db, "default", MAIL, StaffRole.ADMIN, stage.now)
            assert account
            code = account_links.offer(db, "default", account.id, stage.now)
            opening = Opening(stage=WayIn.FULL, account=account, browser="Firefox")
            console_sessions.begin(db, "default", opening, stage.now)
        self.ask(f"連結主控台 {code}")
        reader = real_reader()
        with stage.engine.begin() as db:
            shift = Shift(
                db=db, clerk=Clerk(channel_id="default", id=ME, name=people.alias(ME)),
                now=stage.now, reader=reader, sources=sources_of(reader.edition),
                note=broadcast_work.note_in_audit,
            )  # fmt: skip
            broadcast_work.save_audience(shift, "全部的人", Everybody())
            made = broadcast_work.compose(shift, Draft(pieces=(TextPiece("系統停機。"),)))
            broadcast_work.hand_in(shift, made.id, made.revision)
        assert stage.house.stations.own().broadcaster
        stage.later(minutes=6)
        stage.house.stations.own().broadcaster.run(stage.now)
        with stage.engine.begin() as db:
            assert broadcast_report.tap(db, "default", made.id, 0, (ME, stage.now))

    def of_the_house(self) -> None:
        """What else the tables hold: nothing of it is this person's but an import's name."""
        now = self.stage.now
        with self.stage.engine.begin() as db:
            tried = Tried(
                kind="people", file_name="list.csv", options={}, by=MAIL, counts={}, notes=[]
            )
            import_runs.put(db, "default", tried, ([[NAME]], [NAME]), now)
            sign_in_tries.take(db, "default", MAIL_TRIES, MAIL, now)
            channel_settings.put_text(db, "default", "name", "師鐘")
            upload = Upload(content=b"x", ending="png", media_type="image/png")
            pictures.put(db, "default", upload, now)
            pulses.beat(db, "default", pulses.TICK, now)
            alarms.keep(db, "default", [Alarm(fact="x", words="。")], now, now.date())
        Drain(engine=self.stage.engine, sender=LineOfTests(), channel_id="default").run(now, now)


def a_life(stage: Stage, server: MailServer) -> Life:
    """Lived."""
    life = Life(stage, server)
    life.live()
    return life
