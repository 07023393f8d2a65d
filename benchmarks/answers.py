"""Right and confidently wrong answers: this bot beside what a school would otherwise pick.

    python -m benchmarks.answers [--documents FOLDER]

The same written cases (`tests/cases/`), judged by the same patterns; the clause is not asked for.
A baseline answers each turn alone with the nearest text that it finds, or says that it does not
know where the score is below a threshold. The threshold is the one that makes right minus wrong
largest on one half of the cases; it is measured on the other half, and the halves change places.
A conversation is right where all its turns are.

The plans' documents are no part of the project. The baselines search the bot's own answers: each
entry's card, on the day of the question. That is kinder than a document: its sentences are cut to
one matter each, are worded for an answer and know whether a date has passed. With `--documents`
the two that search paragraphs do so in the real documents, too (`.txt` or `.md`).
"""

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import jieba

from benchmarks.baselines import Baseline, over_documents, over_entries
from benchmarks.paragraphs import paragraphs_in
from benchmarks.thresholds import Counts, Talk, Tried, counts_at, measured
from bot import clock
from bot.loading import load_reader
from bot.settings import Settings
from evaluation.case_files import read_cases
from evaluation.cases import Conversation, Turn
from evaluation.columns import table
from evaluation.conversations import hold
from evaluation.grades import Grade, lacks

CASES = Path("tests/cases")


def tried(baseline: Baseline, case: Conversation, now: datetime) -> Talk:
    """Every turn of a case, put to a baseline; a button it cannot press is not known."""
    at = case.instant(now)
    return tuple(
        _tried(baseline, turn, at) if turn.say else Tried(0.0, fits=False, is_gap=False)
        for turn in case.turns
    )


def _tried(baseline: Baseline, turn: Turn, at: datetime) -> Tried:
    hit = baseline.best(turn.say, at)
    return Tried(hit.score, fits=not any(lacks(turn, hit.text)), is_gap=turn.unknown)


def line(name: str, counts: Counts) -> list[str]:
    """One line of the table: right and wrong for single questions, for talks, and in all."""
    cells = [name]
    for kinds in ((False,), (True,), (False, True)):
        total = sum(n for (is_talk, _), n in counts.items() if is_talk in kinds)
        for grade in (Grade.RIGHT, Grade.WRONG):
            part = sum(counts[is_talk, grade] for is_talk in kinds)
            cells.append(f"{part / max(total, 1):.1%}")
    return cells


def lines(cases: Sequence[Conversation], folder: Path | None, now: datetime) -> Iterator[list[str]]:
    """The table: this bot, then each baseline with its threshold and with none."""
    reader = load_reader(Settings.from_env())
    held = hold(cases, reader, now)
    yield line("師鐘", Counter((len(t.said) > 1, t.grade) for t in held.transcripts))
    baselines = [(baseline, "條目") for baseline in over_entries(reader.library)]
    if folder:
        baselines += [(b, "原文件") for b in over_documents(paragraphs_in(folder))]
    for baseline, searched in baselines:
        talks = {case.id: tried(baseline, case, now) for case in cases}
        yield line(f"{baseline.name}（{searched}）", measured(talks))
        yield line("　一定要答", counts_at(float("-inf"), list(talks.values())))


def main() -> int:
    """Measures and prints; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers")
    parser.add_argument("--documents", type=Path, metavar="FOLDER", help="the real documents")
    args = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    jieba.setLogLevel(logging.ERROR)
    read = read_cases([CASES], ())
    if read.findings:
        print(*read.findings, sep="\n", file=sys.stderr)
        return 1
    head = ["", "一問一答 對", "肯定但錯", "接著問 對", "肯定但錯", "全部 對", "肯定但錯"]
    several = sum(len(case.turns) > 1 for case in read.cases)
    print(f"{len(read.cases)} 段對話，其中 {several} 段不只一句")
    print(*table([head, *lines(read.cases, args.documents, clock.now())]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
