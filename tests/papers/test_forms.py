"""Every form of every plan as a file: it opens, has its fields, keeps what must stay blank."""

import re

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.answers.form_lines import NO_PAPER
from bot.model.edition import Edition
from bot.model.entries import Form
from bot.model.form_layout import FILLINGS, FileKind, Signing
from bot.papers.forms import NoPaper, blanks_of, make_form
from bot.papers.known import Known
from tests.papers.read_back import all_text, plainly, sheet_of
from tests.papers.spreadsheet import worked_out
from tests.understand.plans import real_reader

EDITIONS = {edition.plan: edition for edition in real_reader().library.editions}
FORMS = [(e, f) for e in EDITIONS.values() for f in e.forms if f.layout]
NAMES = [f"{e.plan}-{f.id}" for e, f in FORMS]
every_form = pytest.mark.parametrize(("edition", "form"), FORMS, ids=NAMES)
SCHOOL = "測試市立測試國民小學"
FULL: Known = {
    "school": SCHOOL,
    "name": "王小明",
    "gender": "男",
    "job": "教師",
    "subject": "自然領域",
    "qualified": ["weekly-use"],
    "group": "B",
    "community": "數位夥伴",
    "email": "a@example.tw",
    "phone": "02-12345678",
    "mobile": "0912-345678",
    "sessions": ["1", "2"],
    "courses": ["師生互動教學示例", "線上分組教學小技巧"],
    "today": "111年6月15日",
}


def form_of(plan: str, form_id: str) -> tuple[Edition, Form]:
    edition = EDITIONS[plan]
    return edition, next(form for form in edition.forms if form.id == form_id)


def made(plan: str, form_id: str, known: Known) -> bytes:
    return make_form(*form_of(plan, form_id), known).content


def labels(field: str) -> tuple[list[str], list[str]]:
    """How the entry words a field: its label, and what it consists of."""
    field = re.sub(r"（[^）]*）", "", field)
    label, _, parts = field.partition("：")
    return [label], [re.sub(r"^\d", "", p) for p in re.split("[、，]", parts or label)]


@every_form
@pytest.mark.parametrize("known", [{}, FULL], ids=["blank", "full"])
def test_the_file_opens_and_has_every_field_of_the_entry(
    edition: Edition, form: Form, known: Known
) -> None:
    paper = make_form(edition, form, known)

    said = all_text(paper.content)
    text = plainly(said) + plainly(re.sub(r"（[^）]*）", "", said))
    missing = [
        field
        for field in form.fields
        if not any(all(plainly(part) in text for part in parts) for parts in labels(field))
    ]
    assert missing == []
    assert all(plainly(signer) in text for signer in form.signatures)
    assert paper.name.endswith(".docx" if form.layout.file is FileKind.WORD else ".xlsx")


@every_form
def test_what_is_known_stands_in_it(edition: Edition, form: Form) -> None:
    text = all_text(make_form(edition, form, FULL).content)

    wanted = [n for n in form.layout.fillings if n in FULL and n not in ("group", "qualified")]
    for name in wanted:
        values = [FULL[name]] if isinstance(FULL[name], str) else FULL[name]
        assert all(value in text for value in values), name


def test_the_rows_below_the_asker_stay_blank() -> None:
    text = all_text(made("cooc-teacher", "form-nomination", FULL))

    assert text.count("王小明") == 1
    assert text.count("參與梯次，第1梯次") == 1
    assert text.count("參與梯次，第______梯次") == 10  # of the five others
    assert "師生互動教學示例（課名）" in text


def test_each_member_of_a_community_has_a_place() -> None:
    members = [{"name": f"成員{n}", "subject": f"領域{n}"} for n in range(1, 15)]

    text = all_text(made("digital-community", "form-2", {"members": members}))

    assert all(f"成員{n}" in text and f"領域{n}" in text for n in range(1, 15))


@every_form
def test_no_field_for_an_id_number_can_be_filled_in(edition: Edition, form: Form) -> None:
    for field in form.layout.fields:
        assert ("字號" in field.label) == field.is_secret
        assert not (field.is_secret and field.fillings)
    blanks = {blank.label for blank in blanks_of(edition, form, FULL)}
    assert {f.label for f in form.layout.fields if f.is_secret} <= blanks


@pytest.mark.parametrize("name", sorted(FILLINGS.keys() - {"plan", "year"}))
@pytest.mark.parametrize("typed", ["A123456789", "我是Ａ１２３４５６７８９", "a-1234-56789"])
def test_an_id_number_is_refused_wherever_it_is_given(name: str, typed: str) -> None:
    for value in (typed, ["好", typed], [{"name": typed}]):
        with pytest.raises(ValueError, match="ID number"):
            made("cooc-teacher", "form-registration", {name: value})


def test_what_no_form_asks_for_is_refused() -> None:
    with pytest.raises(ValueError, match="id_number"):
        made("cooc-teacher", "form-registration", {"id_number": "1"})


def test_a_form_that_is_no_attachment_has_no_file() -> None:
    with pytest.raises(NoPaper) as refused:
        made("portfolio", "consult-form", {})

    assert str(refused.value) == NO_PAPER


# -- what is left to do ------------------------------------------------------------------------
def test_what_is_left_names_who_fills_in_and_then_who_signs() -> None:
    blanks = blanks_of(*form_of("cooc-teacher", "form-registration"), {"name": "王小明"})

    said = [(blank.label, blank.by) for blank in blanks]
    assert ("姓名", "報名教師") not in said
    assert ("身份證字號", "報名教師") in said
    assert [b.label for b in blanks if b.is_signature] == [
        "報名教師",
        "教務主任",
        "人事主任",
        "校長",
    ]
    assert [b.is_signature for b in blanks] == sorted(b.is_signature for b in blanks)


def test_a_statement_without_its_name_is_left_open() -> None:
    edition, form = form_of("cooc-teacher", "form-registration")

    open_ones = [b.label for b in blanks_of(edition, form, {}) if "茲同意" in b.label]
    closed = [b.label for b in blanks_of(edition, form, FULL) if "茲同意" in b.label]

    assert len(open_ones) == 1
    assert closed == []


@every_form
def test_only_a_form_that_is_signed_has_boxes_to_sign(edition: Edition, form: Form) -> None:
    signs = any(isinstance(block, Signing) for block in form.layout.blocks)

    assert signs == bool(form.signatures)


# -- spreadsheets ------------------------------------------------------------------------------
@pytest.mark.parametrize("form_id", ["form-1", "form-4"])
@pytest.mark.parametrize(
    "typed", ["=1+1", "+886912", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1"]
)
def test_what_is_typed_becomes_no_formula(form_id: str, typed: str) -> None:
    known = {n: typed for n in ("school", "community", "phone", "mobile", "job", "group")}
    rows = {"communities": [{"community": typed, "group": typed}]}

    sheet = sheet_of(made("digital-community", form_id, {**known, **rows}))

    cells = [c for row in sheet.iter_rows() for c in row if c.value == typed]
    assert cells
    assert {c.data_type for c in cells} == {"s"}
    if typed[0] in "=+-@":
        assert all(c.quotePrefix for c in cells)
    formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not any(typed in formula for formula in formulas)


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    text = all_text(made("digital-community", "form-4", {"school": "\x00測試\x0b國小\ud800"}))

    assert "測試 國小" in text


class Budget:
    """A budget form that was filled in: an amount of money for an item."""

    def __init__(self, group: str = "") -> None:
        self.sheet: Worksheet = sheet_of(made("digital-community", "form-4", {"group": group}))
        self.top = next(r for r in range(1, 30) if self.sheet.cell(r, 1).value == "項次")
        self.last = next(r for r in range(1, 40) if self.sheet.cell(r, 1).value == "合計")

    def row(self, item: str, which: int = 0) -> int:
        return which + next(
            r for r in range(self.top, self.last) if self.sheet.cell(r, 2).value == item
        )

    def spend(self, item: str, money: int, which: int = 0) -> "Budget":
        self.sheet.cell(self.row(item, which), 4, money)
        self.sheet.cell(self.row(item, which), 5, 1)
        return self

    def shown(self, row: int, column: str = "H") -> object:
        return worked_out(self.sheet, f"{column}{row}")


@pytest.mark.parametrize(
    ("item", "rest", "most"),
    [
        ("印刷費", "講座交通費", 3000),
        ("膳費", "講座交通費", 3000),
        ("資料蒐集費", "講座交通費", 2000),
        ("教材教具費", "講座交通費", 2000),
    ],
)
def test_a_share_may_be_just_as_much_as_the_plan_says(item: str, rest: str, most: int) -> None:
    right = Budget().spend(item, most).spend(rest, 10_000 - most)
    wrong = Budget().spend(item, most + 1).spend(rest, 10_000 - most - 1)

    assert str(right.shown(right.row(item))).startswith("未超過合計的")
    assert str(wrong.shown(wrong.row(item))).startswith("超過合計的")


def test_meals_are_added_up_before_their_share_is_checked() -> None:
    budget = Budget().spend("膳費", 2000).spend("膳費", 1001, 1).spend("講座交通費", 6999)

    assert budget.shown(budget.row("膳費")) == "超過合計的30%"


@pytest.mark.parametrize(("money", "says"), [(1000, "未超過"), (1001, "超過")])
def test_sundries_are_held_against_the_other_items(money: int, says: str) -> None:
    budget = Budget().spend("雜支", money).spend("講座交通費", 10_000)

    assert budget.shown(budget.row("雜支")) == f"{says}其他項目合計的10%"


@pytest.mark.parametrize(
    ("group", "money", "says"),
    [
        ("A", 8000, "未超過上限8000元"),
        ("A", 8001, "超過上限8000元"),
        ("B", 20000, "未超過上限20000元"),
        ("B", 20001, "超過上限20000元"),
        ("", 1, "請在下面填組別"),
    ],
)
def test_the_sum_is_held_against_the_cap_of_its_group(group: str, money: int, says: str) -> None:
    budget = Budget(group).spend("講座交通費", money)

    assert budget.shown(budget.last, "F") == money
    assert budget.shown(budget.last) == says


@pytest.mark.parametrize(
    ("money", "says"),
    [
        (12345, "新台幣壹萬貳仟參佰肆拾伍元整"),
        (8000, "新台幣零萬捌仟零佰零拾零元整"),
        (0, "新台幣　　萬　　仟　　佰　　拾　　元整"),
    ],
)
def test_the_sum_is_written_out(money: int, says: str) -> None:
    budget = Budget().spend("講座交通費", money)

    assert budget.shown(budget.last + 1, "C") == says


def test_what_is_not_applied_for_counts_as_zero() -> None:
    budget = Budget()

    rows = range(budget.top + 1, budget.last)
    assert [budget.shown(row, "F") for row in rows] == [0] * len(rows)
    assert budget.shown(budget.row("印刷費")) == ""


def test_the_checks_are_not_printed() -> None:
    budget = Budget()

    assert budget.sheet.print_area.startswith("'附件4經費明細表'!$A$1:$G$")


def test_the_summary_adds_up_its_communities() -> None:
    sheet = sheet_of(made("digital-community", "form-1", {}))
    top = next(r for r in range(1, 30) if sheet.cell(r, 1).value == "項次")
    for at, people in enumerate((3, 5, 6), start=1):
        sheet.cell(top + at, 3, people)

    assert worked_out(sheet, f"C{top + 4}") == 14
