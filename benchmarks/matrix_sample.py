"""Made-up schools that take part in all four plans, with what they have handed in so far."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, insert

from bot.model.goals import Subject
from bot.model.participation import Participation, Unit
from bot.model.schools import Level, School
from bot.model.submission import Standing
from bot.rules.owed import slots
from bot.store import participations, schools
from bot.store.submission_tables import SubmissionRow
from bot.understand.reader import Reader

PLANS = ("mobile-learning/107", "cooc-teacher/111", "digital-community/112", "portfolio/108")
DISTRICTS = (
    "中正區", "大同區", "中山區", "松山區", "大安區", "萬華區",
    "信義區", "士林區", "北投區", "內湖區", "南港區", "文山區",
)  # fmt: skip
LEVELS = (Level.ELEMENTARY, Level.JUNIOR, Level.SENIOR)
_STATES = (
    Standing.RECEIVED,
    Standing.SENT,
    None,
    Standing.RECEIVED,
    Standing.RETURNED,
    None,
    Standing.RECEIVED,
    Standing.EXCUSED,
)
_AT_A_TIME = 500


def made_schools(number: int) -> list[School]:
    """So many schools, over twelve districts and three levels."""
    return [
        School(
            code=f"{353000 + n}",
            name=f"樣本{n + 1}校",
            full_name=f"臺北市立樣本{n + 1}校",
            city="臺北市",
            district=DISTRICTS[n % len(DISTRICTS)],
            level=LEVELS[n % len(LEVELS)],
        )
        for n in range(number)
    ]


def taking(key: str, code: str, n: int) -> Participation:
    """The n-th school in an edition, with parameters of many kinds."""
    plan, _, edition = key.partition("/")
    facets: dict[str, str] = {}
    units: list[Unit] = []
    if plan == "mobile-learning":
        facets = {"granted": str(n % 5 + 1), "applicant": "local"}
    elif plan == "cooc-teacher":
        units = [Unit(kind=Subject.TEACHER, label=f"{code}教師{t}") for t in range(n % 6)]
    elif plan == "digital-community":
        units = [
            Unit(
                kind=Subject.COMMUNITY,
                label=f"{code}社群{c}",
                facets={"group": "AB"[c % 2], "members": "5"},
            )
            for c in range(n % 4 + 1)
        ]
    else:
        facets = {"teachers": "60"}
    return Participation(
        school_code=code, plan=plan, edition=edition, facets=facets, units=tuple(units)
    )


def fill(engine: Engine, channel_id: str, reader: Reader, number: int, now: datetime) -> int:
    """So many schools in each of the plans; gives how many pieces are kept."""
    found = made_schools(number)
    pieces = 0
    with engine.begin() as db:
        schools.put_many(db, channel_id, found, now)
        for key in PLANS:
            rows: list[dict[str, Any]] = []
            for n, school in enumerate(found):
                one = taking(key, school.code, n)
                kept = participations.put(db, channel_id, one, now)
                rows += _pieces(reader, one, (channel_id, kept), now)
            for at in range(0, len(rows), _AT_A_TIME):
                db.execute(insert(SubmissionRow), rows[at : at + _AT_A_TIME])
            pieces += len(rows)
    return pieces


def _pieces(
    reader: Reader, one: Participation, where: tuple[str, str], now: datetime
) -> Iterator[dict[str, Any]]:
    edition = reader.edition(one.whose.edition_key)
    if edition is None:
        raise LookupError(one.whose.edition_key)
    for at, slot in enumerate(slots(edition, one)):
        state = _STATES[(at + int(one.school_code)) % len(_STATES)]
        sent = (slot.closes or now) - timedelta(days=3 if at % 5 else -3)
        for turn in range(slot.expected if state else 0):
            yield {
                "id": uuid4().hex,
                "channel_id": where[0],
                "participation_id": where[1],
                "slot": slot.key,
                "state": state,
                "turn": turn + 1,
                "sent_at": None if state is Standing.EXCUSED else sent,
                "due_at": None if state is Standing.EXCUSED else slot.closes,
                "is_late": state is not Standing.EXCUSED and bool(slot.closes) and not at % 5,
                "number": "",
            }
