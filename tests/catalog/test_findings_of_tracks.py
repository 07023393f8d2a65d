"""Tracks that nobody could complete or report on are found at their line, with what to do."""

from pathlib import Path

import pytest

from tests.catalog.editions import GOOD, PLAN, broken, read

# A track in which everything that the checks look at is written, and nothing is wrong.
TRACK = """\
    who: 教師
    subject: teacher
    asks: [group]
    items:
      - id: course
        title: 讀書課
        source: 柒、一
        amount: {exactly: 2, unit: 門}
        words: [課程]
        goals: [{least: 2, unit: 門, by: period}]
        sessions: session
        parts:
          - {id: a, title: 甲組場, if: {group: A}}
          - {id: b, title: 乙組場, if: {group: B}}
      - id: tell
        title: 說給人聽
        source: 柒、三
        amount:
          - {if: {group: A}, least: 2, unit: 次, each: 每學期}
          - {if: {group: B}, least: 3, unit: 次, each: 每學期}
        words: [說書]
        goals:
          - {if: {group: A}, least: 2, unit: 次, every: term}
          - {if: {group: B}, least: 3, unit: 次, every: term}
          - {least: 1, unit: 次, every: term, mark: loud}
        marks: [{id: loud, title: 大聲}, {id: soft, title: 小聲, words: [悄悄]}]
        also: [talk]
        after: [course]
"""
GOOD_TRACK = GOOD.replace("    who: 教師\n    items:\n", TRACK)

MISTAKES = [
    ("asks: [group]", "asks: [group, @@grop]", "award", "facets 沒有「grop」 group"),
    ("asks: [group]", "asks: [group]\n    @@at_least: 3", "award", "有 2 項有目標 goals"),
    ("{id: second,", "{@@id: first,", "first", "id「first」用了兩次"),
    ("[上學期]", "[@@下學期]", "second", "「下學期」在 first 也有"),
    ("2022-08-01/2022-12", "@@2022-07-31/2022-12", "second", "「first」有同一天 改 at"),
    ("2022-08-01/2022-12-31", "@@2012-08-01/2012-12-31", "second", "超過 18 個月"),
    ("mark: loud", "@@mark: lod", "tell", "marks 沒有「lod」 可以寫：loud、soft"),
    ("by: period", "@@by: perid", "course", "沒有「perid」這個日期 period"),
    ("[{least: 2, unit: 門,", "[@@{least: 1, unit: 門,", "course", "是 1門 寫的是 2門 文件"),
    ("B}, least: 3, unit: 次, every", "@@B}, least: 2, unit: 次, every", "tell", "2次 是 3次"),
    ("[{least: 2, unit: 門,", "[@@{least: 3, unit: 堂,", "course", "3堂 parts 只有 2 個"),
    ("also: [talk]", "also: [@@tell]", "tell", "also 指到自己"),
    ("also: [talk]", "also: [@@report]", "tell", "沒有「report」 可以寫：course、talk"),
    ("after: [course]", "after: [@@cours]", "tell", "after 這個 track 沒有「cours」"),
    ("words: [課程]", "words: [課程]\n        @@after: [tell]", "course", "繞了一圈：course→tell→"),
    ("words: [說書]", "words: [說書, @@課程]", "tell", "「課程」在 course 也有 分不出來"),
    ("title: 乙組場", "title: @@甲組場", "course", "「甲組場」在 a 也有 分不出來"),
    ("[悄悄]", "[@@大聲]", "tell", "「大聲」在 loud 也有"),
    ("sessions: session", "sessions: @@sign-up", "course", "「sign-up」不是有 when 的日期"),
    ("{id: b, title: 乙組場, if: {group: B}}", "@@{id: b, title: 乙組場}", "course", "同時是 a、b"),
    ("乙組場, if: {group: B}", "乙組場, @@if: {group: B, classes: 1}", "course", "沒有場次"),
    ("{id: b, title: 乙組場,", "{@@id: a, title: 乙組場,", "course", "part id「a」用了兩次"),
    ("{id: soft,", "{@@id: loud,", "tell", "mark id「loud」用了兩次"),
]
GONE = [
    ("    subject: teacher\n", "goals: [{least: 2", "course", "「award」有目標 subject: teacher"),
    ("    asks: [group]\n", "- {if: {group: A}, least: 2, unit: 次, every", "tell", "沒有問 asks"),
    (GOOD_TRACK[GOOD_TRACK.index("school_terms:") : GOOD_TRACK.index("contacts:")],
     "- {if: {group: A}, least: 2, unit: 次, every", "tell", "每學期 沒有寫學期 school_terms"),
]  # fmt: skip


def test_a_track_as_it_should_be_has_nothing_wrong(tmp_path: Path) -> None:
    assert read(tmp_path, reading_111=GOOD_TRACK).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "entry", "words"),
    MISTAKES,
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_a_mistake_in_a_track_is_found_once_at_its_line(
    old: str, new: str, entry: str, words: str, tmp_path: Path
) -> None:
    text, line = broken(old, new, GOOD_TRACK)

    findings = read(tmp_path, reading_111=text).findings

    assert [(f.file, f.line, f.entry) for f in findings] == [(PLAN, line, entry)], findings
    assert [word for word in words.split() if word not in str(findings[0])] == []


@pytest.mark.parametrize(("gone", "at", "entry", "words"), GONE, ids=["subject", "asks", "terms"])
def test_what_is_missing_is_said_where_it_is_needed(
    gone: str, at: str, entry: str, words: str, tmp_path: Path
) -> None:
    text = GOOD_TRACK.replace(gone, "")
    line = text[: text.index(at)].count("\n") + 1

    findings = read(tmp_path, reading_111=text).findings

    assert (findings[0].line, findings[0].entry) == (line, entry), findings
    assert {f.entry for f in findings} == {entry}
    assert [word for word in words.split() if word not in str(findings[0])] == []


def test_a_track_to_follow_without_any_goal_is_found(tmp_path: Path) -> None:
    text, line = broken("    who: 教師\n", "    who: 教師\n    @@subject: teacher\n")

    findings = read(tmp_path, reading_111=text).findings

    assert [(f.line, f.entry) for f in findings] == [(line, "award")]
    assert "沒有任何一項有目標" in findings[0].what


def test_amounts_of_which_each_is_one_kind_agree_with_their_sum(tmp_path: Path) -> None:
    each = "[{exactly: 1, unit: 門, each: 春}, {exactly: 1, unit: 門, each: 秋}]"
    text = GOOD_TRACK.replace("amount: {exactly: 2, unit: 門}", f"amount: {each}")

    assert read(tmp_path, reading_111=text).findings == ()


def test_groups_that_never_meet_may_share_a_word(tmp_path: Path) -> None:
    text = GOOD_TRACK.replace("title: 讀書課\n", "title: 讀書課\n        if: {group: A}\n")
    text = text.replace("title: 說給人聽\n", "title: 說給人聽\n        if: {group: B}\n")

    assert read(tmp_path, reading_111=text.replace("[說書]", "[課程]")).findings == ()
