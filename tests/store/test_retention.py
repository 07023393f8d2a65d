"""What was kept long enough goes, to the instant; what is younger stays, and so do numbers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, text, update

from bot.console_work.tidying import Tidier
from bot.model.retention import Retention
from bot.store import broadcast_report, retention
from bot.store.broadcast_tables import BroadcastRow
from bot.store.sending_tables import BatchRow
from bot.store.tables import Event, OutboxRow, OutboxState, Question, Referral, TalkRow
from tests.delivery.announced import found, handed_in, known, run
from tests.delivery.notices import notice, put
from tests.store.events_of import NOON

INSTANT = timedelta(microseconds=1)


def days_ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


def event(number: str, at: datetime, asked: bool = False, **own: Any) -> list[Any]:
    """An event, with its question where somebody asked."""
    usual = {"channel_id": "default", "webhook_event_id": number, "chat_id": "U1", "user_id": "U1"}
    rows = [
        insert(Event).values(
            **usual, kind="text", happened_at=at, received_at=at, state="sent", tries=1
        )
    ]
    if asked:
        said = {"text": "問", "outcome": "answered", "plan": "", "edition": "", "entry": ""}
        rows.append(
            insert(Question).values(
                **usual, **said, message_id=number, asked_at=at, score=1.0, why={}, **own
            )
        )
    return rows


def filled(engine: Engine, *rows: Any) -> None:
    with engine.begin() as db:
        for row in rows:
            db.execute(row)


def tidied(engine: Engine, now: datetime = NOON, today: datetime | None = None) -> dict[str, int]:
    return dict(Tidier(engine, "default").run_to_the_end(now, today or now))


def ids(engine: Engine, column: Any) -> list[str]:
    with engine.connect() as db:
        return sorted(db.scalars(select(column)))


def test_events_go_after_a_week_but_not_before_and_questions_after_half_a_year(
    engine: Engine,
) -> None:
    rows = [
        *event("old", days_ago(7) - INSTANT),
        *event("edge", days_ago(7)),
        *event("asked", days_ago(8), asked=True),
        *event("asked-edge", days_ago(180), asked=True),
        *event("asked-old", days_ago(180) - INSTANT, asked=True),
    ]
    filled(engine, *rows)

    gone = tidied(engine)

    assert ids(engine, Event.webhook_event_id) == ["asked", "asked-edge", "edge"]
    assert ids(engine, Question.webhook_event_id) == ["asked", "asked-edge"]
    assert gone == {"問題": 1, "事件": 1}


def test_messages_go_ninety_days_after_they_ended_and_their_batches_with_them(
    engine: Engine,
) -> None:
    put(engine, *(notice("U1", fact) for fact in ("old", "edge", "waiting", "void")))
    with engine.begin() as db:
        for fact, state, at in (
            ("old", OutboxState.SENT, days_ago(90) - INSTANT),
            ("edge", OutboxState.SENT, days_ago(90)),
            ("void", OutboxState.VOID, days_ago(200)),
        ):
            its = OutboxRow.fact == fact
            values = {"state": state, "settled_at": at, "batch_id": f"b-{fact}"}
            db.execute(update(OutboxRow).where(its).values(**values))
            db.execute(
                insert(BatchRow).values(
                    id=f"b-{fact}", channel_id="default", way="push", people=1, state="sent",
                    retry_key="k", not_before=at, expires_at=at, settled_at=at, tries=1,
                )
            )  # fmt: skip

    gone = tidied(engine)

    assert ids(engine, OutboxRow.fact) == ["edge", "waiting"]
    assert ids(engine, BatchRow.id) == ["b-edge"]
    assert gone == {"訊息": 2, "傳送批次": 2}


def test_what_waits_stays_however_old(engine: Engine) -> None:
    put(engine, notice("U1", "held", made_at=days_ago(400)))
    with engine.begin() as db:
        db.execute(update(OutboxRow).values(state=OutboxState.HELD))

    assert tidied(engine) == {}
    assert ids(engine, OutboxRow.fact) == ["held"]


def test_what_was_passed_on_goes_when_it_is_seen_to_and_open_questions_stay(
    engine: Engine,
) -> None:
    usual = {"channel_id": "default", "user_id": "U1", "asked_at": days_ago(181), "text": "問"}
    for state in ("open", "answered", "closed"):
        own = {"id": state, "webhook_event_id": state, "state": state}
        filled(engine, insert(Referral).values(**usual, **own, passed_on_at=days_ago(181)))

    assert tidied(engine) == {"轉交承辦的問題": 2}
    assert ids(engine, Referral.id) == ["open"]


def test_a_run_lets_go_only_so_many_and_the_next_one_goes_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_A_TIME", 10)
    filled(engine, *(row for n in range(25) for row in event(f"E{n:02}", days_ago(8))))
    filled(engine, *(row for n in range(5) for row in event(f"Q{n}", days_ago(9), asked=True)))
    tidier = Tidier(engine, "default")

    ran = [tidier.run(NOON, NOON)["事件"] for _ in range(5)]

    assert ran == [10, 10, 5, 0, 0]
    assert len(ids(engine, Event.webhook_event_id)) == 5


def test_an_hour_later_it_begins_anew(engine: Engine) -> None:
    tidier = Tidier(engine, "default")
    tidier.run_to_the_end(NOON, NOON)
    filled(engine, *event("late", days_ago(7)))

    soon, later = (NOON + timedelta(minutes=minutes) for minutes in (59, 61))

    assert tidier.run(soon, soon) == {}
    assert tidier.run(later, later)["事件"] == 1


def test_another_channel_and_a_day_of_the_simulator_lose_nothing(engine: Engine) -> None:
    filled(engine, *event("E1", days_ago(8)))

    with_another_clock = tidied(engine, NOON, days_ago(400))
    of_another = dict(Tidier(engine, "other").run_to_the_end(NOON, NOON))

    assert with_another_clock == of_another == {}
    assert ids(engine, Event.webhook_event_id) == ["E1"]


def test_how_long_is_a_setting(engine: Engine) -> None:
    filled(engine, *event("E1", days_ago(3)))

    gone = Tidier(engine, "default", Retention(events=2)).run_to_the_end(NOON, NOON)

    assert gone == {"事件": 1}


def test_what_chats_were_about_is_forgotten(engine: Engine) -> None:
    usual = {"channel_id": "default", "plain": {}}
    for chat, days in (("U1", 8), ("U2", 6)):
        filled(engine, insert(TalkRow).values(**usual, chat_id=chat, changed_at=days_ago(days)))

    assert tidied(engine) == {"對話": 1}
    assert ids(engine, TalkRow.chat_id) == ["U2"]


def test_a_broadcast_keeps_its_numbers_when_its_messages_go(engine: Engine) -> None:
    known(engine, "U1", "U2", "U3")
    made = handed_in(engine)
    run(engine)
    run(engine, NOON + timedelta(minutes=6))
    with engine.begin() as db:
        sent = {"state": OutboxState.SENT, "settled_at": NOON + timedelta(minutes=7)}
        db.execute(update(OutboxRow).values(**sent))
        db.execute(update(BroadcastRow).values(began_at=NOON + timedelta(minutes=6)))
    filled(engine, *event("reply", NOON + timedelta(hours=1)))

    def report() -> Any:
        with engine.connect() as db:
            return broadcast_report.report(db, found(engine, made.id))

    before = report()
    after = []
    for days in (9, 100):
        tidied(engine, NOON + timedelta(days=days))
        after.append(report())

    assert (before.recipients, before.sent, before.replied) == (3, 3, 1)
    assert after == [before, before]
    assert ids(engine, OutboxRow.id) == []
    assert ids(engine, Event.webhook_event_id) == []


def plans_of(engine: Engine, sql: str) -> str:
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as db:
        if engine.dialect.name == "postgresql":
            db.execute(text("SET enable_seqscan = off"))
        return str(db.execute(text(explain + sql)).all())


@pytest.mark.parametrize(
    ("table", "age", "index"),
    [
        ("event", "received_at", "ix_event_channel_id_received_at"),
        ("talk", "changed_at", "ix_talk_channel_id_changed_at"),
        ("outbox", "settled_at", "ix_outbox_settled"),
        ("mail_out", "settled_at", "ix_mail_out_settled"),
        ("batch", "settled_at", "ix_batch_settled"),
    ],
)
def test_the_old_are_found_by_an_index(engine: Engine, table: str, age: str, index: str) -> None:
    sql = f"SELECT 1 FROM {table} WHERE channel_id = 'default' AND {age} < '2022-01-01'"

    assert index in plans_of(engine, f"{sql} ORDER BY {age} LIMIT 300")


def test_nothing_is_counted_that_is_not_there(engine: Engine) -> None:
    assert tidied(engine) == {}
    with engine.connect() as db:
        assert db.scalar(select(func.count()).select_from(Event)) == 0
