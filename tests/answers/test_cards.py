"""The card of an entry: its case, its clauses, what disagrees, and how it stands."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.answers.cards import card_for
from bot.answers.wanted import Wanted
from bot.clock import TAIPEI
from bot.messages import Card, Tone
from bot.model.edition import Edition
from bot.model.entries import (
    Conflict,
    DateCase,
    DateKind,
    Deliverable,
    Entry,
    Form,
    Link,
    Permission,
    Role,
    RoleMatrix,
    Stated,
    Term,
    Unsaid,
)
from bot.model.quantity import Quantity, Value
from bot.model.when import When
from tests.rules.editions import amount, edition, given, planned, quantity

NOW = datetime.fromisoformat("2022-06-15T09:00+08:00").astimezone(TAIPEI)
BY_SIZE = amount(
    "books",
    quantity("10000", given=given(classes="..6")),
    quantity("20000", given=given(classes="7..")),
)
ROLES = RoleMatrix(
    id="who",
    title="分工",
    source=("表3",),
    permissions=(Permission(id="lend", title="借書"), Permission(id="count", title="清點")),
    roles=(
        Role(id="tutor", title="導師", may=("lend",)),
        Role(id="keeper", title="管理員", may=("lend", "count")),
    ),
)


def card(entry: Entry, plan: Edition | None = None, **wanted: object) -> Card:
    asked = {"known": {}, "wants": frozenset(), "now": NOW, **wanted}
    return card_for(plan or edition(), entry, Wanted(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "inside", "outside"),
    [
        ({"classes": "6"}, "10,000元", "20,000元"),
        ({"classes": "7"}, "20,000元", "10,000元"),
    ],
)
def test_an_amount_shows_the_case_that_is_known(
    known: dict[str, str], inside: str, outside: str
) -> None:
    shown = card(BY_SIZE, known=known)

    assert inside in shown.lead
    assert outside not in "".join((shown.lead, *shown.facts))


def test_an_amount_of_an_unknown_case_shows_every_case() -> None:
    facts = "".join(card(BY_SIZE).facts)

    assert "10,000元" in facts
    assert "20,000元" in facts


def test_a_case_that_the_plan_does_not_list_is_told_so() -> None:
    few = replace(BY_SIZE, amount=BY_SIZE.amount[:1])

    assert "範圍" in card(few, known={"classes": "30"}).lead


def test_a_card_names_its_plan_document_and_clause() -> None:
    shown = card(Term(id="box", title="書箱", source=("貳", "附件1"), text="裝書的箱子。"))

    assert (shown.title, shown.document) == ("甲市111共讀", "甲市111年度共讀實施計畫")
    assert (shown.lead, shown.sources) == ("裝書的箱子。", ("貳", "附件1"))


def test_a_date_that_is_over_is_coloured_so_and_says_when_it_was() -> None:
    shown = card(planned("hand-in", "2022-06-10", kind=DateKind.DEADLINE))

    assert shown.tone is Tone.PAST
    assert "6月10日" in shown.state
    assert card(planned("hand-in", "2022-06-20")).tone is Tone.ANSWER


@pytest.mark.parametrize(
    ("kind", "begins"), [(DateKind.DEADLINE, "逾期："), (DateKind.SESSION, "未到：")]
)
def test_what_follows_is_told_of_being_late_or_not_being_there(kind: DateKind, begins: str) -> None:
    shown = card(planned("night", "2022-06-20", kind=kind, missed="以棄權論"))

    assert f"{begins}以棄權論" in shown.facts


def test_of_several_days_the_next_one_is_named() -> None:
    shown = card(planned("talks", "2022-05-01, 2022-07-01, 2022-09-01", kind=DateKind.MEETING))

    assert "7月1日" in shown.state
    assert shown.tone is Tone.ANSWER


def test_a_tentative_date_says_so() -> None:
    assert "暫訂" in card(planned("night", "2022-09", tentative=True)).lead


def test_a_date_shows_the_group_that_is_known() -> None:
    cases = tuple(
        DateCase(at=When.parse(day), given=given(group=group))
        for group, day in (("A", "2022-07-08"), ("B", "2022-07-15"))
    )
    entry = replace(planned("class"), when=cases)

    assert "7月15日" in card(entry, known={"group": "B"}).lead
    assert "7月8日" not in card(entry, known={"group": "B"}).lead
    assert len(card(entry).facts) == 2


def test_a_conflict_about_a_date_comes_first_with_every_value_and_clause() -> None:
    clash = Conflict(
        id="clash",
        title="兩個日期",
        source=("玖",),
        text="請以較早的為準。",
        between=("hand-in",),
        values=(Stated(text="9月8日", source=("玖",)), Stated(text="9月15日", source=("附件1",))),
    )
    entry = planned("hand-in", "2022-09-08", kind=DateKind.DEADLINE)
    shown = card(entry, edition(dates=(entry,), conflicts=(clash,)))

    assert shown.tone is Tone.CONFLICT
    assert "請以較早的為準" in shown.lead
    assert {"柒", "玖", "附件1"} == set(shown.sources)
    assert [
        v for v in ("9月8日（玖）", "9月15日（附件1）") if v not in "\n".join(shown.facts)
    ] == []


@pytest.mark.parametrize(
    ("role", "permission", "begins"),
    [("tutor", "lend", "可以"), ("tutor", "count", "不行"), ("keeper", "count", "可以")],
)
def test_whether_a_role_may_is_answered_first(role: str, permission: str, begins: str) -> None:
    shown = card(ROLES, role=role, permission=permission)

    assert shown.lead.startswith(begins)
    assert "管理員" in "".join((shown.lead, *shown.facts))


def test_who_may_and_what_a_role_may_are_listed() -> None:
    assert "管理員" in card(ROLES, permission="count").lead
    assert "導師" not in card(ROLES, permission="count").lead
    assert "借書" in card(ROLES, role="tutor").lead
    assert len(card(ROLES).facts) == 2


def test_what_is_handed_in_says_when_to_whom_and_on_which_form() -> None:
    due = planned("due", "2022-11-30", kind=DateKind.DEADLINE)
    form = Form(id="form-1", title="書單表", source=("附件1",), number="附件1")
    entry = Deliverable(
        id="notes",
        title="心得",
        source=("玖",),
        amount=(Quantity(exactly=Value.parse("2"), unit="份", per="classes"),),
        due=("due",),
        to="教育局",
        form="form-1",
    )
    shown = card(entry, edition(dates=(due,), forms=(form,)), known={"classes": "5"})
    said = "".join((shown.lead, *shown.facts))

    assert [w for w in ("10份", "11月30日", "教育局", "附件1") if w not in said] == []


def test_a_page_can_be_opened_and_what_comes_next_be_pressed() -> None:
    link = Link(
        id="page", title="網站", source=("拾",), url="https://read.example.tw", see=("box",)
    )
    term = Term(id="box", title="書箱", source=("貳",), text="箱子")
    buttons = card(link, edition(links=(link,), terms=(term,))).buttons

    assert [b.url or b.data for b in buttons] == [
        "https://read.example.tw",
        "entry=reading/111#box",
    ]


def test_a_gap_is_coloured_as_not_known() -> None:
    gap = Unsaid(id="lunch", title="供餐", source=("柒",), text="計畫沒有說明是否供餐。")

    assert card(gap).tone is Tone.UNKNOWN
