"""What an account of the console may do: four roles, and one table of what is whose."""

from collections.abc import Mapping
from enum import StrEnum


class StaffRole(StrEnum):
    """What an account is for. Each has one."""

    ADMIN = "admin"
    EDITOR = "editor"
    SENDER = "sender"
    VIEWER = "viewer"

    @property
    def called(self) -> str:
        """As people call it."""
        return _TITLES[self]


_TITLES = {
    StaffRole.ADMIN: "管理者",
    StaffRole.EDITOR: "編輯",
    StaffRole.SENDER: "發送",
    StaffRole.VIEWER: "檢視",
}


class Right(StrEnum):
    """One kind of thing that may be done in the console."""

    SEE = "see"
    ANSWER = "answer"
    KEEP = "keep"
    SEND = "send"
    DELIVER = "deliver"
    INVITE = "invite"
    MANAGE = "manage"

    @property
    def called(self) -> str:
        """As people call it."""
        return _DEEDS[self]


_DEEDS = {
    Right.SEE: "檢視待辦、繳交、問題與發送紀錄",
    Right.ANSWER: "回答問題、編輯補充答案",
    Right.KEEP: "登記收件、退件、展延，匯入學校與名冊",
    Right.SEND: "撰寫、排定、核可公告",
    Right.DELIVER: "重送或作廢訊息",
    Right.INVITE: "產生學校承辦人的邀請碼",
    Right.MANAGE: "管理帳號、看操作紀錄與設定",
}

ANYONE = frozenset(StaffRole)
_EDITORS = frozenset({StaffRole.ADMIN, StaffRole.EDITOR})
_SENDERS = frozenset({StaffRole.ADMIN, StaffRole.SENDER})

MAY: Mapping[Right, frozenset[StaffRole]] = {
    Right.SEE: ANYONE,
    Right.ANSWER: _EDITORS,
    Right.KEEP: _EDITORS,
    Right.SEND: _SENDERS,
    Right.DELIVER: _SENDERS,
    Right.INVITE: _EDITORS,
    Right.MANAGE: frozenset({StaffRole.ADMIN}),
}
