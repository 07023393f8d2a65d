"""The conversations that plan files hold as examples, tried on the bot itself."""

from collections.abc import Iterator

from bot.catalog.load import Reading
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.cli.plain import plain
from bot.dispatch import Office
from bot.errors import Finding
from bot.handlers.table import handle
from bot.messages import SILENCE, Answer, Incoming, Kind, Outcome
from bot.model.edition import Example, Turn
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.reader import Reader

SHOWN = 60  # so much of a wrong answer is shown


def failed_examples(reading: Reading) -> tuple[Finding, ...]:
    """What the bot gets wrong, in the order of the files: each example is a chat of its own."""
    engine = open_engine("sqlite://")
    try:
        schema.migrate(engine)
        office = Office(engine, handle, Reader(reading.library))
        return tuple(
            sheet.finding(fault)
            for sheet in reading.sheets
            for number, example in enumerate(sheet.edition.examples)
            for fault in _failures(office, sheet, (f"{sheet.file}#{number}", example))
        )
    finally:
        engine.dispose()


def _failures(office: Office, sheet: Sheet, chat: tuple[str, Example]) -> Iterator[Fault]:
    chat_id, example = chat
    for number, turn in enumerate(example.turns):
        incoming = Incoming(
            event_id=f"{chat_id}.{number}",
            kind=Kind.TEXT,
            at=example.at,
            channel_id="examples",
            chat_id=chat_id,
            user_id=chat_id,
            text=turn.say,
            reply_token=chat_id,
        )
        owed = office.respond(incoming, example.at)
        answer = owed.answer if owed else SILENCE
        for wrong in _wrong(turn, answer):
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
