"""What was handed in: its states, who moved it, and what is counted of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """Where one piece that is owed stands. Every piece stands in exactly one.

    Only what was handed in or excused is kept; the rest of what is owed is told by the date.
    """

    NOT_YET = "not_yet"  # 未到期
    DUE = "due"  # 待繳
    SENT = "sent"  # 已送出
    RETURNED = "returned"  # 退件待補
    RECEIVED = "received"  # 已收件
    OVERDUE = "overdue"  # 逾期
    EXCUSED = "excused"  # 免繳


KEPT = (Standing.RECEIVED, Standing.SENT, Standing.RETURNED, Standing.EXCUSED)


class ActorKind(StrEnum):
    """Who does something about submissions."""

    CONTACT = "contact"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who does something; a contact only for their own school."""

    channel_id: str
    id: str
    kind: ActorKind
    school_code: str | None = None


class Deed(StrEnum):
    """What is done about the pieces of a slot."""

    REPORT = "report"  # 回報已送出
    TAKE_BACK = "take_back"  # 收回
    CONFIRM = "confirm"  # 確認收件
    SEND_BACK = "send_back"  # 退件
    EXCUSE = "excuse"  # 免繳
    OWE_AGAIN = "owe_again"  # 取消免繳
    EXTEND = "extend"  # 展期


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a slot that was handed in or excused."""

    id: str
    slot: str  # the slot's key
    state: Standing
    sent_at: datetime | None = None  # first handed in
    due_at: datetime | None = None  # the date that held then; None: there was none
    number: str = ""  # of the official letter

    @property
    def is_late(self) -> bool:
        """Whether it was first handed in after the date that held then."""
        return self.sent_at is not None and self.due_at is not None and self.sent_at > self.due_at


class Tally(NamedTuple):
    """How many pieces of a slot are kept in each state, and how many of them were late."""

    received: int = 0
    sent: int = 0
    returned: int = 0
    excused: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is kept of one participation: pieces counted by slot, and dates extended."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    extended: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One deed as it was noted: what, how many, by whom, when, why."""

    slot: str
    deed: Deed
    count: int
    at: datetime
    actor_id: str | None  # None: erased since
    actor_kind: ActorKind
    why: str = ""
