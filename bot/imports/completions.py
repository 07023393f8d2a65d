"""From rows that count to completions of members: who is meant, and what stands there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.clock import day_words
from bot.imports.attendance import Attended
from bot.imports.people import LABEL, NAME, NewMember, Roster
from bot.imports.report import Fate, Line, Report, line, report
from bot.model.edition import Edition
from bot.model.roster import Completion, Member, fact_of

_LONGEST_COURSE = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What was there before the list."""

    members: Iterable[Member]  # of all schools that the list names
    completions: Iterable[Completion]  # of the edition


@dataclass(frozen=True, slots=True)
class CompletionsRead:
    """What becomes of each row, who is new on the lists, and what was completed."""

    report: Report
    new_members: tuple[Member, ...]
    new: tuple[Completion, ...]


class _Sorter:
    """Goes through the rows, remembering what the rows before added."""

    def __init__(self, edition: Edition, known: Known, make: NewMember | None) -> None:
        self.edition = edition
        self.make = make
        self.roster = Roster(known.members)
        self.known = {(c.member_id, c.fact): c for c in known.completions}
        self.rows: dict[tuple[str, str], int] = {}
        self.new_members: list[Member] = []
        self.new: list[Completion] = []

    def sort(self, one: Attended) -> Line:
        """What becomes of a row."""
        member = self._member(one)
        if isinstance(member, Line):
            return member
        counts, row = one.counts, one.who.row
        part = counts.part.id if counts.part else ""
        fact = fact_of(counts.item.id, part, one.on, one.course)
        said = f"{one.who.school.name} {member.name}：{counts.title} {day_words(one.on)}"
        if before := self.known.get((member.id, fact)):
            day = "" if before.on == one.on else f"（記的是{day_words(before.on)}）"
            return line(row, Fate.UNCHANGED, f"{said}，已經有了{day}")
        if number := self.rows.get((member.id, fact)):
            return line(row, Fate.UNCHANGED, f"{said}，和第{number}列是同一項")
        self.rows[(member.id, fact)] = row.number
        self.new.append(
            Completion(
                member_id=member.id,
                plan=self.edition.plan,
                edition=self.edition.edition,
                track=counts.track.id,
                requirement=counts.item.id,
                part=part,
                fact=fact,
                count=one.count,
                on=one.on,
                course=one.course[:_LONGEST_COURSE],
            )
        )
        return line(row, Fate.NEW, said)

    def _member(self, one: Attended) -> Member | Line:
        who, where = one.who, (NAME.id, NAME.title)
        named = self.roster.named(who.school.code, who.name)
        if LABEL.id in who.row.cells and (who.label or len(named) > 1):
            named = [m for m in named if m.label == who.label]
        if len(named) == 1:
            return named[0]
        if named:
            labels = "、".join(m.label or "（空白）" for m in named)
            why = (
                f"{who.school.name}的名冊有{len(named)}位{who.name}。"
                f"請加一欄「{LABEL.title}」，填其中一個：{labels}。"
            )
            return line(who.row, Fate.REFUSED, why, where)
        if self.make is None:
            why = f"不在{who.school.name}的名冊。請先匯入教師名冊，或加 --add-missing 一起加入。"
            return line(who.row, Fate.REFUSED, why, where)
        member = self.make(who.school.code, who.name, who.label, "")
        self.roster.add(member)
        self.new_members.append(member)
        return member


def read_completions(
    edition: Edition, rows: Sequence[Attended | Line], known: Known, make: NewMember | None
) -> CompletionsRead:
    """What a list of attendance adds.

    Args:
        make: makes a member who is on no list yet; None: whoever is on none is refused.
    """
    sorter = _Sorter(edition, known, make)
    lines = [one if isinstance(one, Line) else sorter.sort(one) for one in rows]
    return CompletionsRead(report(lines), tuple(sorter.new_members), tuple(sorter.new))
