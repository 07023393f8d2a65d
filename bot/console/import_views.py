"""Lists that are imported: sent in, the report row by row, applied; and what was done before."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import imports as deeds
from bot.console_work.imports import Sent
from bot.errors import AskAgain
from bot.import_kinds import KINDS, Takes
from bot.imports.reading import LARGEST
from bot.imports.report import FATES, Fate
from bot.model.staff_roles import MAY, Right
from bot.store import import_runs
from bot.store.import_tables import RunState

PAGE, LINES = 30, 100
BESIDE = 100_000  # bytes of what goes along with a file
STATES = {RunState.TRIED: "還沒匯入", RunState.APPLIED: "已匯入", RunState.DROPPED: "沒有匯入"}
DONE = {
    "applied": "已匯入。",
    "dropped": "已取消，沒有匯入。",
    "gone": "找不到這份名單：請重新上傳檔案。",
}


class ImportViews:
    """The pages of imports."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """The form to send a list in, and what was imported before."""
        return self._page(colleague)

    def send(self, colleague: Colleague) -> ResponseReturnValue:
        """Read a list and show what it would change."""
        file = request.files.get("file")
        if file is None or not file.filename:
            return self._page(colleague, fault="請選擇檔案。"), 400
        sent = Sent(
            kind=request.form.get("kind", ""),
            file_name=file.filename,
            data=file.stream.read(LARGEST + 1),
            typed=request.form,
        )
        doer = doer_of(self._backstage, colleague)
        try:
            run_id = deeds.try_list(doer, colleague.reader, sent)
        except AskAgain as err:
            return self._page(colleague, fault=err.say), 400
        return to("import_run", run_id=run_id)

    def one(self, colleague: Colleague, run_id: str) -> ResponseReturnValue:
        """What becomes of each row."""
        return self._report(colleague, run_id)

    def apply(self, colleague: Colleague, run_id: str) -> ResponseReturnValue:
        """Apply it."""
        doer = doer_of(self._backstage, colleague)
        partly = bool(request.form.get("partly"))
        try:
            deeds.apply(doer, colleague.reader, run_id, partly=partly)
        except AskAgain as err:
            return self._report(colleague, run_id, fault=err.say)
        return to("import_run", run_id=run_id, done="applied")

    def drop(self, colleague: Colleague, run_id: str) -> ResponseReturnValue:
        """Let it go."""
        done = deeds.drop(doer_of(self._backstage, colleague), run_id)
        return to("imports", done="dropped" if done else "gone")

    def _page(self, colleague: Colleague, fault: str = "") -> str:
        kind = request.values.get("kind", "")
        kind = kind if kind in KINDS else next(iter(KINDS))
        page = page_of(request.args.get("page"))
        with self._backstage.reading() as db:
            found = import_runs.listed(db, colleague.channel_id, page, PAGE)
        return render_template(
            "console/imports.html",
            kinds=KINDS,
            kind=kind,
            typed=request.form,
            takes=Takes,
            editions=colleague.reader.library.editions,
            runs=[(run, _counted(run.counts)) for run in found[:PAGE]],
            states=STATES,
            page=page,
            has_more=len(found) > PAGE,
            fault=fault,
            most=LARGEST // 1_000_000,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def _report(self, colleague: Colleague, run_id: str, fault: str = "") -> ResponseReturnValue:
        with self._backstage.reading() as db:
            run = import_runs.find(db, colleague.channel_id, run_id)
            lines = import_runs.lines_of(db, colleague.channel_id, run_id) if run else []
        if run is None:
            return to("imports", done="gone")
        refused = run.counts.get(Fate.REFUSED.value, 0)
        wanted = request.args.get("fate", Fate.REFUSED.value if refused else "")
        page = page_of(request.args.get("page"))
        chosen = [one for one in lines if not wanted or one[1] == wanted]
        start = page * LINES
        page_shown = render_template(
            "console/import_run.html",
            run=run,
            about=KINDS[run.kind].about if run.kind in KINDS else run.kind,
            state=STATES[run.state],
            fates=[(f, FATES[f], run.counts[f.value]) for f in Fate if f.value in run.counts],
            wanted=wanted,
            lines=[deeds.line_of(one) for one in chosen[start : start + LINES]],
            names=FATES,
            total=sum(run.counts.values()),
            refused=refused,
            is_open=run.state is RunState.TRIED,
            page=page,
            has_more=len(chosen) > start + LINES,
            fault=fault,
            done=DONE.get(request.args.get("done", ""), ""),
        )
        return page_shown, 400 if fault else 200


def add_imports(door: Door, backstage: Backstage) -> None:
    """The pages of imports."""
    views, may = ImportViews(backstage), MAY[Right.KEEP]
    most = LARGEST + BESIDE
    door.add("/imports", "imports", views.listed, roles=may)
    door.add("/imports", "import_list", views.send, roles=may, post=True, most_body=most)
    door.add("/imports/<run_id>", "import_run", views.one, roles=may)
    door.add("/imports/<run_id>/apply", "import_apply", views.apply, roles=may, post=True)
    door.add("/imports/<run_id>/drop", "import_drop", views.drop, roles=may, post=True)


def _counted(counts: dict[str, int]) -> str:
    said = [f"{FATES[fate]} {counts[fate.value]:,}" for fate in Fate if fate.value in counts]
    return "、".join(said) or "沒有資料列"
