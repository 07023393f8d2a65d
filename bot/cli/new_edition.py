"""`bot knowledge new`: the next year's file from an old one, or an empty one for a new plan."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.catalog.load import PLANS, read_sheet
from bot.catalog.next_edition import next_edition
from bot.catalog.sheet import Sheet
from bot.errors import BotError

SKELETON = Path(__file__).parents[1] / "catalog" / "skeleton.yaml"
YEARS = range(80, 200)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CannotStart(BotError):
    """No file is written; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file is wanted: of this plan and year, from this edition if one is named."""

    plan: str
    edition: str  # empty: an empty file
    year: int | None  # None: the year after, or this year


def start(folder: Path, wanted: Wanted, today: date) -> Path:
    """Writes the file and gives its path.

    Raises:
        CannotStart: nothing was written, and nothing that stood there was touched.
    """
    if not _NAME.fullmatch(wanted.plan):
        raise CannotStart(
            f"計畫代號「{wanted.plan}」只能用小寫英文、數字和 -，例如 digital-teaching。"
        )
    if wanted.edition:
        year, text = _from_old(folder, wanted, today)
    else:
        year, text = _empty(wanted, today)
    path = folder / PLANS / wanted.plan / f"{year}.yaml"
    _write_new(path, text)
    return path


def _empty(wanted: Wanted, today: date) -> tuple[int, str]:
    year = _checked_year(today.year - 1911 if wanted.year is None else wanted.year)
    text = SKELETON.read_text(encoding="utf-8")
    return year, text.replace("〔年度〕", str(year)).replace("〔今天〕", today.isoformat())


def _from_old(folder: Path, wanted: Wanted, today: date) -> tuple[int, str]:
    sheet, text = _old(folder, wanted)
    old = sheet.edition.about.year
    year = _checked_year(old + 1 if wanted.year is None else wanted.year)
    if year == old:
        raise CannotStart(f"{wanted.plan}/{wanted.edition} 就是 {year} 年的：--to 請寫別的年度。")
    made = next_edition(text, (old, year), today.isoformat())
    name = f"{PLANS}/{wanted.plan}/{year}.yaml"
    _, findings = read_sheet(name, made.encode())
    if findings:
        said = "\n".join(map(str, findings[:3]))
        raise CannotStart(f"{name} 沒有寫出來，因為改成新年度後會有錯誤，請先改好舊檔：\n{said}")
    return year, made


def _old(folder: Path, wanted: Wanted) -> tuple[Sheet, str]:
    plans = folder / PLANS
    path = plans / wanted.plan / f"{wanted.edition}.yaml"
    if not path.is_file():
        known = sorted(p.stem for p in (plans / wanted.plan).glob("*.yaml"))
        others = sorted(p.name for p in plans.glob("*") if p.is_dir())
        cure = (
            f"{wanted.plan} 現有的年度是 {'、'.join(known)}。"
            if known
            else f"現有的計畫是 {'、'.join(others)}；全新的計畫不要加 --from。"
        )
        raise CannotStart(f"沒有 {PLANS}/{wanted.plan}/{wanted.edition}.yaml。{cure}")
    content = path.read_bytes()
    sheet, findings = read_sheet(path.relative_to(folder).as_posix(), content)
    if sheet is None or findings:
        said = "\n".join(map(str, findings[:3]))
        raise CannotStart(f"舊年度的檔案有錯誤，先改好再開新年度：\n{said}")
    return sheet, content.decode("utf-8-sig").replace("\r\n", "\n")


def _checked_year(year: int) -> int:
    if year not in YEARS:
        raise CannotStart(f"年度「{year}」不對：--to 要寫民國年，例如 113。")
    return year


def _write_new(path: Path, text: str) -> None:
    """Writes a file that is not there yet, whole or not at all."""
    if path.exists():
        raise CannotStart(f"{path} 已經有了，沒有更動它：要重新開始，請先把它移走或改名。")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        draft.rename(path)
    except OSError as err:
        raise CannotStart(f"寫不出 {path}（{err.strerror}）：請確認資料夾可以寫入。") from err
    finally:
        draft.unlink(missing_ok=True)
