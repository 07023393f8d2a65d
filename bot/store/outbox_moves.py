"""How a message of the outbox may go from state to state; all do it here, and leave a line.

waiting ─▶ sending ─▶ sent
 ▲ ▲ ▲ ▲      │ ├──▶ dead        LINE refuses it for good
 │ │ │ │      │ └──▶ uncertain   perhaps it went out, and its retry key is no longer remembered
 │ │ │ └──────┘                  LINE surely did not take it
 │ │ └─▶ held                    the quota has no room; goes on like what waits when it has
 │ └───▶ riding ─▶ sent          below a reply; back where that was lost,
 │            └──▶ uncertain     unless perhaps it was not
 └─────▶ void                    told in another way, of no more use, or its person blocked us;
                                 back where the reply that told it never went out

Staff may send again what is dead or uncertain, and void what waits, is held, dead or uncertain:
by hand alone (BY_HAND), so that nothing that runs by itself ever sends what perhaps went out.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, or_, update

from bot.store.tables import OutboxRow, OutboxState

_S = OutboxState
MOVES: dict[OutboxState, frozenset[OutboxState]] = {
    _S.WAITING: frozenset({_S.SENDING, _S.HELD, _S.RIDING, _S.VOID}),
    _S.HELD: frozenset({_S.WAITING, _S.SENDING, _S.RIDING, _S.VOID}),
    _S.RIDING: frozenset({_S.SENT, _S.WAITING, _S.UNCERTAIN}),
    _S.SENDING: frozenset({_S.SENT, _S.WAITING, _S.DEAD, _S.UNCERTAIN, _S.VOID}),
    _S.VOID: frozenset({_S.WAITING}),
    _S.UNCERTAIN: frozenset({_S.SENT}),  # it turns out that it did
    _S.DEAD: frozenset(),
    _S.SENT: frozenset(),
}
_ANEW = frozenset({_S.WAITING, _S.VOID})
BY_HAND: dict[OutboxState, frozenset[OutboxState]] = {
    _S.WAITING: frozenset({_S.VOID}),
    _S.HELD: frozenset({_S.VOID}),
    _S.DEAD: _ANEW,
    _S.UNCERTAIN: _ANEW,
}
FINAL = frozenset({_S.SENT, _S.DEAD, _S.UNCERTAIN, _S.VOID})
ON_ITS_WAY = frozenset({_S.SENDING, _S.SENT})


def states_before(to: OutboxState) -> list[OutboxState]:
    """The states from which a message may come to this one."""
    return [state for state, after in MOVES.items() if to in after]


def moving(to: OutboxState, at: datetime, why: str = "", **values: Any) -> Update:
    """The UPDATE that moves what may be moved; whoever asks says which rows.

    Args:
        at: of the real clock, or the event's where only that is known.
        why: one line, without anything of a person; kept as the row's error unless all is well.
    """
    return _moving(states_before(to), to, at, why, **values)


def moving_by_hand(to: OutboxState, at: datetime, why: str, **values: Any) -> Update:
    """The UPDATE by which staff send again or void; whoever asks says which rows."""
    before = [state for state, after in BY_HAND.items() if to in after]
    return _moving(before, to, at, why, **values)


def _moving(
    before: list[OutboxState], to: OutboxState, at: datetime, why: str, **values: Any
) -> Update:
    values["state"] = to
    values["error"] = None if to in ON_ITS_WAY or not why else why
    values["settled_at"] = at if to in FINAL else None
    values["history"] = OutboxRow.history + line_of(to, at, why)
    # Not IN: many rows in one call cannot have a list.
    may_come = or_(*(OutboxRow.state == state for state in before))
    return update(OutboxRow).where(may_come).values(**values)


def move(
    db: Connection, which: ColumnElement[bool], to: OutboxState, at: datetime, why: str = ""
) -> list[str]:
    """Move those of these messages that may be moved; gives their ids."""
    return list(db.scalars(moving(to, at, why).where(which).returning(OutboxRow.id)))


def line_of(to: OutboxState, at: datetime, why: str = "") -> str:
    """A move as a line of a message's history."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {to} {why}".rstrip() + "\n"
