"""`bot invite`: a code that makes its sender staff or a school's contact; who is; ending it."""

import argparse
import sys
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import clock
from bot.cli.of_channel import add_channel, known_channel
from bot.model.invitation_code import WORD
from bot.model.schools import School, SchoolRole
from bot.preparing import prepare_database
from bot.settings import Settings
from bot.store import affiliations, invitations, people, schools
from bot.store.engine import open_engine
from bot.store.invitations import InvitedAs
from bot.store.people import ALIAS, Role, alias

MOST_DAYS = 90
NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to invite and for how long, or whose role to take away."""
    wanted = parser.add_subparsers(
        dest="wanted", required=True, metavar="staff|contact|list|revoke"
    )
    staff = wanted.add_parser(Role.STAFF.value, help="產生一組給承辦人員的邀請碼")
    contact = wanted.add_parser(Role.CONTACT.value, help="產生一組給學校承辦人的邀請碼")
    contact.add_argument("--school", required=True, metavar="代碼", help="學校代碼")
    for each in (staff, contact):
        each.add_argument(
            "--days",
            type=_days,
            default=7,
            metavar="天",
            help=f"幾天內有效，1 到 {MOST_DAYS}（預設 7）",
        )
    listed = wanted.add_parser("list", help="目前的承辦人員和各校的學校承辦人，以代號列出")
    revoke = wanted.add_parser("revoke", help="收回一個人的身分；他的連結立刻失效")
    revoke.add_argument("alias", metavar="代號", help="網頁和 list 顯示的代號")
    revoke.add_argument("--school", metavar="代碼", help="只收回他在這所學校的承辦人身分")
    add_channel(staff, contact, listed, revoke)


def run(args: argparse.Namespace) -> int:
    """Do what is wanted, in one transaction."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        channel = known_channel(engine, args.channel)
        with engine.begin() as db:
            if args.wanted == "list":
                return _list(db, channel)
            if args.wanted == "revoke":
                return _revoke(db, channel, args.alias, args.school or "")
            school = None
            if args.wanted == Role.CONTACT.value:
                school = schools.find(db, channel, args.school.strip().upper())
                if school is None:
                    return _no_school(args.school)
            code, until = _invite(db, channel, school, timedelta(days=args.days))
    finally:
        engine.dispose()
    _tell(code, until, school)  # not before it is kept
    return 0


def _invite(
    db: Connection, channel: str, school: School | None, life: timedelta
) -> tuple[str, datetime]:
    now = clock.now()
    role = Role.CONTACT if school else Role.STAFF
    offer = InvitedAs(role=role, school_code=school.code if school else "")
    return invitations.make(db, channel, offer, now, life), now + life


def _tell(code: str, until: datetime, school: School | None) -> None:
    """Print a code; it cannot be shown again."""
    who = f"{school.name}（{school.code}）的學校承辦人" if school else "承辦人員"
    print(f"{WORD} {code}")
    print(f"請{who}在和師鐘的一對一聊天室傳上面這一行。{_minute(until)}前有效，只能用一次；")
    print("這組碼不會再顯示，請只交給本人。")


def _no_school(code: str) -> int:
    print(
        f"名單裡沒有代碼是「{code}」的學校，沒有產生邀請碼：請先匯入學校名單，或查對代碼。",
        file=sys.stderr,
    )
    return NOT_FOUND


def _list(db: Connection, channel: str) -> int:
    found = people.staff(db, channel)
    contacts = affiliations.contacts(db, channel)
    everybody = _everybody(db, channel)
    for user_id, seen_at in found:
        print(f"{_told_apart(user_id, everybody)}  最近使用 {_minute(seen_at)}")
    if not found:
        print("目前沒有承辦人員。", file=sys.stderr)
    taken = {contact.school_code for contact in contacts}
    left = [c for c in invitations.schools_invited(db, channel) if c not in taken]
    known = schools.find_many(db, channel, sorted({*taken, *left}))
    for contact in contacts:
        where = f"{contact.school_code} {known[contact.school_code].name}"
        who = _told_apart(contact.user_id, everybody)
        print(f"{who}  {where} 學校承辦人  最近使用 {_minute(contact.last_seen_at)}")
    for code in left:
        print(f"----  {code} {known[code].name} 目前沒有學校承辦人" if code in known else code)
    return 0


def _everybody(db: Connection, channel: str) -> list[str]:
    """Everybody who has a role, once each."""
    held = [contact.user_id for contact in affiliations.contacts(db, channel)]
    return sorted({user_id for user_id, _ in people.staff(db, channel)} | set(held))


def _revoke(db: Connection, channel: str, wanted: str, school_code: str) -> int:
    everybody = _everybody(db, channel)
    found = [u for u in everybody if len(wanted) >= ALIAS and u.endswith(wanted)]
    if not found:
        print(
            f"沒有代號「{wanted}」的承辦人員或學校承辦人：請用 bot invite list 查代號。",
            file=sys.stderr,
        )
        return NOT_FOUND
    if len(found) > 1:
        which = "、".join(_told_apart(u, everybody) for u in found)
        print(f"代號「{wanted}」不只一人，沒有收回任何人的：請改用 {which}。", file=sys.stderr)
        return NOT_FOUND
    ended = _end(db, channel, found[0], school_code.strip().upper())
    if not ended:
        print(f"「{wanted}」不是學校 {school_code} 的承辦人，沒有收回。", file=sys.stderr)
        return NOT_FOUND
    print(f"已收回「{wanted}」的{'、'.join(ended)}身分，他手上的連結都打不開了。")
    return 0


def _end(db: Connection, channel: str, user_id: str, school_code: str) -> list[str]:
    """Take away what is wanted; gives what it was, in words. Unused hand-over codes end too."""
    invitations.void(db, channel, user_id, clock.now(), school_code)
    contact = SchoolRole.CONTACT
    if school_code:
        gone = affiliations.untie(db, channel, user_id, school_code, contact)
        return [f"{school_code} 學校承辦人"] if gone else []
    codes = affiliations.untie_all(db, channel, user_id, contact)
    is_staff = people.role_of(db, channel, user_id) is Role.STAFF
    people.give_role(db, channel, user_id, Role.ANYBODY)
    return [*(["承辦人員"] if is_staff else []), *(f"{code} 學校承辦人" for code in codes)]


def _told_apart(user_id: str, everybody: list[str]) -> str:
    """The alias; longer where another one's ends alike."""
    for length in range(len(alias(user_id)), len(user_id)):
        if sum(other.endswith(user_id[-length:]) for other in everybody) == 1:
            return user_id[-length:]
    return user_id


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"天數是「{text}」：要填 1 到 {MOST_DAYS} 的整數")
    return int(text)


def _minute(instant: datetime) -> str:
    return f"{instant.astimezone(clock.TAIPEI):%Y/%m/%d %H:%M}"
