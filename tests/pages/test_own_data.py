"""One's own data: seen, taken along, erased so that nothing is left."""

import json
from collections.abc import Iterator

import pytest

from bot import own_work
from bot.messages import Kind
from bot.own_work import Owner as Whose
from bot.readers import PREFIX
from bot.staff_work import Keeping, Member, Reply, answer
from bot.store import menu_links, people, referrals, staff_entries
from tests.handlers.whole_bot import button
from tests.pages.kept import everything
from tests.pages.owner import PRACTICE, Owner, owner_on
from tests.pages.stage import STAFF, words
from tests.understand.plans import real_reader

UNKNOWN = "酷課師宣講那天會供應素食便當嗎"
GROUP = "Cgroup-1"


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    yield from owner_on(database_url, real_reader())


def lived(owner: Owner) -> None:
    """Everything that leaves a trace: questions, tracks, sessions, reminders, staff's answers."""
    stage = owner.stage
    stage.staff()
    owner.report(PRACTICE)
    owner.pick()
    owner.send("dates/calendar")
    stage.ask("提醒我酷課師函報截止")
    stage.ask("酷課師函報截止是哪天", chat_id=GROUP, in_group=True, mentioned=True)
    unknown = stage.ask(UNKNOWN)
    pressed = button(unknown, "轉給承辦人員")
    passed_on = stage.send(owner.user, kind=Kind.POSTBACK, data=pressed.data)
    stage.send(owner.user, kind=Kind.POSTBACK, data=button(passed_on, "有答覆時通知我").data)
    with stage.engine.begin() as db:
        (passed,) = referrals.open_ones(db, "default")
    plan = real_reader().edition("cooc-teacher/111")
    assert plan
    keeping = Keeping(
        plan=plan.plan,
        edition=plan.edition,
        title=UNKNOWN,
        says=("素食",),
        source="112年局內會議",
        expires_on=stage.now.date().replace(year=2023),
    )
    member = Member(channel_id="default", user_id=STAFF)
    answer(stage.engine, member, passed.id, Reply(text="會供應。", keeping=keeping), stage.now)


def test_the_page_shows_all_that_is_kept_in_words(owner: Owner) -> None:
    lived(owner)

    said = words(owner.get("me/data"))

    for title in ("加入的進度", "完成紀錄", "選的場次", "提醒", "行事曆網址", "問過的問題"):
        assert title in said
    assert UNKNOWN in said
    assert "111年6月15日 09:00" in said


def test_the_file_has_every_table_that_has_rows_about_the_person(owner: Owner) -> None:
    lived(owner)

    sent = owner.get("me/data.json")

    kept = json.loads(sent.get_data(as_text=True))["tables"]
    assert "attachment" in sent.headers["Content-Disposition"]
    assert set(kept) == {
        "person", "enrolment", "deed", "session_pick", "wish", "calendar_key", "talk", "event",
        "question", "referral", "outbox", "follow",
    }  # fmt: skip
    assert kept["deed"][0]["requirement"] == PRACTICE
    assert UNKNOWN in json.dumps(kept["question"], ensure_ascii=False)
    assert kept["session_pick"][0]["session"] == "course=ono2;round=2"


def test_erasing_leaves_nothing_in_any_table(owner: Owner) -> None:
    lived(owner)
    before = everything(owner.stage.engine)
    assert owner.user in before
    assert UNKNOWN in before

    asked = owner.send("erase")
    assert asked.status_code == 400
    assert everything(owner.stage.engine) == before
    done = owner.send("erase", sure="1")

    left = everything(owner.stage.engine)
    assert owner.user not in left
    assert UNKNOWN not in left
    assert "函報截止" not in left
    assert "會供應。" in left  # what staff keep as their own answer
    assert "目前沒有留下您的任何資料" in words(owner.stage.client().get(done.location))


def test_erasing_in_the_chat_leaves_nothing_but_the_word_that_it_was_done(owner: Owner) -> None:
    lived(owner)
    stage = owner.stage
    asked = stage.ask("刪除我的資料")
    sure = button(asked, "確定刪除")

    said = stage.send(owner.user, kind=Kind.POSTBACK, data=sure.data, event_id="E-erase")

    left = everything(stage.engine)
    assert "已刪除您的資料" in str(said)
    assert owner.user not in left
    assert UNKNOWN not in left
    assert "E-erase" in left  # what LINE sends once more is known


def test_others_keep_all_of_theirs(owner: Owner) -> None:
    other = Owner(owner.stage, "Uteacher-2")
    other.report(PRACTICE)
    owner.stage.ask("提醒我酷課師函報截止", "Uteacher-2")
    before = other.get("me/data.json").get_data()
    lived(owner)

    owner.send("erase", sure="1")

    assert other.get("me/data.json").get_data() == before
    assert len(other.deeds()) == 1


def test_what_staff_kept_is_still_said_without_the_words_of_who_asked(owner: Owner) -> None:
    lived(owner)
    owner.send("erase", sure="1")

    with owner.stage.engine.connect() as db:
        (kept,) = staff_entries.not_withdrawn(db, "default")
    said = owner.stage.ask("酷課師素食", "Uteacher-3")

    assert kept.says == ("素食",)
    assert kept.title == "承辦補充"
    assert kept.referral_id is None
    assert said.why.entry == PREFIX + kept.id


def test_what_staff_did_stays_without_their_id(owner: Owner) -> None:
    lived(owner)
    whose = Whose(channel_id="default", user_id=STAFF, edition_of=real_reader().edition)

    own_work.erase(owner.stage.engine, whose, owner.stage.now)
    with owner.stage.engine.begin() as db:  # LINE is told to show them everybody's menu
        told = menu_links.claim(db, "default", owner.stage.now, 10)
        menu_links.settle(db, "default", told)

    assert STAFF in [marked.user_id for marked in told]
    assert STAFF not in everything(owner.stage.engine)
    with owner.stage.engine.connect() as db:
        assert len(staff_entries.not_withdrawn(db, "default")) == 1
        assert people.staff(db, "default") != []  # the other one


@pytest.mark.parametrize("data", ["erase=1", "erase=", "erase=x", "erase=99999999999"])
def test_an_old_button_erases_nothing(owner: Owner, data: str) -> None:
    said = owner.stage.send(owner.user, kind=Kind.POSTBACK, data=data)

    assert "沒有刪除任何資料" in str(said)
    assert owner.get().status_code == 200
    assert owner.user in everything(owner.stage.engine)


def test_somebody_who_asked_may_still_say_no(owner: Owner) -> None:
    asked = owner.stage.ask("刪除我的資料")

    said = owner.stage.send(owner.user, kind=Kind.POSTBACK, data=button(asked, "不要刪除").data)

    assert "沒有刪除任何資料" in str(said)


def test_the_page_leaves_out_what_only_the_system_needs_and_the_file_has_it(owner: Owner) -> None:
    lived(owner)

    said, sent = words(owner.get("me/data")), owner.get("me/data.json").get_data(as_text=True)

    assert owner.enrolment.id not in said
    assert owner.enrolment.id in sent
    assert "LINE 使用者代號" not in said


def test_erasing_and_the_first_and_second_calendar_are_said(owner: Owner) -> None:
    fresh = Owner(owner.stage, "Ufresh")

    def followed(path: str, **form: object) -> str:
        return words(fresh.stage.client().get(fresh.send(path, **form).headers["Location"]))

    assert "行事曆網址已建立" in followed("dates/calendar")
    assert "先前的不能再用" in followed("dates/calendar")
    assert "已刪除您在師鐘的所有資料" in followed("erase", sure="1")
