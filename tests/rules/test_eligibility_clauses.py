"""Every eligibility clause of the four documents, on both sides of its boundary.

What somebody says in a sentence is heard, and the rule of the plan decides on it. `given` are the
other facts, so that the clause alone makes the difference.
"""

from decimal import Decimal

import pytest

from bot.model.entries import Amount, Eligibility
from bot.rules.quantities import compute, fitting
from bot.rules.residue import Value
from bot.rules.verdict import decide
from bot.understand.said_facts import hear_facts
from tests.understand.plans import real_reader

COOC, MOBILE = "cooc-teacher/111", "mobile-learning/107"
COMMUNITY, PORTFOLIO = "digital-community/112", "portfolio/108"
NONE_OF_IT: dict[str, Value] = {
    "basic-hours": Decimal(0),
    "weekly-use": False,
    "special-lecturer": False,
}
READY: dict[str, Value] = dict.fromkeys(
    ("finished", "grades", "devices", "wifi", "both-terms"), True
)
FUNDED: dict[str, Value] = {"funded-107": True}
COACHED: dict[str, Value] = {
    "funded-107": True,
    "winner-106": False,
    "coach-106": True,
    "mentee-won": True,
    "coach-report-done": True,
}
ONE_TASK: dict[str, Value] = {
    "did-training": False,
    "activity-count": Decimal(0),
    "opened-course": True,
    "shared": False,
}
REPORTED: dict[str, Value] = {"mentee-excellent": True, "coach-report-107": True}

# edition#entry, the clause, the other facts, said on the side that holds, and on the other side
BOTH_SIDES = [
    (f"{COOC}#eligible", "伍、一", NONE_OF_IT, "上過基礎研習3小時", "上過基礎研習2.9小時"),
    (
        f"{COOC}#eligible",
        "伍、二",
        NONE_OF_IT,
        "110學年度每週都用線上教室",
        "109學年度每週都用線上教室",
    ),
    (f"{COOC}#eligible", "伍、二", NONE_OF_IT, "我每週都用線上教室", "我隔週用線上教室"),
    (
        f"{COOC}#eligible",
        "伍、三",
        NONE_OF_IT,
        "108學年度當過大考直播講師",
        "107學年度當過大考直播講師",
    ),
    (f"{COOC}#eligible", "伍、三", NONE_OF_IT, "我當過培力班講師", "我沒當過培力班講師"),
    (
        f"{COOC}#exempt",
        "陸、四",
        {"panel-member": False},
        "109學年度受邀擔任教育訓練講師",
        "108學年度受邀擔任教育訓練講師",
    ),
    (
        f"{COOC}#exempt",
        "陸、四",
        {"trainer": False},
        "我是智慧輔導小組成員",
        "我是輔導團其他小組的",
    ),
    (f"{COOC}#renew-check", "玖、一（一）", ONE_TASK, "每學期都參加研習", "我沒有參加研習"),
    (f"{COOC}#renew-check", "玖、一（二）", ONE_TASK, "每學期線上活動51次", "每學期線上活動50次"),
    (
        f"{COOC}#renew-check",
        "玖、一（三）",
        {**ONE_TASK, "shared": True},
        "我每學期有開設混成課程",
        "我沒有開設課程",
    ),
    (f"{COOC}#renew-check", "玖、一（四）", ONE_TASK, "我跨校分享過心得", "我只有校內分享心得"),
    (f"{MOBILE}#school-apply", "肆、一", READY, "104、105年資料都有交齊", "我們104年有缺交"),
    (f"{MOBILE}#school-apply", "肆、一", READY, "104、105年資料都有交齊", "我們105年有缺交"),
    (f"{MOBILE}#school-apply", "肆、一", READY, "我們是三年級", "我們是二年級"),
    (f"{MOBILE}#school-apply", "肆、二（一）", READY, "我們有平板", "我們沒有平板"),
    (f"{MOBILE}#school-apply", "肆、二（一）", READY, "有無線網路", "沒有無線網路"),
    (f"{MOBILE}#school-apply", "肆、二（二）", READY, "可以做兩學期", "只能做一學期"),
    (
        f"{MOBILE}#coach-apply",
        "附件3、二",
        {"winner-106": True},
        "我們是107年補助學校",
        "我們不是107年補助學校",
    ),
    (
        f"{MOBILE}#coach-apply",
        "附件3、二（一）",
        {**FUNDED, "coach-106": False},
        "我們106年優良學校一般組得獎",
        "我們105年優良學校一般組得獎",
    ),
    (
        f"{MOBILE}#coach-apply",
        "附件3、二（二）",
        COACHED,
        "我們是106年教練學校",
        "我們不是106年教練學校",
    ),
    (
        f"{MOBILE}#coach-apply",
        "附件3、二（二）",
        COACHED,
        "輔導的學校獲選優良學校",
        "輔導的學校沒有獲選優良學校",
    ),
    (f"{MOBILE}#coach-apply", "附件3、二（二）", COACHED, "成果報告有交了", "成果報告沒有交了"),
    (f"{MOBILE}#coach-108", "捌、三", REPORTED, "輔導的學校獲選了", "輔導的學校沒獲選"),
    (f"{MOBILE}#coach-108", "附件3、四", REPORTED, "成果報告交了", "成果報告還沒交了"),
    (f"{MOBILE}#apply-109", "玖、二", {}, "資料都上傳完了", "缺一份心得"),
    (f"{COMMUNITY}#eligible", "伍", {}, "A組3人", "A組2人"),
    (f"{COMMUNITY}#eligible", "陸", {}, "B組5人", "B組4人"),
    (f"{COMMUNITY}#eligible", "伍", {}, "我們4人申請A組", "我們4人申請B組"),
    (f"{PORTFOLIO}#old-account", "登入方式", {}, "我有酷課雲帳號", "我沒有酷課雲帳號"),
]


def _entry(key: str) -> Eligibility:
    name, _, entry_id = key.partition("#")
    edition = real_reader().edition(name)
    assert edition
    return next(e for e in edition.eligibility if e.id == entry_id)


def _said(entry: Eligibility, text: str) -> dict[str, Value]:
    reader = real_reader()
    return hear_facts(entry.facts, reader.fold(text), reader.word).known


@pytest.mark.parametrize(
    ("key", "clause", "given", "holding", "failing"),
    BOTH_SIDES,
    ids=[f"{key}-{clause}-{a}／{b}" for key, clause, _, a, b in BOTH_SIDES],
)
def test_a_clause_decides_on_each_side_of_its_boundary(
    key: str, clause: str, given: dict[str, Value], holding: str, failing: str
) -> None:
    entry = _entry(key)
    yes, no = (decide(entry.rule, {**given, **_said(entry, x)}) for x in (holding, failing))

    assert yes.holds is True
    assert no.holds is False
    assert clause in {s for v in (yes, no) for c in v.decided_by for s in c.source}
    assert _said(entry, holding), "it is heard, not only given"
    assert _said(entry, failing)


@pytest.mark.parametrize(
    ("year", "holds"), [("106", None), ("107", True), ("111", True), ("112", None)]
)
def test_伍_一_courses_count_from_107_to_111_and_others_leave_it_open(
    year: str, holds: bool | None
) -> None:
    entry = _entry(f"{COOC}#eligible")
    known = {**NONE_OF_IT}
    del known["basic-hours"]

    said = _said(entry, f"我{year}年上過基礎研習3小時")

    assert decide(entry.rule, {**known, **said}).holds is holds


@pytest.mark.parametrize(
    ("key", "fact", "least"),
    [
        (f"{COOC}#eligible", "basic-hours", "3"),
        (f"{COOC}#renew-check", "activity-count", "51"),
        (f"{COMMUNITY}#eligible", "team-size", "5"),
    ],
)
def test_a_number_holds_from_its_bound_on(key: str, fact: str, least: str) -> None:
    entry = _entry(key)
    given = {**NONE_OF_IT, **ONE_TASK, "is-a": False}
    at, below = Decimal(least), Decimal(least) - Decimal("0.1")

    assert decide(entry.rule, {**given, fact: at}).holds is True
    assert decide(entry.rule, {**given, fact: below}).holds is False


@pytest.mark.parametrize("done", range(5))
def test_玖_一_two_of_four_tasks_are_enough_and_one_is_not(done: int) -> None:
    entry = _entry(f"{COOC}#renew-check")
    values: list[tuple[str, Value, Value]] = [
        ("did-training", True, False),
        ("activity-count", Decimal(51), Decimal(50)),
        ("opened-course", True, False),
        ("shared", True, False),
    ]
    known = {f: yes if i < done else no for i, (f, yes, no) in enumerate(values)}

    assert decide(entry.rule, known).holds is (done >= 2)


QUOTA = [
    ("柒、一", {"classes": str(classes), "group": group}, groups)
    for classes, a, b in [
        (1, 1, 1),
        (12, 1, 1),
        (13, 1, 1),
        (25, 1, 1),
        (26, 2, 1),
        (48, 2, 1),
        (49, 3, 2),
        (90, 3, 2),
    ]
    for group, groups in (("A", a), ("B", b))
]


@pytest.mark.parametrize(("clause", "known", "groups"), QUOTA)
def test_how_many_communities_a_school_of_so_many_classes_may_have(
    clause: str, known: dict[str, str], groups: int
) -> None:
    assert _most(COMMUNITY, "quota", clause, known) == groups


@pytest.mark.parametrize(
    ("known", "classes"),
    [
        ({"newcomer": "old", "level": "elementary"}, 4),
        ({"newcomer": "old", "level": "junior"}, 5),
        ({"newcomer": "new", "remote": "far"}, 1),
        ({"newcomer": "new", "remote": "other"}, 2),
        ({"newcomer": "new", "remote": "far", "level": "junior"}, 1),
        ({"newcomer": "new", "remote": "other", "level": "elementary"}, 2),
    ],
)
def test_肆_六_how_many_classes_a_school_may_have(known: dict[str, str], classes: int) -> None:
    assert _most(MOBILE, "class-cap", "肆、六", known) == classes


@pytest.mark.parametrize(("group", "people"), [("A", 3), ("B", 5)])
def test_the_amount_and_the_rule_of_a_communitys_size_agree(group: str, people: int) -> None:
    entry = _entry(f"{COMMUNITY}#eligible")
    enough = {"team-size": Decimal(people), "is-a": group == "A"}
    one_less = {**enough, "team-size": Decimal(people - 1)}

    assert _most(COMMUNITY, "members-min", "伍", {"group": group}) == people
    assert decide(entry.rule, enough).holds is True
    assert decide(entry.rule, one_less).holds is False


def test_陸_一_a_school_nominates_three_and_that_decides_nobodys_eligibility() -> None:
    assert _most(COOC, "school-quota", "陸、一", {}) == 3


def test_柒_一_a_national_school_funds_a_tenth_itself() -> None:
    amount = _amount(MOBILE, "self-fund")

    assert "柒、一" in amount.source
    assert amount.amount[0].bound == "least"
    assert amount.amount[0].value.low == 10


def _amount(edition_key: str, amount_id: str) -> Amount:
    edition = real_reader().edition(edition_key)
    assert edition
    return next(a for a in edition.amounts if a.id == amount_id)


def _most(edition_key: str, amount_id: str, clause: str, known: dict[str, str]) -> Decimal:
    """The one number that is stated for this case."""
    edition, amount = real_reader().edition(edition_key), _amount(edition_key, amount_id)
    assert edition
    assert clause in amount.source
    (case,) = fitting(amount.amount, known)
    computed = compute(case, known, edition)
    assert computed
    assert computed.low == computed.high
    return computed.high
