"""Buttons of a broadcast that lead into the plans: a clause, a reminder, a report."""

import pytest

from bot.answers.key_targets import key_targets
from bot.console.broadcast_form import typed_of
from bot.model.broadcasts import CardPiece
from bot.model.edition import Edition
from tests.console.announcing import all_of
from tests.console.office import Browser, OfficeOfTests, words


@pytest.fixture
def office(announcing_office: OfficeOfTests) -> OfficeOfTests:
    return announcing_office


TO_PLANS = {
    "card_lead": "成果資料開始收件",
    "kind1": "entry",
    "target1": "臺北111酷課師認證｜課程報名截止",
    "kind2": "remind",
    "target2": "臺北111酷課師認證｜學校函報截止",
    "label3": "回報附件",
    "kind3": "report",
    "target3": "107國中小行動學習｜成果報告書",
}


def test_buttons_lead_to_a_clause_a_reminder_and_a_report(
    office: OfficeOfTests, sender: Browser
) -> None:
    sender.post("/broadcasts/new", text="停機一天。", **TO_PLANS)
    (made,) = all_of(office)
    page = sender.get(f"/broadcasts/{made.id}/content").get_data(as_text=True)
    again = typed_of(made.draft.pieces, key_targets(editions(office), office.now))

    card = made.draft.pieces[-1]
    assert isinstance(card, CardPiece)
    assert [(key.label, key.data) for key in card.buttons] == [
        ("看規定", "entry=cooc-teacher/111#register-deadline"),
        ("提醒我", "remind=cooc-teacher/111#report-deadline"),
        ("回報附件", "report=mobile-learning/107#report-book"),
    ]
    assert {name: again[name] for name in TO_PLANS} == TO_PLANS
    assert 'value="臺北111酷課師認證｜課程報名截止"' in page


def editions(office: OfficeOfTests) -> list[Edition]:
    return [office.reader.edition_at(plan, office.now) for plan in office.reader.plans]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind1": "entry", "label1": "看", "target1": "沒有這一條"}, "沒有「沒有這一條」這一條"),
        (
            {"kind1": "remind", "target1": "107國中小行動學習｜期末成果報告審查"},
            "這個還沒過的日期",
        ),
        ({"kind1": "report", "target1": "臺北111酷課師認證｜計畫期程"}, "應繳的東西裡沒有"),
    ],
)
def test_a_button_to_what_no_plan_has_is_told_and_nothing_is_kept(
    office: OfficeOfTests, sender: Browser, form: dict[str, str], said: str
) -> None:
    page = sender.post("/broadcasts/new", text="停機", card_lead="收件", **form)

    assert (page.status_code, all_of(office)) == (400, [])
    assert said in words(page)
