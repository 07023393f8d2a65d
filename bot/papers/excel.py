"""A filled form as an Excel file: ready to print on A4, sums worked out, shares checked beside.

What somebody typed is always text there: it can become no formula.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.papers.filled import Cell, Check, FilledForm, Formula, Lines, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CJK = "標楷體"
PAGE = 90  # characters across: about what A4 holds
LINE = 17.0  # points
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_ADDRESS = re.compile(r"\{(\d+),(\d+)\}")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def excel_file(form: FilledForm, title: str) -> bytes:
    """The file; `title` names its only sheet."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = sheet_title(title)
    drawing = _Drawing(sheet, form)
    for part in form.parts:
        drawing.put(part)
    drawing.finish()
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def sheet_title(title: str) -> str:
    """A title as Excel takes it for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "Sheet"


class _Drawing:
    """Draws part after part. All tables share the columns of the one that has most of them."""

    def __init__(self, sheet: Worksheet, form: FilledForm) -> None:
        tables = [part for part in form.parts if isinstance(part, Table)]
        main = max(tables, key=lambda table: len(table.widths), default=None)
        self._sheet = sheet
        shares = main.widths if main else (1,)
        self._widths = [PAGE * width / sum(shares) for width in shares]
        self._row = 1
        for at, width in enumerate(self._widths, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width

    @property
    def _last(self) -> int:
        return len(self._widths)

    def put(self, part: Lines | Table) -> None:
        """Draws it below what is there."""
        if isinstance(part, Lines):
            self._put_lines(part)
        else:
            self._put_table(part)

    def finish(self) -> None:
        """Sets up the page for printing."""
        sheet = self._sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_area = f"A1:{get_column_letter(self._last)}{max(1, self._row - 1)}"

    def _put_lines(self, lines: Lines) -> None:
        for text in lines.text:
            cell = self._merged(self._row, 1, (1, self._last))
            size = 14 if lines.is_heading else 11
            write_text(cell, text)
            cell.font = Font(name=CJK, size=size, bold=lines.is_heading)
            cell.alignment = Alignment(
                horizontal="center" if lines.is_centred else "left",
                vertical="center",
                wrap_text=True,
            )
            room = _lines_of(text, sum(self._widths) * 11 / size)
            self._sheet.row_dimensions[self._row].height = LINE * room * size / 11
            self._row += 1

    def _put_table(self, table: Table) -> None:
        edges = _edges(table.widths, self._widths)
        top, taken = self._row, set[tuple[int, int]]()
        for at, cells in enumerate(table.rows):
            place, room = 0, 1
            for cell in cells:
                while (at, place) in taken:
                    place += 1
                for down in range(cell.down):
                    taken.update((at + down, place + over) for over in range(cell.span))
                room = max(room, self._put_cell(cell, (top, at), (place, edges)))
                place += cell.span
            self._sheet.row_dimensions[top + at].height = LINE * room
        for check in table.checks:
            self._put_check(check, top, edges)
        self._row = top + len(table.rows)
        self._sheet.row_dimensions[self._row].height = LINE / 2
        self._row += 1

    def _put_cell(
        self, cell: Cell, where: tuple[int, int], across: tuple[int, Sequence[int]]
    ) -> int:
        """Draws it; gives the lines of room that it takes of its row."""
        (top, at), (place, edges) = where, across
        columns = (edges[place] + 1, edges[place + cell.span])
        drawn = self._merged(top + at, cell.down, columns)
        self._fill(drawn, cell, top, edges)
        for row in range(top + at, top + at + cell.down):
            for column in range(columns[0], columns[1] + 1):
                self._sheet.cell(row, column).border = _FRAME
        width = sum(self._widths[columns[0] - 1 : columns[1]])
        wanted = _lines_of(cell.text, width * (11 / 9 if cell.is_small else 1))
        return max(cell.height, 1 if cell.down > 1 else wanted)

    def _put_check(self, check: Check, top: int, edges: Sequence[int]) -> None:
        column = self._last + 1 + check.column
        drawn = self._merged(top + check.row, 1, (column, column))
        self._fill(drawn, check.cell, top, edges)
        self._sheet.column_dimensions[get_column_letter(column)].width = 8 if check.column else 26
        if check.choices:
            drawn.border = _FRAME
            allowed = DataValidation(type="list", formula1=f'"{",".join(check.choices)}"')
            allowed.error = f"請填{'或'.join(check.choices)}。"
            self._sheet.add_data_validation(allowed)
            allowed.add(drawn)

    def _fill(self, drawn: ExcelCell, cell: Cell, top: int, edges: Sequence[int]) -> None:
        if cell.formula:
            drawn.value = "=" + self._addressed(cell.formula, top, edges)
            drawn.number_format = "#,##0"
        elif cell.number is not None:
            drawn.value = int(cell.number) if cell.number == int(cell.number) else cell.number
            drawn.number_format = "#,##0"
        else:
            write_text(drawn, cell.text)
        drawn.font = Font(name=CJK, size=9 if cell.is_small else 11, bold=cell.is_label)
        centred = cell.is_centred or cell.is_label
        drawn.alignment = Alignment(
            horizontal="center" if centred else None, vertical="center", wrap_text=True
        )
        if cell.is_label:
            drawn.fill = _SHADE

    def _addressed(self, formula: Formula, top: int, edges: Sequence[int]) -> str:
        """A formula with the addresses of this sheet in it."""

        def address(found: re.Match[str]) -> str:
            row, column = int(found[1]), int(found[2])
            beyond = column - (len(edges) - 1)
            at = self._last + 1 + beyond if beyond >= 0 else edges[column] + 1
            return f"${get_column_letter(at)}${top + row}"

        return _ADDRESS.sub(address, formula.text)

    def _merged(self, row: int, down: int, columns: tuple[int, int]) -> ExcelCell:
        first, last = columns
        if first != last or down > 1:
            self._sheet.merge_cells(
                start_row=row, end_row=row + down - 1, start_column=first, end_column=last
            )
        drawn = self._sheet.cell(row, first)
        if not isinstance(drawn, ExcelCell):
            raise TypeError("cells overlap")
        return drawn


def write_text(drawn: ExcelCell, text: str) -> None:
    """Text as text: what begins as a formula does is marked as typed text, as Excel itself does."""
    if not text:
        return
    drawn.value = text
    drawn.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        drawn.quotePrefix = True


def _edges(widths: Sequence[int], main: Sequence[float]) -> list[int]:
    """After which main column each column of a table ends, the left edge first.

    Each column gets at least one, where there are enough.
    """
    if len(widths) == len(main):
        return list(range(len(main) + 1))
    ends = [end / sum(main) for end in accumulate(main)]
    wanted = [end / sum(widths) for end in accumulate(widths)]
    edges = [0]
    for at, end in enumerate(wanted[:-1]):
        first, last = edges[-1] + 1, len(main) - (len(widths) - at - 1)
        edges.append(min(range(first, last + 1), key=lambda i: abs(ends[i - 1] - end)))
    return [*edges, len(main)]


def _lines_of(text: str, width: float) -> int:
    """How many lines a text takes in so many characters; a 中文 one is two wide."""
    lines = 0
    for line in text.split("\n"):
        wide = sum(1 if c.isascii() else 2 for c in line)
        lines += max(1, -(-wide // max(2, int(width) - 1)))
    return lines
