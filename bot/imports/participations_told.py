"""What becomes of the rows of a list of schools that take part, as people are told it."""

from collections.abc import Mapping

from bot.imports.participations import COLUMNS, ParticipationsRead
from bot.imports.report import Fate, Report, line, report
from bot.imports.table import Table
from bot.model.participation import Participation, Whose


def told(
    table: Table,
    read: ParticipationsRead,
    before: Mapping[Whose, Participation],
    names: Mapping[str, str],
) -> tuple[Report, list[Participation]]:
    """What becomes of each row, and the participations that are new or become other.

    Args:
        before: how the schools take part now.
        names: of schools by their codes, and of editions by their keys.
    """
    faults = {fault.number: fault for fault in read.faults}
    wrong = {read.rows[number] for number in faults if number in read.rows}
    takings = {one.whose: one for one in read.takings if one.whose not in wrong}
    fates = {whose: _fate(one, before.get(whose)) for whose, one in takings.items()}
    lines = []
    for row in table.rows:
        if fault := faults.get(row.number):
            column = next(one for one in COLUMNS if one.title == fault.column)
            lines.append(line(row, Fate.REFUSED, fault.why, (column.id, column.title)))
        elif (whose := read.rows[row.number]) in wrong:
            why = f"{names[whose.school_code]}有別的列有問題，這所學校整筆沒有匯入。"
            lines.append(line(row, Fate.SKIPPED, why))
        else:
            said = f"{names[whose.school_code]}，{names[whose.edition_key]}"
            lines.append(line(row, fates[whose], said))
    new = [one for whose, one in takings.items() if fates[whose] is not Fate.UNCHANGED]
    return report(lines), new


def _fate(taking: Participation, before: Participation | None) -> Fate:
    if before is None:
        return Fate.NEW
    is_same = taking.facets == before.facets and taking.units == before.units
    return Fate.UNCHANGED if is_same else Fate.CHANGED
