"""The conversations that plan files hold as examples, tried on the bot itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog.load import Reading
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.cli.in_memory import InMemory, in_memory
from bot.cli.plain import plain
from bot.errors import Finding
from bot.messages import Answer, Outcome
from bot.model.edition import Example, Turn
from bot.model.unconfirmed import Unconfirmed, is_draft
from bot.understand.reader import Reader

SHOWN = 60  # so much of a wrong answer is shown


@dataclass(frozen=True, slots=True)
class Trial:
    """What the bot gets wrong, in the order of the files, and what cannot be told yet."""

    findings: tuple[Finding, ...]
    waiting: int  # examples about what is still to be confirmed


class _Waits(Exception):
    """An example turns on what is still to be confirmed."""


def try_examples(reading: Reading) -> Trial:
    """Every example put to the bot, each as a chat of its own."""
    findings: list[Finding] = []
    waiting = 0
    with in_memory(Reader(reading.library)) as bot:
        for sheet in reading.sheets:
            for number, example in enumerate(sheet.edition.examples):
                chat = (f"{sheet.file}#{number}", example)
                try:
                    faults = list(_failures(bot, sheet, chat))
                    findings += map(sheet.finding, faults)
                except _Waits:
                    waiting += 1
    return Trial(tuple(findings), waiting)


def _waits(reader: Reader, plan: str, answer: Answer, is_wrong: bool) -> bool:
    """Whether an answer to an example of this plan proves nothing yet, right or wrong."""
    why = answer.why
    if why.entry:
        item = reader.index.by_key.get(f"{why.plan}/{why.edition}#{why.entry}")
        return item is not None and isinstance(item.entry, Unconfirmed)
    # Nothing was found, or days were looked up: what is open may have been meant.
    return is_wrong and any(map(is_draft, reader.editions(plan)))


def _failures(bot: InMemory, sheet: Sheet, chat: tuple[str, Example]) -> Iterator[Fault]:
    """What is wrong with the answers of one chat; raises _Waits where that cannot be told yet."""
    chat_id, example = chat
    for turn in example.turns:
        answer = bot.say(chat_id, turn.say, example.at)
        wrongs = list(_wrong(turn, answer))
        if _waits(bot.reader, sheet.edition.plan, answer, bool(wrongs)):
            raise _Waits
        for wrong in wrongs:
            said = " ".join(plain(answer).split())
            shown = said if len(said) <= SHOWN else said[:SHOWN] + "…"
            what = f"例子「{turn.say}」{wrong}；回答是「{shown}」"
            yield Fault(sheet.line(turn, "say"), what, _cure(answer))


def _cure(answer: Answer) -> str:
    if answer.outcome is Outcome.ASKED:
        return "例子的第一句要聽得出是哪個計畫；已經有了就補項目的 says"
    return "改項目的 says 或內容，或改這個例子"


def _wrong(turn: Turn, answer: Answer) -> Iterator[str]:
    said = plain(answer)
    if answer.outcome is Outcome.FAILED:
        yield "讓程式出錯"
        return
    yield from (f"的回答少了「{words}」" for words in turn.all if words not in said)
    yield from (f"的回答不該有「{words}」" for words in turn.none if words in said)
    if turn.unknown and answer.outcome is not Outcome.UNKNOWN:
        yield "應該回答計畫沒有說明"
