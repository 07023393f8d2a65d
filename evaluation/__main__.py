"""`python -m evaluation`: puts the cases to the bot and says how it did."""

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import clock
from bot.errors import BotError
from bot.settings import Settings
from bot.understand.reader import Reader
from bot.wiring import load_reader
from evaluation import last_run, report
from evaluation.case_files import read_cases
from evaluation.cases import Case
from evaluation.conversations import Transcript, hold
from evaluation.floors import Floors, below, read_floors

CASES = Path("tests/cases")
WRITTEN, GENERATED = "written", "generated"
TITLES = {WRITTEN: "手寫題", GENERATED: "由計畫項目產生的題目"}


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="拿題目問機器人，說明答得如何"
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="檔案或資料夾", help=f"預設 {CASES}，加上產生的題目"
    )
    parser.add_argument("--plan", default="", help="只跑這個計畫（knowledge/plans 下的名稱）")
    parser.add_argument("--kind", default="", help="只跑這種題型，例如 deadline")
    parser.add_argument("--only", default="", metavar="ID", help="只跑編號含有這段文字的題目")
    parser.add_argument("--quiet", action="store_true", help="不印答錯的對話")
    parser.add_argument(
        "--fail-under", type=float, metavar="0.97", help="手寫題的答對率，代替 floors.toml 裡的"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs and reports; 1 where something is below its floor, 2 where a case file is wrong."""
    args = arguments(argv)
    logging.getLogger().setLevel(logging.ERROR)
    try:
        reader = load_reader(Settings.from_env())
    except BotError as err:
        print(err, file=sys.stderr)
        return 2
    plans = {edition.plan for edition in reader.library.editions}
    read = read_cases(args.paths or [CASES], plans)
    if read.findings:
        print(*read.findings, sep="\n")
        print(f"共 {len(read.findings)} 個錯誤，題目還沒有跑。", file=sys.stderr)
        return 2
    sets = {WRITTEN: read.cases}
    before, faults = last_run.read(), []
    for name, cases in sets.items():
        if chosen := [case for case in cases if _is_chosen(case, args)]:
            floors = dict(read_floors(name))
            if args.fail_under is not None and name == WRITTEN:
                floors["right"] = args.fail_under
            transcripts, refusals = _run(chosen, reader)
            _print_report(name, transcripts, before, quiet=args.quiet)
            faults += [*_faults(floors, transcripts, refusals)]
            last_run.keep(transcripts)
    print(*(f"✗ {fault}" for fault in faults), sep="\n")
    return 1 if faults else 0


def _is_chosen(case: Case, args: argparse.Namespace) -> bool:
    return args.plan in ("", case.plan) and args.kind in ("", case.kind) and args.only in case.id


def _run(cases: Sequence[Case], reader: Reader) -> tuple[tuple[Transcript, ...], tuple[str, ...]]:
    held = hold(cases, lambda: reader, clock.now())
    return held.transcripts, held.refusals


def _print_report(
    name: str, transcripts: Sequence[Transcript], before: dict[str, str], *, quiet: bool
) -> None:
    print(f"\n== {TITLES[name]} ==\n")
    if not quiet:
        print(*report.failures(transcripts), *report.uncited(transcripts), "", sep="\n")
    print(*report.tables(transcripts), *report.shares(transcripts), sep="\n")
    print(*last_run.compared(before, transcripts), sep="\n")


def _faults(
    floors: Floors, transcripts: Sequence[Transcript], refusals: Sequence[str]
) -> Iterator[str]:
    yield from below(floors, transcripts)
    yield from (f"LINE 不收：{refusal}" for refusal in dict.fromkeys(refusals))


if __name__ == "__main__":
    sys.exit(main())
