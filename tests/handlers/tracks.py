"""A made-up plan whose tracks are followed: by a teacher, a school and a class."""

from pathlib import Path

from bot.catalog.load import load_library
from bot.understand.reader import Reader
from tests.catalog.editions import write
from tests.handlers.plans import READING, STARS, about
from tests.source import ROOT

GARDEN = (
    about("校園菜園", "菜園計畫", "菜園")
    + """\
facets:
  group:
    title: 組別
    ask: 你們是A組還是B組？
    values:
      A: {title: A組, says: [甲組]}
      B: {title: B組, says: [乙組]}
  round:
    title: 梯次
    ask: 您要問第1梯次還是第2梯次？
    values:
      "1": {title: 第1梯次, says: [第一梯次]}
      "2": {title: 第2梯次, says: [第二梯次]}
  course:
    title: 課程
    ask: 哪一門？
    values:
      soil: {title: 土壤實作, says: [土壤那門]}
      seed: {title: 育苗實作, says: [育苗那門]}
school_terms:
  - {id: "110a", title: 110學年度上學期, words: [110上, 上學期], at: 2021-08-01/2022-01-31}
  - {id: "110b", title: 110學年度下學期, words: [110下, 下學期], at: 2022-02-01/2022-07-31}
contacts:
  - {id: office, title: 承辦窗口, source: 拾, unit: 農藝中心, phone: 04-22280000, says: [菜園問誰]}
dates:
  - id: lesson
    title: 實作課
    source: 柒、一
    kind: session
    when:
      - {if: {course: soil, round: "1"}, at: "2022-06-08T13:30/16:30"}
      - {if: {course: soil, round: "2"}, at: "2022-07-08T13:30/16:30"}
      - {if: {course: seed, round: "1"}, at: "2022-06-22T13:30/16:30"}
      - {if: {course: seed, round: "2"}, at: "2022-07-15T13:30/16:30"}
    says: [實作課哪天]
  - id: lesson-sign-up
    title: 實作課報名截止
    source: 陸、二
    kind: deadline
    before: {date: lesson, days: 2}
    says: [實作課報名到何時]
  - id: hand-in
    title: 成果函報截止
    source: 柒、三
    kind: deadline
    when: {at: 2022-07-31}
    says: [成果函報到何時]
tracks:
  - id: gardener
    title: 菜園師認證
    source: 捌
    who: 教師
    earns: 菜園師證書
    subject: teacher
    waits: 學校函報後由教育局發證書
    says: [菜園師認證要做什麼]
    items:
      - id: lessons
        title: 實作課程
        source: 捌、一
        amount: [{exactly: 2, unit: 門}, {exactly: 6, unit: 小時}]
        words: [實作課程, 實作課]
        goals: [{least: 2, unit: 門, by: hand-in}]
        sessions: lesson
        parts:
          - {id: soil, title: 土壤實作, words: [土壤], if: {course: soil}}
          - {id: seed, title: 育苗實作, words: [育苗], if: {course: seed}}
        says: [實作課要上幾門]
      - id: videos
        title: 選修影片
        source: 捌、二
        amount: [{exactly: 2, unit: 門}, {least: 4, unit: 小時}]
        words: [選修影片, 選修課, 選修]
        goals: [{least: 2, unit: 門, by: hand-in}]
        parts:
          - {id: water, title: 澆水技巧, words: [澆水]}
          - {id: bugs, title: 蟲害防治, words: [蟲害, 防蟲]}
          - {id: compost, title: 堆肥入門, words: [堆肥]}
        says: [選修要看幾門]
      - id: talk
        title: 菜園說明
        source: 捌、三
        amount: [{least: 1, unit: 場}]
        words: [菜園說明, 校內說明]
        goals: [{least: 1, unit: 場}]
        after: [lessons, videos]
        says: [菜園說明要幾場]
      - id: duty
        title: 維護工具
        source: 捌、四
        text: 平時維護工具。
        says: [工具要維護嗎]
  - id: school-work
    title: 學校應辦事項
    source: 玖
    who: 學校
    earns: 次年優先補助
    subject: school
    says: [學校要做什麼]
    items:
      - id: visits
        title: 到校輔導
        source: 玖、一
        text: 每學期輔導2次，其中1次教授到校。
        words: [輔導, 入校輔導]
        goals:
          - {least: 2, unit: 次, every: term}
          - {least: 1, unit: 次, every: term, mark: professor}
        marks: [{id: professor, title: 教授到校, words: [教授, 專家到校]}]
        says: [輔導要幾次]
      - id: meetings
        title: 工作會議
        source: 玖、二
        text: 每學期開1次工作會議。
        words: [工作會議]
        goals: [{least: 1, unit: 次, every: term}]
        each_day_once: true
        says: [工作會議幾次]
  - id: class-work
    title: 班級應交資料
    source: 玖、五
    who: 班級
    earns: 班級獎勵
    subject: class
    asks: [group]
    says: [班級要交什麼]
    items:
      - id: lesson-plans
        title: 教案
        source: 玖、六
        text: A組3份，B組5份。
        words: [教案]
        goals:
          - {least: 3, unit: 份, if: {group: A}}
          - {least: 5, unit: 份, if: {group: B}}
        says: [教案要幾份]
"""
)


def tracks_reader(folder: Path, *changes: tuple[str, str]) -> Reader:
    """A reader of the two small plans and of this one, with words of it changed."""
    garden = GARDEN
    for old, new in changes:
        assert garden.count(old) == 1
        garden = garden.replace(old, new)
    files = {
        "lexicon.yaml": (ROOT / "knowledge" / "lexicon.yaml").read_text(encoding="utf-8"),
        "plans/reading/111.yaml": READING,
        "plans/stars/112.yaml": STARS,
        "plans/garden/111.yaml": garden,
    }
    return Reader(load_library(write(folder, files)))
