"""What another school keeps, to be looked for in every answer and held against what it was."""

from sqlalchemy import Engine, text

from bot import school_work
from bot.model.submission import Actor, ActorKind
from bot.school_work import Call
from bot.store import completions, member_codes, participations, people, roster
from tests.handlers.schools.contacts import MARCH, ZHONGLUN
from tests.handlers.whole_bot import OTHER
from tests.rules.schools import COOC, MOBILE, find_edition, taking, teachers

NAME, LETTER, WHY = "機密師", "北市密教字第1070000001號", "機密原因"
EVENT = "E-of-the-other"
SECRETS = (NAME, LETTER, WHY)
_TABLES = (
    "participation",
    "submission",
    "submission_move",
    "slot_extension",
    "roster_member",
    "member_link",
    "member_code",
    "completion",
)


def keep_secrets(engine: Engine) -> str:
    """The other school's list, and pieces that it handed in; gives the member's id."""
    member = roster.new_member(ZHONGLUN, NAME)
    contact = Actor(channel_id="default", id=OTHER, kind=ActorKind.CONTACT, school_code=ZHONGLUN)
    staff = Actor(channel_id="default", id="S1", kind=ActorKind.STAFF)
    with engine.begin() as db:
        nominated = taking(COOC, units=teachers(NAME), school=ZHONGLUN)
        participations.put(db, "default", nominated, MARCH)
        people.see(db, "default", "U-of-the-other", MARCH)
        roster.put_many(db, "default", [member], MARCH)
        roster.link(db, "default", member.id, "U-of-the-other", MARCH)
        member_codes.make(db, "default", member.id, MARCH)
        school_work.report(db, _call(contact, EVENT), 1, MARCH, LETTER)
        school_work.report(db, _call(contact, "E-2", "report-book||0|"), 1, MARCH)
        school_work.send_back(db, _call(staff, "E-3", "report-book||0|"), 1, WHY, MARCH)
        assert completions.of_school(db, "default", ZHONGLUN) == []
    return member.id


def _call(actor: Actor, event: str, slot: str = "progress-sheet||1|1") -> Call:
    return Call(
        actor=actor,
        whose=taking(MOBILE, school=ZHONGLUN).whose,
        slot=slot,
        edition_of=find_edition,
        event_id=event,
    )


def of_all_schools(engine: Engine) -> dict[str, list[str]]:
    """Every row about schools' work, by table; and who answers for which school."""
    with engine.connect() as db:
        found = {
            name: sorted(str(tuple(row)) for row in db.execute(text(f"SELECT * FROM {name}")))
            for name in _TABLES
        }
        waiting = text("SELECT key FROM outbox WHERE user_id = 'U-of-the-other'")
        found["outbox"] = sorted(str(tuple(row)) for row in db.execute(waiting))
        ties = text("SELECT user_id, school_code FROM affiliation WHERE role = 'contact'")
        found["contacts"] = sorted(str(tuple(row)) for row in db.execute(ties))
    return found
