"""The pages of the checks: typed in, added to, sent as a file; on a phone, and kept nowhere."""

import io
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import inspect, select, table, text
from werkzeug.test import TestResponse

from bot.links import Purpose
from bot.papers.opened import LARGEST
from tests.pages.stage import TEACHER, Stage, words
from tests.papers.sheets import official
from tests.understand.plans import real_reader

PLAN = "checks/digital-community/112"
SEPTEMBER = datetime.fromisoformat("2023-09-01T09:00+08:00")


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """The real plans: their checks are what is tried here."""
    stage = Stage(sqlite_url, real_reader(), SEPTEMBER)
    yield stage
    stage.house.close()


def own(stage: Stage) -> str:
    return stage.links.token("default", TEACHER, Purpose.OWN, stage.now)


def get(stage: Stage, path: str) -> TestResponse:
    return stage.client().get(f"/p/{own(stage)}/{path}")


def post(stage: Stage, path: str, **form: object) -> TestResponse:
    return stage.client().post(f"/p/{own(stage)}/{path}", data=form)


def sent(stage: Stage, content: bytes, path: str = "budget", **form: str) -> TestResponse:
    """A form with a file, written out here: the test client would leave a large one open."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in form.items()
    ]
    parts.append('--x\r\nContent-Disposition: form-data; name="sheet"; filename="x.xlsx"\r\n\r\n')
    body = "\r\n".join(parts).encode() + content + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return stage.client().post(f"/p/{own(stage)}/{PLAN}/{path}/file", data=body, content_type=kind)


def test_a_link_of_staff_or_one_that_is_over_opens_no_check(stage: Stage) -> None:
    over = own(stage)
    staff = stage.links.token("default", TEACHER, Purpose.STAFF, stage.now)
    stage.later(hours=2)

    for token in (over, staff):
        page = stage.client().get(f"/p/{token}/{PLAN}/budget")
        assert page.status_code == 403
        assert "檢查經費表" in words(page)
        assert "待答問題" not in words(page)


@pytest.mark.parametrize(
    "path",
    ["checks/none/112/budget", "checks/portfolio/108/budget", "checks/mobile-learning/107/budget"],
)
def test_a_plan_without_this_check_has_no_page(stage: Stage, path: str) -> None:
    assert get(stage, path).status_code == 404


def test_everything_that_can_be_checked_is_listed_by_plan(stage: Stage) -> None:
    page = words(get(stage, "checks"))

    assert "社群活動計畫檢查" in page
    assert "經費明細表檢查" in page
    assert "學校經費試算" in page


def test_what_was_typed_stays_and_findings_lead_to_their_cells(stage: Stage) -> None:
    page = post(
        stage, f"{PLAN}/budget", group="A", **{"price-print": "<b>一百", "total-print": "5"}
    )
    html = page.get_data(as_text=True)

    assert 'value="&lt;b&gt;一百"' in html
    assert '<option value="A" selected>' in html
    led = set(re.findall(r'href="#([^"]+)"', html))
    assert "price-print" in led
    assert led <= set(re.findall(r' id="([^"]+)"', html))


def test_every_finding_of_a_plan_leads_to_a_cell_that_is_there(stage: Stage) -> None:
    form = {"rows": "3", "day-2": "112/9/31", "ways-3": "open", "note-3": "待聘"}
    html = post(stage, f"{PLAN}/activities", group="B", **form).get_data(as_text=True)

    led = set(re.findall(r'href="#([^"]+)"', html))
    assert {"day-2", "content-2", "ways-2", "note-3"} <= led
    assert led <= set(re.findall(r' id="([^"]+)"', html))


def test_without_a_group_nothing_is_judged_and_nothing_lost(stage: Stage) -> None:
    page = post(stage, f"{PLAN}/budget", **{"price-print": "77"})

    assert page.status_code == 400
    assert "請先選組別" in words(page)
    assert 'value="77"' in page.get_data(as_text=True)
    assert "怎麼改" not in words(page)


def test_rows_are_added_with_what_was_typed_kept_up_to_a_bound(stage: Stage) -> None:
    page = post(stage, f"{PLAN}/activities", do="add", rows="6", **{"content-6": "成果"})
    many = post(stage, f"{PLAN}/activities", do="add", rows="999999")

    assert "第8次" in words(page)
    assert 'value="成果"' in page.get_data(as_text=True)
    assert "第40次" in words(many)
    assert "第41次" not in words(many)


def test_hours_that_cannot_be_read_are_told_beside_their_field(stage: Stage) -> None:
    assert "看不懂這個時間" in words(post(stage, f"{PLAN}/budget", group="A", hours="中午"))
    assert "看不懂" not in words(post(stage, f"{PLAN}/budget", group="A", hours="10:00-12:30"))


def test_a_file_is_read_into_the_form_and_judged(stage: Stage) -> None:
    page = sent(stage, official(), group="A")

    assert page.status_code == 200
    assert "沒有發現要改的地方" in words(page)
    assert 'id="total-fee-out" name="total-fee-out" value="4000"' in page.get_data(as_text=True)


def test_a_blank_sheet_comes_as_a_file_that_can_be_sent_back(stage: Stage) -> None:
    for path in ("budget", "activities"):
        blank = get(stage, f"{PLAN}/{path}/blank.xlsx")
        assert "attachment" in blank.headers["Content-Disposition"]
        assert sent(stage, blank.data, path, group="A").status_code == 200


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"not a sheet", 400, "不是 Excel"),
        (bytes(LARGEST + 1), 400, "2 MB"),
        (bytes(4 * LARGEST), 413, "2 MB"),
    ],
    ids=["text", "over", "far-over"],
)
def test_a_file_that_cannot_be_read_is_told_so(
    stage: Stage, content: bytes, code: int, said: str
) -> None:
    page = sent(stage, content, group="A")

    assert page.status_code == code
    assert said in words(page)


def test_no_file_is_told_so(stage: Stage) -> None:
    page = stage.client().post(
        f"/p/{own(stage)}/{PLAN}/budget/file",
        data={"group": "A", "sheet": (io.BytesIO(b""), "")},
        content_type="multipart/form-data",
    )

    assert "還沒有選檔案" in words(page)


def test_nothing_of_a_check_is_kept(stage: Stage) -> None:
    post(stage, f"{PLAN}/budget", group="A", **{"note-print": "祕密的備註"})
    sent(stage, official(), group="A")

    with stage.engine.connect() as db:
        names = [n for n in inspect(db).get_table_names() if n != "alembic_version"]
        rows = {n: db.execute(select(text("*")).select_from(table(n))).all() for n in names}
    assert names
    assert not any(rows.values())


def test_an_estimate_says_what_it_comes_to_and_what_is_wrong(stage: Stage) -> None:
    path = "checks/mobile-learning/107/estimates/school-budget"
    right = words(get(stage, f"{path}?granted=3&capital=20000"))
    wrong = words(get(stage, f"{path}?granted=0&capital=abc"))

    assert "20萬~28萬元" in right
    assert "10,000元" in right
    assert "至少 1 班" in wrong
    assert "不是數字" in wrong
    assert get(stage, path.replace("school-budget", "none")).status_code == 404


def is_within_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_on_a_phone_a_budget_is_filled_in_checked_and_mended(
    stage: Stage, phone_page: Page
) -> None:
    complaints: list[str] = []
    phone_page.on("console", lambda m: complaints.append(m.text))
    with stage.served() as url:
        phone_page.goto(f"{url}/p/{own(stage)}/{PLAN}/budget")
        phone_page.locator("#group").select_option("A")
        items = ["fee-in", "transport", "print", "meal-box", "meal-tea", "data", "material", "misc"]
        for item in items:
            phone_page.fill(f"#total-{item}", "0")
        for column, value in {"price": "2000", "quantity": "2", "total": "4001"}.items():
            phone_page.fill(f"#{column}-fee-out", value)
        phone_page.fill("#total-sum", "4000")
        phone_page.get_by_role("button", name="檢查", exact=True).click()

        expect(phone_page.get_by_role("status")).to_contain_text("有 2 處要改")
        phone_page.get_by_role("link", name="講座鐘點費（外聘）／總價").click()
        expect(phone_page.locator("#total-fee-out")).to_be_in_viewport()
        expect(phone_page.locator("#total-fee-out")).to_have_attribute("aria-invalid", "true")
        assert is_within_its_width(phone_page)

        phone_page.fill("#total-fee-out", "4000")
        phone_page.get_by_role("button", name="檢查", exact=True).click()
        expect(phone_page.get_by_role("status")).to_contain_text("沒有發現要改的地方")
    assert complaints == []


def test_on_a_phone_an_activity_plan_grows_and_is_checked(stage: Stage, phone_page: Page) -> None:
    with stage.served() as url:
        phone_page.goto(f"{url}/p/{own(stage)}/{PLAN}/activities")
        phone_page.locator("#group").select_option("B")
        phone_page.fill("#content-6", "成果發表")
        phone_page.get_by_role("button", name="再加兩次").click()

        expect(phone_page.locator("#content-8")).to_be_visible()
        expect(phone_page.locator("#content-6")).to_have_value("成果發表")
        phone_page.get_by_role("button", name="檢查", exact=True).click()
        expect(phone_page.get_by_role("status")).to_contain_text("至少8次")
        assert is_within_its_width(phone_page)


def test_on_a_phone_a_file_is_sent(stage: Stage, phone_page: Page) -> None:
    with stage.served() as url:
        phone_page.goto(f"{url}/p/{own(stage)}/{PLAN}/budget")
        phone_page.locator("#file-group").select_option("A")
        sheet = {"name": "附件四.xlsx", "mimeType": "application/zip", "buffer": official()}
        phone_page.set_input_files("#sheet", files=[sheet])  # type: ignore[list-item]
        phone_page.get_by_role("button", name="上傳檢查").click()

        expect(phone_page.get_by_role("status")).to_contain_text("沒有發現要改的地方")
