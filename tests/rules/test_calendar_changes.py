"""What a calendar says to whoever knows it from before: moved, cancelled, forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.calendar import CalendarEvent, SaidEvent, from_plain, to_plain
from bot.rules.calendar_changes import CANCELLED_FOR, say_anew

NOON = datetime(2022, 6, 15, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
EVENT = CalendarEvent(
    uid="a@shizhong",
    title="課程",
    starts=datetime(2022, 7, 8, 5, 30, tzinfo=UTC),
    ends=datetime(2022, 7, 8, 8, 30, tzinfo=UTC),
    alarms=(-timedelta(hours=1),),
)


def kept(said: tuple[SaidEvent, ...]) -> dict[str, SaidEvent]:
    return {one.event.uid: one for one in said}


def first() -> dict[str, SaidEvent]:
    return kept(say_anew({}, [EVENT], NOON).said)


def test_what_is_as_it_was_is_no_news() -> None:
    found = say_anew(first(), [EVENT], LATER)

    assert not found.is_news
    assert [(one.sequence, one.changed_at) for one in found.said] == [(0, NOON)]


def test_a_moved_time_raises_the_number_and_other_words_only_the_instant() -> None:
    moved = replace(EVENT, starts=EVENT.starts + timedelta(days=1), ends=None)
    reworded = replace(EVENT, place="文化中心")

    (after,) = say_anew(first(), [moved], LATER).said
    (told,) = say_anew(first(), [reworded], LATER).said

    assert (after.sequence, after.changed_at) == (1, LATER)
    assert (told.sequence, told.changed_at) == (0, LATER)


def test_what_is_dropped_is_cancelled_for_thirty_days_and_then_forgotten() -> None:
    (gone,) = say_anew(first(), [], LATER).said
    before_the_end = say_anew(kept((gone,)), [], LATER + CANCELLED_FOR - timedelta(seconds=1))
    at_the_end = say_anew(kept((gone,)), [], LATER + CANCELLED_FOR)

    assert (gone.is_cancelled, gone.sequence) == (True, 1)
    assert (before_the_end.said, before_the_end.is_news) == ((gone,), False)
    assert (at_the_end.said, at_the_end.forgotten) == ((), (EVENT.uid,))


def test_what_comes_back_is_no_longer_cancelled_and_numbered_higher() -> None:
    (gone,) = say_anew(first(), [], LATER).said

    (back,) = say_anew(kept((gone,)), [EVENT], LATER).said

    assert (back.is_cancelled, back.sequence) == (False, 2)


@given(
    st.lists(
        st.tuples(st.integers(-60, 86_400 * 40), st.sets(st.integers(0, 3)), st.integers(0, 5)),
        max_size=12,
    )
)
def test_over_any_history_numbers_and_instants_only_rise(history) -> None:
    before: dict[str, SaidEvent] = {}
    now = NOON
    for step, present, shift in history:
        now += timedelta(seconds=step)
        events = [
            replace(EVENT, uid=str(n), starts=EVENT.starts + timedelta(days=shift * n))
            for n in present
        ]
        found = say_anew(before, events, now)
        after = kept(found.said)
        assert {uid for uid, one in after.items() if not one.is_cancelled} == set(map(str, present))
        for uid in after.keys() & before.keys():
            assert after[uid].sequence >= before[uid].sequence
            assert after[uid].changed_at >= before[uid].changed_at
            if after[uid] != before[uid]:
                assert after[uid] in found.changed
        assert set(found.forgotten) == before.keys() - after.keys()
        assert not say_anew(after, events, now).is_news
        before = after


def test_an_event_is_kept_as_it_was() -> None:
    day = replace(EVENT, starts=NOON.date(), ends=None, lines=("一", "二"), unsettled=True)

    assert [from_plain(to_plain(one)) for one in (EVENT, day)] == [EVENT, day]
