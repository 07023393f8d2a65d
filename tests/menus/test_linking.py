"""Whose role changes gets its menu: marked with the change, told to LINE until it took it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.errors import TryLater
from bot.menus.linking import MenuLinks
from bot.menus.sync import hang
from bot.model.menus import MenuRole, menu_for
from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.store import invitations, menu_marks, people, traces
from bot.store.invitations import Invitee
from bot.store.menu_tables import MenuMark
from bot.store.people import Role
from tests.menus.racks import no_pause, rack
from tests.menus.straight import Straight
from tests.simulator.calls import LIN, WANG
from tests.store.events_of import NOON

CHANNEL = "default"


class Stage:
    """People, their roles, and what LINE shows them."""

    def __init__(self, engine: Engine, platform: Platform) -> None:
        self.engine, self.platform = engine, platform
        self.links = MenuLinks(engine=engine, line=Straight(platform), channel_id=CHANNEL)

    def give(self, role: Role, *persons: Persona) -> None:
        """These people were seen, and have this role from now on."""
        with self.engine.begin() as db:
            for person in persons:
                people.see(db, CHANNEL, person.user_id, NOON)
                people.give_role(db, CHANNEL, person.user_id, role)

    def sees(self, person: Persona) -> str:
        """The role whose menu this person sees."""
        menus = self.platform.menus
        shown = menus.shown_to(person.user_id)
        return next((a.split("-")[0] for a, m in menus.aliases.items() if m == shown), "")

    def marked(self) -> list[str]:
        """Of whom LINE is still to be told."""
        with self.engine.connect() as db:
            return list(db.scalars(select(MenuMark.user_id).order_by(MenuMark.user_id)))


@pytest.fixture
def stage(engine: Engine, platform: Platform) -> Stage:
    hang(Straight(platform), rack(MenuRole.TEACHER, MenuRole.STAFF), no_pause)
    return Stage(engine, platform)


def test_staff_see_their_menu_and_lose_it_with_the_role(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG)

    assert stage.links.run(NOON) == 1
    assert (stage.sees(WANG), stage.sees(LIN), stage.marked()) == ("staff", "teacher", [])
    stage.give(Role.ANYBODY, WANG)
    assert stage.links.run(NOON) == 1
    assert (stage.sees(WANG), stage.marked()) == ("teacher", [])
    assert stage.platform.problems() == []


def test_a_code_that_was_taken_brings_the_menu(stage: Stage) -> None:
    with stage.engine.begin() as db:
        people.see(db, CHANNEL, WANG.user_id, NOON)
        code = invitations.invite(db, CHANNEL, Role.STAFF, NOON, timedelta(days=1))
        invitee = Invitee(channel_id=CHANNEL, user_id=WANG.user_id, at=NOON)
        invitations.claim(db, code, invitee)

    stage.links.run(NOON)

    assert stage.sees(WANG) == "staff"


def test_several_at_once_are_one_call(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG, LIN)

    stage.links.run(NOON)

    assert (stage.sees(WANG), stage.sees(LIN)) == ("staff", "staff")
    assert stage.platform.calls[-1].request.path == "/v2/bot/richmenu/bulk/link"


def test_one_whom_line_does_not_know_does_not_keep_the_others(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG, LIN, Persona("遠方", "", "U" + "0" * 32))

    stage.links.run(NOON)

    assert (stage.sees(WANG), stage.sees(LIN), stage.marked()) == ("staff", "staff", [])


@pytest.mark.parametrize("status", [500, 429, 401])
def test_what_line_did_not_take_is_told_again_later(stage: Stage, status: int) -> None:
    stage.give(Role.STAFF, WANG)
    stage.platform.faults.add(Fault(status=status, path="/richmenu"))

    assert stage.links.run(NOON) == 0
    assert stage.links.run(NOON) == 0
    assert stage.marked() == [WANG.user_id]
    assert stage.links.run(NOON + timedelta(minutes=6)) == 1
    assert stage.sees(WANG) == "staff"


def test_a_role_that_changes_while_line_is_told_is_told_again(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG)
    revoked = Revoking(stage)
    links = MenuLinks(engine=stage.engine, line=revoked, channel_id=CHANNEL)

    links.run(NOON)

    assert (stage.sees(WANG), stage.marked()) == ("teacher", [])


class Revoking(Straight):
    """While LINE is told of somebody's menu, their role is taken away."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.platform)
        self.stage = stage

    def link(self, user_ids: object, menu_id: str) -> None:
        """Tells LINE, and takes the role away before that is settled."""
        super().link([WANG.user_id], menu_id)
        self.stage.give(Role.ANYBODY, WANG)


def test_a_process_that_died_in_between_loses_nobody(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG)
    dying = MenuLinks(engine=stage.engine, line=Dying(stage.platform), channel_id=CHANNEL)
    with pytest.raises(KeyboardInterrupt):
        dying.run(NOON)

    assert stage.links.run(NOON + timedelta(minutes=1)) == 0
    assert stage.links.run(NOON + timedelta(minutes=3)) == 1
    assert stage.sees(WANG) == "staff"


class Dying(Straight):
    """Dies instead of telling."""

    def link(self, user_ids: object, menu_id: str) -> None:
        """Nothing arrives."""
        raise KeyboardInterrupt


def test_without_menus_at_line_nothing_is_kept_waiting(engine: Engine, platform: Platform) -> None:
    stage = Stage(engine, platform)
    stage.give(Role.STAFF, WANG)

    assert stage.links.run(NOON) == 1
    assert stage.marked() == []


def test_when_menus_are_hung_everybody_with_a_role_is_marked(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG)
    stage.give(Role.ANYBODY, LIN)
    stage.links.run(NOON)

    with stage.engine.begin() as db:
        menu_marks.mark_all_with_a_role(db, CHANNEL)
        menu_marks.mark_all_with_a_role(db, CHANNEL)

    assert stage.marked() == [WANG.user_id]


def test_who_becomes_a_friend_later_gets_the_menu_then(stage: Stage) -> None:
    stage.platform.chats.people[WANG.user_id].friend = False
    stage.give(Role.STAFF, WANG)
    stage.links.run(NOON)
    assert stage.sees(WANG) == "teacher"

    stage.platform.chats.people[WANG.user_id].friend = True
    with stage.engine.begin() as db:
        people.mark_followed(db, CHANNEL, WANG.user_id, NOON)
        people.mark_followed(db, CHANNEL, "U-of-nobody", NOON)

    assert stage.links.run(NOON) == 1
    assert stage.sees(WANG) == "staff"


def test_a_lost_answer_is_told_again(stage: Stage) -> None:
    stage.give(Role.STAFF, WANG)
    lost = Lost(stage.platform)

    MenuLinks(engine=stage.engine, line=lost, channel_id=CHANNEL).run(NOON)

    assert stage.marked() == [WANG.user_id]
    assert stage.links.run(NOON + timedelta(minutes=1)) == 1


class Lost(Straight):
    """LINE does it, and nobody hears of it."""

    def link(self, user_ids: object, menu_id: str) -> None:
        """Done, and not heard of."""
        super().link([WANG.user_id], menu_id)
        raise TryLater("planted")


@pytest.mark.parametrize(
    ("roles", "menu"),
    [
        ([], MenuRole.TEACHER),
        ([MenuRole.CONTACT, MenuRole.TEACHER], MenuRole.CONTACT),
        ([MenuRole.CONTACT, MenuRole.STAFF], MenuRole.STAFF),
    ],
)
def test_the_menu_is_that_of_the_role_with_most_to_do(
    roles: list[MenuRole], menu: MenuRole
) -> None:
    assert menu_for(roles) is menu


@pytest.mark.parametrize("is_told", [True, False])
def test_who_is_erased_sees_everybodys_menu_and_no_mark_of_them_stays(
    stage: Stage, is_told: bool
) -> None:
    stage.give(Role.STAFF, WANG)
    assert stage.links.run(NOON) == 1
    if not is_told:  # the role has ended, and LINE does not know yet
        stage.give(Role.ANYBODY, WANG)
    with stage.engine.begin() as db:
        traces.erase(db, CHANNEL, WANG.user_id, NOON)

    assert stage.links.run(NOON) == 1
    assert (stage.sees(WANG), stage.marked()) == ("teacher", [])


def test_nothing_is_told_of_whoever_had_no_role_and_is_erased(stage: Stage) -> None:
    with stage.engine.begin() as db:
        people.see(db, CHANNEL, LIN.user_id, NOON)
        traces.erase(db, CHANNEL, LIN.user_id, NOON)

    assert stage.marked() == []
