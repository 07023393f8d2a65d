"""What is kept about somebody, in words: names of tables and columns, values as they are read.

A table or column without a name here is shown by its own: what comes later is not hidden.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.clock import day_words, minute_words
from bot.messages import Card, from_plain
from bot.model.addresses import masked

TABLES = {
    "person": "使用紀錄",
    "enrolment": "加入的進度",
    "deed": "完成紀錄",
    "session_pick": "選的場次",
    "interview": "資格檢查",
    "wish": "提醒",
    "outbox": "要傳給您的訊息",
    "preference": "提醒方式",
    "own_date": "學校的日期",
    "date_choice": "單項日期的選擇",
    "follow": "會提醒您的時間",
    "calendar_key": "行事曆網址",
    "calendar_said": "行事曆的內容",
    "mail_address": "電子郵件",
    "mail_out": "要寄給您的郵件",
    "talk": "目前的對話",
    "question": "問過的問題",
    "referral": "轉給承辦人員的問題",
    "event": "傳來的訊息和回覆",
    "invitation": "用過的邀請碼",
    "affiliation": "學校身分",
    "staff_entry": "留下的常用答案",
    "submission_move": "回報或處理的繳交",
    "roster_member": "學校名冊上的您",
    "member_link": "和學校名冊的連結",
    "completion": "承辦匯入的研習完成紀錄",
    "broadcast": "經手的公告",
    "broadcast_recipient": "收到的公告",
    "broadcast_tap": "按過的公告按鈕",
    "audience": "存下的公告對象",
    "account_link": "連結的後台帳號",
    "account": "後台帳號",
}
COLUMNS = {
    "id": "編號",
    "participation_id": "參與編號",
    "slot": "應繳欄位",
    "deed": "動作",
    "pieces": "件的編號",
    "turn": "順序",
    "actor_id": "處理的人",
    "actor_kind": "處理的人的身分",
    "user_id": "LINE 使用者代號",
    "chat_id": "聊天室代號",
    "first_seen_at": "第一次使用",
    "last_seen_at": "最近一次使用",
    "followed_at": "加為好友",
    "blocked_at": "封鎖",
    "role": "身分",
    "wrong_codes": "邀請碼錯誤次數",
    "wrong_code_at": "最近一次錯誤",
    "plan": "計畫",
    "edition": "年度版",
    "track": "歷程",
    "label": "名稱",
    "facets": "分組",
    "seen": "您知道的內容",
    "joined_at": "加入",
    "left_at": "退出",
    "enrolment_id": "所屬進度",
    "requirement": "項目",
    "part": "內容",
    "fact": "同一件事",
    "count": "數量",
    "done_on": "完成日",
    "term": "學期",
    "marks": "註記",
    "event_id": "回報編號",
    "reported_at": "回報時間",
    "vouched": "確認",
    "vouched_by": "確認的人",
    "vouched_at": "確認時間",
    "undone_at": "收回時間",
    "session": "場次",
    "picked_at": "選擇時間",
    "missed_at": "沒有上到",
    "date": "日程",
    "case_key": "分項",
    "made_at": "建立時間",
    "hour": "提醒時間",
    "leads": "截止前幾天",
    "quiet_from": "不打擾開始",
    "quiet_to": "不打擾結束",
    "digest": "多久一次",
    "paused_until": "暫停到",
    "is_stopped": "全部不提醒",
    "due": "期限",
    "days": "天數或日期",
    "stretch": "日程代號",
    "is_muted": "不再提醒",
    "later_at": "晚點提醒",
    "lead": "提前",
    "at": "時間",
    "until": "有效到",
    "since": "開始追蹤",
    "is_planned": "已安排",
    "key": "鑰匙",
    "answer": "回覆",
    "state": "狀態",
    "not_before": "傳送時間",
    "expires_at": "失效時間",
    "settled_at": "處理完成",
    "tries": "次數",
    "changes": "更動次數",
    "at_once": "即時傳送",
    "alone": "單獨傳送",
    "disliked_at": "說沒有幫助",
    "seen_to_at": "承辦看過",
    "history": "經過",
    "error": "錯誤",
    "plain": "內容",
    "changed_at": "更動時間",
    "webhook_event_id": "訊息編號",
    "message_id": "LINE 訊息編號",
    "asked_at": "提問時間",
    "text": "內文",
    "outcome": "結果",
    "entry": "條目",
    "score": "分數",
    "why": "判讀依據",
    "passed_on_at": "轉出時間",
    "before": "前一題",
    "said": "當時的回覆",
    "wants_push": "要通知",
    "answered_by": "回覆的人",
    "answered_at": "回覆時間",
    "told_at": "告知時間",
    "told_in": "告知的訊息",
    "kind": "種類",
    "happened_at": "時間",
    "received_at": "收到",
    "title": "標題",
    "says": "問法",
    "source": "依據",
    "author": "作者",
    "expires_on": "有效期限",
    "withdrawn_at": "撤回",
    "referral_id": "轉問編號",
    "code_hash": "邀請碼（雜湊）",
    "used_at": "使用時間",
    "used_by": "使用的人",
    "school_code": "學校代碼",
    "tied_at": "登記時間",
    "confirmed": "經邀請碼確認",
    "successor_to": "交接的人",
    "entry_key": "資格",
    "uid": "日程代號",
    "event": "日程內容",
    "sequence": "更動次數",
    "is_cancelled": "已取消",
    "address": "信箱",
    "via": "提醒方式",
    "asked": "要求確認次數",
    "confirmed_at": "確認",
    "unsubscribed_at": "取消訂閱",
    "dead_at": "信箱無法收信",
    "dead_told_at": "告知無法收信",
    "instead": "代替 LINE",
    "unsure": "結果不明次數",
    "starts": "開始",
    "ends": "結束",
    "lines": "說明",
    "place": "地點",
    "unsettled": "暫訂",
    "alarms": "鬧鐘（秒）",
    "facts": "回答",
    "member_id": "名冊編號",
    "linked_at": "連結時間",
    "name": "名稱",
    "added_at": "加入名冊",
    "course": "研習名稱",
    "imported_at": "匯入時間",
    "broadcast_id": "公告編號",
    "audience": "公告對象",
    "starts_at": "預定開始",
    "revision": "修改次數",
    "changed_by": "修改的人",
    "approved_by": "核可的人",
    "reach": "送核時人數",
    "began_at": "開始傳送",
    "ended_at": "結束",
    "recipients": "收件人數",
    "skipped": "略過人數",
    "queued_at": "排入時間",
    "is_queued": "已全部排入",
    "button": "第幾個按鈕",
}
# What only the system needs: it stands in the file that is taken along, not on the page.
FOR_FILE_ONLY = frozenset(
    {"id", "member_id", "user_id", "chat_id", "enrolment_id", "event_id", "webhook_event_id",
     "message_id", "referral_id", "fact", "seen", "seen_version", "code_hash", "told_in",
     "score", "why", "participation_id", "pieces", "turn", "broadcast_id", "audience"}
)  # fmt: skip
YES, NO = "是", "否"
ROLES = {"staff": "承辦人員", "contact": "學校承辦人", "teacher": "教師"}


def table_title(name: str) -> str:
    """What people call a table."""
    return TABLES.get(name, name)


def row_words(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The columns of a row that say something to its person, with their names."""
    shown = ((name, value) for name, value in row.items() if name not in FOR_FILE_ONLY)
    said = ((COLUMNS.get(name, name), _said(name, value)) for name, value in shown)
    return [(name, words) for name, words in said if words]


def _said(column: str, value: Any) -> str:
    if column == "role":
        return ROLES.get(str(value), str(value))
    # An address is shown to nobody whole, who may look over a shoulder; the file has it.
    return masked(value) if column == "address" else value_words(value)


def value_words(value: Any) -> str:
    """A value as it is read; empty for what says nothing."""
    if isinstance(value, bool):
        return YES if value else NO
    if value is None:
        return ""
    if isinstance(value, datetime):
        return minute_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Mapping):
        if "parts" in value and "outcome" in value:
            return _answer_words(value)
        pairs = ((name, value_words(one)) for name, one in value.items())
        return "\n".join(f"{COLUMNS.get(n, n)}：{said}" for n, said in pairs if said)
    if isinstance(value, list | tuple):
        return "、".join(filter(None, map(value_words, value)))
    return str(value)


def _answer_words(value: Mapping[str, Any]) -> str:
    return "\n".join(b.lead if isinstance(b, Card) else b.text for b in from_plain(value).bubbles)
