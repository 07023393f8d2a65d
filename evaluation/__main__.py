"""`python -m evaluation`: puts the cases to the bot and says how it did."""

import argparse
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot import clock
from bot.errors import BotError
from bot.loading import load_reader
from bot.settings import Settings
from bot.understand.reader import Reader
from evaluation import last_run, report
from evaluation.case_files import read_cases
from evaluation.cases import Conversation
from evaluation.conversations import Held, hold
from evaluation.floors import below, read_floors
from evaluation.generated import generated

CASES = Path("tests/cases")
WRITTEN, GENERATED = "written", "generated"
TITLES = {WRITTEN: "手寫的題目", GENERATED: "由計畫項目產生的題目"}
FAILED, WRONG_INPUT = 1, 2


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="拿題目問機器人，說明答得如何"
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=f"預設 {CASES}，加上產生的題目"
    )
    parser.add_argument("--plan", default="", help="只跑這個計畫（knowledge/plans 下的名稱）")
    parser.add_argument("--kind", default="", help="只跑這種題型，例如 deadline")
    parser.add_argument("--only", default="", metavar="ID", help="只跑編號含有這段文字的題目")
    parser.add_argument("--quiet", action="store_true", help="不印答錯的對話")
    parser.add_argument(
        "--fail-under", type=float, metavar="SHARE", help="答對率的標準，代替 floors.toml 裡的"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs and reports; 1 where something is below its floor, 2 where a file is wrong."""
    args = arguments(argv)
    logging.getLogger().setLevel(logging.ERROR)
    try:
        reader = load_reader(Settings.from_env())
        sets = {name: _chosen(cases, args) for name, cases in _sets(args, reader).items()}
    except BotError as err:
        print(err, file=sys.stderr)
        return WRONG_INPUT
    if not any(sets.values()):
        print("沒有符合的題目：檢查 --plan、--kind、--only。", file=sys.stderr)
        return WRONG_INPUT
    faults: list[str] = []
    for name, cases in sets.items():
        if cases:
            held = hold(cases, reader, clock.now())
            _report(name, held, quiet=args.quiet)
            faults += _faults(name, held, args.fail_under)
    print(*(f"✗ {fault}" for fault in faults), sep="\n")
    return FAILED if faults else 0


def _sets(args: argparse.Namespace, reader: Reader) -> Mapping[str, Sequence[Conversation]]:
    """The written cases, and those made from the entries unless files were named.

    Raises:
        BotError: a case file is wrong.
    """
    library = reader.library
    read = read_cases(args.paths or [CASES], {edition.plan for edition in library.editions})
    if read.findings:
        raise BotError("\n".join([*map(str, read.findings), f"共 {len(read.findings)} 個錯誤。"]))
    if args.paths:
        return {WRITTEN: read.cases}
    made = generated(library)
    if not (args.plan or args.kind or args.only):
        print(*report.left_out(made.left_out, quiet=args.quiet), sep="\n")
    return {WRITTEN: read.cases, GENERATED: made.cases}


def _chosen(cases: Sequence[Conversation], args: argparse.Namespace) -> list[Conversation]:
    return [
        case
        for case in cases
        if args.plan in ("", case.plan) and args.kind in ("", case.kind) and args.only in case.id
    ]


def _report(name: str, held: Held, *, quiet: bool) -> None:
    """Print how it went, and keep it for the next run."""
    before = last_run.read()
    last_run.keep(held.transcripts)
    print(f"\n== {TITLES[name]} ==\n")
    if not quiet:
        print(*report.failures(held.transcripts), *report.uncited(held.transcripts), sep="\n")
    print(*report.tables(held.transcripts), *report.shares(held.transcripts), sep="\n")
    print(*last_run.compared(before, held.transcripts), sep="\n")


def _faults(name: str, held: Held, fail_under: float | None) -> Iterator[str]:
    """What is worse than it may be."""
    floors = {**read_floors(name)} | ({} if fail_under is None else {"right": fail_under})
    yield from (f"{TITLES[name]}：{fault}" for fault in below(floors, held.transcripts))
    yield from (f"LINE 不收：{refusal}" for refusal in dict.fromkeys(held.refusals))


if __name__ == "__main__":
    sys.exit(main())
