"""The kinds of lists that may be imported: columns, what is asked beside the file, what is done.

A kind is a line in `KINDS`; the terminal and the console offer whatever stands there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from bot.errors import AskAgain
from bot.import_work import (
    AttendanceOf,
    Importer,
    Prepare,
    prepare_completions,
    prepare_participations,
    prepare_people,
    prepare_schools,
)
from bot.imports import attendance, participations, people, schools
from bot.imports.attendance import Asked
from bot.imports.table import Column

Given = Mapping[str, Any]  # what was said of each option, by its name


class Takes(Enum):
    """What an option takes."""

    TEXT = "text"
    PLAN = "plan"  # plan/edition
    MANY = "many"  # several texts
    DAY = "day"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Option:
    """What is asked beside the file."""

    name: str
    about: str
    takes: Takes = Takes.TEXT
    shape: str = ""  # of what is given, as the terminal shows it
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list."""

    about: str
    columns: Sequence[Column]
    options: Sequence[Option]
    prepare: Callable[[Importer, Given], Prepare]
    needs_plans: bool = False  # reading them takes a while


_SCHOOL = Option("school", "整份名單都是這一所學校的（學校代碼）", shape="代碼")
_OF_COMPLETIONS = (
    Option("plan", "哪一個計畫", Takes.PLAN, "計畫/年度", is_needed=True),
    _SCHOOL,
    Option(
        "course",
        "整份名單算哪一項；或寫成 課名=項目，指定其中一門課；課名=- 是不計入",
        Takes.MANY,
        "項目",
    ),
    Option("on", "整份名單的日期，例如 111/7/8", Takes.DAY, "日期"),
    Option("add_missing", "不在名冊的老師，一起加進所屬學校的名冊", Takes.FLAG),
)


def _people(importer: Importer, given: Given) -> Prepare:
    return prepare_people(importer, given["school"])


def _completions(importer: Importer, given: Given) -> Prepare:
    edition = importer.edition_of(given["plan"])
    if edition is None:
        raise AskAgain(f"沒有「{given['plan']}」這個計畫。請寫成 計畫/年度，和計畫檔的路徑一樣。")
    of = AttendanceOf(
        edition=edition,
        asked=_asked(given["course"], given["on"]),
        school_code=given["school"],
        add_missing=given["add_missing"],
    )
    return prepare_completions(importer, of)


def _schools(importer: Importer, given: Given) -> Prepare:
    return prepare_schools(importer)


def _participations(importer: Importer, given: Given) -> Prepare:
    return prepare_participations(importer)


KINDS = {
    "schools": Kind("學校名單：代碼、校名、全銜、學制", schools.COLUMNS, (), _schools),
    "people": Kind("教師名冊：學校、姓名、職稱", people.COLUMNS, (_SCHOOL,), _people),
    "completions": Kind(
        "研習完成名單：姓名、學校、研習名稱、日期、時數",
        attendance.COLUMNS,
        _OF_COMPLETIONS,
        _completions,
        needs_plans=True,
    ),
    "participations": Kind(
        "參與學校名單：學校代碼、計畫、年度、核定班級數、社群、薦派教師",
        participations.COLUMNS,
        (),
        _participations,
        needs_plans=True,
    ),
}


def _asked(said: Sequence[str], on: date | None) -> Asked:
    named = dict(one.rsplit("=", 1) for one in said if "=" in one)
    whole = [one for one in said if "=" not in one]
    if len(whole) > 1:
        raise AskAgain("整份名單只能算一項。請只給一個 --course，或寫成 課名=項目。")
    return Asked({k.strip(): v.strip() for k, v in named.items()}, "".join(whole), on)
