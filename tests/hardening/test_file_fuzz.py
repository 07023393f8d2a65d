"""Broken and hostile files, by every way in: they are read, or a sentence says what to do."""

import io
import resource
import zipfile

import pytest

from benchmarks.fuzz.files import workbook
from benchmarks.fuzz.reading import WAYS, measured_files
from bot.errors import AskAgain
from bot.imports.page_tags import Tag, tags_and_words

FILES = 60
# A sentence that says what to do holds one of these.
CURES = ("請", "再")


def with_part(name: str, text: bytes, data: bytes | None = None) -> bytes:
    """A workbook with one more part, or another one in its place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return made.getvalue()


def said(way: str, data: bytes) -> str:
    with pytest.raises(AskAgain) as told:
        WAYS[way](data)
    return told.value.say


@pytest.mark.parametrize("seed", [1, 2])
def test_a_broken_file_is_read_or_answered_with_what_to_do(seed: int) -> None:
    found = measured_files(FILES, seed)

    assert found.raised == {}
    assert found.ends.total() == FILES * len(WAYS)
    assert len(found.said) > 5
    assert [say for say in found.said if not any(word in say for word in CURES)] == []


@pytest.mark.parametrize("way", ["list", "sheet"])
@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/other.bin", "xl/media/film.mp4"],
)
def test_a_part_that_unpacks_to_very_much_is_not_unpacked(way: str, part: str) -> None:
    bomb = with_part(part, b" " * 90_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "解開後太大" in said(way, bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


def test_a_picture_that_claims_to_unpack_to_very_much_is_not_unpacked() -> None:
    assert "解開後太大" in said("sheet", with_part("xl/media/image1.png", b"\0" * 90_000_000))


@pytest.mark.parametrize("way", ["list", "sheet"])
@pytest.mark.parametrize(
    "text",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?><x/>',
    ],
    ids=["entities", "wide", "code page"],
)
def test_a_part_that_declares_entities_or_could_hide_them_is_refused(way: str, text: bytes) -> None:
    assert "打不開" in said(way, with_part("xl/styles.xml", text))


@pytest.mark.parametrize("way", ["list", "sheet"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "text",
    [b"<a b=>", b"<a></b>", b"<a/><a/>", b"<a>\xff</a>"],
    ids=["a value", "an end", "two roots", "a byte"],
)
def test_a_part_that_is_no_xml_is_told_whichever_parser_meets_it(
    way: str, part: str, text: bytes
) -> None:
    assert "打不開" in said(way, with_part(part, text))


def test_a_heading_of_nothing_but_brackets_is_read_once() -> None:
    headings = ("姓名" + "(" * 30_000, "（" * 30_000, "時數")

    assert WAYS["list"]((",".join(headings) + "\r\n王小明,大直高中,3\r\n").encode())


def test_a_sheet_that_says_its_second_row_is_the_millionth_is_read_like_a_short_one() -> None:
    rows = b'<sheetData><row r="1"/><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    data = with_part("xl/worksheets/sheet1.xml", sheet + rows + b"</worksheet>")

    assert "超過" in said("sheet", data)
    assert "標題列" in said("list", data)


def test_a_page_of_nothing_but_beginnings_is_read_once() -> None:
    steps = [
        list(tags_and_words(begins * 50_000)) for begins in ("<!--", "<td ", "</", "<a<", "<!")
    ]

    assert [len(found) <= 1 for found in steps] == [True] * 5


def test_tags_keep_their_spans_and_comments_and_scripts_are_no_words() -> None:
    page = '<!-- <td>x</td> --><SCRIPT>"<td>"</SCRIPT><td ROWSPAN = "2" colspan=3>甲&amp;乙</td>'

    found = list(tags_and_words(page))

    assert Tag("td", False, {"rowspan": "2", "colspan": "3"}) in found
    assert [one for one in found if isinstance(one, str)] == ["甲&乙"]
