"""Importing a list in the console: read and tried at once, applied when somebody says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.import_kinds import KINDS, Kind, Takes
from bot.import_work import Importer, Prepared, decide
from bot.imports.cells import Wrong, read_day
from bot.imports.reading import read_table
from bot.imports.report import Fate, Line
from bot.imports.table import Row, Table
from bot.store import import_runs
from bot.store.import_runs import Tried
from bot.understand.mask import mask
from bot.understand.reader import Reader
from bot.understand.school_names import SchoolNames

LONGEST_NAME = 80
OVER = "這份名單已經匯入、取消，或超過一天了：請重新上傳檔案。沒有更動。"
NOT_CLEAN = "有問題的列改好之前，整份都沒有匯入。請改好檔案再上傳，或選擇只匯入沒有問題的列。"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent in, of which kind of list, and what was said beside it."""

    kind: str
    file_name: str
    data: bytes
    typed: Mapping[str, str]


def try_list(doer: Doer, reader: Reader, sent: Sent) -> str:
    """Read a list and see what it would change; gives the id under which it waits for a day.

    What is nobody's business was dropped when it was read: of the file itself nothing is kept.

    Raises:
        AskAgain: it cannot be read as a whole, or something beside it is missing.
    """
    kind = _kind(sent.kind)
    options = _options(kind, sent.typed)
    name = _plain_name(sent.file_name)
    table = read_table(name, sent.data, kind.columns)
    prepare = kind.prepare(_importer(doer, reader), _given(kind, options))
    with doer.engine.connect().execution_options(only_reads=True) as db:
        decided = decide(db, table, kind.columns, prepare)
    tried = Tried(
        kind=sent.kind,
        file_name=name,
        options=options,
        by=doer.mail,
        counts=_counts(decided),
        notes=list(decided.report.notes),
    )
    with doer.engine.begin() as db:
        import_runs.tidy(db, doer.channel_id, doer.real_now)
        parts = _plain_table(table), _plain_lines(decided)
        return import_runs.put(db, doer.channel_id, tried, parts, doer.real_now)


def apply(doer: Doer, reader: Reader, run_id: str, *, partly: bool) -> None:
    """Apply a list that was tried, as things stand now; all of it, or nothing.

    Args:
        partly: what is clear is applied although rows are refused.

    Raises:
        AskAgain: it is over, or rows are refused; nothing was changed.
    """
    with doer.engine.begin() as db:
        run = import_runs.find(db, doer.channel_id, run_id)
        plain = import_runs.claim(db, doer.channel_id, run_id, doer.mail, doer.real_now)
        if run is None or plain is None:
            raise AskAgain(OVER)
        kind = _kind(run.kind)
        prepare = kind.prepare(_importer(doer, reader), _given(kind, run.options))
        decided = decide(db, _table(plain), kind.columns, prepare)
        if not decided.report.is_clean and not partly:
            raise AskAgain(NOT_CLEAN)
        decided.apply(db)
        counts = _counts(decided)
        import_runs.keep_result(db, doer.channel_id, run_id, counts, _plain_lines(decided))
        doer.note(db, "import.apply", run_id, {"種類": run.kind, **counts})


def drop(doer: Doer, run_id: str) -> bool:
    """Let a list go that was tried; False where it is none any more."""
    with doer.engine.begin() as db:
        done = import_runs.drop(db, doer.channel_id, run_id, doer.mail, doer.real_now)
        if done:
            doer.note(db, "import.drop", run_id, {"狀態": "取消"})
    return done


def line_of(plain: list[Any]) -> Line:
    """A line of the report as it was kept."""
    number, fate, column, value, why = plain
    return Line(number=number, fate=Fate(fate), column=column, value=value, why=why)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise AskAgain("請選擇要匯入哪一種名單。")
    return KINDS[name]


def _options(kind: Kind, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed for each option of the kind."""
    found = {one.name: typed.get(one.name, "").strip() for one in kind.options}
    for option in kind.options:
        if option.is_needed and not found[option.name]:
            raise AskAgain(f"請填「{option.about}」。")
    return found


def _given(kind: Kind, options: Mapping[str, str]) -> dict[str, Any]:
    """The same as a kind wants it."""
    found: dict[str, Any] = {}
    for option in kind.options:
        text = options.get(option.name, "")
        if option.takes is Takes.FLAG:
            found[option.name] = bool(text)
        elif option.takes is Takes.MANY:
            found[option.name] = [line.strip() for line in text.splitlines() if line.strip()]
        elif option.takes is Takes.DAY:
            found[option.name] = _day(text) if text else None
        else:
            found[option.name] = text
    return found


def _day(text: str) -> date:
    day = read_day(text)
    if isinstance(day, Wrong):
        raise AskAgain(f"日期「{text[:20]}」{day.why}")
    return day


def _importer(doer: Doer, reader: Reader) -> Importer:
    return Importer(
        channel_id=doer.channel_id,
        edition_of=reader.edition,
        now=doer.now,
        look=lambda schools: SchoolNames(schools).look,
        editions=tuple(reader.library.editions),
    )


def _plain_name(name: str) -> str:
    """What a file is called, for people to read: no path, nothing that cannot be seen."""
    last = PurePath(name.replace("\\", "/")).name
    plain = mask("".join(c for c in last if c.isprintable()))
    return plain[:LONGEST_NAME] or "名單"


def _counts(decided: Prepared) -> dict[str, int]:
    counted = {fate.value: decided.report.count(fate) for fate in Fate}
    return {fate: count for fate, count in counted.items() if count}


def _plain_lines(decided: Prepared) -> list[list[Any]]:
    return [
        [one.number, one.fate.value, one.column, one.value, one.why] for one in decided.report.lines
    ]


def _plain_table(table: Table) -> dict[str, Any]:
    return {
        "headings": dict(table.headings),
        "rows": [[row.number, dict(row.cells)] for row in table.rows],
        "above": list(table.above),
        "ignored": list(table.ignored),
        "dropped": list(table.dropped),
        "notes": list(table.notes),
    }


def _table(plain: Mapping[str, Any]) -> Table:
    return Table(
        headings=plain["headings"],
        rows=tuple(Row(number, cells) for number, cells in plain["rows"]),
        above=tuple(plain["above"]),
        ignored=tuple(plain["ignored"]),
        dropped=tuple(plain["dropped"]),
        notes=tuple(plain["notes"]),
    )
