"""What the last run found, so that a run can say what has become better or worse."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.conversations import Transcript
from evaluation.grades import Grade

LAST = Path("var/evaluation/last.json")


def read(path: Path = LAST) -> dict[str, str]:
    """The grade of each case at the last run that held it; empty where there was none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def keep(transcripts: Sequence[Transcript], path: Path = LAST) -> None:
    """Write down the grades; cases that were not held keep theirs."""
    found = {**read(path), **{t.case.id: t.grade.value for t in transcripts}}
    path.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=0)
    path.write_text(written + "\n", encoding="utf-8")


def compared(before: Mapping[str, str], transcripts: Sequence[Transcript]) -> Iterator[str]:
    """Lines on what changed since; none where nothing was known of these cases."""
    known = [t for t in transcripts if t.case.id in before]
    if not known:
        return
    better = [t.case.id for t in known if _is(t, True) and before[t.case.id] != Grade.RIGHT]
    worse = [t.case.id for t in known if _is(t, False) and before[t.case.id] == Grade.RIGHT]
    yield f"和上次比：{len(known)} 題都跑過，變對 {len(better)} 題，變錯 {len(worse)} 題"
    yield from (f"　＋ {case_id}" for case_id in sorted(better))
    yield from (f"　－ {case_id}" for case_id in sorted(worse))


def _is(transcript: Transcript, right: bool) -> bool:
    return (transcript.grade is Grade.RIGHT) is right
