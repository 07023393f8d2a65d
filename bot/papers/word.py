"""A filled form as a Word file: A4, framed tables, the type that offices use."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph

from bot.papers.filled import Cell, FilledForm, Lines, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# 標楷體 is what offices write in; where it is missing, Word takes another 中文 face by itself.
CJK, LATIN = "標楷體", "Times New Roman"
HEADING, BODY, SMALL = Pt(16), Pt(12), Pt(10)
MARGIN, PAPER = Cm(2), (Cm(21), Cm(29.7))
LINE = Cm(0.62)


def word_file(form: FilledForm, title: str) -> bytes:
    """The file; `title` is what its properties call it."""
    document = Document()
    _set_up(document, title)
    for part in form.parts:
        if isinstance(part, Lines):
            _write_lines(document, part)
        else:
            _draw(document, part)
            _small_gap(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _set_up(document: WordDocument, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAPER
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CJK)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _write_lines(document: WordDocument, lines: Lines) -> None:
    for text in lines.text:
        paragraph = document.add_paragraph()
        if lines.is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        if lines.is_heading:
            run.bold, run.font.size = True, HEADING
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.paragraph_format.space_after = Pt(3)


def _small_gap(document: WordDocument) -> None:
    """Tables that follow each other would else grow together."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.add_run("").font.size = Pt(4)


def _draw(document: WordDocument, table: Table) -> None:
    drawn = document.add_table(rows=len(table.rows), cols=len(table.widths))
    drawn.style = "Table Grid"
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    unit = (PAPER[0] - 2 * MARGIN) / sum(table.widths)
    widths = [int(width * unit) for width in table.widths]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    taken: set[tuple[int, int]] = set()
    for at, cells in enumerate(table.rows):
        _draw_row(drawn, at, cells, taken)
        for place, cell in enumerate(drawn.rows[at].cells):
            cell.width = widths[place]


def _draw_row(
    drawn: WordTable, at: int, cells: tuple[Cell, ...], taken: set[tuple[int, int]]
) -> None:
    row, place = drawn.rows[at], 0
    # A row stays on one page: half a checkbox list on the next is hard to read.
    row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
    for cell in cells:
        while (at, place) in taken:
            place += 1
        first = drawn.cell(at, place)
        if cell.span > 1 or cell.down > 1:
            first = first.merge(drawn.cell(at + cell.down - 1, place + cell.span - 1))
        for down in range(cell.down):
            taken.update((at + down, place + over) for over in range(cell.span))
        _write(first, cell)
        place += cell.span
    room = max((cell.height for cell in cells), default=1)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = Length(LINE * room)


def _write(drawn: WordCell, cell: Cell) -> None:
    paragraph: Paragraph = drawn.paragraphs[0]
    for at, text in enumerate(_text_of(cell).split("\n")):
        if at:
            paragraph = drawn.add_paragraph()
        if cell.is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold = cell.is_label
        if cell.is_small:
            run.font.size = SMALL


def _text_of(cell: Cell) -> str:
    return cell.text or ("" if cell.number is None else f"{cell.number}")
