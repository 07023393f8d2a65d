"""The checks of an edition name what is there, and what can be held against."""

from pathlib import Path

import pytest

from bot.catalog.next_edition import next_edition
from tests.catalog.editions import GOOD, PLAN, broken, read

CHECKED = (
    GOOD
    + """\
checks:
  activities:
    title: 活動檢查
    says: [檢查活動]
    form: form-a
    group: group
    ways: {talk: {title: 講座}}
    lecturers: {out: {title: 外聘, outside: true}}
    rules:
      - {count: report, way: talk}
      - within: period
      - {advice: two-dates, if: {group: B}}
  budget:
    title: 經費檢查
    says: [檢查經費]
    form: form-a
    items:
      - {id: paper, title: 印刷, head: 印刷費, rates: {rate: total}}
      - {id: food, title: 便當, head: 膳費}
    rules:
      - cap: total
      - {share: print, items: paper}
      - {fixed: lunch}
  estimates:
    - {id: sums, title: 試算, says: [試算], amounts: [total, print]}
"""
)


def test_checks_that_name_what_is_there_pass(tmp_path: Path) -> None:
    reading = read(tmp_path, reading_111=CHECKED)
    checks = reading.library.editions[0].checks

    assert reading.findings == ()
    assert checks
    assert checks.budget
    assert [item.id for item in checks.budget.items] == ["paper", "food"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{count: report,", "{@@count: meaning,", "「meaning」 有數量"),
        ("within: period", "@@within: perod", "「perod」 可以指：period"),
        ("way: talk}", "@@way: tolk}", "「tolk」 實施方式 talk"),
        ("    group: group", "    @@group: grupp", "「grupp」 面向"),
        ("    form: form-a\n    group", "    @@form: total\n    group", "「total」 表單"),
        ("{advice: two-dates,", "{@@advice: three-dates,", "「three-dates」"),
        ("cap: total", "@@cap: report", "「report」 amounts"),
        ("{share: print, items: paper}", "{share: print, @@items: papr}", "「papr」 paper"),
        ("rates: {rate: total}", "rates: {@@rate: nothing}", "「nothing」 amounts"),
        ("rates: {rate: total}", "rates: {rate: total, @@each: 每人}", "each 「每人」"),
        ("{fixed: lunch}", "{@@reaches: meaning, items: food}", "時刻 12:30"),
        ("- {id: food,", "- {@@id: paper,", "用了兩次"),
        ("amounts: [total, print]", "amounts: [total, @@report]", "「report」 amounts"),
        ("{share: print, items: paper}", "@@{shar: print, items: paper}", "哪一種"),
    ],
)
def test_a_name_that_names_nothing_is_found_at_its_line(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    text, line = broken(old, new, CHECKED)
    findings = read(tmp_path, reading_111=text).findings

    assert [(f.file, f.line, f.entry) for f in findings] == [(PLAN, line, "checks")], findings
    assert [word for word in words.split() if word not in str(findings[0])] == []


def test_next_year_begins_with_the_checks_as_they_are(tmp_path: Path) -> None:
    text = next_edition(CHECKED, (111, 112), "2026-01-05")

    assert read(tmp_path, reading_112=text).findings == ()
    assert "to_confirm" not in text[text.index("checks:") :]


def test_a_rule_about_both_terms_needs_to_know_their_days(tmp_path: Path) -> None:
    terms = CHECKED.index("school_terms:")
    one = CHECKED[terms:].split("\n", 2)[1]
    text = CHECKED.replace("{count: report, way: talk}", "{both_terms: two-dates}")
    text = text.replace(f"{one}\n", "", 1)

    said = [str(f) for f in read(tmp_path, reading_111=text).findings]

    assert any("兩個學期各從哪天起" in fault for fault in said)
