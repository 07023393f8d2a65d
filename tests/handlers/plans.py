"""Two small made-up plans, read with the real lexicon."""

from pathlib import Path

from bot.catalog.load import load_library
from bot.understand.reader import Reader
from tests.catalog.editions import write
from tests.source import ROOT


def about(name: str, *others: str) -> str:
    """How the file of a plan of Taichung's of 111 begins."""
    return f"""\
checked_on: 2026-01-05
about:
  title: 臺中市111年度{name}實施計畫
  short: 臺中111{name}
  names: [{", ".join((name, *others))}]
  issuer: 臺中市政府教育局
  area: 臺中市
  year: 111
  year_kind: 年度
  ask: office
"""


READING = (
    about("晨間共讀", "共讀計畫", "共讀")
    + """\
facets:
  group:
    title: 組別
    ask: 您要問A組還是B組？
    values:
      A: {title: A組, says: [甲組]}
      B: {title: B組, says: [乙組]}
  classes: {title: 班級數, unit: 班, ask: 你們有幾班？}
  total: {title: 總額, unit: 元}
contacts:
  - id: office
    title: 承辦窗口
    source: 拾壹
    unit: 閱讀推動中心
    phone: 04-22289111
    extension: "1234"
    says: [要問誰, 聯絡電話]
links:
  - {id: page, title: 共讀網站, source: 拾壹, url: "https://read.example.tw", says: [網址]}
dates:
  - id: workshop
    title: 說書工作坊
    source: 柒、一
    kind: session
    when:
      - {if: {group: A}, at: "2022-07-08T13:30/16:30"}
      - {if: {group: B}, at: "2022-07-15T13:30/16:30"}
    place: 大墩文化中心
    says: [工作坊什麼時候上課]
  - id: briefing
    title: 啟動說明會
    source: 柒、二
    kind: meeting
    when: {at: 2022-05-20}
    says: [說明會哪一天]
  - id: sign-up
    title: 工作坊報名截止
    source: 陸、一
    kind: deadline
    before: {date: workshop, days: 2}
    to: 共讀網站
    says: [報名到什麼時候]
    see: [workshop]
  - id: report-due
    title: 成果上傳截止
    source: 玖、一
    kind: deadline
    when: {at: 2022-11-30T17:00}
    says: [成果報告什麼時候交, 成果什麼時候要上傳]
  - id: books-due
    title: 書單回報期限
    source: 玖、二
    kind: deadline
    when: {at: 2022-09-08}
    says: [書單什麼時候回報]
eligibility:
  - id: may-join
    title: 參加資格
    source: 伍
    who: 參加晨間共讀
    text: 符合其中一項就可以參加。
    facts:
      - {id: trained, title: 說書研習, ask: 您上過說書研習嗎？, yes: [[說書研習], [上過說書]]}
      - {id: volunteer, title: 愛心志工, ask: 您當過愛心志工嗎？, yes: [[志工]]}
      - {id: expelled, title: 退出紀錄, ask: 您曾中途退場嗎？, yes: [[中途退場]]}
    rule:
      all:
        - any:
            - {fact: trained, is: true, text: 上過說書研習, source: 伍、一}
            - {fact: volunteer, is: true, text: 當過愛心志工, source: 伍、二}
        - not: {fact: expelled, is: true, text: 曾中途退場者不得參加, source: 伍、三}
    remedy: 先上一場說書研習。
    says: [我可以參加嗎, 誰可以參加, 參加資格是什麼]
tracks:
  - id: award
    title: 說書人認證
    source: 捌
    who: 教師
    items:
      - id: tell
        title: 入班說書
        source: 捌、一
        amount: {least: 2, unit: 次}
        says: [要說書幾次]
    earns: 說書人證書
deliverables:
  - id: notes
    title: 讀後心得
    source: 玖、三
    amount: {exactly: 2, unit: 份, per: classes}
    due: report-due
    says: [讀後心得要交幾份]
  - id: photos
    title: 活動相片
    source: 玖、四
    amount:
      - {if: {group: A}, exactly: 6, unit: 張}
      - {if: {group: B}, exactly: 8, unit: 張}
    says: [活動相片要幾張]
amounts:
  - id: books
    title: 購書經費
    source: 拾、一
    amount: {about: 100000..140000, unit: 元, per: classes, more: 50000..70000}
    says: [購書經費多少錢]
  - id: cap
    title: 總額上限
    source: 拾、二
    amount: {most: 80000, unit: 元}
    says: [總額最多多少]
  - id: paper
    title: 紙張費
    source: 拾、三
    amount: {most: 30%, of: 總額, base: cap}
    says: [紙張費最多多少, 紙張費可以編幾%]
roles:
  - id: who-does
    title: 分工表
    source: 表3
    permissions:
      - {id: lend, title: 借出書箱}
      - {id: count, title: 清點書箱}
    roles:
      - {id: tutor, title: 晨光導師, may: [lend]}
      - {id: keeper, title: 書箱管理員, may: [lend, count]}
    says: [誰可以借書箱]
settings:
  - id: nudge
    title: 還書提醒
    source: 表4
    amount: {default: 3, unit: 天}
    says: [還書提醒預設幾天]
forms:
  - id: form-1
    title: 書單回報表
    source: 附件1
    number: 附件1
    signatures: [校長]
    says: [書單表]
terms:
  - {id: box, title: 書箱, source: 貳, text: 裝著二十本書的箱子。, says: [書箱是什麼]}
notes:
  - {id: hush, title: 安靜時間, source: 貳, text: 共讀時全校安靜。, says: [安靜時間是什麼]}
conflicts:
  - id: two-days
    title: 書單期限的兩個日期
    source: [玖、二, 附件1]
    text: 請以較早的9月8日為準。
    between: [books-due]
    values: [{text: 9月8日, source: 玖、二}, {text: 9月15日, source: 附件1}]
unsaid:
  - id: lunch
    title: 工作坊供餐
    source: 柒、一
    text: 計畫沒有說明工作坊是否供餐。
    ask: office
    says: [工作坊有沒有便當, 工作坊會供餐嗎]
examples:
  - at: 2022-06-01T09:00+08:00
    turns: [{say: 晨間共讀的說明會哪一天, all: 5月20日}]
"""
)
STARS = """\
checked_on: 2026-01-05
about:
  title: 臺南市112年度校園觀星實施計畫
  short: 臺南112校園觀星
  names: [校園觀星, 觀星計畫, 觀星]
  issuer: 臺南市政府教育局
  area: 臺南市
  year: 112
  year_kind: 年度
contacts:
  - {id: dome, title: 天文台, source: 拾, unit: 臺南天文台, phone: 06-5761076, says: [要問誰]}
dates:
  - id: sign-up
    title: 觀星夜報名截止
    source: 肆
    kind: deadline
    when: {at: 2023-03-10}
    says: [報名到什麼時候]
  - id: night
    title: 觀星夜
    source: 伍
    kind: session
    when: {at: "2023-03-24T19:00/21:00"}
    place: 虎頭埤
    says: [觀星夜哪一天]
examples:
  - at: 2023-01-01T09:00+08:00
    turns: [{say: 觀星夜哪一天, all: 3月24日}]
"""


def small_reader(folder: Path) -> Reader:
    """A reader of the two plans, whose files are written below `folder`."""
    words = (ROOT / "knowledge" / "lexicon.yaml").read_text(encoding="utf-8")
    files = {
        "lexicon.yaml": words,
        "plans/reading/111.yaml": READING,
        "plans/stars/112.yaml": STARS,
    }
    return Reader(load_library(write(folder, files)))
