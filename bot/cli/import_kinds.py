"""The kinds of lists that `bot import` knows: their columns, their options, what is done with them.

A kind is a line in `KINDS`.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

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
from bot.imports.cells import Wrong, read_day
from bot.imports.table import Column

OptionsOf = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list."""

    about: str
    columns: Sequence[Column]
    add_options: OptionsOf
    prepare: Callable[[Importer, argparse.Namespace], Prepare]
    needs_plans: bool = False  # reading them takes a while


def _people_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--school", default="", metavar="代碼", help="整份名單都是這一所學校的")


def _completions_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", required=True, metavar="計畫/年度", help="例如 plan/111")
    parser.add_argument("--school", default="", metavar="代碼", help="整份名單都是這一所學校的")
    parser.add_argument(
        "--course",
        action="append",
        default=[],
        metavar="項目",
        help="整份名單算哪一項；或寫成 課名=項目，指定其中一門課；課名=- 是不計入",
    )
    parser.add_argument("--on", type=_day, metavar="日期", help="整份名單的日期，例如 111/7/8")
    parser.add_argument(
        "--add-missing", action="store_true", help="不在名冊的老師，一起加進所屬學校的名冊"
    )


def _people(importer: Importer, args: argparse.Namespace) -> Prepare:
    return prepare_people(importer, args.school)


def _completions(importer: Importer, args: argparse.Namespace) -> Prepare:
    edition = importer.edition_of(args.plan)
    if edition is None:
        raise AskAgain(f"沒有「{args.plan}」這個計畫。請寫成 計畫/年度，和計畫檔的路徑一樣。")
    of = AttendanceOf(
        edition=edition,
        asked=_asked(args.course, args.on),
        school_code=args.school,
        add_missing=args.add_missing,
    )
    return prepare_completions(importer, of)


def _schools(importer: Importer, args: argparse.Namespace) -> Prepare:
    return prepare_schools(importer)


def _participations(importer: Importer, args: argparse.Namespace) -> Prepare:
    return prepare_participations(importer)


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Nothing beside what every kind has."""


KINDS = {
    "schools": Kind("學校名單：代碼、校名、全銜、學制", schools.COLUMNS, _no_options, _schools),
    "people": Kind("教師名冊：學校、姓名、職稱", people.COLUMNS, _people_options, _people),
    "completions": Kind(
        "研習完成名單：姓名、學校、研習名稱、日期、時數",
        attendance.COLUMNS,
        _completions_options,
        _completions,
        needs_plans=True,
    ),
    "participations": Kind(
        "參與學校名單：學校代碼、計畫、年度、核定班級數、社群、薦派教師",
        participations.COLUMNS,
        _no_options,
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


def _day(text: str) -> date:
    day = read_day(text)
    if isinstance(day, Wrong):
        raise argparse.ArgumentTypeError(f"「{text}」{day.why}")
    return day
