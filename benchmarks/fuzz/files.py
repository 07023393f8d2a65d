"""Good files of every kind that is read, and what becomes of one by a seed."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from random import Random

from openpyxl import Workbook

from benchmarks.fuzz.strange import TEXTS

LARGEST = 2_000_000  # bytes of a broken file, about
HEAD = ("姓名", "服務學校", "研習名稱", "日期", "時數")
ROWS = (
    ("王小明", "大直高中", "酷課OnO線上教室II", "111/7/8", "3"),
    ("林美麗", "中山女中", "酷課雲線上教材製作", "111/7/12", "3"),
    ("=1+1", "學校", "@SUM(A1)", "-3", "+5"),
)
_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % ((98 + n,) + (97 + n,) * 4) for n in range(20)
)
_EDITS: tuple[tuple[bytes, bytes], ...] = (
    (rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>'),
    (rb'r="1"', b'r="1048576"'),
    (rb'r="A1"', b'r="XFD1"'),
    (rb'r="A1"', b'r="ZZZZZ99999999999"'),
    (rb't="[a-zA-Z]*"', b't="d"'),
    (rb"<v>[^<]*</v>", b"<v>99999999</v>"),
    (rb"<v>[^<]*</v>", b"<v>1e400</v>"),
    (rb"<v>[^<]*</v>", b"<f>[1]Other!A1</f>"),
    (rb"<sheetData>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'),
    (rb"<sheetData>", b"<sheetData>" + b"<c " * 200_000),
    (rb"<sheetData>", b"<sheetData>" + b"<row>" * 3_000),
    (rb"<sheetData>", b"<sheetData>" + b"<row><c/></row>" * 20_000),
    (rb"<sheetData>", b"<sheetData><row>" + b'<c t="n"><v>1</v></c>' * 17_000 + b"</row>"),
    (rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="utf-16"?>'),
    (rb"<\?xml[^>]*\?>", _BOMB + b"]>"),
    (rb"Target=\"[^\"]*\"", b'Target="https://127.0.0.1:1/x" TargetMode="External"'),
    (rb"Target=\"[^\"]*\"", b'Target="../../../../etc/passwd"'),
    (rb'sheetId="\d+"', b'sheetId="-1"'),
    (rb'name="[^"]*"', b'name=""'),
    (rb'numFmtId="\d+"', b'numFmtId="14"'),
)


def workbook() -> bytes:
    """A list as an .xlsx."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    sheet.merge_cells("A3:B3")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def old_workbook() -> bytes:
    """A list as an .xls of before 1997, in Big5."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    made = record(0x0009, struct.pack("<HH", 0x0002, 0x0010)) + record(0x0042, b"\xb6\x03")
    for r, row in enumerate((HEAD, *ROWS)):
        for c, cell in enumerate(row):
            text = cell.encode("cp950")
            body = struct.pack("<HH", r, c) + b"\0\0\0" + bytes([len(text)]) + text
            made += record(0x0004, body)
    return made + record(0x000A, b"")


def written_list(between: str = ",") -> str:
    """A list as text."""
    return "\r\n".join(between.join(row) for row in (HEAD, *ROWS)) + "\r\n"


def page() -> str:
    """A list as a web page, as systems of courses call .xls."""
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan=1>{c}</td>" for c in row) + "</tr>" for row in (HEAD, *ROWS)
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def good_files() -> Mapping[str, bytes]:
    """One of each kind."""
    return {
        "xlsx": workbook(),
        "xls": old_workbook(),
        "csv": written_list().encode("utf-8-sig"),
        "big5": written_list("\t").encode("cp950"),
        "utf16": b"\xff\xfe" + written_list().encode("utf-16-le"),
        "page": page().encode(),
        "png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 9, 9, 8, 2, 0, 0, 0),
        "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 30 + b"\xff\xd9",
    }


def mutated(draw: Random, data: bytes) -> bytes:
    """The file with something wrong in it."""
    for _ in range(draw.choice((1, 1, 2, 3))):
        is_book = data.startswith(b"PK") and draw.random() < 0.6
        data = _with_other_part(draw, data) if is_book else draw.choice(_CHANGES)(draw, data)
    return data


def endless(draw: Random) -> Iterator[tuple[str, bytes]]:
    """Broken files without end, with the name of what each was made from."""
    good = good_files()
    while True:
        name = draw.choice(["xlsx", *good])
        yield name, mutated(draw, good[name])


def _with_other_part(draw: Random, data: bytes) -> bytes:
    """A workbook in which one of its parts is other; a broken zip as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:  # noqa: BLE001  it was broken before: that is what we do
        return data
    sheets = [name for name in parts if "sheet" in name]
    name = draw.choice(sheets if sheets and draw.random() < 0.5 else [*parts, "xl/other.xml"])
    pattern, instead = draw.choice(_EDITS)
    text = parts.get(name, b"")
    parts[name] = re.sub(pattern, lambda _: instead, text, count=draw.choice((0, 1)))[:LARGEST]
    if draw.random() < 0.2:
        parts[name] = draw.choice(_CHANGES)(draw, parts[name])
    if draw.random() < 0.1:
        del parts[name]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for kept, text in parts.items():
            new.writestr(kept, text)
    return made.getvalue()


def _flipped(draw: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 3, 30))):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _cut(draw: Random, data: bytes) -> bytes:
    start, end = sorted((draw.randrange(len(data) + 1), draw.randrange(len(data) + 1)))
    return draw.choice((data[:end], data[start:], data[:start] + data[end:]))


def _stuffed(draw: Random, data: bytes) -> bytes:
    place = draw.randrange(len(data) + 1)
    texts = [text[:3_000].encode("utf-8", "surrogatepass") for text in TEXTS[:-1]]
    junk = (b"\0", b'"', b"\xff" * 9, b",", b"\t", b"<td", b"<!--", b"<![CDATA[", b"&#x", b"=1+1")
    piece = draw.choice((*texts, *junk))
    piece *= min(draw.choice((1, 1, 10, 1_000)), 1 + LARGEST // max(1, len(piece)))
    return data[:place] + piece[:LARGEST] + data[place : place + LARGEST]


def _repeated(draw: Random, data: bytes) -> bytes:
    times = draw.choice((2, 50, 5_000))
    return data[: LARGEST // times] * times


def _rewritten(draw: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(draw.choice(("utf-16", "utf-32", "big5", "gb18030", "latin-1")), "replace")


_CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    _flipped, _flipped, _flipped, _cut, _stuffed, _stuffed, _repeated, _rewritten,
)  # fmt: skip
