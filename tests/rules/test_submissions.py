"""Laws of what was handed in: exclusive states that sum up, whatever is done in whatever order."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.model.submission import KEPT, Deed, Piece, Standing, Tally
from bot.rules.owed import Slot
from bot.rules.submissions import counts, decide, holding, rest, spread, tally
from tests.rules.schools import COMMUNITY, MOBILE, at, community, owing, taking

START = at("2018-01-01T00:00")
NAMES = [d for d in Deed if d is not Deed.EXTEND]
SLOTS = [s for s in owing(taking(MOBILE, {"granted": "2"})) if s.due][:12]
PHOTOS = next(
    s for s in owing(taking(COMMUNITY, units=[community("創新", "B")])) if s.owed.id == "photos-b"
)


class Kept:
    """The pieces of one slot as they are kept."""

    def __init__(self, slot: Slot) -> None:
        self.slot, self.pieces, self.until, self.made = slot, [], None, 0

    def do(self, deed: Deed, count: int, now: datetime) -> None:
        """What the store does with the change that was decided."""
        change = decide(deed, self.slot, self.pieces, count)
        taken = {p.id for p in change.pieces}
        if change.to is None:
            self.pieces = [p for p in self.pieces if p.id not in taken]
            return
        self.pieces = [replace(p, state=change.to) if p.id in taken else p for p in self.pieces]
        sent = now if change.to is Standing.SENT else None
        for _ in range(change.new):
            self.made += 1
            due = holding(self.slot, self.until) if sent else None
            self.pieces.append(
                Piece(
                    id=str(self.made), slot=self.slot.key, state=change.to, sent_at=sent, due_at=due
                )
            )

    def counts(self, now: datetime) -> dict[Standing, int]:
        """Where all that is owed stands."""
        return counts(self.slot, tally(self.pieces), self.until, now)


moves = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 9), st.integers(0, 400)),
    st.tuples(st.just(Deed.EXTEND), st.integers(1, 60), st.integers(0, 400)),
    st.tuples(st.just("expected"), st.integers(1, 9), st.integers(0, 400)),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*SLOTS, PHOTOS]), st.lists(moves, max_size=25))
def test_states_are_exclusive_and_sum_to_what_is_expected(slot: Slot, steps: list) -> None:
    kept = Kept(slot)
    for what, number, days in steps:
        now = START + timedelta(days=days)
        before = list(kept.pieces)
        if what == "expected":  # the participation changed
            kept.slot = replace(kept.slot, expected=number)
        elif what is Deed.EXTEND:
            kept.until = now + timedelta(days=number)
        else:
            try:
                kept.do(what, number, now)
            except Refused:
                assert kept.pieces == before

        found = kept.counts(now)
        assert sum(found.values()) == kept.slot.expected
        assert set(found) == set(Standing)
        assert min(found.values()) >= 0
        left = [found[s] for s in (Standing.NOT_YET, Standing.DUE, Standing.OVERDUE)]
        assert sum(n > 0 for n in left) <= 1
        if len(kept.pieces) <= kept.slot.expected:
            states = [p.state for p in kept.pieces]
            assert [found[s] for s in KEPT] == [states.count(s) for s in KEPT]


@settings(max_examples=60, deadline=None)
@given(st.lists(moves, max_size=20), st.integers(0, 400))
def test_whether_a_piece_is_late_never_changes_once_it_was_sent(steps: list, sent: int) -> None:
    kept = Kept(PHOTOS)
    kept.do(Deed.REPORT, 1, at("2024-05-01T00:00") + timedelta(days=sent))
    first = kept.pieces[0]
    for what, number, days in steps:
        if what is Deed.EXTEND:
            kept.until = at("2024-06-30T00:00") + timedelta(days=days)
        elif what in NAMES:
            try:
                kept.do(what, number, at("2024-05-01T00:00") + timedelta(days=days))
            except Refused:
                continue

    found = [p for p in kept.pieces if p.id == first.id]
    assert [p.is_late for p in found] == [sent > 60 for _ in found]  # 1 May and 60 days: 30 June


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2018-02-14T23:59", Standing.NOT_YET),  # March is 15 days away
        ("2018-02-15T00:00", Standing.DUE),
        ("2018-03-31T23:59:59", Standing.DUE),  # the last instant still counts
        ("2018-04-01T00:00", Standing.OVERDUE),
    ],
)
def test_what_is_left_stands_by_the_date(now: str, standing: Standing) -> None:
    march = next(s for s in SLOTS if s.owed.id == "progress-sheet" and s.turn == 1)

    assert rest(march, None, at(now)) is standing


def test_a_window_asks_from_its_first_day() -> None:
    assert rest(PHOTOS, None, at("2024-05-31T23:59")) is Standing.NOT_YET
    assert rest(PHOTOS, None, at("2024-06-01T00:00")) is Standing.DUE


def test_what_has_no_date_is_asked_for_from_the_beginning() -> None:
    undated = next(s for s in owing(taking(MOBILE)) if s.owed.id == "memorandum")

    assert rest(undated, None, START) is Standing.DUE
    assert rest(undated, None, at("2030-01-01T00:00")) is Standing.DUE


def test_a_later_date_for_one_school_wins_and_late_is_by_the_date_that_held() -> None:
    kept = Kept(PHOTOS)
    july = at("2024-07-05T12:00")
    kept.do(Deed.REPORT, 1, july)
    assert kept.counts(july)[Standing.OVERDUE] == 7

    kept.until = at("2024-07-10T23:59:59")
    kept.do(Deed.REPORT, 1, july)

    assert kept.counts(july)[Standing.DUE] == 6
    assert [p.is_late for p in kept.pieces] == [True, False]


def test_a_returned_piece_is_sent_again_before_a_new_one_is_made() -> None:
    kept = Kept(PHOTOS)
    kept.do(Deed.REPORT, 8, START)
    kept.do(Deed.SEND_BACK, 2, START)
    kept.do(Deed.REPORT, 2, START)

    assert tally(kept.pieces) == Tally(sent=8)


@pytest.mark.parametrize(
    ("deed", "count", "words"),
    [
        (Deed.REPORT, 9, "應繳8張，還可以回報8張，沒有記下這次的9張"),
        (Deed.TAKE_BACK, 1, "可以收回的只有0張"),
        (Deed.CONFIRM, 1, "已送出、還沒收件的只有0張"),
        (Deed.SEND_BACK, 1, "可以退回的只有0張"),
        (Deed.EXCUSE, 9, "還沒交的只有8張"),
        (Deed.OWE_AGAIN, 1, "設為免繳的只有0張"),
        (Deed.REPORT, 0, "1以上的整數"),
    ],
)
def test_what_cannot_be_is_refused_in_words(deed: Deed, count: int, words: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(deed, PHOTOS, [], count)

    assert words in refused.value.say


def test_a_number_is_spread_over_the_earliest_first() -> None:
    sheets = [s for s in owing(taking(MOBILE, {"granted": "2"})) if s.owed.id == "progress-sheet"]
    laid = spread([(s, 1) for s in sheets], 3)

    assert [(s.unit_label, s.due.words(), n) for s, n in laid] == [
        ("第1班", "107年3月", 1),
        ("第2班", "107年3月", 1),
        ("第1班", "107年5月", 1),
    ]
