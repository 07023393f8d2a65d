"""A form of an edition as a file: Word or Excel, with what is known filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.form_lines import called, why_no_paper
from bot.errors import BotError
from bot.later import later
from bot.model.edition import OF_NO_YEAR, Edition
from bot.model.entries import Form
from bot.model.form_layout import FileKind
from bot.papers.fill import filled, still_blank
from bot.papers.filled import Blank
from bot.papers.known import Known

if TYPE_CHECKING:
    from bot.papers import excel, word
else:
    excel, word = later("bot.papers.excel"), later("bot.papers.word")

_ENDINGS = {FileKind.WORD: "docx", FileKind.EXCEL: "xlsx"}


class NoPaper(BotError):
    """There is no file of a form; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes


def make_form(edition: Edition, form: Form, known: Known) -> Paper:
    """The file of a form; nothing of what is known is kept.

    Args:
        known: by the names of FILLINGS; the plan and year are the edition's own.

    Raises:
        NoPaper: the edition has no layout of it, or nobody has confirmed it yet.
        ValueError: `known` names what no form asks for, or holds an ID number.
    """
    if form.layout is None or why_no_paper(form):
        raise NoPaper(why_no_paper(form))
    amounts = {amount.id: amount for amount in edition.amounts}
    made = filled(form.layout, _with_plan(edition, known), form.signatures, amounts)
    kind = form.layout.file
    title = called(form)
    content = (
        word.word_file(made, title) if kind is FileKind.WORD else excel.excel_file(made, title)
    )
    return Paper(
        name=f"{edition.about.short}_{title}.{_ENDINGS[kind]}",
        media_type=word.MEDIA_TYPE if kind is FileKind.WORD else excel.MEDIA_TYPE,
        content=content,
    )


def blanks_of(edition: Edition, form: Form, known: Known) -> Sequence[Blank]:
    """What is still to be filled in on this form, and who signs it; empty where it has no file."""
    if form.layout is None:
        return ()
    return still_blank(form.layout, _with_plan(edition, known), form.signatures)


def _with_plan(edition: Edition, known: Known) -> Known:
    about = edition.about
    year = "" if about.year_kind == OF_NO_YEAR else f"{about.year}{about.year_kind}"
    return {**known, "plan": about.title, "year": year}
