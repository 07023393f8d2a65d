"""Accounts on their page, and what is noted of every change."""

import pytest

from bot.model.staff_roles import MAY, Right, StaffRole
from bot.store import audit
from bot.store.audit import AuditNote
from tests.console.office import ADMIN, CHANNEL, GOOD, OfficeOfTests, words


def test_an_admin_invites_and_the_first_password_lets_in(lite: OfficeOfTests) -> None:
    page = lite.signed_in().post("/accounts", mail="New@example.tw", role="editor")
    shown = words(page)
    first = next(word for word in shown.split() if word.count("-") == 3)

    answer = lite.browser().enter("new@example.tw", first)

    assert answer.location == "/console/first-password"
    assert lite.find("new@example.tw").role is StaffRole.EDITOR
    assert [(n.what, n.actor, n.after) for n in lite.audit()] == [
        ("account.add", ADMIN, {"角色": "編輯"})
    ]


@pytest.mark.parametrize(
    ("mail", "says"),
    [("admin@example.tw", "已經有帳號"), ("nobody", "看不懂"), ("<b>@example.tw", "看不懂")],
)
def test_an_address_that_cannot_be_invited_is_said_and_kept(
    lite: OfficeOfTests, mail: str, says: str
) -> None:
    page = lite.signed_in().post("/accounts", mail=mail, role="viewer")

    assert page.status_code == 400
    assert says in words(page)
    assert "<b>" not in page.get_data(as_text=True)
    assert lite.audit() == []


def test_another_role_holds_at_once_and_is_signed_in_for_anew(office: OfficeOfTests) -> None:
    admin, editor = office.signed_in(), office.signed_in(StaffRole.EDITOR)
    account = office.find("editor@example.tw")

    done = admin.post(f"/accounts/{account.id}/role", role="viewer")

    assert "角色已更換" in words(admin.get(done.location.removeprefix("/console")))
    assert editor.get().status_code == 302
    noted = office.audit()[0]
    assert (noted.before, noted.after) == ({"角色": "編輯"}, {"角色": "檢視"})


def test_whoever_is_disabled_is_out_at_once_until_enabled(office: OfficeOfTests) -> None:
    admin, account = office.signed_in(), office.account(StaffRole.SENDER, password=GOOD)
    browser = office.browser()
    browser.enter(account.mail)

    admin.post(f"/accounts/{account.id}/disable")
    out, refused = browser.get(), office.browser().enter(account.mail)
    admin.post(f"/accounts/{account.id}/enable")

    assert (out.status_code, refused.status_code) == (302, 400)
    assert office.browser().enter(account.mail).status_code == 303
    whats = [n.what for n in office.audit()]
    assert whats.count("account.disable") == whats.count("account.enable") == 1


@pytest.mark.parametrize("deed", ["disable", "role"])
def test_the_last_admin_stays_one(office: OfficeOfTests, deed: str) -> None:
    admin = office.signed_in()

    answer = admin.post(f"/accounts/{office.find(ADMIN).id}/{deed}", role="viewer")

    assert answer.status_code == 400
    assert "最後一位管理者" in words(answer)
    assert admin.get("/accounts").status_code == 200


def test_a_deed_to_an_account_that_is_not_there_is_said(lite: OfficeOfTests) -> None:
    browser = lite.signed_in()

    answers = {
        deed: browser.post(f"/accounts/{'0' * 32}/{deed}", role="viewer").status_code
        for deed in ("role", "disable", "enable", "renew")
    }
    strange = browser.post(f"/accounts/{lite.find(ADMIN).id}/role", role="king")

    assert set(answers.values()) == {400}
    assert strange.status_code == 400


def test_the_page_says_what_each_role_may_do(lite: OfficeOfTests) -> None:
    shown = words(lite.signed_in().get("/accounts"))

    assert all(right.called in shown for right in Right)
    assert set(MAY) == set(Right)


def noted(office: OfficeOfTests, *notes: tuple[str, str]) -> None:
    with office.engine.begin() as db:
        for actor, subject in notes:
            made = AuditNote(
                channel_id=CHANNEL, at=office.now, actor=actor, what="account.role",
                subject=subject, before={"角色": "<i>檢視</i>"}, after={"角色": "編輯"},
            )  # fmt: skip
            audit.note(db, made)


def test_the_audit_is_read_by_person_and_by_day(office: OfficeOfTests) -> None:
    noted(office, ("a@example.tw", "first-thing"), ("b@example.tw", "second-thing"))
    office.later(hours=15)  # midnight in Taipei: the next day
    noted(office, ("a@example.tw", "third-thing"))
    browser = office.signed_in()

    of_a = words(browser.get("/audit?who=a@example.tw"))
    of_day = words(browser.get("/audit?day=2022-06-15"))
    strange = words(browser.get("/audit?day=yesterday&page=-3"))

    assert ("first-thing" in of_a, "second-thing" in of_a) == (True, False)
    assert ("second-thing" in of_day, "third-thing" in of_day) == (True, False)
    assert "日期看不懂" in strange


def test_the_audit_is_paged_and_shows_words_as_words(lite: OfficeOfTests) -> None:
    noted(lite, *[("<script>alert(1)</script>", f"thing-{n:02}") for n in range(51)])
    browser = lite.signed_in()

    first = browser.get("/audit").get_data(as_text=True)
    second = browser.get("/audit?page=1").get_data(as_text=True)

    assert (first.count("thing-"), second.count("thing-")) == (50, 1)
    assert "下一頁" in first
    assert "<script>alert" not in first
    assert "<i>檢視" not in first


def test_no_secret_is_shown_among_the_settings(lite: OfficeOfTests) -> None:
    shown = words(lite.signed_in().get("/settings"))

    assert "SECRET_KEY 已設定" in shown
    assert "PORT 8000" in shown


def test_the_first_page_counts_what_waits_and_warns_of_a_clock_that_stands(
    office: OfficeOfTests,
) -> None:
    shown = words(office.signed_in(StaffRole.VIEWER).get())

    assert "待答問題 0" in shown
    assert "worker）正在執行" in shown
    assert "111年6月15日" in shown
