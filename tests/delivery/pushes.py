"""An answer of staff on its way to its asker, and what became of it."""

from datetime import datetime

from sqlalchemy import Engine, select

from bot.delivery.drain import Drain
from bot.handlers import telling
from bot.messages import Outcome, Why
from bot.simulator.people import Persona
from bot.simulator.platform import Call, Platform
from bot.store import events, own_questions, people, questions, referrals
from bot.store.tables import OutboxRow, OutboxState, Referral
from tests.personas import TEACHER
from tests.store.events_of import NOON, incoming

USER = TEACHER.user_id


def answered(engine: Engine, number: int = 1, user: str = USER) -> str:
    """A question of this person's that staff answered, to be pushed; gives the referral's id."""
    asked = incoming(f"E{number}", user_id=user, chat_id=user, message_id=f"M{number}")
    with engine.begin() as db:
        people.see(db, "default", user, NOON)
        events.put_first_seen(db, asked, NOON)
        questions.put(
            db,
            [
                questions.Asked(
                    incoming=asked, text="火星怎麼去", outcome=Outcome.UNKNOWN, why=Why()
                )
            ],
        )
        logged = own_questions.find(db, "default", f"E{number}", user)
        assert logged
        passed, _ = referrals.pass_on(db, logged, "", "", NOON)
        referrals.want_push(db, "default", passed.id, user)
        done = referrals.answer(db, passed, f"第{number}題：坐火箭。", "U-clerk", NOON)
        assert done
        telling.announce(db, done, NOON)
    return passed.id


def somebody(platform: Platform, name: str) -> str:
    """A friend of the account's, by id."""
    person = platform.chats.add(Persona(name, "教師"))
    person.friend = True
    return person.persona.user_id


def calls_of(platform: Platform, path: str = "/push") -> list[Call]:
    return [call for call in platform.calls if call.request.path.endswith(path)]


def states(engine: Engine) -> list[OutboxState]:
    with engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state)))


def told_at(engine: Engine) -> datetime | None:
    with engine.connect() as db:
        return db.scalar(select(Referral.told_at))


def run(drain: Drain, at: datetime = NOON) -> int:
    return drain.run(at, at)
