"""The requirement clauses of the real plans: deeds that are enough for each, and just not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from bot.model.deeds import Deed
from tests.rules.tracks import deed

COOC, MOBILE, COMMUNITY = "cooc-teacher/111", "mobile-learning/107", "digital-community/112"
MARCH, APRIL = date(2018, 3, 31), date(2018, 4, 1)


@dataclass(frozen=True)
class Clause:
    """What a clause asks for: deeds that are enough, and some that are just not."""

    name: str  # the clause, and what of it
    place: tuple[str, str, str]  # edition, track, item
    enough: Sequence[Deed]
    short: Sequence[Sequence[Deed]]
    facets: dict[str, str] = field(default_factory=dict)


def done(name: str, n: int = 1, *marks: str, term: str = "", on: date = MARCH) -> Deed:
    return deed(name, on, n, *marks, term=term)


def parts(name: str, of: str) -> list[Deed]:
    return [deed(name, part=part) for part in of.split()]


def each_term(name: str, n: int, terms: str, *marks: str) -> list[Deed]:
    return [done(name, n, *marks, term=term) for term in terms.split()]


def by_term(clause: str, place: tuple[str, str, str], n: int, terms: str) -> Clause:
    """So many in each term: one less in one of them is short, however many in the other."""
    first, second = terms.split()
    name = place[2]
    short = [
        [done(name, n + 9, term=first), *([done(name, n - 1, term=second)] if n > 1 else [])],
        [done(name, n + 9, term=second), *([done(name, n - 1, term=first)] if n > 1 else [])],
    ]
    return Clause(clause, place, each_term(name, n, terms), short)


def so_many(clause: str, place: tuple[str, str, str], n: int, **facets: str) -> Clause:
    """So many in all: one less is short."""
    name = place[2]
    short = [[done(name, n - 1)] if n > 1 else []]
    return Clause(clause, place, [done(name, n)], short, facets)


def each_part(clause: str, place: tuple[str, str, str], of: str, **facets: str) -> Clause:
    """Every part: any one missing is short, another one twice does not make up for it."""
    names = of.split()
    short = [
        [*parts(place[2], " ".join(p for p in names if p != gone)), *parts(place[2], other)]
        for gone, other in zip(names, [*names[1:], names[0]], strict=True)
    ]
    return Clause(clause, place, parts(place[2], of), short, facets)


RENEWAL = partial(by_term, terms="first second")
SCHOOL = partial(by_term, terms="spring autumn")
TERMS = "spring autumn"

CLAUSES = [
    each_part(
        "柒、一（一） 2門同步課程", (COOC, "certificate-track", "item-sync"), "ono2 material"
    ),
    Clause(
        "柒、一（一） 6門非同步任選2門",
        (COOC, "certificate-track", "item-async"),
        parts("item-async", "groups picture-book"),
        [parts("item-async", "groups"), parts("item-async", "groups groups")],
    ),
    so_many("柒、二 校內宣講至少1場", (COOC, "certificate-track", "item-practice"), 1),
    RENEWAL("玖、一（一） 每學期研習1次", (COOC, "renewal", "renew-training"), 1),
    RENEWAL("玖、一（二） 每學期超過50次", (COOC, "renewal", "renew-activity"), 51),
    RENEWAL("玖、一（三） 每學期開1門", (COOC, "renewal", "renew-course"), 1),
    so_many("玖、一（四） 跨校分享", (COOC, "renewal", "renew-share"), 1),
    SCHOOL("伍、三（一） 實施2學期", (MOBILE, "school-track", "two-terms"), 1),
    SCHOOL("伍、三（三） 校長主任每學期2次", (MOBILE, "school-track", "principal-meeting"), 2),
    Clause(
        "伍、三（四） 校內研習2場，附件1每學期1次",
        (MOBILE, "school-track", "inschool-training"),
        each_term("inschool-training", 1, TERMS),
        [
            [done("inschool-training", 1, term="spring")],
            [done("inschool-training", 2, term="spring")],
            [done("inschool-training", 2, term="autumn")],
        ],
    ),
    so_many("伍、三（五） 跨校活動1場", (MOBILE, "school-track", "outreach"), 1),
    Clause(
        "伍、三（七） 每學期輔導2次，教授1次、到校1次",
        (MOBILE, "school-track", "counsel"),
        [
            *each_term("counsel", 1, TERMS, "professor", "on-site"),
            *each_term("counsel", 1, TERMS),
        ],
        [
            # one in a term; no professor in a term; never at the school in a term
            [
                *each_term("counsel", 1, TERMS, "professor", "on-site"),
                done("counsel", 1, term="spring"),
            ],
            [
                *each_term("counsel", 1, TERMS, "on-site"),
                done("counsel", 1, "professor", term="spring"),
                done("counsel", 1, term="autumn"),
            ],
            [
                *each_term("counsel", 1, TERMS, "professor"),
                done("counsel", 1, "on-site", term="autumn"),
                done("counsel", 1, term="spring"),
            ],
        ],
    ),
    so_many("伍、三（九） 前後測1次", (MOBILE, "school-track", "evaluation"), 1),
    each_part(
        "伍、三（十一）1 三大會議各1場",
        (MOBILE, "school-track", "three-meetings"),
        "launch midterm final",
    ),
    Clause(
        "伍、三（十一）2 交流會或工作坊2場不同日期",
        (MOBILE, "school-track", "regional-workshop"),
        [done("regional-workshop", on=MARCH), done("regional-workshop", on=APRIL)],
        [
            [done("regional-workshop", on=MARCH), done("regional-workshop", on=MARCH)],
            [done("regional-workshop", 2, on=MARCH)],
        ],
    ),
    so_many("伍、三（十一）3 校長培訓1場", (MOBILE, "school-track", "principal-training"), 1),
    each_part(
        "伍、三（十三）、附件1 成果報告書和簡報",
        (MOBILE, "school-track", "final-report-duty"),
        "report slides",
    ),
    *(
        Clause(
            f"附件1 {name}每學期每班1份，1份用教育雲",
            (MOBILE, "class-track", of),
            [done(of, 1, "cloud", term="spring"), done(of, 1, term="autumn")],
            [
                each_term(of, 1, TERMS),
                [done(of, 2, "cloud", term="spring")],
                [done(of, 2, "cloud", term="autumn")],
            ],
        )
        for name, of in (("教案", "class-lesson"), ("心得", "class-reflection"))
    ),
    SCHOOL("附件1 溫馨故事每學期每班1則", (MOBILE, "class-track", "class-story"), 1),
    each_part(
        "附件1 進度表3次", (MOBILE, "class-track", "class-progress"), "march may october"
    ),
    so_many("附件1 前後測每班1次", (MOBILE, "class-track", "class-evaluation"), 1),
    each_part(
        "伍、二（五） 縣市出席三會",
        (MOBILE, "county-track", "county-attend"),
        "launch midterm final",
    ),
    so_many("伍、二（七） 縣市成果發表或交流會1場", (MOBILE, "county-track", "county-showcase"), 1),
    so_many("附件3、四1 示範觀摩1次", (MOBILE, "coach-track", "coach-demo"), 1),
    Clause(
        "附件3、四2 輔導2所，1所外縣市",
        (MOBILE, "coach-track", "coach-mentor"),
        [done("coach-mentor", 1, "outside"), done("coach-mentor", 1)],
        [[done("coach-mentor", 1, "outside")], [done("coach-mentor", 2)]],
    ),
    so_many("附件3、四4 分享輔導心得", (MOBILE, "coach-track", "coach-share"), 1),
    so_many("附件3、四5 輔導成果報告", (MOBILE, "coach-track", "coach-report"), 1),
    so_many("肆、七（二）1 編列經費", (MOBILE, "local-start", "start-budget"), 1),
    so_many("肆、七（二）2 修正計畫書", (MOBILE, "local-start", "start-plan"), 1),
    so_many("肆、七（二）3 合作備忘錄", (MOBILE, "local-start", "start-mou"), 1),
    so_many("肆、七（二）4 合作意向書", (MOBILE, "local-start", "start-expert"), 1),
    each_part(
        "肆、七（二）5 期初資料5項",
        (MOBILE, "local-start", "site-start"),
        "register basic-data upload-plan upload-mou upload-intent",
    ),
    *(
        Clause(
            f"伍、陸 {group}組運作{n}次，涵蓋兩學期",
            (COMMUNITY, "work", "meetings"),
            [done("meetings", n - 1, term="first"), done("meetings", 1, term="second")],
            [
                [done("meetings", n - 2, term="first"), done("meetings", 1, term="second")],
                [done("meetings", n, term="first")],
                [done("meetings", n, term="second")],
            ],
            {"group": group},
        )
        for group, n in (("A", 6), ("B", 8))
    ),
    so_many("伍、陸 A組專業對話1次", (COMMUNITY, "work", "dialogue"), 1, group="A"),
    so_many("伍、陸 B組專業對話2次", (COMMUNITY, "work", "dialogue"), 2, group="B"),
    *(
        clause
        for group in "AB"
        for clause in (
            so_many(f"伍 {group}組公開授課1次", (COMMUNITY, "work", "open-lesson"), 1, group=group),
            so_many(f"伍 {group}組觀議課1次", (COMMUNITY, "work", "observe"), 1, group=group),
            so_many(
                f"附件二（說明6） {group}組校外講座1次",
                (COMMUNITY, "work", "outside-lecturer"), 1, group=group,
            ),
        )
    ),
    so_many("伍 A組會議紀錄1次", (COMMUNITY, "work", "minutes"), 1, group="A"),
    so_many("伍 B組會議紀錄2次", (COMMUNITY, "work", "minutes"), 2, group="B"),
    so_many("伍 A組照片6張", (COMMUNITY, "work", "photos"), 6, group="A"),
    so_many("伍 B組照片8張", (COMMUNITY, "work", "photos"), 8, group="B"),
    so_many("伍 A組設備搭配使用說明1份", (COMMUNITY, "work", "device-guide"), 1, group="A"),
    so_many("伍 B組課程方案1份", (COMMUNITY, "work", "course-plan"), 1, group="B"),
    so_many("陸 B組成果發表1場", (COMMUNITY, "work", "share"), 1, group="B"),
    so_many("陸 B組召集人增能研習", (COMMUNITY, "work", "training"), 1, group="B"),
    each_part("陸 B組期中期末諮詢輔導", (COMMUNITY, "work", "consult"), "midterm final", group="B"),
]  # fmt: skip
