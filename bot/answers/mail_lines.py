"""Words about being reminded by mail: the same in the chat and on the pages."""

from bot.messages import Answer, Button, Card, Outcome, Text, Tone
from bot.model.addresses import masked

MAIL = "電子郵件提醒"
VIA = "mailvia"  # a button's data: mailvia=line, mail, both or stop
BY_MAIL, BY_LINE, BY_BOTH, NO_MORE = "mail", "line", "both", "stop"
EXAMPLE = "用電子郵件提醒我 name@school.edu.tw"
IN_GROUP = "信箱請只在和我的一對一聊天室設定，不要寫在群組裡。沒有存下任何東西。"
NONE = "這裡沒有設定寄信，提醒都用 LINE 傳給您；沒有存下您的信箱。"
NO_ADDRESS = f"要用電子郵件提醒，請寫成一句，例如「{EXAMPLE}」。"
NOT_ONE = f"這個信箱看不懂，沒有存下。請寫一個完整的信箱，例如「{EXAMPLE}」。"
TOO_MANY = "今天已經寄過幾封確認信了，沒有再寄。請先找找信箱的垃圾郵件，或明天再試一次。"
NOT_YET = f"您還沒有設定信箱。要用電子郵件提醒，請寫「{EXAMPLE}」。"
STOPPED = "好的，不再寄信給您；之後的提醒會用 LINE 傳。"
CHOSEN = {
    BY_MAIL: "好的，之後的提醒會寄到您的信箱，不再用 LINE 傳。",
    BY_LINE: "好的，之後的提醒只用 LINE 傳，不寄信。",
    BY_BOTH: "好的，之後的提醒會寄到您的信箱，也用 LINE 傳。",
}
LABELS = {
    BY_MAIL: "只用電子郵件",
    BY_LINE: "只用 LINE",
    BY_BOTH: "兩邊都要",
    NO_MORE: "不要再寄信",
}
STAFF_TELL_IN_LINE = "承辦人員的答覆仍在 LINE 告訴您。"


def asked_card(address: str) -> Answer:
    """A confirmation was sent."""
    card = Card(
        title=MAIL,
        lead=f"已寄確認信到 {masked(address)}，請在24小時內打開信裡的連結，按「確認」。",
        facts=(
            "確認之前，提醒照舊用 LINE 傳。",
            "確認之後，提醒改寄到信箱，不再用 LINE 傳；要兩邊都收請點下面的按鈕。",
            "幾分鐘後還沒收到，請找找垃圾郵件。",
        ),
        tone=Tone.ASK,
        buttons=_buttons(BY_BOTH, NO_MORE),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def state_words(address: str, *, confirmed: bool, left: bool, dead: bool) -> str:
    """How it stands with an address."""
    shown = masked(address)
    if dead:
        return f"{shown} 收不到信，提醒已改回用 LINE 傳。"
    if left:
        return f"{shown} 已取消，不再寄信。"
    return f"提醒會寄到 {shown}。" if confirmed else f"{shown} 還沒有確認，請打開確認信裡的連結。"


def state_card(said: str, via: str, is_active: bool) -> Answer:
    """How it stands, and what else may be chosen."""
    others = [v for v in (BY_MAIL, BY_LINE, BY_BOTH) if v != via]
    card = Card(
        title=MAIL,
        lead=said,
        facts=(
            (f"目前的方式：{LABELS[via]}。", STAFF_TELL_IN_LINE)
            if is_active
            else (f"要換一個信箱，請寫「{EXAMPLE}」。",)
        ),
        buttons=_buttons(*others, NO_MORE) if is_active else (),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def dead_words(address: str) -> Text:
    """What is said once to somebody whose mailbox refused a mail."""
    return Text(
        f"寄到 {masked(address)} 的信被退回了：這個信箱收不到信。"
        f"提醒已改回用 LINE 傳；要換信箱，請寫「{EXAMPLE}」。"
    )


def _buttons(*values: str) -> tuple[Button, ...]:
    return tuple(Button(LABELS[value], data=f"{VIA}={value}") for value in values)
