"""`bot questions`: what people asked, why they were answered so, and answers of staff as cases."""

import argparse
import sys
from datetime import date, datetime, time

from sqlalchemy import Connection

from bot.catalog.cases import case_of_kept, cases_yaml
from bot.cli.of_channel import add_channel, known_channel
from bot.cli.plain import plain
from bot.clock import TAIPEI, minute_words
from bot.errors import SettingsError
from bot.loading import load_reader
from bot.messages import Outcome
from bot.readers import Readers
from bot.settings import Settings
from bot.store import channels, questions, schema, staff_entries
from bot.store.engine import open_engine
from bot.understand.explained import explain, lines
from bot.understand.narrowed import only

NOT_FOUND = 1
OUTCOMES = [o.value for o in (Outcome.UNKNOWN, Outcome.ASKED, Outcome.ANSWERED, Outcome.FAILED)]
MOST_LISTED = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is wanted: a list, one reason, or cases."""
    wanted = parser.add_subparsers(dest="wanted", required=True, metavar="list|why|cases")
    listed = wanted.add_parser("list", help="最近的問題，新的在前")
    listed.add_argument("--outcome", choices=OUTCOMES, help="只看這種結果")
    listed.add_argument("--limit", type=_few, default=20, metavar="N", help="最多幾題（20）")
    why = wanted.add_parser("why", help="一題的回覆，以及為什麼這樣回")
    why.add_argument("event_id", help="list 每行開頭的代碼")
    cases = wanted.add_parser("cases", help="把答過並留作常用答案的題目寫成測試對話（YAML）")
    cases.add_argument("--since", type=_day, metavar="DATE", help="這天起答覆的，例如 2022-06-15")
    add_channel(listed, why, cases)


def run(args: argparse.Namespace) -> int:
    """Read the log; nothing is changed."""
    settings = Settings.from_env()
    engine = open_engine(settings.database_url)
    try:
        if fault := schema.fault(engine):
            raise SettingsError(fault)
        channel = known_channel(engine, args.channel)
        with engine.connect().execution_options(only_reads=True) as db:
            if args.wanted == "list":
                return _list(db, channel, args.outcome, args.limit)
            if args.wanted == "why":
                return _why(db, settings, channel, args.event_id)
            return _cases(db, channel, args.since)
    finally:
        engine.dispose()


def _list(db: Connection, channel: str, outcome: str | None, limit: int) -> int:
    page = questions.recent(db, channel, Outcome(outcome) if outcome else None, limit=limit)
    for question in page.questions:
        text = " ".join(question.text.split())
        said = (question.event_id, minute_words(question.asked_at), question.outcome.value, text)
        print("  ".join(said))
    if not page.questions:
        print("沒有這樣的問題。", file=sys.stderr)
    return 0


def _why(db: Connection, settings: Settings, channel: str, event_id: str) -> int:
    question = questions.find(db, channel, event_id)
    if question is None:
        print(f"沒有「{event_id}」這一題：請用 bot questions list 查代碼。", file=sys.stderr)
        return NOT_FOUND
    plans = load_reader(settings)
    kept = channels.find(db, channel)
    served = only(plans, kept.plans) if kept and kept.plans else plans
    reader = Readers(lambda _channel_id: served).reader_of(db, channel, question.asked_at)
    print(f"{minute_words(question.asked_at)}  {question.outcome.value}\n{question.text}\n")
    if question.answer is not None:
        print(f"{plain(question.answer)}\n")
    print("\n".join(lines(explain(reader, question.why))))
    return 0


def _cases(db: Connection, channel: str, since: date | None) -> int:
    start = datetime.combine(since, time(), tzinfo=TAIPEI) if since else None
    found = staff_entries.answered_cases(db, channel, start)
    if not found:
        print("沒有留作常用答案的題目。", file=sys.stderr)
        return 0
    cases = (case_of_kept(one.entry, one.asked_at, one.text, one.before) for one in found)
    print(cases_yaml(cases), end="")
    return 0


def _few(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_LISTED:
        raise argparse.ArgumentTypeError(f"「{text}」不行，要填 1 到 {MOST_LISTED} 的數字")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise argparse.ArgumentTypeError(f"看不懂的日期「{text}」，要像 2022-06-15") from err
