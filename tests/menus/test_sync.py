"""LINE's menus become ours, from whatever was there, and after being broken off anywhere."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import NotAllowed, TryLater
from bot.line.menus import MenuClient
from bot.menus.decide import OURS
from bot.menus.sync import hang, look
from bot.model.menus import MenuRack, MenuRole
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from tests.menus.racks import COMPACT, no_pause, rack
from tests.menus.straight import Straight
from tests.simulator.calls import LIN, WANG

BOTH = (MenuRole.TEACHER, MenuRole.STAFF)


class Failing:
    """The wall, of which one call goes wrong: before LINE did it, or after."""

    def __init__(self, wall: MenuClient, fails_at: int, *, after: bool) -> None:
        self.wall, self.left, self.after, self.called = wall, fails_at, after, ""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.called = name
                if self.after:
                    getattr(self.wall, name)(*args, **more)
                raise TryLater("planted")
            return getattr(self.wall, name)(*args, **more)

        return call


def hung_names(platform: Platform) -> list[str]:
    """What hangs, without versions."""
    return sorted(body["name"].rsplit("/", 1)[0] for body in platform.menus.made.values())


def is_whole(platform: Platform, wanted: MenuRack) -> bool:
    """Whether exactly these hang, each with its picture and under its alias."""
    menus = platform.menus
    named = {alias: menus.made[menu_id]["name"] for alias, menu_id in menus.aliases.items()}
    right = all(named[m.id].startswith(f"{OURS}/{m.id}/") for m in wanted.menus)
    return (
        hung_names(platform) == sorted(f"{OURS}/{menu.id}" for menu in wanted.menus)
        and set(menus.pictures) == set(menus.made)
        and right
        and menus.default == menus.aliases["teacher-one-full"]
    )


def test_what_is_missing_is_made_pictured_aliased_and_shown(
    wall: MenuClient, platform: Platform
) -> None:
    done = hang(wall, rack(*BOTH), no_pause)

    assert is_whole(platform, rack(*BOTH))
    assert platform.menus.aliases["first-staff"] == platform.menus.aliases["staff-one-full"]
    assert done.lines()[0].startswith("新增4份：teacher-one-full")
    assert platform.problems() == []


def test_what_is_as_it_should_be_is_left_alone(wall: MenuClient, platform: Platform) -> None:
    hang(wall, rack(*BOTH), no_pause)
    before = len(platform.calls)

    done = hang(wall, rack(*BOTH), no_pause)

    assert done.is_nothing
    assert done.lines() == ["選單都是最新的，沒有要改的。"]
    assert {call.request.method for call in list(platform.calls)[before:]} == {"GET"}


def test_looking_changes_nothing(wall: MenuClient, platform: Platform) -> None:
    _, todo = look(wall, rack(*BOTH))

    assert len(todo.make) == 4
    assert platform.menus.made == {}


def test_a_changed_menu_is_replaced_also_for_those_who_had_turned_to_it(
    wall: MenuClient, platform: Platform
) -> None:
    hang(wall, rack(*BOTH), no_pause)
    platform.menus.turn(WANG.user_id, "teacher-one-compact")

    done = hang(wall, rack(*BOTH, label="我的提醒"), no_pause)

    assert is_whole(platform, rack(*BOTH))
    shown = platform.menus.shown_to(WANG.user_id)
    assert shown == platform.menus.aliases["teacher-one-compact"]
    assert platform.menus.made[shown]["areas"][1]["action"]["text"] == "我的提醒"
    assert any(line.startswith("更換4份") for line in done.lines())


def test_a_role_that_went_is_taken_down_and_others_menus_stay(
    wall: MenuClient, platform: Platform
) -> None:
    hang(wall, rack(*BOTH), no_pause)
    foreign = wall.create(rack(*BOTH).menus[0], "made by somebody else")

    hang(wall, rack(MenuRole.TEACHER), no_pause)

    names = hung_names(platform)
    assert names == [
        "made by somebody else",
        f"{OURS}/teacher-one-compact",
        f"{OURS}/teacher-one-full",
    ]
    assert foreign in platform.menus.made
    assert sorted(platform.menus.aliases) == [
        "first-teacher",
        "teacher-one-compact",
        "teacher-one-full",
    ]


def test_without_menus_all_of_ours_goes(wall: MenuClient, platform: Platform) -> None:
    hang(wall, rack(*BOTH), no_pause)

    hang(wall, MenuRack(), no_pause)

    assert (platform.menus.made, platform.menus.aliases, platform.menus.default) == ({}, {}, "")


@pytest.mark.parametrize("after", [False, True], ids=["not done", "done, but nobody heard of it"])
def test_broken_off_at_any_call_the_next_run_ends_as_if_nothing_had_been(*, after: bool) -> None:
    old, new = rack(*BOTH), rack(MenuRole.TEACHER, label="我的提醒")
    seen = set()
    for number in range(1, 100):
        account = Platform(people=(WANG, LIN))
        failing = Failing(Straight(account), number, after=after)
        hang(Straight(account), old, no_pause)
        account.menus.of_people[LIN.user_id] = account.menus.aliases["teacher-one-compact"]
        try:
            hang(failing, new, no_pause)
        except TryLater:
            seen.add(failing.called)
            hang(Straight(account), new, no_pause)
        assert is_whole(account, new), (number, failing.called)
        assert sorted(account.menus.aliases) == [
            "first-teacher",
            "teacher-one-compact",
            "teacher-one-full",
        ]
        if not failing.called:
            break

    assert {"create", "put_picture", "point", "set_default", "drop_alias", "replace"} <= seen
    assert {"is_replaced", "delete"} <= seen


def test_lost_answers_of_the_first_run_leave_nothing_double(
    wall: MenuClient, platform: Platform
) -> None:
    platform.faults.add(Fault(lost=True, path="/v2/bot/richmenu/alias"))
    with pytest.raises(TryLater):
        hang(wall, rack(*BOTH), no_pause)

    hang(wall, rack(*BOTH), no_pause)

    assert is_whole(platform, rack(*BOTH))


def test_a_picture_of_the_wrong_size_is_refused_in_one_sentence(
    wall: MenuClient, platform: Platform
) -> None:
    wrong = rack(MenuRole.TEACHER)
    wrong = MenuRack(wrong.menus, dict.fromkeys(wrong.pictures or {}, COMPACT))

    with pytest.raises(Exception, match="400 The image size does not match"):
        hang(wall, wrong, no_pause)


def test_a_bad_token_is_told_as_such(platform: Platform, wall: MenuClient) -> None:
    platform.faults.add(Fault(status=401))

    with pytest.raises(NotAllowed):
        look(wall, rack(*BOTH))
