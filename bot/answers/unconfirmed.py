"""What is said of an entry that this year has not confirmed: that it is open, and what was last."""

from collections.abc import Sequence

from bot.model.edition import OF_NO_YEAR, Edition
from bot.model.entries import Contact, Entry
from bot.model.unconfirmed import Unconfirmed
from bot.rules.conflicts import conflict_about

SHOWN = 4  # lines of the last edition
STILL_OPEN = "還未確認"


def year_words(edition: Edition) -> str:
    """An edition's year: 112年度, 112學年度."""
    kind = edition.about.year_kind
    return f"{edition.about.year}{'年' if kind == OF_NO_YEAR else kind}"


def open_words(edition: Edition, entry: Unconfirmed) -> str:
    """That this year's rule is open, in a sentence."""
    return f"{year_words(edition)}{STILL_OPEN}「{entry.title}」，我還不能回答。"


def last_lines(
    edition: Edition, last: Edition, entry: Entry, said: Sequence[str]
) -> tuple[str, ...]:
    """What the last edition said of it, each line with its year, and whom it named."""
    year = year_words(last)
    conflict = conflict_about(last, entry.id, {})
    remark = (f"文件前後不一致：{conflict.text}",) if conflict else ()
    lines = [line for line in (*said[:SHOWN], *remark) if line]
    return (
        *(f"{year}（舊）：{line}" for line in lines),
        f"以上是{year}的規定，{year_words(edition)}可能不同，請不要直接沿用。",
        *_last_contact(edition, last, entry),
    )


def _last_contact(edition: Edition, last: Edition, asked: Entry) -> tuple[str, ...]:
    """Last year's office, where this year's is not confirmed either."""
    if isinstance(asked, Contact) or any(c.id == edition.about.ask for c in edition.contacts):
        return ()
    contact = next((c for c in last.contacts if c.id == last.about.ask), None)
    if contact is None:
        return ()
    phone = contact.phone + (f" 分機{contact.extension}" if contact.extension else "")
    said = " ".join(x for x in (contact.unit + contact.addressee, phone, contact.email) if x)
    return (f"{year_words(last)}的窗口是{said}",)
