"""How a baseline is judged: its threshold is chosen on one half and measured on the other."""

from collections import Counter
from pathlib import Path

from benchmarks.paragraphs import LONGEST, paragraphs_in
from benchmarks.thresholds import Talk, Tried, best_threshold, counts_at, measured
from evaluation.grades import Grade

RIGHT = Tried(0.9, fits=True, is_gap=False)
WRONG = Tried(0.4, fits=False, is_gap=False)
GAP = Tried(0.3, fits=True, is_gap=True)


def test_below_the_threshold_it_does_not_know() -> None:
    talks: list[Talk] = [(RIGHT,), (WRONG,), (GAP,), (RIGHT, WRONG)]

    assert counts_at(0.0, talks) == Counter(
        {(False, Grade.RIGHT): 1, (False, Grade.WRONG): 2, (True, Grade.WRONG): 1}
    )
    assert counts_at(0.5, talks) == Counter(
        {(False, Grade.RIGHT): 2, (False, Grade.UNKNOWN): 1, (True, Grade.UNKNOWN): 1}
    )


def test_the_threshold_is_where_right_minus_wrong_is_largest() -> None:
    assert best_threshold([(RIGHT,), (WRONG,), (GAP,)]) == 0.9


def test_every_conversation_is_measured_once() -> None:
    talks: dict[str, Talk] = {f"a-{n}": (RIGHT if n % 3 else WRONG,) for n in range(60)}

    counts = measured(talks)

    assert counts.total() == 60
    assert counts[False, Grade.RIGHT] == 40
    assert counts[False, Grade.WRONG] == 0


def test_a_paragraph_begins_with_its_number_and_is_never_endless(tmp_path: Path) -> None:
    lines = ["某計畫", "一、目的：", "", "讓老師會用。", "二、對象：國中", "字" * 300, "字" * 300]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")

    found = paragraphs_in(tmp_path)

    assert [p.text[:6] for p in found] == ["某計畫", "一、目的：讓", "二、對象：國", "字" * 6]
    assert {p.document for p in found} == {"某計畫"}
    assert all(len(p.text) <= LONGEST for p in found)
