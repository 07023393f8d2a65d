"""Paragraphs of plain-text documents, as far as a text that came out of a PDF still has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A numbered line begins a paragraph; other lines go on with the one before.
_BEGINS = re.compile(
    r"\s*(?:[壹貳參肆伍陸柒捌玖拾]+、|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d{1,2}[.、]|[A-Z][.、]|附件|表\s*\d|※|[•●◆■])"
)
LONGEST = 400  # characters; a longer one is cut, so that a table is not one paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, and the title of its document."""

    document: str
    text: str


def paragraphs_in(folder: Path) -> list[Paragraph]:
    """Every paragraph of the `.txt` and `.md` files of a folder, in their order."""
    files = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md"))
    return [p for file in files for p in _of(file.read_text(encoding="utf-8"))]


def _of(text: str) -> Iterator[Paragraph]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = lines[0] if lines else ""
    gathered = ""
    for line in lines:
        if gathered and (_BEGINS.match(line) or len(gathered) + len(line) > LONGEST):
            yield Paragraph(title, gathered)
            gathered = ""
        gathered += line
    if gathered:
        yield Paragraph(title, gathered)
