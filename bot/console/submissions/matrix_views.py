"""Schools × what they owe: all editions at a glance, one edition as a table, and as a file."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from bot.answers.collecting_lines import STANDINGS
from bot.collecting.standing import Seen, Sieve, editions_taken, seen
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.submissions.asked import filter_of, wanted_of
from bot.console.submissions.shown import percent
from bot.later import later
from bot.model.edition import Edition
from bot.model.schools import Level
from bot.model.staff_roles import MAY, Right
from bot.model.submission import Standing
from bot.rules.matrix import Count, added
from bot.store import schools

if TYPE_CHECKING:
    from bot.papers import matrix_file
else:
    matrix_file = later("bot.papers.matrix_file")

SIZE = 50  # schools on a page


class MatrixViews:
    """The pages over all schools."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def every(self, colleague: Colleague) -> ResponseReturnValue:
        """Every edition that schools take part in: how complete, how much of it on time."""
        wanted = wanted_of(request.args)
        with self._backstage.reading() as db:
            listed = {s.code: s for s in schools.all_schools(db, colleague.channel_id)}
            found = [
                seen(db, (colleague.channel_id, edition), listed, wanted, colleague.now)
                for edition in editions_taken(db, colleague.channel_id, colleague.reader.edition)
            ]
        names = sorted({name for one in found for name in one.districts})
        rows = [(name, [one.districts.get(name) for one in found]) for name in names]
        return render_template(
            "console/submissions/every.html",
            found=found,
            districts=rows,
            total=added([one.total for one in found]),
            colleague=colleague,
            **self._filter(wanted, sorted({s.district for s in listed.values() if s.district})),
        )

    def edition(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """The schools of an edition with all that they owe."""
        wanted = wanted_of(request.args)
        shown = self._seen(colleague, f"{plan}/{edition}", wanted)
        if shown is None:
            return to("submissions")
        found, districts = shown
        page = max(0, request.args.get("page", 0, type=int))
        return render_template(
            "console/submissions/edition.html",
            found=found,
            rows=found.rows[page * SIZE : (page + 1) * SIZE],
            sums=[(column, found.of_column(column)) for column in found.columns],
            page=page,
            has_more=len(found.rows) > (page + 1) * SIZE,
            colleague=colleague,
            may_keep=colleague.role in MAY[Right.KEEP],
            **self._filter(wanted, districts),
        )

    def file(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """The same as an Excel file, all pages of it."""
        shown = self._seen(colleague, f"{plan}/{edition}", wanted_of(request.args))
        if shown is None:
            return to("submissions")
        found, _ = shown
        name = f"{found.edition.about.short}_繳交_{colleague.today:%Y%m%d}.xlsx"
        return send_file(
            BytesIO(matrix_file.matrix_file(_sheet(found))),
            mimetype=matrix_file.MEDIA_TYPE,
            as_attachment=True,
            download_name=name,
        )

    def _seen(self, colleague: Colleague, key: str, wanted: Sieve) -> tuple[Seen, list[str]] | None:
        edition: Edition | None = colleague.reader.edition(key)
        if edition is None:
            return None
        with self._backstage.reading() as db:
            listed = {s.code: s for s in schools.all_schools(db, colleague.channel_id)}
            found = seen(db, (colleague.channel_id, edition), listed, wanted, colleague.now)
        return found, sorted({s.district for s in listed.values() if s.district})

    def _filter(self, wanted: Sieve, districts: list[str]) -> dict[str, object]:
        return {
            "wanted": wanted,
            "query": filter_of(wanted),
            "all_districts": districts,
            "levels": Level,
            "standings": STANDINGS,
            "percent": percent,
        }


def add_matrix(door: Door, backstage: Backstage) -> None:
    """The pages over all schools."""
    views, roles = MatrixViews(backstage), MAY[Right.SEE]
    door.add("/submissions", "submissions", views.every, roles=roles)
    one = "/submissions/<plan>/<edition>"
    door.add(one, "submissions_of", views.edition, roles=roles)
    door.add(f"{one}/file", "submissions_file", views.file, roles=roles)


def _sheet(found: Seen) -> "matrix_file.MatrixSheet":
    rows = []
    for one in found.rows:
        school = one.school
        numbers = [_numbers(one.row.cells.get(column.id)) for column in found.columns]
        names = (school.code, school.name, school.district, school.level.words)
        counted = [n for some in numbers for n in some]
        rows.append(matrix_file.SheetRow(names, counted, _rates(one.row.total)))
    columns = [
        matrix_file.SheetColumn(f"{column.title}（{column.unit}）", STANDINGS[standing])
        for column in found.columns
        for standing in Standing
    ]
    return matrix_file.MatrixSheet(
        title=found.edition.about.short,
        heads=("學校代碼", "學校", "行政區", "學制"),
        columns=columns,
        rates=("完成率", "繳交率", "準時率"),
        rows=rows,
    )


def _numbers(count: Count | None) -> list[int | None]:
    """How many stand where; nothing where the school does not owe it."""
    return [count.of(standing) if count else None for standing in Standing]


def _rates(count: Count) -> list[float | None]:
    return [
        None if share is None else float(share)
        for share in (count.complete, count.handed_in, count.on_time)
    ]
