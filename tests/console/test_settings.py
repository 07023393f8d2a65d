"""The page of settings: what an admin sets holds at once, and what is wrong sets nothing."""

import pytest

from bot.broadcast_work import approval_above
from bot.model.staff_roles import StaffRole
from bot.store import channel_settings
from bot.store.channel_settings import CONTACTS_HAND_OVER, CONTACTS_UPLOAD
from tests.console.office import CHANNEL, OfficeOfTests, words


def test_what_is_set_holds_on_every_page_and_each_change_is_noted(office: OfficeOfTests) -> None:
    admin = office.signed_in()

    admin.post("/settings", console_name="資訊教育科", people="120", may=CONTACTS_HAND_OVER)
    again = admin.post("/settings", console_name="資訊教育科", people="120", may=CONTACTS_HAND_OVER)

    with office.engine.connect() as db:
        assert approval_above(db, CHANNEL) == 120
        assert channel_settings.is_on(db, CHANNEL, CONTACTS_HAND_OVER)
        assert not channel_settings.is_on(db, CHANNEL, CONTACTS_UPLOAD)
    assert again.status_code == 303
    assert "師鐘 資訊教育科" in words(office.signed_in(StaffRole.VIEWER).get("/broadcasts"))
    assert sorted((note.what, note.after) for note in office.audit()) == [
        ("broadcast.approval_size", {"內容": "120"}),
        ("settings.change", {"後台名稱": "資訊教育科", "學校自己上傳名單": "不可以"}),
    ]
    told = words(admin.get("/audit"))
    assert "設定核可人數 " in told
    assert "approval_above" not in told


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"console_name": "很" * 21, "people": "5"}, "最多 20 個字"),
        ({"console_name": "科", "people": "-1"}, "整數"),
        ({"console_name": "科", "people": "十"}, "整數"),
        ({"console_name": "科", "people": "1000001"}, "整數"),
        ({"console_name": "科"}, "整數"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_set(
    office: OfficeOfTests, form: dict[str, str], said: str
) -> None:
    page = office.signed_in().post("/settings", **form)

    assert page.status_code == 400
    assert said in words(page)
    with office.engine.connect() as db:
        assert channel_settings.everything(db, CHANNEL) == {}
    assert office.audit() == []
