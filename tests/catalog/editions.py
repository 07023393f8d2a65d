"""A small plan file in which nothing is wrong, and ways to break it."""

from pathlib import Path

from bot.catalog.load import Reading, read_folder

HERE = "@@"  # marks the line that a finding must name; taken out before the file is written

GOOD = """\
checked_on: 2026-01-05
about:
  title: 臺北市111年度讀書會實施計畫
  short: 臺北111讀書會
  names: [讀書會]
  issuer: 臺北市政府教育局
  area: 臺北市
  year: 111
  year_kind: 年度
  ask: office
facets:
  group:
    title: 組別
    values:
      A: {title: A組, says: [甲組]}
      B: {title: B組}
  classes: {title: 班級數, unit: 班}
school_terms:
  - {id: first, title: 110學年度下學期, words: [下學期], at: 2022-02-01/2022-07-31}
  - {id: second, title: 111學年度上學期, words: [上學期], at: 2022-08-01/2022-12-31}
contacts:
  - id: office
    title: 承辦窗口
    source: 拾壹
    unit: 教育局
dates:
  - id: period
    title: 計畫期程
    source: 參
    kind: period
    when: {at: 2022-03-01/2022-12-31}
  - id: session
    title: 研習
    source: 柒、一
    kind: session
    when:
      - {if: {group: A}, at: "2022-07-08T13:30/16:30"}
      - {if: {group: B, classes: 26..48}, at: "2022-07-15T13:30/16:30"}
    points: [7月8日(五)在線上]
    says: [什麼時候上課]
  - id: sign-up
    title: 報名截止
    source: 陸
    kind: deadline
    before: {date: session, days: 2}
    see: [session]
eligibility:
  - id: who-may
    title: 報名資格
    source: 伍
    who: 報名
    facts:
      - {id: enrolled, title: 在職, ask: 您是在職教師嗎？, yes: [[在職]]}
      - {id: hours, title: 時數, ask: 您有幾小時？, unit: 小時}
    rule:
      any:
        - {fact: enrolled, is: true, text: 在職教師, source: 伍、一}
        - at_least: 1
          of:
            - {fact: hours, least: 3, text: 三小時以上, source: 伍、二}
tracks:
  - id: award
    title: 認證
    source: 柒
    who: 教師
    items:
      - id: talk
        title: 分享
        source: 柒、二
        amount: {least: 2, unit: 次, per: classes}
        due: sign-up
deliverables:
  - id: report
    title: 成果報告
    source: 捌
    for: [school]
    amount: {exactly: 2, unit: 份}
    due: sign-up
    form: form-a
amounts:
  - id: total
    title: 補助額度
    source: 玖
    amount: {most: 20000, unit: 元}
  - id: print
    title: 印刷費
    source: 玖
    amount: {most: 30%, of: 總額, base: total}
roles:
  - id: who-does
    title: 誰可以做
    source: 表3
    permissions: [{id: confirm, title: 認證成果}]
    roles: [{id: tutor, title: 導師, may: confirm, notes: {confirm: 限本班}}]
forms:
  - {id: form-a, title: 報告表, source: 附件1, number: 附件1}
terms:
  - {id: meaning, title: 讀書會, source: 貳, text: 一起讀書的聚會。, says: [讀書會是什麼]}
conflicts:
  - id: two-dates
    title: 兩個日期
    source: [陸, 柒]
    text: 文件寫法不一，請以較早的為準。
    between: [session, sign-up]
    values: [{text: 七月, source: 陸}, {text: 八月, source: 柒}]
unsaid:
  - {id: lunch, title: 便當, source: 柒, text: 計畫沒有說明是否供餐。, ask: office}
examples:
  - at: 2022-06-01T09:00+08:00
    turns: [{say: 什麼時候上課, all: 7月8日}]
"""
LEXICON = "audiences: {school: [學校], teacher: [老師]}\n"
PLAN = "plans/reading/111.yaml"


def write(folder: Path, files: dict[str, str]) -> Path:
    """The files, named below the folder; the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read(folder: Path, **plans: str) -> Reading:
    """What is read of these plan files, `plan_edition=text`, beside a small lexicon."""
    names = {key: key.replace("__", "-").rpartition("_") for key in plans}
    files = {f"plans/{n[0]}/{n[2]}.yaml": plans[key] for key, n in names.items()}
    return read_folder(write(folder, {"lexicon.yaml": LEXICON, **files}))


def broken(old: str, new: str, text: str = GOOD) -> tuple[str, int]:
    """The text with one change, and the line that the change marks with `@@`."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the good file"
    marked = text.replace(old, new)
    assert marked.count(HERE) == 1
    line = marked[: marked.index(HERE)].count("\n") + 1
    return marked.replace(HERE, ""), line
