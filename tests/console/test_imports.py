"""Lists imported in the console: tried first, applied once, nothing of the file kept."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.console.door import TOKEN_FIELD
from bot.console_work.tidying import Tidier
from bot.imports.reading import LARGEST
from bot.model.staff_roles import StaffRole
from bot.store import schools
from bot.store.import_tables import ImportRun, RunState
from tests.console.office import CHANNEL, Browser, OfficeOfTests, words

GOOD = "學校代碼,學校名稱,縣市\n353301,市立大直高中,臺北市\n353302,市立中崙高中,臺北市\n"
BAD = GOOD + "1,<script>壞</script>,臺北市\n"


def send(
    browser: Browser, text: str = GOOD, name: str = "schools.csv", **form: str
) -> TestResponse:
    data = {
        TOKEN_FIELD: browser.token(),
        "kind": "schools",
        "file": (BytesIO(text.encode()), name),
        **form,
    }
    return browser.client.post("/console/imports", data=data, base_url=browser.address)


def path_of(answer: TestResponse) -> str:
    assert answer.status_code == 303, words(answer)
    return answer.location.removeprefix("/console")


def names(office: OfficeOfTests) -> list[str]:
    with office.engine.connect() as db:
        return [school.name for school in schools.all_schools(db, CHANNEL)]


def test_a_list_is_tried_then_applied_and_who_did_it_stays(office: OfficeOfTests) -> None:
    browser = office.signed_in(StaffRole.EDITOR)

    path = path_of(send(browser))
    tried = words(browser.get(path))
    before = names(office)
    browser.post(f"{path}/apply")
    again = browser.post(f"{path}/apply")

    assert "共 2 列" in tried
    assert before == []
    assert names(office) == ["市立大直高中", "市立中崙高中"]
    assert again.status_code == 400
    assert "新增 2" in words(browser.get("/imports"))
    assert [(n.what, n.after["new"]) for n in office.audit()] == [("import.apply", 2)]


def test_a_list_with_a_bad_row_is_not_applied_unless_partly(office: OfficeOfTests) -> None:
    browser = office.signed_in(StaffRole.EDITOR)
    path = path_of(send(browser, BAD))

    page = browser.get(path)
    refused = browser.post(f"{path}/apply")
    before = names(office)
    browser.post(f"{path}/apply", partly="1")

    assert "有問題 1" in words(browser.get("/imports"))
    assert "<script>壞" not in page.get_data(as_text=True)
    assert refused.status_code == 400
    assert before == []
    assert len(names(office)) == 2


def test_a_file_s_path_and_what_names_a_person_are_not_kept(office: OfficeOfTests) -> None:
    browser = office.signed_in(StaffRole.EDITOR)
    text = "學校代碼,學校名稱,身分證字號\n353301,市立大直高中,A123456789\n"

    path = path_of(send(browser, text, "../../etc/<b>A123456789.csv"))

    page = browser.get(path).get_data(as_text=True)
    with office.engine.connect() as db:
        kept = repr(db.execute(select(ImportRun)).all())
    assert "etc" not in page
    assert "<b>" not in page
    assert "A123456789" not in kept + page
    assert "身分證字號" in page  # it is told that it was dropped


def test_a_day_later_the_rows_are_forgotten_and_nothing_can_be_applied(
    office: OfficeOfTests,
) -> None:
    browser = office.signed_in(StaffRole.EDITOR)
    path = path_of(send(browser))
    office.later(days=1, minutes=1)
    browser = office.signed_in(StaffRole.EDITOR)

    late = browser.post(f"{path}/apply")
    send(browser)

    assert late.status_code == 400
    assert names(office) == []
    run_id = path.rpartition("/")[2]
    with office.engine.connect() as db:
        wanted = select(ImportRun.list_read, ImportRun.lines).where(ImportRun.id == run_id)
        assert tuple(db.execute(wanted).one()) == (None, None)
    assert "不再保留" in words(browser.get(path))


def test_the_worker_forgets_the_rows_where_nobody_opens_the_console(lite: OfficeOfTests) -> None:
    path_of(send(lite.signed_in(StaffRole.EDITOR)))
    tidier = Tidier(lite.engine, CHANNEL)
    started = lite.now

    for minutes in (0, 59, 61, 24 * 60):
        at = started + timedelta(minutes=minutes)
        tidier.run(at, at)

    with lite.engine.connect() as db:
        kept = db.execute(select(ImportRun.state, ImportRun.list_read, ImportRun.lines)).one()
    assert tuple(kept) == (RunState.DROPPED, None, None)


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ("亂七八糟", {}, "找不到標題列"),
        (GOOD, {"kind": "nothing"}, "請選擇要匯入哪一種"),
        ("姓名,研習名稱\n王,課\n", {"kind": "completions"}, "請填"),
        ("", {}, "是空的"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page(
    lite: OfficeOfTests, text: str, form: dict[str, str], says: str
) -> None:
    answer = send(lite.signed_in(StaffRole.EDITOR), text, **form)

    assert answer.status_code == 400
    assert says in words(answer)


def test_a_file_that_is_too_large_is_refused(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.EDITOR)
    answer = browser.client.post(
        "/console/imports",
        data=b"x" * (LARGEST + 200_000),
        content_type="multipart/form-data; boundary=b",
        base_url=browser.address,
    )

    assert answer.status_code == 413


def test_every_kind_of_list_has_its_form(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.EDITOR)

    pages = [browser.get(f"/imports?kind={kind}") for kind in ("people", "completions", "x")]

    assert [page.status_code for page in pages] == [200] * 3
    assert "哪一個計畫" in words(pages[1])
