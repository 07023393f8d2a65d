"""The form by which staff answer: what was typed, and what is wrong with it, field by field."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.clock import day_words
from bot.staff_work import Keeping, Reply
from bot.understand.mask import mask

MOST_ANSWER, MOST_TITLE, MOST_SAYING, MOST_SOURCE = 1000, 60, 100, 200
MOST_SAYINGS = 10
LONGEST_LIFE = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """What was typed, kept as it is, and the sentences about what is wrong."""

    answer: str = ""
    keep: bool = False
    edition: str = ""  # key of the plan's edition
    title: str = ""
    says: str = ""  # one a line
    source: str = ""
    until: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)  # field → what to do about it

    def sayings(self) -> tuple[str, ...]:
        """The other ways to ask."""
        return tuple(dict.fromkeys(line.strip() for line in self.says.split("\n") if line.strip()))

    def reply(self) -> Reply:
        """What is to be done; only for a form without faults."""
        if not self.keep:
            return Reply(text=self.answer)
        plan, _, edition = self.edition.partition("/")
        keeping = Keeping(
            plan=plan,
            edition=edition,
            title=self.title,
            says=self.sayings(),
            source=self.source,
            expires_on=date.fromisoformat(self.until),
        )
        return Reply(text=self.answer, keeping=keeping)


def read_form(typed: Mapping[str, str], editions: Collection[str], today: date) -> ReplyForm:
    """The form as it was sent, with all that is wrong with it at once."""
    form = ReplyForm(
        answer=_clean(typed.get("answer", "")),
        keep=bool(typed.get("keep")),
        edition=typed.get("edition", ""),
        title=" ".join(_clean(typed.get("title", "")).split()),
        says=_clean(typed.get("says", "")),
        source=" ".join(_clean(typed.get("source", "")).split()),
        until=typed.get("until", "").strip(),
    )
    faults = {"answer": _length("答覆", form.answer, MOST_ANSWER) or _masked_fault(form.answer)}
    if form.keep:
        faults |= {
            "edition": "" if form.edition in editions else "請選擇這個答案屬於哪一個計畫。",
            "title": _length("標題", form.title, MOST_TITLE),
            "says": _sayings_fault(form.sayings()),
            "source": _length("依據", form.source, MOST_SOURCE),
            "until": _until_fault(form.until, today),
        }
    return replace(form, faults={name: fault for name, fault in faults.items() if fault})


def _clean(text: str) -> str:
    """The text without what cannot be seen: such as zero bytes, which a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c == "\n" or c.isprintable()).strip()


def _length(what: str, text: str, most: int) -> str:
    if not text:
        return f"請填寫{what}。"
    return f"{what}最多{most}字，現在有{len(text)}字，請縮短。" if len(text) > most else ""


def _masked_fault(text: str) -> str:
    """What is masked would reach the asker as a gap: better said now than found out later."""
    if mask(text) == text:
        return ""
    return "答覆裡的電話、信箱、帳號或身分證字號會被遮住，請改寫成單位和計畫上的聯絡方式。"


def _sayings_fault(sayings: tuple[str, ...]) -> str:
    if len(sayings) > MOST_SAYINGS:
        return f"其他問法最多{MOST_SAYINGS}行，現在有{len(sayings)}行，請刪減。"
    if any(len(saying) > MOST_SAYING for saying in sayings):
        return f"每行問法最多{MOST_SAYING}字，請縮短或分成兩行。"
    return ""


def _until_fault(until: str, today: date) -> str:
    if not until:
        return "請填寫有效期限，到期後就不再這樣回答。"
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return "看不懂這個日期，請用日期選單選擇，或填成 2026-12-31 的樣子。"
    if day <= today:
        return f"有效期限要在今天（{day_words(today)}）之後，請改晚一點。"
    latest = today + LONGEST_LIFE
    return "" if day <= latest else f"有效期限最晚到{day_words(latest)}，請改早一點，到期再續。"
