"""A channel with a few schools, and lists that are imported into it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select

from bot.import_work import (
    AttendanceOf,
    Carried,
    How,
    Importer,
    Prepare,
    carry_out,
    prepare_completions,
    prepare_people,
)
from bot.imports import attendance, people
from bot.imports.attendance import Asked
from bot.imports.reading import read_table
from bot.imports.report import Fate
from bot.imports.table import Column
from bot.model.schools import School
from bot.store import schools
from bot.store.tables import Base
from bot.understand.school_names import SchoolNames
from tests.imports.files import csv_text
from tests.understand.plans import real_library

CHANNEL = "default"
AUTUMN = datetime(2022, 10, 3, 4, 0, tzinfo=UTC)
DAZHI = School("313301", "大直高中", "臺北市立大直高級中學")
ZHONGSHAN = School("353301", "中山女中", "臺北市立中山女子高級中學")
SCHOOLS = [
    DAZHI,
    ZHONGSHAN,
    School("321601", "中山國小", "臺北市中山區中山國民小學"),
    School("193601", "中山國小", "臺中市中區中山國民小學"),
]
PEOPLE = (("學校", "姓名", "職稱"), ("大直高中", "王小明", "教師"), ("中山女中", "林美麗", "組長"))


def open_office(engine: Engine) -> None:
    with engine.begin() as db:
        schools.put_many(db, CHANNEL, SCHOOLS, AUTUMN)


def importer() -> Importer:
    editions = {e.key: e for e in real_library().editions}
    return Importer(
        channel_id=CHANNEL,
        edition_of=editions.get,
        now=AUTUMN,
        look=lambda among: SchoolNames(among).look,
    )


def take_people(engine: Engine, rows: Sequence[Any], school: str = "", **how: bool) -> Carried:
    return take(engine, rows, (people.COLUMNS, prepare_people(importer(), school)), **how)


def take_list(
    engine: Engine, rows: Sequence[Any], asked: Asked | None = None, *, add: bool = False,
    **how: bool,
) -> Carried:  # fmt: skip
    of = AttendanceOf(
        edition=next(e for e in real_library().editions if e.plan == "cooc-teacher"),
        asked=asked or Asked(),
        add_missing=add,
    )
    return take(engine, rows, (attendance.COLUMNS, prepare_completions(importer(), of)), **how)


def take(
    engine: Engine,
    rows: Sequence[Any] | bytes,
    kind: tuple[Sequence[Column], Prepare],
    **how: bool,
) -> Carried:
    """Import rows as a file would bring them."""
    data = rows if isinstance(rows, bytes) else csv_text(rows).encode()
    columns, prepare = kind
    return carry_out(engine, read_table("list", data, columns), columns, prepare, How(**how))


def everything(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with engine.connect() as db:
        return {
            t.name: sorted(map(repr, db.execute(select(t)))) for t in Base.metadata.sorted_tables
        }


def fates(carried: Carried) -> list[Fate]:
    return [line.fate for line in carried.report.lines]
