"""What a message that nobody asked for just now is about."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What sort of notice it is, the one that matters most first."""

    ANSWER = "answer"  # of staff, to a question that was passed on
    SESSION = "session"
    DEADLINE = "deadline"
    NUDGE = "nudge"
    BROADCAST = "broadcast"
