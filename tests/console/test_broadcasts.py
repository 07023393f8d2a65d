"""Broadcasts in the console: what is kept, refused, noted, and by whom."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.console.door import PREFIX, TOKEN_FIELD, TOKEN_HEADER
from bot.model.audience import AllOf, AnyOf, AtLevel, AtSchools, Being, Not, Owing, Position, Within
from bot.model.broadcasts import Broadcast, BroadcastState, CardPiece, PicturePiece, TextPiece
from bot.model.staff_roles import StaffRole
from bot.store import account_links, audiences
from bot.store.tables import OutboxRow
from tests.console.announcing import SCHOOLS, all_of, work
from tests.console.office import CHANNEL, Browser, OfficeOfTests, words
from tests.pictured import PNG

S = BroadcastState


@pytest.fixture
def office(announcing_office: OfficeOfTests) -> OfficeOfTests:
    return announcing_office


def written(office: OfficeOfTests, browser: Browser, **form: str) -> Broadcast:
    """A new draft."""
    browser.post("/broadcasts/new", **{"text": "停機一天。", **form})
    return all_of(office)[0]


def upload(browser: Browser, path: str, **form: Any) -> TestResponse:
    return browser.client.post(
        f"{PREFIX}{path}",
        data={TOKEN_FIELD: browser.token(), **form},
        base_url=browser.address,
        content_type="multipart/form-data",
    )


def add(browser: Browser, draft: Broadcast, carried: str = "", **form: Any) -> TestResponse:
    """The page after a condition was added to what it carried along."""
    return upload(browser, f"/broadcasts/{draft.id}/audience", audience=carried, **form)


def carried_by(page: TestResponse) -> str:
    found = re.search(r'name="audience" value="([^"]*)"', page.get_data(as_text=True))
    assert found
    return found[1].replace("&#34;", '"')


def keep(browser: Browser, draft: Broadcast, page: TestResponse) -> None:
    browser.post(f"/broadcasts/{draft.id}/audience", audience=carried_by(page), do="keep")


def test_text_picture_and_card_are_kept_as_written(office: OfficeOfTests, sender: Browser) -> None:
    form = {
        "text": "第一行\r\n第二行",
        "picture_url": "https://example.tw/a.png",
        "picture_words": "海報",
        "card_lead": "開始收件",
        "card_state": "6月30日前",
        "card_facts": "一\n\n二",
        "label1": "要交什麼",
        "label2": "網站",
        "kind2": "url",
        "value2": "https://example.tw",
    }
    made = written(office, sender, **form)
    again = words(sender.get(f"/broadcasts/{made.id}/content"))

    text, picture, card = made.draft.pieces
    assert text == TextPiece("第一行\n第二行")
    assert picture == PicturePiece(url="https://example.tw/a.png", words="海報")
    assert isinstance(card, CardPiece)
    assert (card.facts, [key.say or key.url for key in card.buttons]) == (
        ("一", "二"),
        ["要交什麼", "https://example.tw"],
    )
    assert "第一行 第二行" in again


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": ""}, "還沒有內容"),
        ({"text": "長" * 2_001}, "2,001個字"),
        ({"picture_url": "http://example.tw/a.png", "picture_words": "x"}, "https://"),
        ({"card_facts": "只有說明"}, "主旨是空的"),
        ({"label1": "網站", "kind1": "url", "value1": "javascript:alert(1)"}, "https://"),
        ({"text": "王小明 A123456789"}, "身分證"),
    ],
)
def test_what_cannot_be_sent_is_told_and_nothing_is_kept(
    office: OfficeOfTests, sender: Browser, form: dict[str, str], said: str
) -> None:
    page = sender.post("/broadcasts/new", **{"text": "停機", **form})

    assert (page.status_code, all_of(office)) == (400, [])
    assert said in words(page)


def test_tags_are_shown_as_they_were_written(office: OfficeOfTests, sender: Browser) -> None:
    made = written(office, sender, text="<script>alert(1)</script>", card_lead="<i>x</i>")

    pages = [
        sender.get(f"/broadcasts{path}").get_data(as_text=True)
        for path in ("", f"/{made.id}", f"/{made.id}/content", f"/{made.id}/audience")
    ]

    assert not any("<script>alert" in page or "<i>x" in page for page in pages)


def test_an_uploaded_picture_is_what_its_bytes_are(office: OfficeOfTests, sender: Browser) -> None:
    good = upload(
        sender, "/broadcasts/preview", picture_words="海報", picture_file=(io.BytesIO(PNG), "a.exe")
    )
    bad = upload(
        sender, "/broadcasts/preview", text="x", picture_file=(io.BytesIO(b"<svg/>"), "a.png")
    )
    large = sender.client.post(
        f"{PREFIX}/broadcasts/preview",
        data=b"--x" + b"0" * 1_500_000,
        base_url=sender.address,
        content_type="multipart/form-data; boundary=x",
        headers={TOKEN_HEADER: sender.token()},
    )

    assert re.search(r'src="/pictures/[0-9a-f]{32}\.png"', good.get_data(as_text=True))
    assert "JPEG 或 PNG" in words(bad)
    assert large.status_code == 413
    assert [note.what for note in office.audit()] == ["picture.upload"]


def test_conditions_join_by_and_or_and_not(office: OfficeOfTests, sender: Browser) -> None:
    made = written(office, sender)
    page = add(sender, made, kind="being", value="contact")
    page = add(sender, made, carried_by(page), kind="city", value="臺北市", join="and")
    page = add(sender, made, carried_by(page), kind="level", value="junior", join="not")
    undone = add(sender, made, carried_by(page), do="undo")
    both = add(sender, made, carried_by(page), kind="being", value="teacher", join="or")
    keep(sender, made, page)

    base = (Being(Position.CONTACT), Within(("臺北市",)))
    assert all_of(office)[0].draft.audience == AllOf((*base, Not(AtLevel(("junior",)))))
    assert "學校承辦人、臺北市、不含「國中」" in words(page)
    assert "1 人會收到，計 1 則" in words(page)
    assert "不含" not in words(undone).partition("常用的話")[0]
    assert "或老師" in words(both)


def test_what_schools_owe_words_and_saved_audiences_are_conditions_too(
    office: OfficeOfTests, sender: Browser
) -> None:
    made = written(office, sender)
    owing = add(
        sender, made, kind="owing", value="cooc-teacher/111/nomination-sheet", standing="overdue"
    )
    keep(sender, made, owing)
    owed = all_of(office)[0].draft.audience
    said = add(sender, made, kind="words", value="高雄市國中的學校承辦人")
    add(sender, made, carried_by(said), do="save", name="高雄國中")
    with office.engine.connect() as db:
        [saved] = audiences.all_saved(db, CHANNEL)
    chosen = add(sender, made, kind="saved", value=saved.id)

    assert isinstance(owed, Owing)
    assert (owed.deliverable, owed.standings) == ("nomination-sheet", ("overdue",))
    assert saved.name == "高雄國中"
    assert "高雄市、國中、學校承辦人" in words(chosen)
    assert "1 人會收到" in words(chosen)


def test_an_uploaded_list_of_schools_is_whole_or_nothing(
    office: OfficeOfTests, sender: Browser
) -> None:
    made = written(office, sender)

    def listed(text: str, **form: str) -> TestResponse:
        file = (io.BytesIO(text.encode()), "名單.csv")
        return add(sender, made, kind="schools", file=file, **form)

    whole = listed("學校代碼,備註\n310601,a\n640001,b\n")
    faulty = listed("學校\n大直國小\n火星國小\n")
    partly = listed("學校\n大直國小\n火星國小\n", partly="1")
    keep(sender, made, partly)

    assert "2 人會收到" in words(whole)
    assert (faulty.status_code, "第3列" in words(faulty)) == (400, True)
    assert "還沒選對象" in words(faulty)
    assert all_of(office)[0].draft.audience == AtSchools((SCHOOLS[0].code,))


@pytest.mark.parametrize(
    "forged",
    [
        "{",
        "[]",
        '{"is":"nobody"}',
        '{"is":"all","parts":[1]}',
        "9",
        '{"is":"within","cities":5}',
        '{"is":"short","plan":"p","requirement":"r","least":"NaN"}',
        '{"is":"not","part":"x"}',
    ],
)
def test_a_forged_audience_is_refused_in_words(
    office: OfficeOfTests, sender: Browser, forged: str
) -> None:
    made = written(office, sender)

    page = add(sender, made, forged, do="keep")

    assert (page.status_code, "看不懂" in words(page)) == (400, True)
    assert all_of(office)[0].draft.audience == AnyOf(())


def test_a_broadcast_is_scheduled_edited_and_cancelled_until_it_starts(
    office: OfficeOfTests, sender: Browser
) -> None:
    made = written(office, sender)
    keep(sender, made, add(sender, made, kind="everybody"))
    past = sender.post(f"/broadcasts/{made.id}/when", starts_at="2022-06-14T09:00")
    sender.post(f"/broadcasts/{made.id}/when", starts_at="2022-06-15T23:30")
    draft = sender.get(f"/broadcasts/{made.id}")
    now = all_of(office)[0]
    old = sender.post(f"/broadcasts/{made.id}/do", do="send", revision="1")
    sender.post(f"/broadcasts/{made.id}/do", do="send", revision=str(now.revision))
    queued, scheduled = work(office), all_of(office)[0].state
    sender.post(f"/broadcasts/{made.id}/content", text="改期。")
    edited = all_of(office)[0]
    sender.post(f"/broadcasts/{made.id}/do", do="cancel")

    assert (past.status_code, old.status_code) == (400, 400)
    assert "不打擾" in words(draft)
    assert (queued, scheduled) == (0, S.SCHEDULED)
    assert (edited.state, edited.draft.pieces) == (S.DRAFT, (TextPiece("改期。"),))
    assert all_of(office)[0].state is S.CANCELLED
    assert {note.actor for note in office.audit()} == {"sender@example.tw"}


def test_nobody_approves_their_own_by_their_chat_either(
    office: OfficeOfTests, sender: Browser
) -> None:
    office.signed_in().post("/settings", people="0")
    made = written(office, sender)
    keep(sender, made, add(sender, made, kind="everybody"))
    now = all_of(office)[0]
    sender.post(f"/broadcasts/{made.id}/do", do="send", revision=str(now.revision))
    accounts = [office.account(role) for role in (StaffRole.SENDER, StaffRole.ADMIN)]
    with office.engine.begin() as db:  # the admin's account is the same person's
        for account in accounts:
            code = account_links.offer(db, CHANNEL, account.id, office.now)
            assert account_links.take(db, CHANNEL, "U-clerk", code, office.now)

    page = office.signed_in().post(
        f"/broadcasts/{made.id}/do", do="approve", revision=str(now.revision)
    )

    assert "另一位" in words(page)
    assert all_of(office)[0].state is S.APPROVAL


def test_a_test_goes_to_the_linked_line_alone(office: OfficeOfTests, sender: Browser) -> None:
    made = written(office, sender)
    unlinked = sender.post(f"/broadcasts/{made.id}/do", do="test")
    account = office.find("sender@example.tw")
    with office.engine.begin() as db:
        code = account_links.offer(db, CHANNEL, account.id, office.now)
        account_links.take(db, CHANNEL, "U-teacher-1", code, office.now)
    sender.post(f"/broadcasts/{made.id}/do", do="test")

    with office.engine.connect() as db:
        assert list(db.scalars(select(OutboxRow.user_id))) == ["U-teacher-1"]
    assert "還沒有連結" in words(unlinked)
    assert not any("U-teacher" in str(note) for note in office.audit())


def test_viewers_see_and_change_nothing(office: OfficeOfTests, sender: Browser) -> None:
    made = written(office, sender)
    viewer = office.signed_in(StaffRole.VIEWER)

    page = viewer.get(f"/broadcasts/{made.id}")

    assert page.status_code == 200
    assert "確認送出" not in words(page)
    assert viewer.get("/broadcasts/new").status_code == 403
    assert viewer.post(f"/broadcasts/{made.id}/do", do="cancel").status_code == 403
