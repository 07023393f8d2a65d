"""Rich menus as LINE keeps them: what it takes, what it refuses, who sees what."""

from typing import Any

import pytest

from bot.line.menus import menu_body
from bot.model.menus import MenuRole
from bot.simulator.menu_limits import picture_problem
from bot.simulator.platform import Platform
from bot.simulator.wire import Request, Response
from tests.menus.racks import COMPACT, FULL, png, rack
from tests.simulator.calls import LIN, STRANGER, WANG, ask, body_of, get, said

MENU = "/v2/bot/richmenu"
BODY = menu_body(rack(MenuRole.TEACHER).menus[0], "a menu")
NONE = "richmenu-" + "0" * 32
AREA = BODY["areas"][0]


def made(platform: Platform, *, pictured: bool = True) -> str:
    """The id of a new menu."""
    menu_id = str(body_of(ask(platform, MENU, BODY))["richMenuId"])
    if pictured:
        assert put(platform, menu_id, FULL).status == 200
    return menu_id


def put(platform: Platform, menu_id: str, picture: bytes, kind: str = "image/png") -> Response:
    """Uploads a picture."""
    headers = {"authorization": f"Bearer {platform.account.token}", "content-type": kind}
    return platform.answer(Request.of("POST", f"{MENU}/{menu_id}/content", headers, picture))


def area(**other: Any) -> dict[str, Any]:
    """The menu with one area like this."""
    return {**BODY, "areas": [{**AREA, **other}]}


def test_a_menu_is_made_pictured_and_listed(platform: Platform) -> None:
    menu_id = made(platform)

    assert get(platform, f"{MENU}/list")["richmenus"] == [{"richMenuId": menu_id, **BODY}]
    assert get(platform, f"{MENU}/{menu_id}")["name"] == "a menu"
    assert get(platform, f"{MENU}/{menu_id}/content") == FULL
    assert platform.problems() == []


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({**BODY, "chatBarText": "選" * 15}, "chatBarText"),
        ({**BODY, "name": ""}, "name"),
        ({**BODY, "size": {"width": 2600, "height": 843}}, "size.width"),
        ({**BODY, "size": {"width": 2500, "height": 1800}}, "size.height"),
        ({**BODY, "areas": [AREA] * 21}, "areas"),
        (area(bounds={"x": 2000, "y": 0, "width": 501, "height": 1}), "areas[0].bounds"),
        (area(action={"type": "camera", "label": "拍"}), "areas[0].action.type"),
        (area(action={"type": "message", "text": ""}), "areas[0].action.text"),
        (
            area(action={"type": "richmenuswitch", "richMenuAliasId": "A b", "data": "x"}),
            "areas[0].action.richMenuAliasId",
        ),
        ({key: value for key, value in BODY.items() if key != "selected"}, "selected"),
    ],
)
def test_what_line_would_refuse_of_a_menu_is_refused(
    platform: Platform, body: dict[str, Any], at: str
) -> None:
    response = ask(platform, MENU, body)

    assert response.status == 400
    assert at in [problem.property for problem in response.problems]
    assert ask(platform, f"{MENU}/validate", body).status == 400


@pytest.mark.parametrize(
    ("picture", "kind", "status"),
    [
        (COMPACT, "image/png", 400),
        (FULL + b"\0" * 1_000_001, "image/png", 400),
        (FULL, "image/gif", 415),
        (b"no picture", "image/jpeg", 400),
    ],
    ids=["of another size", "too large", "of another type", "none at all"],
)
def test_pictures_that_do_not_fit_are_refused(
    platform: Platform, picture: bytes, kind: str, status: int
) -> None:
    menu_id = made(platform, pictured=False)

    assert put(platform, menu_id, picture, kind).status == status
    assert put(platform, menu_id, FULL).status == 200
    assert put(platform, menu_id, FULL).status == 400  # it cannot be replaced
    assert put(platform, NONE, FULL).status == 404


def test_a_jpeg_is_measured_too() -> None:
    start = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + bytes([3, 0x4B, 9, 0xC4])

    assert picture_problem(start + b"\0" * 8, "image/jpeg", (2500, 843)) == ""
    assert picture_problem(png(9, 9), "image/jpeg", (9, 9)) != ""


def test_nothing_is_shown_that_has_no_picture(platform: Platform) -> None:
    bare = made(platform, pictured=False)
    alias = {"richMenuAliasId": "one", "richMenuId": bare}

    assert ask(platform, f"/v2/bot/user/all/richmenu/{bare}").status == 400
    assert ask(platform, f"{MENU}/alias", alias).status == 400
    assert ask(platform, f"/v2/bot/user/{WANG.user_id}/richmenu/{bare}").status == 400
    assert ask(platform, f"/v2/bot/user/all/richmenu/{NONE}").status == 404


def test_ones_own_menu_comes_before_everybodys(platform: Platform) -> None:
    everybodys, own = made(platform), made(platform)
    of_wang = f"/v2/bot/user/{WANG.user_id}/richmenu"
    assert ask(platform, f"/v2/bot/user/all/richmenu/{everybodys}").status == 200
    assert ask(platform, f"{of_wang}/{own}").status == 200

    assert platform.menus.shown_to(WANG.user_id) == own
    assert get(platform, of_wang) == {"richMenuId": own}
    assert platform.menus.shown_to(LIN.user_id) == everybodys

    ask(platform, of_wang, method="DELETE")
    ask(platform, "/v2/bot/user/all/richmenu", method="DELETE")
    assert platform.menus.shown_to(WANG.user_id) == ""
    assert ask(platform, of_wang, method="GET").status == 404
    assert ask(platform, "/v2/bot/user/all/richmenu", method="GET").status == 404


def test_who_blocked_us_is_not_linked_and_nobody_says_so(platform: Platform) -> None:
    menu_id = made(platform)
    platform.chats.people[WANG.user_id].blocked = True

    assert ask(platform, f"/v2/bot/user/{WANG.user_id}/richmenu/{menu_id}").status == 200
    assert platform.menus.shown_to(WANG.user_id) == ""


def test_many_are_linked_at_once_unless_one_of_them_is_unknown(platform: Platform) -> None:
    menu_id = made(platform)
    people = [WANG.user_id, LIN.user_id]
    body = {"richMenuId": menu_id, "userIds": people}

    refused = ask(platform, f"{MENU}/bulk/link", {**body, "userIds": [*people, STRANGER]})
    assert refused.status == 400
    assert platform.menus.of_people == {}
    assert ask(platform, f"{MENU}/bulk/link", body).status == 202
    assert set(platform.menus.of_people) == set(people)
    assert ask(platform, f"{MENU}/bulk/unlink", {"userIds": people}).status == 202
    assert platform.menus.of_people == {}
    assert ask(platform, f"{MENU}/bulk/link", {**body, "userIds": people * 251}).status == 400


def test_an_alias_is_made_once_pointed_elsewhere_and_dropped(platform: Platform) -> None:
    one, two = made(platform), made(platform)
    alias = {"richMenuAliasId": "tab-a", "richMenuId": one}

    assert ask(platform, f"{MENU}/alias", alias).status == 200
    assert said(ask(platform, f"{MENU}/alias", alias)) == (400, "conflict richmenu alias id")
    assert ask(platform, f"{MENU}/alias/tab-a", {"richMenuId": two}).status == 200
    assert get(platform, f"{MENU}/alias/list")["aliases"] == [{**alias, "richMenuId": two}]
    assert ask(platform, f"{MENU}/alias/tab-b", {"richMenuId": two}).status == 404
    assert ask(platform, f"{MENU}/alias/tab-a", method="DELETE").status == 200
    assert ask(platform, f"{MENU}/alias/tab-a", method="DELETE").status == 404


def test_a_menu_that_goes_leaves_everybodys_and_an_alias_that_leads_nowhere(
    platform: Platform,
) -> None:
    menu_id = made(platform)
    ask(platform, f"{MENU}/alias", {"richMenuAliasId": "tab", "richMenuId": menu_id})
    ask(platform, f"/v2/bot/user/all/richmenu/{menu_id}")
    assert platform.menus.turn(WANG.user_id, "tab") == "SUCCESS"

    assert ask(platform, f"{MENU}/{menu_id}", method="DELETE").status == 200

    assert platform.menus.shown_to(WANG.user_id) == ""
    assert platform.menus.turn(WANG.user_id, "tab") == "RICHMENU_NOTFOUND"
    assert platform.menus.turn(WANG.user_id, "other") == "RICHMENU_ALIAS_ID_NOTFOUND"
    assert ask(platform, f"{MENU}/{menu_id}", method="DELETE").status == 404


def test_a_batch_is_done_a_little_later_and_three_times_an_hour(platform: Platform) -> None:
    old, new = made(platform), made(platform)
    platform.menus.of_people[WANG.user_id] = old
    body = {"operations": [{"type": "link", "from": old, "to": new}]}

    begun = ask(platform, f"{MENU}/batch", body)
    number = begun.headers["X-Line-Request-Id"]
    progress = f"{MENU}/progress/batch?requestId={number}"

    assert begun.status == 202
    assert platform.menus.shown_to(WANG.user_id) == old
    assert get(platform, progress)["phase"] == "ongoing"
    assert get(platform, progress)["phase"] == "succeeded"
    assert platform.menus.shown_to(WANG.user_id) == new
    assert [ask(platform, f"{MENU}/batch", body).status for _ in range(3)] == [202, 202, 429]


def test_a_hundred_menus_an_hour_and_no_more(platform: Platform) -> None:
    for _ in range(100):
        made(platform, pictured=False)

    assert ask(platform, MENU, BODY).status == 429
    assert ask(platform, f"{MENU}/list", method="POST").status == 405
