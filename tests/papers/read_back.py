"""A file that was made, opened again as Word and Excel would: what stands in it."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def all_text(content: bytes) -> str:
    """Everything that stands in a Word or Excel file, a line for each paragraph or cell."""
    if b"word/document.xml" in content:
        return "\n".join(_of_word(content))
    return "\n".join(str(c.value) for row in sheet_of(content).iter_rows() for c in row if c.value)


def sheet_of(content: bytes) -> Worksheet:
    """The only sheet of an Excel file."""
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def plainly(text: str) -> str:
    """A text without width, blanks and punctuation: as labels are compared."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def _of_word(content: bytes) -> Iterator[str]:
    document = Document(BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        seen = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield cell.text
