"""Asking for a form's file, and asking about a form: the one gets a button, the other an answer."""

from urllib.parse import urlsplit

import pytest

from bot.links import Links, Purpose
from bot.messages import Answer, Button, Kind, Outcome
from tests.handlers.chat import JUNE, Chat, cards

ADDRESS = "https://bell.example.tw"
LINKS = Links(ADDRESS, "a key of a test's own")
COOC, KAOHSIUNG = "臺北111酷課師認證", "高雄112數位學習專業社群"
OUR_OWN = "下載師鐘重做的表件"


@pytest.fixture
def chat(real_chat: Chat) -> Chat:
    """A chat about the real plans, with pages."""
    real_chat.links = LINKS
    return real_chat


def page_of(button: Button) -> str:
    """The page below /p/<token>/ that a button opens."""
    path = urlsplit(button.url).path
    return path.split("/", 3)[3]


def pages(answer: Answer) -> list[str]:
    return [page_of(b) for c in cards(answer) for b in c.buttons if b.url.startswith(ADDRESS)]


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("報名表下載", "cooc-teacher/111/form-registration"),
        ("我要下載報名表", "cooc-teacher/111/form-registration"),
        ("請給我薦派表的電子檔", "cooc-teacher/111/form-nomination"),
        ("酷課師附件2電子檔", "cooc-teacher/111/form-registration"),
        ("下載酷課師附件一", "cooc-teacher/111/form-nomination"),
        ("111年酷課師附件1下載", "cooc-teacher/111/form-nomination"),
        ("酷課師附件1可以幫我填好嗎？", "cooc-teacher/111/form-nomination"),
        ("可以幫我填酷課師附件1嗎", "cooc-teacher/111/form-nomination"),
        ("下載佐證資料頁", "cooc-teacher/111/form-evidence"),
        ("高雄社群下載附件四", "digital-community/112/form-4"),
        ("下載經費明細表", "digital-community/112/form-4"),
        ("空白申請表", "digital-community/112/form-2"),
        ("請給我成果報告表電子檔", "digital-community/112/form-3"),
        ("彙整表excel檔", "digital-community/112/form-1"),
    ],
)
def test_a_request_for_a_form_leads_to_its_page(chat: Chat, asked: str, page: str) -> None:
    answer = chat.ask(asked)

    assert pages(answer) == [f"forms/{page}"]
    assert answer.outcome is Outcome.CHAT


@pytest.mark.parametrize(
    "asked", ["表單", "附件", "附件 電子檔", "下載附件", "我要下載表單", "表件"]
)
def test_without_a_plan_the_forms_of_all_plans_are_offered(chat: Chat, asked: str) -> None:
    answer = chat.ask(asked)

    assert [card.title for card in cards(answer)] == [COOC, KAOHSIUNG]
    assert len(pages(answer)) == 7


def test_the_plan_of_the_talk_is_meant(chat: Chat) -> None:
    chat.ask("酷課師的報名表誰要核章")

    assert pages(chat.ask("下載附件1")) == ["forms/cooc-teacher/111/form-nomination"]


def test_another_plans_form_is_found_beside_the_talk(chat: Chat) -> None:
    chat.ask("酷課師的報名表誰要核章")

    assert pages(chat.ask("下載經費明細表")) == ["forms/digital-community/112/form-4"]


def test_a_number_that_two_plans_have_shows_both(chat: Chat) -> None:
    assert pages(chat.ask("下載附件1")) == [
        "forms/cooc-teacher/111/form-nomination",
        "forms/digital-community/112/form-1",
    ]


def test_of_who_follows_a_plan_its_form_is_meant(chat: Chat) -> None:
    chat.press("join=cooc-teacher/111#certificate-track")

    assert pages(chat.ask("下載附件1")) == ["forms/cooc-teacher/111/form-nomination"]
    assert pages(chat.ask("下載附件4")) == ["forms/digital-community/112/form-4"]


@pytest.mark.parametrize("asked", ["行動學習表單", "下載行動學習的附件", "學習歷程 表單下載"])
def test_a_plan_without_forms_says_so(chat: Chat, asked: str) -> None:
    assert "這份計畫沒有可以下載的附件表件" in chat.say(asked)


def test_the_link_is_of_ones_own_and_opens_outside_of_lines_browser(chat: Chat) -> None:
    [button] = cards(chat.ask("報名表下載"))[0].buttons

    parts = urlsplit(button.url)
    found = LINKS.read(parts.path.split("/")[2], JUNE)
    assert found is not None
    assert (found.purpose, found.user_id) == (Purpose.OWN, chat.user)
    assert parts.query == "openExternalBrowser=1"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("酷課師附件2誰要核章", "報名教師、教務主任、人事主任、校長"),
        ("酷課師附件1什麼時候交", "111年7月31日"),
        ("酷課師報名表要填什麼", "任教領域／科別"),
        ("高雄社群附件四要校長蓋章嗎", "校長"),
        ("學習歷程操作手冊下載", "酷課網路學校"),
    ],
)
def test_a_question_about_a_form_stays_a_question(chat: Chat, asked: str, says: str) -> None:
    answer = chat.ask(asked)

    assert says in "\n".join(line for c in cards(answer) for line in (c.lead, *c.facts))
    assert answer.outcome is not Outcome.CHAT


@pytest.mark.parametrize(
    "asked", ["酷課師證書下載", "酷課師修習證明下載", "下載附件9", "行動學習結案表格下載"]
)
def test_what_is_no_form_of_ours_is_no_request_for_one(chat: Chat, asked: str) -> None:
    assert not any(page.startswith("forms/") for page in pages(chat.ask(asked)))


def test_an_answer_about_a_form_offers_its_file(chat: Chat) -> None:
    answer = chat.ask("酷課師附件2誰要核章")

    [button] = [b for b in answer.quick if b.data.startswith("forms=")]
    assert pages(chat.press(button.data)) == ["forms/cooc-teacher/111/form-registration"]


@pytest.mark.parametrize(
    ("asked", "says", "page"),
    [
        ("酷課師附件1去哪下載", "計畫沒有說明附件的電子檔在哪裡下載", "cooc-teacher/111"),
        ("薦派表word檔", "計畫沒有說明附件的電子檔在哪裡下載", "cooc-teacher/111"),
        ("高雄社群的空白表格哪裡抓", "計畫沒有說明附件的電子檔到哪裡下載", "digital-community/112"),
    ],
)
def test_where_the_plan_keeps_its_files_stays_unsaid_but_ours_are_offered(
    chat: Chat, asked: str, says: str, page: str
) -> None:
    answer = chat.ask(asked)

    card = cards(answer)[0]
    assert says in card.lead
    assert answer.outcome is Outcome.UNKNOWN
    assert OUR_OWN in [b.label for b in card.buttons]
    assert pages(answer) == [f"forms/{page}"]


def test_the_gap_offers_our_files_also_when_it_is_pressed(chat: Chat) -> None:
    answer = chat.press("entry=cooc-teacher/111#unsaid-form-download")

    assert pages(answer) == ["forms/cooc-teacher/111"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("forms=cooc-teacher/111", "可以下載：附件1酷課師候選人薦派表、附件2教師薦派報名表"),
        ("forms=portfolio/108#consult-form", "這一項沒有可以下載的檔案"),
        ("forms=portfolio/108", "這份計畫沒有可以下載的附件表件"),
        ("forms=cooc-teacher/111#gone", "找不到這一份表件"),
        ("forms=gone/1", "找不到這一份表件"),
        ("forms=", "找不到這一份表件"),
    ],
)
def test_a_button_says_what_there_is(chat: Chat, data: str, says: str) -> None:
    answer = chat.press(data)

    said = [c.lead for c in cards(answer)] or [b.text for b in answer.bubbles]
    assert says in said[0]


def test_a_group_gets_no_link_of_somebodys_own(chat: Chat) -> None:
    by_words = chat.send(Kind.TEXT, text="報名表下載", in_group=True, mentioned=True)
    by_button = chat.send(Kind.POSTBACK, data="forms=cooc-teacher/111", in_group=True)
    gap = chat.send(Kind.TEXT, text="酷課師附件1去哪下載", in_group=True, mentioned=True)

    assert [b.text for a in (by_words, by_button) for b in a.bubbles] == [
        "表件的連結只給本人使用，請到和我的一對一聊天室輸入「表單」。"
    ] * 2
    assert pages(gap) == []


def test_where_there_are_no_pages_that_is_said(real_chat: Chat) -> None:
    answer = real_chat.ask("報名表下載")

    assert cards(answer)[0].buttons == ()
    assert "這裡沒有網頁可以開" in cards(answer)[0].facts[-1]


def test_a_secret_field_is_said_to_stay_blank(chat: Chat) -> None:
    assert "身分證字號一律留白，請在紙本上自己填。" in cards(chat.ask("報名表下載"))[0].facts
    assert "身分證" not in str(cards(chat.ask("下載經費明細表"))[0].facts)
