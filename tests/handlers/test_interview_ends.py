"""How an eligibility interview ends: yes, no, not known; for teachers, schools, communities."""

from datetime import datetime

import pytest

from bot.messages import Tone
from tests.handlers.chat import Chat, cards
from tests.handlers.interviewed import COMMUNITY, COOC, SCHOOL, first, says, start


@pytest.fixture
def teacher(real_chat: Chat) -> Chat:
    return real_chat


@pytest.fixture
def school(real_chat: Chat) -> Chat:
    real_chat.at = datetime.fromisoformat("2017-09-01T09:00+08:00")
    return real_chat


@pytest.fixture
def community(real_chat: Chat) -> Chat:
    real_chat.at = datetime.fromisoformat("2023-09-01T09:00+08:00")
    return real_chat


def test_one_question_comes_after_the_other_until_it_is_decided(teacher: Chat) -> None:
    asked = [first(start(teacher, COOC)).lead]
    asked += [first(teacher.ask("沒有")).lead, first(teacher.ask("不是")).lead]
    end = first(teacher.ask("不是"))

    assert ["幾小時" in asked[0], "每週" in asked[1], "講師" in asked[2]] == [True] * 3
    assert "不符合" in end.lead
    assert {"伍、一", "伍、二", "伍、三"} <= set(end.sources)
    assert "校本酷課雲基礎研習" in "".join(end.facts)


def test_a_yes_comes_with_the_next_date_and_buttons_of_its_own(teacher: Chat) -> None:
    start(teacher, COOC)
    end = first(teacher.ask("3小時以上"))

    assert end.lead.startswith("符合")
    assert "6月20日" in end.state
    assert "還有5天" in end.state
    assert [b.data for b in end.buttons][:3] == [
        "join=cooc-teacher/111#certificate-track",
        "remind=cooc-teacher/111#register-deadline",
        "forms=cooc-teacher/111#form-registration",
    ]


def test_of_a_plan_that_is_over_nothing_is_to_be_done(teacher: Chat) -> None:
    teacher.at = datetime.fromisoformat("2030-06-15T09:00+08:00")
    start(teacher, COOC)
    end = first(teacher.ask("3小時以上"))

    assert end.lead.startswith("這份計畫列出的日期都已過")
    assert not [b for b in end.buttons if b.data.startswith(("join", "remind", "forms"))]


def test_not_being_sure_of_anything_ends_open_with_what_to_find_out(teacher: Chat) -> None:
    start(teacher, COOC)
    for _ in range(2):
        teacher.ask("不確定")
    end = first(teacher.ask("不確定"))

    assert end.lead.startswith("還不能確定")
    assert end.tone is Tone.ASK
    assert "繼續檢查資格" in "".join(end.facts)
    assert teacher.talk.expects == ""
    assert "幾小時" in first(teacher.ask("繼續檢查資格")).lead, "asked for again"


def test_a_school_that_may_apply_hears_how_many_classes(school: Chat) -> None:
    start(school, SCHOOL)
    for _ in range(4):
        school.ask("是")
    answer = school.ask("可以")

    assert first(answer).lead.startswith("符合")
    assert "9月29日" in first(answer).state
    assert "班級數上限" in cards(answer)[1].lead
    assert says(answer) == ["新申請學校", "非新申請學校"]
    school.ask("非新申請學校")
    assert "4班" in first(school.ask("國小")).lead


def test_a_school_with_one_lack_hears_no_at_once(school: Chat) -> None:
    start(school, SCHOOL)
    end = first(school.ask("不是"))

    assert "不符合" in end.lead
    assert "肆、一" in end.sources


def test_a_community_hears_how_many_a_school_may_have(community: Chat) -> None:
    begun = start(community, COMMUNITY)
    assert says(begun) == ["5人以上", "4人", "3人", "2人", "不確定"]
    assert says(community.ask("4人")) == ["A組", "B組", "不確定"]
    answer = community.ask("A組")

    assert first(answer).lead.startswith("符合")
    assert "join=digital-community/112#work" in [b.data for b in first(answer).buttons]
    assert "2群" in first(community.ask("26班")).lead.replace(" ", "")


def test_the_group_is_not_asked_for_where_it_changes_nothing(community: Chat) -> None:
    start(community, COMMUNITY)
    assert first(community.ask("5人以上")).lead.startswith("符合")

    start(community, COMMUNITY)
    assert "不符合" in first(community.ask("更正，2人")).lead


def test_a_coach_school_is_asked_for_the_way_it_may_take(school: Chat) -> None:
    start(school, "mobile-learning/107#coach-apply")
    school.ask("是")
    end = first(school.ask("是"))

    assert end.lead.startswith("符合")
    assert {"附件3、二", "附件3、二（一）"} <= set(end.sources)
