"""The pages of forms: what may be typed, what is said to be left for paper, and the file."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from bot.links import Purpose
from bot.model.form_layout import FileKind
from tests.pages.looking import complaints_of, is_within_its_width
from tests.pages.stage import TEACHER, Stage, words
from tests.papers.read_back import all_text, sheet_of
from tests.understand.plans import real_reader

REGISTRATION = "forms/cooc-teacher/111/form-registration"
FORMS = [
    (edition, form)
    for edition in real_reader().library.editions
    for form in edition.forms
    if form.layout
]
SECRET = "A123456789"


@pytest.fixture
def real(sqlite_url: str) -> Iterator[Stage]:
    stage = Stage(sqlite_url, real_reader())
    yield stage
    stage.house.close()


def own(stage: Stage, path: str) -> str:
    token = stage.links.token("default", TEACHER, Purpose.OWN, stage.now)
    return f"/p/{token}/{path}"


def get(stage: Stage, path: str) -> TestResponse:
    return stage.client().get(own(stage, path))


def post(stage: Stage, path: str, **typed: str | list[str]) -> TestResponse:
    return stage.client().post(own(stage, path), data=typed)


def test_every_form_of_every_plan_is_listed_and_a_plan_without_any_says_so(real: Stage) -> None:
    said = words(get(real, "forms"))

    assert all(form.title in said for _, form in FORMS)
    assert "這份計畫沒有要填的附件表件" in said
    assert "這一項沒有可以下載的檔案" in said


@pytest.mark.parametrize(
    ("edition", "form"), FORMS, ids=lambda x: getattr(x, "id", x.plan if hasattr(x, "plan") else x)
)
def test_each_page_says_who_signs_and_gives_a_file_that_opens(real: Stage, edition, form) -> None:
    path = f"forms/{edition.key}/{form.id}"

    page = get(real, path)
    file = post(real, path, school="測試國小")

    said = words(page)
    assert page.status_code == 200
    assert all(signer in said for signer in form.signatures)
    kind = "Excel" if form.layout.file is FileKind.EXCEL else "Word"
    assert f"下載 {kind} 檔" in said
    if "school" in form.layout.fillings:
        assert "測試國小" in all_text(file.data)
    assert all_text(file.data)


def test_the_file_has_a_name_that_people_can_read(real: Stage) -> None:
    file = post(real, REGISTRATION, name="王小明")

    assert file.mimetype.endswith("wordprocessingml.document")
    disposition = file.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    name = unquote(disposition.partition("filename*=UTF-8''")[2])
    assert name == "臺北111酷課師認證_附件2教師薦派報名表.docx"
    assert file.headers["Cache-Control"] == "no-store"


def test_what_is_typed_stands_in_the_file(real: Stage) -> None:
    file = post(
        real,
        REGISTRATION,
        name="王小明",
        school="臺北市立測試高中",
        qualified=["weekly-use", "special-lecturer"],
    )

    cells = [c.text for t in Document(BytesIO(file.data)).tables for r in t.rows for c in r.cells]
    assert "王小明" in cells
    assert "臺北市立測試高中" in cells
    ticks = next(c for c in cells if "■" in c)
    assert [line[0] for line in ticks.splitlines()] == ["□", "■", "■"]
    assert "茲同意本校教師王小明報名參與" in all_text(file.data)


def test_the_blank_file_holds_nothing_of_anybody(real: Stage) -> None:
    file = get(real, f"{REGISTRATION}/blank")

    assert file.status_code == 200
    assert "茲同意本校教師______報名參與" in all_text(file.data)


@pytest.mark.parametrize(
    "typed", [SECRET, "Ａ１２３４５６７８９", "a 1234 56789", "王小明A223456789"]
)
def test_an_id_number_is_refused_and_not_shown_again(real: Stage, typed: str) -> None:
    page = post(real, REGISTRATION, name=typed, school="測試國小")

    assert page.status_code == 400
    assert "身分證字號請在紙本上自己填" in words(page)
    assert typed not in page.get_data(as_text=True)
    assert "測試國小" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("school", "校" * 101, "最多100字，現在有101字"),
        ("courses", "\n".join(["課"] * 31), "最多30行，現在有31行"),
    ],
)
def test_what_is_too_long_is_said_beside_its_field(
    real: Stage, field: str, typed: str, says: str
) -> None:
    page = post(real, "forms/cooc-teacher/111/form-nomination", **{field: typed})

    assert page.status_code == 400
    assert says in words(page)


def test_a_value_that_no_form_offers_is_not_ticked(real: Stage) -> None:
    file = post(real, REGISTRATION, qualified=["anything", "basic-hours"])

    assert all_text(file.data).count("■") == 1


def test_what_is_typed_is_kept_nowhere(real: Stage) -> None:
    post(real, REGISTRATION, name="很特別的名字")

    with real.engine.connect() as db:
        tables = db.exec_driver_sql("select name from sqlite_master where type='table'").scalars()
        rows = [db.exec_driver_sql(f'select * from "{t}"').all() for t in tables.all()]
    assert "很特別的名字" not in str(rows)


@pytest.mark.parametrize(
    "path",
    [
        "forms/cooc-teacher/199",
        "forms/nothing/111",
        "forms/cooc-teacher/111/nothing",
        "forms/portfolio/108/consult-form/blank",
    ],
)
def test_what_is_not_there_is_said(real: Stage, path: str) -> None:
    page = get(real, path)

    assert page.status_code == 404
    assert "輸入「表單」" in words(page)


def test_a_form_without_a_file_says_why(real: Stage) -> None:
    said = words(get(real, "forms/portfolio/108/consult-form"))

    assert "這一項沒有可以下載的檔案：它不是附在計畫後面的表件" in said
    assert "下載 Word" not in said


def test_a_link_that_is_over_says_how_to_get_another(real: Stage) -> None:
    address = own(real, REGISTRATION)
    real.later(hours=1)

    page = real.client().get(address)

    assert page.status_code == 403
    assert "請回到 LINE 輸入「表單」" in words(page)
    assert "承辦" not in words(page)


def test_staffs_link_opens_no_pages_of_ones_own(real: Stage) -> None:
    token = real.links.token("default", TEACHER, Purpose.STAFF, real.now)

    assert real.client().get(f"/p/{token}/forms").status_code == 403


def test_on_a_phone_a_form_is_filled_in_and_downloaded(real: Stage, phone_page: Page) -> None:
    complaints = complaints_of(phone_page)
    with real.served() as url:
        phone_page.goto(url + own(real, "forms"))
        assert is_within_its_width(phone_page)
        phone_page.get_by_text("附件4 經費明細表").click()
        phone_page.get_by_label("學校全銜").fill("高雄市立測試國中")
        phone_page.get_by_label("組別").select_option("A")
        expect(phone_page.get_by_text("會計主任")).to_be_visible()
        assert is_within_its_width(phone_page)
        with phone_page.expect_download() as downloading:
            phone_page.get_by_role("button", name="下載 Excel 檔").click()
        download = downloading.value
        assert download.suggested_filename == "高雄112數位學習專業社群_附件4經費明細表.xlsx"
        sheet = sheet_of(Path(download.path()).read_bytes())

    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "高雄市立測試國中數位學習專業社群經費明細表" in values
    assert complaints == []
