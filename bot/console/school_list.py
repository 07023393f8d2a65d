"""A list of schools that staff typed or uploaded: which schools it names, and what it does not."""

from collections.abc import Sequence

from bot.errors import AskAgain
from bot.imports.reading import read_table
from bot.imports.report import Line
from bot.imports.table import Row
from bot.imports.which_school import CODE, SCHOOL, WhichSchool
from bot.model.audience import MOST_SCHOOLS, AtSchools
from bot.model.schools import School
from bot.understand.school_names import SchoolNames

LARGEST = 2_000_000  # bytes
SHOWN = 20
NO_SCHOOLS = "這裡還沒有學校名單，對不到學校。請先匯入學校名單。"


def of_file(name: str, content: bytes, schools: Sequence[School], partly: bool) -> AtSchools:
    """The schools of an uploaded list.

    Raises:
        AskAgain: it cannot be read, or some rows name no school and `partly` does not allow that.
    """
    table = read_table(name, content, (CODE, SCHOOL))
    return _found(table.rows, schools, partly)


def of_words(text: str, schools: Sequence[School], partly: bool) -> AtSchools:
    """The schools that are typed, one a line, by name or code; raises as `of_file`."""
    rows = [
        Row(number, {SCHOOL.id: line.strip()})
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]
    if not rows:
        raise AskAgain("請填校名或學校代碼，一行一所；或上傳名單。")
    return _found(rows, schools, partly)


def _found(rows: Sequence[Row], schools: Sequence[School], partly: bool) -> AtSchools:
    if not schools:
        raise AskAgain(NO_SCHOOLS)
    if len(rows) > MOST_SCHOOLS:
        raise AskAgain(f"一次最多 {MOST_SCHOOLS:,} 所學校，這份有 {len(rows):,} 列。")
    which = WhichSchool(schools, SchoolNames(schools).look)
    found = [which.of(row) for row in rows]
    faults = [str(one) for one in found if isinstance(one, Line)]
    codes = tuple(dict.fromkeys(one.code for one in found if isinstance(one, School)))
    if faults and not partly:
        more = f"……等 {len(faults)} 列" if len(faults) > SHOWN else ""
        listed = "\n".join(faults[:SHOWN]) + more
        raise AskAgain(
            f"有些列對不到學校，沒有加入：\n{listed}\n請改正，或勾選「略過有問題的列」。"
        )
    if not codes:
        raise AskAgain("名單裡沒有一所對得到的學校，沒有加入。")
    return AtSchools(codes)
