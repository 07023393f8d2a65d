"""The first page: what falls on this week, what is stuck, how far the month's pushes reach."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Answer, Text
from bot.model.staff_roles import StaffRole
from bot.store import outbox, people, quotas
from bot.store.outbox import Notice
from bot.understand.reader import Reader
from tests.console.office import CHANNEL, OfficeOfTests, words
from tests.handlers.plans import small_reader


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def july(office: OfficeOfTests, reader: Reader) -> OfficeOfTests:
    office.reader = reader
    office.now = datetime(2022, 7, 5, 1, 0, tzinfo=UTC)
    office.rebuild()
    return office


def test_what_falls_on_this_week_stands_by_plan(july: OfficeOfTests) -> None:
    page = words(july.signed_in(StaffRole.VIEWER).get())

    assert "臺中111晨間共讀" in page
    assert "說書工作坊" in page


def test_the_chart_says_in_words_what_it_shows(july: OfficeOfTests) -> None:
    later = july.now + timedelta(days=3)
    with july.engine.begin() as db:
        people.see(db, CHANNEL, "U1", july.now)
        notices = [
            Notice(
                channel_id=CHANNEL,
                user_id="U1",
                key=f"k{n}",
                answer=Answer(parts=(Text("提醒"),)),
                made_at=july.now,
                not_before=later + timedelta(hours=n),
                expires_at=later + timedelta(days=1),
            )
            for n in range(3)
        ]
        outbox.put_many(db, notices)
        quotas.keep_reading(db, CHANNEL, (200, 198), july.now, july.now)

    page = july.signed_in(StaffRole.VIEWER).get()

    assert "今天累計 198 則，到月底預計 201 則，上限 200 則" in words(page)
    assert "201（超過上限）" in words(page)
    assert "<svg" in page.get_data(as_text=True)
    assert "style=" not in page.get_data(as_text=True)
