"""Messages on their way: looked at, sent again, voided; each with its line in the audit."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.messages import Answer, Text
from bot.model.staff_roles import StaffRole
from bot.store import batches, deliveries, outbox, people
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from bot.store.waves import claim
from tests.console.office import CHANNEL, JUNE, OfficeOfTests, words

USER = "U" + "7" * 32
EVIL = '<script>alert("1")</script>'


def stuck(office: OfficeOfTests, state: OutboxState, key: str = "k", **values: object) -> str:
    """A message in this state; gives its id."""
    notice = Notice(
        channel_id=CHANNEL,
        user_id=USER,
        key=key,
        answer=Answer(parts=(Text(f"附件1 今天截止 {EVIL}"),)),
        made_at=JUNE,
        not_before=JUNE,
        expires_at=JUNE + timedelta(days=1),
    )
    with office.engine.begin() as db:
        people.see(db, CHANNEL, USER, JUNE)
        outbox.put(db, notice)
        changed = update(OutboxRow).where(OutboxRow.key == key).values(state=state, **values)
        return db.scalar(changed.returning(OutboxRow.id)) or ""


def state_of(office: OfficeOfTests, row_id: str) -> OutboxState:
    with office.engine.connect() as db:
        found = deliveries.find(db, CHANNEL, row_id)
    assert found is not None
    return found.state


def test_what_failed_is_listed_by_its_reason_without_anybodys_name(office: OfficeOfTests) -> None:
    stuck(office, OutboxState.DEAD, error="LINE said 400")
    stuck(office, OutboxState.DEAD, "k2", error="LINE said 400")
    browser = office.signed_in(StaffRole.VIEWER)

    page = browser.get("/delivery?state=dead")

    assert "LINE said 400 2 則" in words(page).replace("\u3000", " ")
    assert "…7777" in words(page)
    assert USER not in page.get_data(as_text=True)
    assert EVIL not in page.get_data(as_text=True)
    assert "全部重送" not in words(page)


@pytest.mark.parametrize("state", [OutboxState.DEAD, OutboxState.UNCERTAIN])
def test_what_failed_or_is_uncertain_goes_out_once_more_in_a_call_of_its_own(
    office: OfficeOfTests, state: OutboxState
) -> None:
    row_id = stuck(office, state, batch_id="of-before", error="LINE said 400")
    browser = office.signed_in(StaffRole.SENDER)

    answer = browser.post(f"/delivery/{row_id}/again")

    assert answer.status_code == 303
    assert state_of(office, row_id) is OutboxState.WAITING
    with office.engine.begin() as db:
        dues = claim(db, CHANNEL, JUNE, JUNE)
        batches.settle(db, [batches.Ending(due=d, end=batches.End.SENT) for d in dues], JUNE)
    assert [due.user_ids for due in dues] == [(USER,)]
    assert state_of(office, row_id) is OutboxState.SENT
    assert "承辦按了重送" in words(browser.get(f"/delivery/{row_id}"))
    assert office.audit()[0].what == "delivery.again"
    assert USER not in repr(office.audit()[0])


def test_what_is_of_no_more_use_is_not_sent_again(office: OfficeOfTests) -> None:
    row_id = stuck(office, OutboxState.DEAD)
    office.later(days=2)
    browser = office.signed_in(StaffRole.SENDER)

    answer = browser.post(f"/delivery/{row_id}/again")

    assert answer.status_code == 400
    assert "已經過了有用的時間" in words(answer)
    assert state_of(office, row_id) is OutboxState.DEAD
    assert office.audit() == []


@pytest.mark.parametrize(
    "state",
    [OutboxState.WAITING, OutboxState.HELD, OutboxState.DEAD, OutboxState.UNCERTAIN],
)
def test_what_waits_or_is_stuck_is_voided_with_a_reason(
    office: OfficeOfTests, state: OutboxState
) -> None:
    row_id = stuck(office, state)
    browser = office.signed_in(StaffRole.SENDER)

    refused = browser.post(f"/delivery/{row_id}/void", why=" \n ")
    browser.post(f"/delivery/{row_id}/void", why="活動取消\n電話 0912-345-678")

    assert refused.status_code == 400
    assert state_of(office, row_id) is OutboxState.VOID
    noted = office.audit()[0]
    assert noted.after["原因"].startswith("活動取消 ")
    assert "0912" not in str(noted.after)


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.SENDING, OutboxState.VOID])
def test_what_went_out_or_is_going_stays_as_it_is(
    office: OfficeOfTests, state: OutboxState
) -> None:
    row_id = stuck(office, state)
    browser = office.signed_in(StaffRole.ADMIN)

    answers = [
        browser.post(f"/delivery/{row_id}/again"),
        browser.post(f"/delivery/{row_id}/void", why="不要了"),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert state_of(office, row_id) is state
    assert office.audit() == []


def test_all_of_one_reason_are_voided_and_no_other(office: OfficeOfTests) -> None:
    ids = [stuck(office, OutboxState.HELD, f"h{n}", error="no room") for n in range(3)]
    other = stuck(office, OutboxState.HELD, "other")
    browser = office.signed_in(StaffRole.SENDER)

    browser.post("/delivery/void", state="held", error="no room", why="下個月再說")

    assert {state_of(office, row_id) for row_id in ids} == {OutboxState.VOID}
    assert state_of(office, other) is OutboxState.HELD
    assert office.audit()[0].after["則數"] == 3


def test_all_that_failed_for_one_reason_go_out_again_but_answers_of_staff(
    office: OfficeOfTests,
) -> None:
    told = stuck(office, OutboxState.DEAD, "a", error="x")
    due = stuck(office, OutboxState.DEAD, "b", error="x", kind="deadline")
    browser = office.signed_in(StaffRole.SENDER)

    browser.post("/delivery/again", state="dead", error="x")

    assert state_of(office, due) is OutboxState.WAITING
    assert state_of(office, told) is OutboxState.DEAD
