"""Somebody wants a plan or a budget checked, or a sum worked out: buttons to the pages for it.

What people write for it is each edition's own (`checks.….says`).
"""

import re
from collections.abc import Iterator

from bot.handlers.desk import Desk, Handled
from bot.handlers.staff_desk import NO_PAGES
from bot.links import Purpose
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row, Text
from bot.model.edition import Edition
from bot.understand.gathered import once_a_reader
from bot.understand.reader import Reader
from bot.understand.small_talk import bare

LONGEST_CALL = 30  # characters: a longer message asks something
ONE_TO_ONE = "檢查和試算的頁面只給本人使用，請到和我的一對一聊天室輸入同樣的字。"
LEAD = "開啟頁面，填寫或上傳檔案就可以檢查；填的內容不會留存。"
LEAD_OF_SUMS = "開啟頁面，填數字就可以試算；填的內容不會留存。"
LASTS = "連結1小時內有效，只給您本人使用。"
_AROUND = re.compile(
    r"^(?:請|麻煩|可以|可不可以|能不能|幫忙|幫我|幫|我|想|要)+|(?:一下|嗎|吧|好嗎|看看)+$"
)
# Path of a page, its name, and what people write for it.
Way = tuple[str, str, tuple[str, ...]]


def open_checks(incoming: Incoming, desk: Desk) -> Handled | None:
    """Buttons to the pages that the words call for; None for all else."""
    if len(incoming.text) > LONGEST_CALL:
        return None
    cards = _called(incoming, desk)
    if not cards:
        return None
    if incoming.in_group or incoming.user_id is None:
        return Handled(answer=Answer((Text(ONE_TO_ONE),), outcome=Outcome.CHAT), talk=desk.talk)
    if desk.links is None:
        return Handled(answer=Answer((Text(NO_PAGES),), outcome=Outcome.CHAT), talk=desk.talk)
    parts = (cards[0],) if len(cards) == 1 else (Row(tuple(cards)),)
    return Handled(answer=Answer(parts, outcome=Outcome.CHAT), talk=desk.talk)


def _called(incoming: Incoming, desk: Desk) -> list[Card]:
    said = _core(desk.reader, incoming.text)
    if said not in _called_so(desk.reader):
        return []
    cards = []
    for edition in _checked(desk.reader, incoming):
        wanted = [
            (path, title)
            for path, title, says in _ways(edition)
            if any(said == _core(desk.reader, word) for word in (title, *says))
        ]
        if wanted:
            cards.append(_card(edition, wanted, incoming, desk))
    return cards


@once_a_reader
def _called_so(reader: Reader) -> frozenset[str]:
    """All that any page of any edition is called."""
    ways = (way for edition in reader.library.editions for way in _ways(edition))
    return frozenset(_core(reader, word) for _, title, says in ways for word in (title, *says))


def _core(reader: Reader, words: str) -> str:
    """Words without what stands around them."""
    return _AROUND.sub("", bare(reader.fold(words)))


def _checked(reader: Reader, incoming: Incoming) -> Iterator[Edition]:
    for plan in reader.plans:
        edition = reader.edition_at(plan, incoming.at)
        if edition.checks:
            yield edition


def _ways(edition: Edition) -> Iterator[Way]:
    checks = edition.checks
    if checks is None:
        return
    root = f"checks/{edition.key}"
    if checks.activities:
        yield f"{root}/activities", checks.activities.title, checks.activities.says
    if checks.budget:
        yield f"{root}/budget", checks.budget.title, checks.budget.says
    for estimate in checks.estimates:
        yield f"{root}/estimates/{estimate.id}", estimate.title, estimate.says


def _card(edition: Edition, wanted: list[tuple[str, str]], incoming: Incoming, desk: Desk) -> Card:
    buttons: tuple[Button, ...] = ()
    if desk.links is not None and incoming.user_id is not None:
        whose = (incoming.channel_id, incoming.user_id)
        token = desk.links.token(*whose, Purpose.OWN, incoming.at)
        buttons = tuple(Button(title, url=desk.links.page(token, path)) for path, title in wanted)
    lead = LEAD if any("/estimates/" not in path for path, _ in wanted) else LEAD_OF_SUMS
    return Card(title=edition.about.short, lead=lead, facts=(LASTS,), buttons=buttons)
