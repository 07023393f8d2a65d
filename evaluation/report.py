"""The report in words: tables, shares, and the failed conversations whole."""

from collections import Counter
from collections.abc import Iterator, Sequence

from evaluation.columns import table
from evaluation.conversations import Said, Transcript
from evaluation.generated import LeftOut
from evaluation.grades import Grade
from evaluation.tally import Row, Share, Tally, rows, tally

IN_WORDS = {
    Grade.RIGHT: "答對",
    Grade.WRONG: "肯定但答錯",
    Grade.ASKED: "反問",
    Grade.UNKNOWN: "說不知道",
    Grade.SILENT: "沒回答",
}
INDENT = "    "


def tables(transcripts: Sequence[Transcript]) -> Iterator[str]:
    """How the conversations came out, per kind, per plan and in all."""
    by_kind = rows(transcripts, lambda t: t.case.kind)
    by_plan = rows(transcripts, lambda t: t.case.plan)
    in_all = rows(transcripts, lambda t: "合計")
    for title, found in (("題型", by_kind), ("計畫", by_plan), ("全部", in_all)):
        yield from table([_head(title), *map(_cells, found)])
        yield ""


def shares(transcripts: Sequence[Transcript]) -> Iterator[str]:
    """The figures that tell how far the answers can be trusted."""
    found = tally(transcripts)
    for name, share in _shares(found):
        if share.whole:
            yield f"{name} {share.part}/{share.whole}（{share.value:.1%}）"
    if found.unknown_hedged:
        yield f"　其餘有 {found.unknown_hedged} 次仍把對的條文當「最接近的」拿出來"


def failures(transcripts: Sequence[Transcript]) -> Iterator[str]:
    """Every conversation that is not right, whole, the worst first."""
    failed = [t for t in transcripts if t.grade is not Grade.RIGHT]
    for transcript in sorted(failed, key=lambda t: (t.grade is not Grade.WRONG, t.case.id)):
        case = transcript.case
        yield f"✗ {case.id}［{case.kind}］{IN_WORDS[transcript.grade]}　{case.place}　{case.at}"
        for said in transcript.said:
            yield from _turn(said)
        yield ""


def uncited(transcripts: Sequence[Transcript]) -> Iterator[str]:
    """Right conversations whose reply does not name the clause that it should."""
    for transcript in transcripts:
        for said in transcript.said:
            if said.judged.grade is Grade.RIGHT and False in (said.cited, said.clauses):
                wanted = "、".join(said.turn.clauses or said.turn.cite)
                shown = "；".join(said.recorded.sources) if said.recorded else ""
                yield f"△ {transcript.case.id}「{said.words}」要有 {wanted}，卡片上是 {shown}"


def left_out(entries: Sequence[LeftOut], *, quiet: bool) -> Iterator[str]:
    """The entries of which no case was made: how many for which reason, and which."""
    for why, number in Counter(entry.why for entry in entries).most_common():
        yield f"沒有出題的項目 {number} 個：{why}"
        if not quiet:
            yield from (f"　{entry.entry}" for entry in entries if entry.why == why)


def _turn(said: Said) -> Iterator[str]:
    mark = "○" if said.judged.grade is Grade.RIGHT else "✗"
    yield f"{INDENT}{mark} 人：{said.words}"
    yield from (f"{INDENT}{INDENT}{line}" for line in said.reply.splitlines())
    yield from (f"{INDENT}→ {wrong}" for wrong in said.judged.wrong)
    if said.judged.wrong and said.recorded:
        yield f"{INDENT}→ 判讀：{_why(said)}"


def _why(said: Said) -> str:
    if said.recorded is None:
        return ""
    why = said.recorded.why
    found = [
        said.recorded.outcome.value,
        why.because,
        why.entry and f"{why.plan}/{why.edition}#{why.entry} {why.score:g}",
        why.words and f"用字 {'、'.join(why.words)}",
        why.rivals and "其次 " + "、".join(f"{key} {score:g}" for key, score in why.rivals[:3]),
    ]
    return "；".join(str(part) for part in found if part)


def _shares(found: Tally) -> Iterator[tuple[str, Share]]:
    yield "答對", found.right
    yield "肯定但答錯", found.wrong
    yield "附上對的條文", found.cited
    yield "附上該項目自己的條文", found.clauses
    yield "計畫沒寫而說沒寫", found.unknown_said
    yield "計畫沒寫卻肯定回答", found.unknown_answered
    yield "說沒寫時真的沒寫", found.unknown_true


def _head(title: str) -> list[str]:
    return [title, "題數", *(IN_WORDS[grade] for grade in IN_WORDS), "答對率"]


def _cells(row: Row) -> list[str]:
    counts = [str(row.counts[grade]) for grade in IN_WORDS]
    return [row.name, str(row.total), *counts, f"{row.counts[Grade.RIGHT] / row.total:.1%}"]
