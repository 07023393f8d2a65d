"""The navigation, as data: each section with its page and the roles that see it."""

from dataclasses import dataclass

from bot.model.staff_roles import ANYONE, MAY, Right, StaffRole


@dataclass(frozen=True, slots=True)
class Section:
    """One way of the navigation."""

    endpoint: str  # of the page that it leads to, without the blueprint's name
    name: str
    roles: frozenset[StaffRole]


SECTIONS = (
    Section("today", "今日", ANYONE),
    Section("submissions", "繳交", MAY[Right.SEE]),
    Section("broadcasts", "公告", MAY[Right.SEE]),
    Section("questions", "問題", ANYONE),
    Section("knowledge", "知識", ANYONE),
    Section("schools", "人與學校", ANYONE),
    Section("invitations", "邀請", MAY[Right.INVITE]),
    Section("imports", "匯入", MAY[Right.KEEP]),
    Section("delivery", "發送", ANYONE),
    Section("year_end", "期末", MAY[Right.SEE]),
    Section("accounts", "帳號", MAY[Right.MANAGE]),
    Section("audit", "操作紀錄", MAY[Right.MANAGE]),
    Section("settings", "設定", MAY[Right.MANAGE]),
)


def seen_by(role: StaffRole) -> tuple[Section, ...]:
    """The sections that this role sees, in their order."""
    return tuple(section for section in SECTIONS if role in section.roles)
