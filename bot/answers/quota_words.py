"""How the month's pushes stand, in words for staff."""

from datetime import date

from bot.clock import day_words

PUSHES = "推播則數"


def used_words(used: int, most: int) -> str:
    """This month's pushes: 160／200則（80%）."""
    return f"本月推播已用{used:,}／{most:,}則（{100 * used // max(most, 1)}%）"


def unlimited_words(used: int) -> str:
    """This month's pushes where no limit is known: there is none, or LINE was not asked yet."""
    return f"本月推播已用{used:,}則；LINE 沒有回報上限"


def outlook_words(held: int, runs_out_on: date | None) -> tuple[str, ...]:
    """What will come of it: until when it lasts, and what is held back."""
    lines = []
    if runs_out_on:
        lines.append(f"照目前排定的通知，{day_words(runs_out_on)}會用完")
    if held:
        lines.append(f"有{held:,}則通知因則數不足先留著：對方來訊時會一併告知，則數恢復後也會送出")
    return tuple(lines)


REMEDY = "場次通知優先，其次是截止通知。要多送，請在 LINE 官方帳號後台升級方案。"
