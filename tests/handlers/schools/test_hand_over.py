"""Contacts of schools: by an invitation, handed over to a successor, given up."""

from datetime import timedelta

import pytest

from bot import own_work
from bot.messages import Kind
from bot.model.schools import SchoolRole
from bot.own_work import Owner
from bot.store import affiliations, invitations, traces
from bot.store.invitations import InvitedAs
from bot.store.people import Role
from bot.store.tables import OutboxRow
from tests.handlers.whole_bot import JUNE, OTHER, TEACHER, Bot, button, labels

DAZHI, ZHONGLUN = "S00001", "S00003"
WRONG = "K7QM-2F9X-4TRW"
THIRD = "U-third"


def code_for(bot: Bot, school_code: str = DAZHI) -> str:
    with bot.office.engine.begin() as db:
        offer = InvitedAs(role=Role.CONTACT, school_code=school_code)
        return invitations.make(db, "default", offer, JUNE, timedelta(days=7))


def contacts(bot: Bot, school_code: str = DAZHI) -> list[str]:
    with bot.office.engine.connect() as db:
        return affiliations.contacts_of(db, "default", school_code)


def handed_over(bot: Bot, user: str = TEACHER, school_code: str = DAZHI) -> str:
    """The code that the page makes for a successor."""
    owner = Owner(channel_id="default", user_id=user, edition_of=bot.office.reader.edition)
    return own_work.hand_over(bot.office.engine, owner, school_code, bot.at)


def told(bot: Bot, user: str) -> list[str]:
    with bot.office.engine.connect() as db:
        rows = db.execute(OutboxRow.__table__.select().where(OutboxRow.user_id == user))
        return [str(row.answer) for row in rows]


def test_a_code_of_a_school_makes_a_contact_of_it_and_no_staff(bot: Bot) -> None:
    said = bot.say(code_for(bot))

    assert "已為您開通市立大直高中（臺北市中山區）的學校承辦人身分" in said
    assert "我們學校交了嗎" in said
    assert contacts(bot) == [TEACHER]
    assert contacts(bot, ZHONGLUN) == []
    assert bot.role(TEACHER) is Role.ANYBODY


def test_a_school_has_several_contacts_and_a_contact_several_schools(lite: Bot) -> None:
    lite.ask(code_for(lite))
    lite.ask(code_for(lite, ZHONGLUN))

    said = lite.say(code_for(lite), OTHER)

    assert "另有1位承辦人" in said
    assert contacts(lite) == [TEACHER, OTHER]
    assert contacts(lite, ZHONGLUN) == [TEACHER]


def test_a_code_works_once_and_until_it_expires(lite: Bot) -> None:
    once, late = code_for(lite), code_for(lite)
    lite.ask(once)

    used = lite.say(once, OTHER)
    lite.at = JUNE + timedelta(days=7)
    expired = lite.say(late, OTHER)

    assert "已經用過了" in used
    assert "已經過期了" in expired
    assert contacts(lite) == [TEACHER]


def test_a_contact_does_not_use_up_a_second_code_of_the_school(lite: Bot) -> None:
    lite.ask(code_for(lite))
    second = code_for(lite)

    said = lite.say(second)
    lite.ask(second, OTHER)

    assert "您已經是市立大直高中的學校承辦人了" in said
    assert contacts(lite) == [TEACHER, OTHER]


def test_a_contacts_codes_are_counted_like_all_others(lite: Bot) -> None:
    for _ in range(5):
        lite.ask(WRONG)

    assert "請一小時後再試" in lite.say(code_for(lite))
    assert contacts(lite) == []


def test_staff_may_be_a_schools_contact_too(lite: Bot) -> None:
    with lite.office.engine.begin() as db:
        staffs = invitations.invite(db, "default", Role.STAFF, JUNE, timedelta(days=7))
    lite.ask(staffs)

    lite.ask(code_for(lite))

    assert lite.role(TEACHER) is Role.STAFF
    assert contacts(lite) == [TEACHER]


def test_handing_over_leads_to_a_page_and_says_what_is_open(lite: Bot) -> None:
    lite.ask(code_for(lite))

    answer = lite.ask("承辦人異動")

    assert "目前的承辦人：1位" in str(answer)
    assert button(answer, "開啟交接頁").url.endswith(f"/me/handover/{DAZHI}")


def test_the_successor_takes_the_contacts_place_and_the_contact_is_told(bot: Bot) -> None:
    bot.ask(code_for(bot))
    code = handed_over(bot)

    own = bot.say(code)
    welcome = bot.say(code, OTHER)

    assert "這是您自己的交接邀請碼" in own
    assert "已為您開通市立大直高中" in welcome
    assert contacts(bot) == [OTHER]
    (notice,) = told(bot, TEACHER)
    assert "接手的人已經開通" in notice


def test_only_the_newest_code_of_a_contact_can_be_used(lite: Bot) -> None:
    lite.ask(code_for(lite))
    first, second = handed_over(lite), handed_over(lite)

    assert "已經過期了" in lite.say(first, OTHER)
    assert contacts(lite) == [TEACHER]
    lite.ask(second, OTHER)
    assert contacts(lite) == [OTHER]


def test_nobody_but_a_contact_of_the_school_makes_a_code_for_it(lite: Bot) -> None:
    lite.ask(code_for(lite))
    lite.ask("我是大直高中的老師", OTHER)

    assert handed_over(lite, OTHER) == ""
    assert handed_over(lite, TEACHER, ZHONGLUN) == ""


def test_a_teachers_own_word_opens_nothing_of_the_school(lite: Bot) -> None:
    lite.ask("我是大直高中的老師")

    assert contacts(lite) == []
    assert "開啟交接頁" not in labels(lite.ask("承辦人異動"))
    assert "確定卸任" not in labels(lite.ask("我已卸任"))


def test_giving_it_up_is_asked_twice_and_ends_the_tie(bot: Bot) -> None:
    bot.ask(code_for(bot))

    asked = bot.ask("我已卸任")
    before = contacts(bot)
    stays = bot.press(button(asked, "不要卸任"))
    done = bot.press(button(asked, "確定卸任"))

    assert "唯一的承辦人" in str(asked)
    assert before == [TEACHER]
    assert "沒有更動" in str(stays)
    assert "目前沒有承辦人了" in str(done)
    assert contacts(bot) == []
    with bot.office.engine.connect() as db:
        assert invitations.schools_invited(db, "default") == [DAZHI]


def test_an_old_button_and_somebody_elses_give_nothing_up(lite: Bot) -> None:
    lite.ask(code_for(lite))
    asked = button(lite.ask("我已卸任"), "確定卸任")

    others = lite.press(asked, OTHER)
    lite.at += timedelta(minutes=11)
    late = lite.press(asked)

    assert "您目前不是這所學校的承辦人" in str(others)
    assert "這個按鈕是較早的" in str(late)
    assert contacts(lite) == [TEACHER]


@pytest.mark.parametrize("data", ["resign=", "resign=x:S00001", "resign=９９:S00001", "resign=1"])
def test_a_broken_button_gives_nothing_up(lite: Bot, data: str) -> None:
    lite.ask(code_for(lite))

    lite.send(TEACHER, Kind.POSTBACK, data=data)

    assert contacts(lite) == [TEACHER]


def test_what_is_kept_is_given_to_its_person_and_erased(bot: Bot) -> None:
    bot.ask(code_for(bot))
    bot.ask("我在中崙高中")
    code = handed_over(bot)
    with bot.office.engine.begin() as db:
        kept = traces.all_of(db, "default", TEACHER)
        traces.erase(db, "default", TEACHER, bot.at)
        left = traces.all_of(db, "default", TEACHER)

    assert {row["role"] for row in kept["affiliation"]} == set(SchoolRole)
    assert len(kept["invitation"]) == 2  # the one that was used, the one for the successor
    assert left == {}
    bot.ask(code, THIRD)
    assert contacts(bot) == [THIRD]
    assert told(bot, TEACHER) == []


def test_the_words_of_handing_over_are_left_to_the_plans_for_all_others(lite: Bot) -> None:
    assert "交接頁" not in str(lite.ask("承辦人異動"))
