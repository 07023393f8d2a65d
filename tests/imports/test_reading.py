"""Lists come in many shapes and broken in many ways: each is read whole, or told why not."""

import pytest
from openpyxl import Workbook

from bot.errors import AskAgain
from bot.imports.attendance import COLUMNS
from bot.imports.cells import readable
from bot.imports.reading import read_table
from bot.imports.table import Table
from tests.imports.files import (
    HEAD,
    ROWS,
    SECRET,
    csv_text,
    locked,
    old_excel,
    page,
    saved,
    with_part,
    workbook,
    xlsx,
)

LIST = (HEAD, *ROWS)
TEXT = csv_text(LIST)


def read(data: bytes) -> Table:
    return read_table("list", data, COLUMNS)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.get(c) for c in ("name", "school", "course", "on", "hours"))
            for row in table.rows]  # fmt: skip


def two_row_headings() -> bytes:
    upper = ("序號", "學員", "", "研習", "", "")
    lower = ("", "姓名", "服務學校", "名稱", "日期", "時數")
    return xlsx([upper, lower, *((n, *row) for n, row in enumerate(ROWS, 1))], ["D1:F1", "B1:C1"])


def wrong_sheet_first() -> bytes:
    book = Workbook()
    book.active.append(["填表說明", "請在下一張工作表填寫"])
    sheet = book.create_sheet("正式名單")
    for row in LIST:
        sheet.append(row)
    return saved(book)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp950"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("gb18030"),
        csv_text(LIST, ";").encode(),
        csv_text(LIST, "\t").encode("cp950"),
        xlsx(LIST),
        page(LIST),
        page(LIST, "big5"),
        old_excel(LIST),
        xlsx([["111年度研習名冊"], [], *[["", "", *row] for row in LIST]], ["A1:G1"]),
        two_row_headings(),
        wrong_sheet_first(),
        csv_text([*LIST, HEAD, ("合計", "2人")]).encode(),
    ],
    ids=[
        "utf-8", "bom", "big5", "utf-16", "utf-16 without a mark", "gb18030", "semicolons",
        "tabs", "xlsx", "page", "page in big5", "xls", "shifted", "two heading rows",
        "wrong sheet first", "headings repeated and a total",
    ],
)  # fmt: skip
def test_a_list_is_read_alike_in_whatever_shape_it_comes(data: bytes) -> None:
    assert cells(read(data)) == list(ROWS)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "是空的"),
        (b"\r\n \r\n", "是空的"),
        (csv_text(ROWS).encode(), "找不到標題列"),
        (csv_text([HEAD]).encode(), "只有標題，沒有資料"),
        (csv_text([("學校", "日期", "時數"), ("大直高中", "111/7/8", 3)]).encode(), "缺少「姓名」"),
        (TEXT.encode()[:60].replace("服".encode(), b"\x81\xff") * 3, "編碼"),
        (bytes(range(128, 256)) * 9, "編碼"),
        (TEXT.replace("王小明", '"王小明').encode(), "第2列的引號沒有成對"),
        (TEXT.replace("王小明", '"王小明').replace("林美麗", '林"').encode(), "引號沒有成對"),
        (TEXT.replace("王小明", "王\0小明").encode(), "第2列有不是文字的內容"),
        (TEXT.replace("王小明", "王" * 140_000).encode(), "第2列有一格超過"),
        (locked(), "加了密碼"),
        (xlsx(LIST)[:2000], "打不開"),
        (xlsx(LIST)[:-300], "打不開"),
        (b"PK\x03\x04" + b"\0" * 500, "打不開"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不開"),
        (old_excel(LIST)[:7], "打不開"),
        (b"%PDF-1.7 ...", "PDF"),
        (with_part(xlsx(LIST), "xl/worksheets/sheet1.xml", b"<!DOCTYPE x><worksheet/>"), "打不開"),
        (with_part(xlsx(LIST), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "打不開"),
        (with_part(xlsx(LIST), "xl/styles.xml", b" " * 80_000_001), "解開後太大"),
        (xlsx(LIST, ["A9:B199999"]), "合併的儲存格太多"),
    ],
    ids=[
        "empty", "blank", "no headings", "headings alone", "a column missing", "garbled",
        "no encoding", "a quote not closed", "a quote closed later", "nul", "huge cell",
        "password", "half a zip", "zip without its end", "no zip", "no xls", "half an xls", "pdf",
        "entities", "half a sheet", "bomb", "all merged",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_with_its_cure(data: bytes, says: str) -> None:
    with pytest.raises(AskAgain) as told:
        read(data)

    assert says in told.value.say
    assert "請" in told.value.say


def test_rows_are_numbered_as_excel_shows_them() -> None:
    table = read(csv_text([["名冊"], [], HEAD, ROWS[0], [], ROWS[1]]).encode())

    assert [row.number for row in table.rows] == [4, 6]
    assert table.above == ("名冊",)


def test_a_cell_merged_over_rows_holds_for_each_of_them() -> None:
    rows = [HEAD, ROWS[0], ("林美麗", "", *ROWS[1][2:])]

    table = read(xlsx(rows, ["B2:B3"]))

    assert [row.get("school") for row in table.rows] == ["大直高中", "大直高中"]
    assert any("合併儲存格" in note for note in table.notes)


def test_cells_of_a_page_may_reach_over_rows_and_columns() -> None:
    data = page(LIST).replace(b"<td>\xe5\xa4\xa7", b"<td rowspan=2>\xe5\xa4\xa7")
    data = data.replace("<td>中山女中</td>".encode(), b"")

    assert [row.get("school") for row in read(data).rows] == ["大直高中", "大直高中"]


def test_id_numbers_are_dropped_and_never_stand_in_a_row() -> None:
    rows = [(*HEAD, "身分證字號", "手機", "備註")]
    rows += [(*row, SECRET, "0912345678", "素食") for row in ROWS]
    rows += [(f"陳大文{SECRET}", *ROWS[0][1:], "", "", "")]

    table = read(xlsx(rows))

    assert table.dropped == ("身分證字號", "手機")
    assert table.ignored == ("備註",)
    assert SECRET not in str(table)
    assert "0912345678" not in str(table)


def test_formulas_without_values_signs_of_no_encoding_and_long_cells_are_told_by_row() -> None:
    book = workbook([HEAD, *ROWS, *ROWS, *ROWS])
    sheet = book.active
    sheet["E2"], sheet["A3"], sheet["C4"], sheet["D5"] = "=1+2", "#N/A", "課" * 301, "王\ufffd"

    good, bad = readable(read(saved(book)), COLUMNS)

    assert [line.number for line in bad] == [2, 3, 4, 5]
    assert [row.number for row in good] == [6, 7]
    assert [line.column for line in bad] == ["時數", "姓名", "研習名稱", "日期"]
    assert all("請" in line.why for line in bad)


def test_a_name_in_signs_of_ones_own_making_is_told_by_its_row() -> None:
    data = TEXT.encode("cp950").replace("美".encode("cp950"), b"\xfa\x40")

    good, bad = readable(read(data), COLUMNS)

    assert [row.number for row in good] == [2]
    assert [(line.number, line.column) for line in bad] == [(3, "姓名")]


def test_two_columns_of_one_meaning_and_two_sheets_alike_are_noted() -> None:
    book = workbook([(*HEAD, "教師姓名"), (*ROWS[0], "別人")])
    sheet = book.create_sheet("下學期")
    for row in LIST:
        sheet.append(row)

    table = read(saved(book))

    assert cells(table) == [ROWS[0]]
    assert any("教師姓名" in note for note in table.notes)
    assert any("下學期" in note and "沒有讀取" in note for note in table.notes)


def test_progress_of_a_long_list_is_told() -> None:
    told: list[int] = []

    read_table("list", csv_text([HEAD, *ROWS * 6000]).encode(), COLUMNS, told.append)

    assert told == [4999, 9999, 12000]
