"""A contact's page of uploads: a list is read, shown row by row, and applied once confirmed.

Only rows of the contact's own school are taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.answers.school_lines import UPLOAD_CLOSED
from bot.errors import AskAgain
from bot.import_work import (
    AttendanceOf,
    Carried,
    How,
    Importer,
    Prepare,
    carry_out,
    prepare_completions,
    prepare_people,
)
from bot.imports import attendance, people
from bot.imports.attendance import Asked
from bot.imports.reading import read_table
from bot.imports.report import FATES, Fate, Line
from bot.imports.table import Column, Table
from bot.model.edition import Edition
from bot.model.goals import Subject
from bot.pages.door import Backstage
from bot.pages.own_forms import field
from bot.pages.packed_table import pack, unpack
from bot.pages.school_door import Caller, let_contact_in
from bot.school_reading import stands_of
from bot.store import channel_settings
from bot.understand.school_names import SchoolNames

LARGEST_FILE = 2_000_000  # bytes
MOST_ROWS = 5_000  # of one school: more of them are the office's to import
MOST_SHOWN = 200
ROSTER = "people"  # else the kind is the key of an edition
_NO_FILE = "還沒有選檔案。請先選 .xlsx、.xls 或 CSV 檔，再按「看結果」。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What would become, or became, of a list."""

    carried: Carried
    kind: str
    packed: str = ""  # empty: there is nothing more to do with it

    @property
    def total(self) -> str:
        """共 5 列：新增 3、不變 1、有問題 1."""
        return self.carried.report.total_words()

    @property
    def lines(self) -> Sequence[Line]:
        """The rows that need a look first, then the others."""
        found = sorted(
            self.carried.report.lines, key=lambda o: (o.fate is not Fate.REFUSED, o.number)
        )
        return found[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return max(0, len(self.carried.report.lines) - MOST_SHOWN)

    @property
    def has_news(self) -> bool:
        """Whether applying it would change anything."""
        found = self.carried.report
        return bool(found.count(Fate.NEW) + found.count(Fate.CHANGED))


class ListViews:
    """Uploading a list."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def lists(self, token: str, code: str) -> ResponseReturnValue:
        """The form; sent, what would become of each row; confirmed, what became of it."""
        request.max_content_length = 2 * LARGEST_FILE
        request.max_form_memory_size = 2 * LARGEST_FILE
        caller = let_contact_in(self._backstage, token, code)
        if not self._may(caller):
            page = render_template(
                "pages/school_lists.html",
                guest=caller.guest,
                school=caller.school,
                closed=UPLOAD_CLOSED,
            )
            return page, 200 if request.method == "GET" else 403
        if request.method == "GET":
            return self._page(caller)
        kind = field(request.form, "kind")
        try:
            return self._page(caller, self._done(caller, kind), kind=kind)
        except AskAgain as err:
            return self._page(caller, fault=err.say, kind=kind), 400

    def _may(self, caller: Caller) -> bool:
        """Whether staff leave uploads to the schools."""
        where = (caller.guest.channel_id, channel_settings.CONTACTS_UPLOAD)
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            return channel_settings.is_on(db, *where)

    def _done(self, caller: Caller, kind: str) -> Looked:
        columns, prepare = self._prepared(caller, kind)
        packed = request.form.get("list", "")
        if packed:
            how = How(partly=bool(request.form.get("partly")))
            return Looked(carried=self._carry(unpack(packed), columns, prepare, how), kind=kind)
        table = _sent_table(columns)
        carried = self._carry(table, columns, prepare, How(dry_run=True))
        return Looked(carried=carried, kind=kind, packed=pack(table))

    def _carry(
        self, table: Table, columns: Sequence[Column], prepare: Prepare, how: How
    ) -> Carried:
        return carry_out(self._backstage.engine, table, columns, prepare, how)

    def _prepared(self, caller: Caller, kind: str) -> tuple[Sequence[Column], Prepare]:
        importer = Importer(
            channel_id=caller.guest.channel_id,
            edition_of=caller.guest.reader.edition,
            now=caller.guest.now,
            look=lambda schools: SchoolNames(schools).look,
        )
        if kind == ROSTER:
            return people.COLUMNS, prepare_people(importer, caller.school.code)
        edition = next((e for e in self._editions(caller) if e.key == kind), None)
        if edition is None:
            raise AskAgain("請先選這份名單是名冊，還是哪個計畫的研習完成名單。")
        of = AttendanceOf(edition=edition, asked=Asked(), school_code=caller.school.code)
        return attendance.COLUMNS, prepare_completions(importer, of)

    def _editions(self, caller: Caller) -> list[Edition]:
        """The plans of the school in which teachers complete something."""
        guest, reader = caller.guest, caller.guest.reader
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            where = (db, guest.channel_id, caller.school.code)
            found = [one.edition for one in stands_of(*where, reader.edition, guest.now)]
        return [e for e in found if any(t.subject is Subject.TEACHER for t in e.tracks)]

    def _page(
        self, caller: Caller, looked: Looked | None = None, *, kind: str = ROSTER, fault: str = ""
    ) -> str:
        return render_template(
            "pages/school_lists.html",
            guest=caller.guest,
            school=caller.school,
            editions=self._editions(caller),
            looked=looked,
            kind=kind,
            fates=FATES,
            fault=fault,
        )


def _sent_table(columns: Sequence[Column]) -> Table:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise AskAgain(_NO_FILE)
    data = sent.stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise AskAgain("檔案超過 2 MB，沒有讀取。請刪掉圖片和用不到的工作表，再選一次。")
    table = read_table(sent.filename, data, columns)
    if len(table.rows) > MOST_ROWS:
        raise AskAgain(f"超過 {MOST_ROWS:,} 列，沒有讀取。請分成幾個檔，或請承辦單位匯入。")
    return table
