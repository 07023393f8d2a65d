"""Files as offices hand them over, whole and broken, made for the test that reads them."""

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]
HEAD = ("姓名", "服務學校", "研習名稱", "日期", "時數")
ROWS = (
    ("王小明", "大直高中", "酷課OnO線上教室II", "111/7/8", "3"),
    ("林美麗", "中山女中", "酷課雲線上教材製作", "111/7/12", "3"),
)
SECRET = "A123456789"


def csv_text(rows: Rows, between: str = ",") -> str:
    return "\r\n".join(between.join(str(cell) for cell in row) for row in rows) + "\r\n"


def workbook(rows: Rows, merged: Sequence[str] = ()) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "名單"
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merged_cells.add(cells)  # no cell is touched: there may be very many
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(rows: Rows, merged: Sequence[str] = ()) -> bytes:
    return saved(workbook(rows, merged))


def page(rows: Rows, charset: str = "utf-8") -> bytes:
    """A web page that is called .xls, as systems of courses export it."""
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    text = (
        f'<html><head><meta charset="{charset}"></head><body><table>{cells}</table></body></html>'
    )
    return text.encode(charset)


def old_excel(rows: Rows) -> bytes:
    """A sheet of an .xls of before 1997, with its texts in Big5."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    made = record(0x0009, struct.pack("<HH", 0x0002, 0x0010)) + record(0x0042, b"\xb6\x03")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            text = str(cell).encode("cp950")
            body = struct.pack("<HH", r, c) + b"\0\0\0" + bytes([len(text)]) + text
            made += record(0x0004, body)
    return made + record(0x000A, b"")


def locked() -> bytes:
    """The beginning of an .xlsx with a password: a folder that names its encrypted part."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
    return head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000


def with_part(data: bytes, name: str, text: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return made.getvalue()
