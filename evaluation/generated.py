"""Cases made from the plans' own entries: each is asked for by its title, and must say its value.

Questions are built from an entry's title and its plan's short name, never from its `says`: those
the bot's index holds word for word. Expectations are the entry's own day, figure or text, and its
clauses. What cannot be asked so is counted and listed, not guessed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.edition import Edition, Library
from bot.model.entries import Eligibility, Entry, PlanDate
from evaluation.cases import Conversation
from evaluation.generated_dates import of_date, of_months
from evaluation.generated_values import of_entry


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of which no case was made, and why."""

    entry: str  # plan/edition#id
    why: str


@dataclass(frozen=True, slots=True)
class Generated:
    """The cases, and the entries that have none."""

    cases: tuple[Conversation, ...]
    left_out: tuple[LeftOut, ...]


def generated(library: Library) -> Generated:
    """Cases of every entry of every edition, in their order."""
    cases: list[Conversation] = []
    left_out: list[LeftOut] = []
    for edition in library.editions:
        cases += of_months(edition)
        titles = Counter(entry.title for entry in edition.entries())
        for entry in edition.entries():
            made = list(_of(edition, entry)) if titles[entry.title] == 1 else []
            cases += made
            if not made:
                key = f"{edition.key}#{entry.id}"
                left_out.append(LeftOut(key, _why_not(edition, entry, titles[entry.title])))
    return Generated(tuple(cases), tuple(left_out))


def _of(edition: Edition, entry: Entry) -> Iterator[Conversation]:
    return of_date(edition, entry) if isinstance(entry, PlanDate) else of_entry(edition, entry)


def _why_not(edition: Edition, entry: Entry, same_title: int) -> str:
    if same_title > 1:
        return "標題和別的項目相同，只說標題分不出來"
    if isinstance(entry, Eligibility):
        return "資格要看每個人的情形，沒有單一的答案"
    if any(entry.id in conflict.between for conflict in edition.conflicts):
        return "文件前後不一致，由「前後不一致」的項目出題"
    return "項目只有標題，沒有可以核對的內容"
