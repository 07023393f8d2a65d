"""Each kind of mistake in a plan file is found once, at its line, with what to do about it."""

from pathlib import Path

import pytest

from tests.catalog.editions import GOOD, PLAN, broken, read

# What is changed in the good file → its change, marked with @@ on the line that must be named;
# the entry named; words of the finding.
FORM = [
    ("  issuer: ", "  @@isuer: x\n  issuer: ", "about", "沒有「isuer」 是不是「issuer」"),
    ("  area: 臺北市\n", "  area: 臺北市\n  @@area: 高雄市\n", "about", "「area」寫了兩次 第 7 行"),
    ("    unit: 教育局\n", "    phone: '1'\n", "office", "少了「unit」"),
    ("kind: session", "@@kind: sesion", "session", "不能寫「sesion」 是不是「session」"),
    ("2022-07-15T13:30/16:30", "@@2022-07-32T13:30/16:30", "session", "沒有這個日期"),
    ("2022-07-15T13:30/16:30", "@@111-07-15", "session", "看不懂的日期「111-07-15」"),
    ("2022-07-15T13:30/16:30", "@@2022-07-15T13:30/12:00", "session", "結束早於開始"),
    ("2022-07-15T13:30/16:30", "@@2022-07-15T25:30", "session", "沒有這個日期或時刻"),
    ("checked_on: 2026-01-05", "@@checked_on: 今天", "checked_on", "「今天」不是日期"),
    ("year: 111", "@@year: 民國111", "about", "「民國111」不是整數"),
    ("days: 2}", "@@days: 兩天}", "sign-up", "「兩天」不是整數"),
    ("is: true", "@@is: yes", "who-may", "true 或 false"),
    ("least: 3,", "@@least: 三,", "who-may", "「三」不是數字"),
    ("{most: 20000, unit: 元}", "@@{most: 2萬, unit: 元}", "total", "看不懂的數量「2萬」"),
    ("{most: 20000, unit: 元}", "@@{most: 20000}", "total", "unit most: 20000"),
    ("{most: 20000, unit: 元}", "@@{most: 1, least: 1, unit: 元}", "total", "只能一個"),
    ("of: 總額, ", "@@", "print", "of 說明"),
    ("{title: 班級數, unit: 班}", "@@{title: 班級數}", "facets", "unit values"),
    ("is: true, ", "@@", "who-may", "is、least 或 most"),
    ("{fact: enrolled, is: true,", "@@{fakt: enrolled, is: true,", "who-may", "哪一種條件 fact"),
    ("at: 2022-06-01T09:00+08:00", "@@at: 2022-06-01T09:00", "examples", "沒有時區 +08:00"),
    ("text: 一起讀書的聚會。", "@@text: {a: b}", "meaning", "一段文字 引號"),
    ("text: 一起讀書的聚會。", "@@text: ''", "meaning", "沒有內容"),
    ("  - id: office\n", "  - @@x\n  - id: office\n", "contacts", "這裡要有欄位"),
    ("text: 一起讀書的聚會。", "@@text: &a x", "meaning", "& 和 * 加引號"),
    ("    unit: 教育局", "    @@unit: 表單 #13510", "office", "「#13510」 註解 引號"),
    ("text: 一起讀書的聚會。", "@@text: !x y", "meaning", "! 標籤"),
]
YAML = [
    ("title: 成果報告", "@@title: 報告: 成果", "", "「: 」 引號"),
    ("title: 成果報告", "@@title: `報告`", "", "開頭的符號 引號"),
    ("title: 成果報告", "title: @@\x07", "", "控制字元"),
    ("    form: form-a\n", "    form: form-a\n@@\t  to: x\n", "", "Tab 空白"),
    ("[讀書會]", "@@" + "[" * 99, "", "層數太多"),
]
LAYOUT = "layout: {file: word, by: 教師, heading: 表, blocks: [%s]}, title: 報告表"
FROM = "layout: {file: word, by: 教師, heading: '{courses}', blocks: [], from: {%s}}, title: 報告表"
FORMS = [
    ("title: 報告表", FROM % "courses: {@@requirement: nothing}", "form-a", "沒有分項 parts"),
    ("title: 報告表", FROM % "courses: {@@eligibility: nothing}", "form-a", "沒有「nothing」"),
    ("title: 報告表", FROM % "courses: @@{facet: round}", "form-a", "requirement 只能一種"),
    (
        "title: 報告表",
        FROM.replace("file", "@@file") % "name: {eligibility: who-may}",
        "form-a",
        "「name」 沒有地方",
    ),
    (
        "title: 報告表",
        LAYOUT % "@@{fields: {label: 名, fill: nickname}}",
        "form-a",
        "沒有「nickname」可以帶入 school",
    ),
    (
        "title: 報告表",
        LAYOUT % "@@{fields: {label: 字號, fill: name, secret: true}}",
        "form-a",
        "一律留白",
    ),
    ("title: 報告表", LAYOUT % "@@{feilds: []}", "form-a", "哪一種內容 fields"),
    (
        "title: 報告表",
        LAYOUT % "@@{costs: {title: 餐, unit: 份}, cap: nothing}",
        "form-a",
        "沒有「nothing」 amounts",
    ),
    ("title: 報告表", "@@" + LAYOUT % "{sign: true}", "form-a", "沒有寫誰要核章"),
    (
        "title: 報告表",
        "@@signatures: 校長, " + LAYOUT % "{text: 好}",
        "form-a",
        "要核章 卻沒有核章欄",
    ),
]
REFERENCES = [
    ("see: [session]", "@@see: [session, sesion]", "sign-up", "沒有「sesion」 可以指：session"),
    ("see: [session]", "@@see: [sign-up]", "sign-up", "指到自己"),
    ("    due: sign-up\ndeliv", "    @@due: office\ndeliv", "talk", "「office」不是日期"),
    ("    due: sign-up\n    form", "    @@due: nowhere\n    form", "report", "沒有「nowhere」"),
    ("    form: form-a", "    @@form: total", "report", "「total」不是表單"),
    ("ask: office}", "@@ask: nobody}", "lunch", "聯絡窗口 可以指：office"),
    ("  ask: office\n", "  @@ask: session\n", "about", "「session」不是聯絡窗口"),
    ("    who: 報名\n", "    who: 報名\n    @@then: report\n", "who-may", "「report」不是數量"),
    ("    who: 報名\n", "    who: 報名\n    @@next: [x]\n", "who-may", "沒有「x」這個日期"),
    ("    who: 報名\n", "    who: 報名\n    @@track: talk\n", "who-may", "「talk」不是要完成的事"),
    ("    who: 報名\n", "    who: 報名\n    @@forms: [total]\n", "who-may", "「total」不是表單"),
    ("unit: 小時}", "unit: 小時, @@facet: clases}", "who-may", "沒有「clases」 可以指：classes"),
    ("unit: 小時}", "unit: 小時, @@facet: classes}", "who-may", "不是同一種 單位相同"),
    ("yes: [[在職]]}", "yes: [[在職]], @@facet: classes}", "who-may", "不是同一種"),
    ("base: total", "@@base: report", "print", "「report」不是數量"),
    ("base: total", "@@base: group", "print", "沒有「group」這個數量"),
    ("per: classes", "@@per: group", "talk", "per 數字的 facet 可以指：classes"),
    ("{date: session,", "@@{date: office,", "sign-up", "「office」不是有 when 的日期"),
    ("[session, sign-up]", "@@[session, x]", "two-dates", "沒有「x」"),
    ("may: confirm", "@@may: confirn", "who-does", "權限 可以指：confirm"),
    ("notes: {confirm:", "@@notes: {sign:", "who-does", "沒有「sign」這個權限"),
    ("{if: {group: A},", "@@{if: {grup: A},", "session", "facets 沒有「grup」 可以指：group"),
    ("{group: B, classes", "@@{group: C, classes", "session", "group 沒有「C」這個值"),
    ("26..48", "@@很多", "session", "classes 是數字 26..48"),
    ("for: [school]", "for: @@[shcool]", "report", "沒有「shcool」這種對象 school"),
    ("  - id: print", "  - @@id: total", "total", "「total」用了兩次"),
    ("  - id: period", "  - @@id: 期程", "期程", "寫法不對 小寫英文"),
    ("{id: confirm, title: 認證成果}", "@@{id: confirm, title: a}, {id: confirm, title: b}",
     "who-does", "權限 id「confirm」用了兩次"),
]  # fmt: skip
RULES = [
    ("{fact: enrolled,", "@@{fact: enroled,", "who-may", "沒有「enroled」"),
    (", unit: 小時", "@@", "who-may", "沒有 unit 補上 unit"),
    ("least: 3,", "@@is: true,", "who-may", "不能用 is"),
    ("at_least: 1", "@@at_least: 2", "who-may", "at_least 是 2 底下有 1 項"),
    ("    who: 教師\n", "    who: 教師\n    @@at_least: 2\n", "award", "底下有 1 項"),
    ("    rule:\n", "      - @@{id: idle, title: x, ask: x}\n    rule:\n", "who-may", "沒有用到"),
    (
        "- {id: hours,",
        "- @@{id: enrolled, title: x, ask: x}\n      - {id: hours,",
        "who-may",
        "用了兩次",
    ),
]
CONTENTS = [
    ("short: 臺北111讀書會", "@@short: " + "長" * 21, "about", "21 個字 20 個字以內"),
    ("title: 成果報告", "@@title: " + "長" * 25, "report", "25 個字 24 個字以內"),
    ("year: 111", "@@year: 2022", "about", "year 是 2022 民國年"),
    ("year_kind: 年度", "@@year_kind: 学年度", "about", "year_kind 學年度"),
    ("text: 一起讀書的聚會。", "@@text: 〔填：解釋〕", "meaning", "還沒填：解釋 〔填：…〕"),
    ("kind: session", "@@kind: 〔填：種類〕", "session", "還沒填：種類 〔填：…〕"),
    ("names: [讀書會]", "@@names: []", "about", "沒有別名"),
    ("source: 捌", "@@source: []", "report", "沒有出處"),
    ("source: 伍、二", "@@source: []", "who-may", "沒有出處"),
    ("source: 陸}", "@@source: []}", "two-dates", "沒有出處"),
    ("{most: 20000, unit: 元}", "[]", "total", "沒有可以回答的內容 amount"),
    (", text: 計畫沒有說明是否供餐。", "@@", "lunch", "沒有可以回答的內容 補上 text"),
    (", {text: 八月, source: 柒}", "@@", "two-dates", "兩種以上"),
    (", all: 7月8日", "@@", "examples", "例子沒有說"),
]
DATES = [
    ("2022-07-15T13:30/16:30", "@@2026-07-15T13:30/16:30", "session", "115年7月15日 18 個月"),
    ("2022-07-15T13:30/16:30", "@@2019-07-15T13:30/16:30", "session", "108年7月15日 18 個月"),
    ("2022-07-15T13:30/16:30", "@@0111-07-15", "session", "年份不合理 加 1911"),
    ("2022-07-15T13:30/16:30", "@@9999-12-31", "session", "年份不合理"),
    ("days: 2}", "@@days: 999}", "sign-up", "days 是 999"),
    ("    before: {", "    when: {at: 2022-07-01}\n    @@before: {", "sign-up", "只能有一個"),
    ("7月8日(五)", "@@7月8日(四)", "session", "「7月8日(四)」的星期不對 111年是(五)"),
    ("7月8日(五)", "@@111年7月8日（星期天）", "session", "星期不對 111年是(五)"),
    ("7月8日(五)", "@@2月30日(五)", "session", "沒有「2月30日(五)」這一天"),
]
PHRASES = [
    ("[讀書會是什麼]", "@@[讀書會是什麼, 什麼時候 上課？]", "meaning", "在 session 也有"),
    ("B: {title: B組}", "@@B: {title: B組, says: [ａ組]}", "facets", "「ａ組」 group.A 也有"),
    ("  classes: {", "  level: {title: 級, values: {x: @@{title: 甲組}}}\n  classes: {", "facets",
     "「甲組」 group.A 也有"),
]  # fmt: skip
# At the start of the entry where there is no line of its own.
AT_ENTRY = {"少了「unit」": "  - id: office", "沒有可以回答的內容 amount": "  - id: total"}


@pytest.mark.parametrize(
    ("old", "new", "entry", "words"),
    [*FORM, *YAML, *FORMS, *REFERENCES, *RULES, *CONTENTS, *DATES, *PHRASES],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_a_mistake_is_found_once_at_its_line(
    old: str, new: str, entry: str, words: str, tmp_path: Path
) -> None:
    if words in AT_ENTRY:
        text = GOOD.replace(old, new)
        line = text[: text.index(AT_ENTRY[words])].count("\n") + 1
    else:
        text, line = broken(old, new)

    findings = read(tmp_path, reading_111=text).findings

    assert [(f.file, f.line, f.entry) for f in findings] == [(PLAN, line, entry)], findings
    assert [word for word in words.split() if word not in str(findings[0])] == []


def test_nothing_is_found_in_the_good_file(tmp_path: Path) -> None:
    assert read(tmp_path, reading_111=GOOD).findings == ()


def test_everything_wrong_in_all_files_is_told_at_once(tmp_path: Path) -> None:
    form, form_line = broken("is: true", "@@is: yes")
    both, rule_line = broken("source: 捌", "@@source: []", form)

    found = read(tmp_path, reading_111=both, other_112="a: [").findings

    assert [(f.file, f.line) for f in found] == [
        ("plans/other/112.yaml", 2),
        (PLAN, form_line),
        (PLAN, rule_line),
    ]


def test_an_entry_without_its_form_makes_no_reference_to_it_wrong(tmp_path: Path) -> None:
    text, line = broken("    title: 研習\n", "    title: {}@@\n")

    findings = read(tmp_path, reading_111=text).findings

    assert "see: [session]" in text
    assert [f.line for f in findings] == [line]


@pytest.mark.parametrize(
    ("apart", "found"), [("if: {group: B}", 0), ("if: {group: [A, B]}", 1), ("tentative: true", 1)]
)
def test_a_phrase_may_stand_in_two_entries_that_are_never_both_true(
    apart: str, found: int, tmp_path: Path
) -> None:
    text = GOOD.replace(
        "    says: [什麼時候上課]",
        "    says: [什麼時候上課]\n    if: {group: A}\n"
        "  - {id: other, title: 乙, source: 柒, kind: meeting, text: 另外通知。,"
        f" says: 什麼時候上課, {apart}}}",
    )

    assert len(read(tmp_path, reading_111=text).findings) == found


def test_history_may_be_as_old_as_it_is(tmp_path: Path) -> None:
    text = GOOD.replace("kind: session", "kind: milestone").replace("2022-07-15T", "2015-07-15T")

    assert read(tmp_path, reading_111=text).findings == ()
