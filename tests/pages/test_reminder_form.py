"""How one is reminded, set on the page: kept, shown again, refused with the cure."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.store.reminder_tables import PreferenceRow
from tests.pages.owner import Owner, owner_on
from tests.understand.plans import real_reader

GOOD = {
    "hour": "19:00", "leads": "7、1", "quiet_from": "21:30", "quiet_to": "07:00",
    "digest": "weekly", "paused_until": "2022-07-01",
}  # fmt: skip


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    """Somebody with a page of their own."""
    yield from owner_on(database_url, real_reader())


def test_what_is_set_is_kept_and_shown_again(owner: Owner) -> None:
    sent = owner.send("dates/prefer", **GOOD)

    assert sent.status_code == 303
    page = owner.get("me/dates").get_data(as_text=True)
    assert 'value="19:00"' in page
    assert 'value="7、1"' in page
    assert '<option value="weekly" selected>' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hour": "25:00"}, "看不懂時間"),
        ({"leads": "很多"}, "看不懂提前的天數"),
        ({"leads": "999"}, "看不懂提前的天數"),
        ({"digest": "x"}, "請選擇多久提醒一次"),
        ({"paused_until": "7/1"}, "看不懂日期"),
        ({"hour": "22:00"}, "在不打擾的時間"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    owner: Owner, wrong: dict[str, str], said: str
) -> None:
    sent = owner.send("dates/prefer", **{**GOOD, **wrong})

    assert sent.status_code == 400
    assert said in sent.get_data(as_text=True)
    with owner.stage.engine.connect() as db:
        assert db.execute(select(PreferenceRow)).all() == []
