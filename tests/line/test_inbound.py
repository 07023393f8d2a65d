"""What LINE posts becomes our words, and what is not LINE's is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadWebhook
from bot.line.inbound import destination_of, read_webhook
from bot.line.signature import is_signed, sign
from bot.messages import Incoming, Kind
from tests.line.bodies import CHANNEL, NOW, SECRET, body, event, text


def read(*events: Any) -> list[Incoming]:
    raw = body(*events)
    return read_webhook(raw, sign(raw, SECRET), CHANNEL, NOW)


def test_the_signature_is_the_one_of_lines_own_example() -> None:
    raw = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    secret = "8c570fa6dd201bb328f1c1eac23a96d8"

    assert sign(raw, secret) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert read_webhook(raw, sign(raw, secret), replace(CHANNEL, secret=secret), NOW) == []


@pytest.mark.parametrize(
    "signature",
    [
        None,  # the header is missing
        "",
        "not base64 at all",
        "簽章",
        sign(b"another body", SECRET),
        sign(body(), "another secret"),
        sign(body(), SECRET)[:-4],  # cut off
    ],
)
def test_a_forged_call_is_refused(signature: str | None) -> None:
    with pytest.raises(BadWebhook):
        read_webhook(body(), signature, CHANNEL, NOW)


def test_a_channel_without_a_secret_lets_nobody_in() -> None:
    assert not is_signed(b"{}", sign(b"{}", ""), "")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"events": null}',
        b'{"events": {}}',
        b'{"events": "none"}',
        b"[" * 100_000,  # deeper than a parser goes
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_a_signed_body_that_is_not_a_webhook_is_refused(raw: bytes) -> None:
    with pytest.raises(BadWebhook):
        read_webhook(raw, sign(raw, SECRET), CHANNEL, NOW)


def test_a_text_comes_in_whole() -> None:
    assert read(event()) == [
        Incoming(
            event_id="01H",
            kind=Kind.TEXT,
            at=NOW,
            channel_id="default",
            chat_id="U1",
            user_id="U1",
            text="什麼時候報名？",
            message_id="1",
            reply_token="token-01H",
        )
    ]


@pytest.mark.parametrize(
    ("own", "kind"),
    [
        ({"message": {"type": "sticker", "id": "1"}}, Kind.STICKER),
        ({"message": {"type": "image", "id": "1"}}, Kind.IMAGE),
        ({"message": {"type": "audio", "id": "1"}}, Kind.AUDIO),
        ({"message": {"type": "video", "id": "1"}}, Kind.VIDEO),
        ({"message": {"type": "file", "id": "1"}}, Kind.FILE),
        ({"message": {"type": "location", "id": "1"}}, Kind.LOCATION),
        ({"type": "unsend", "unsend": {"messageId": "1"}}, Kind.UNSEND),
        ({"type": "follow"}, Kind.FOLLOW),
        ({"type": "unfollow"}, Kind.UNFOLLOW),
        ({"type": "join"}, Kind.JOIN),
        ({"type": "postback", "postback": {"data": "x=1"}}, Kind.POSTBACK),
        # What we do not know, today's or tomorrow's.
        ({"type": "memberJoined"}, Kind.OTHER),
        ({"type": "messageEdited"}, Kind.OTHER),
        ({"type": "a type of next year"}, Kind.OTHER),
        ({"type": 7}, Kind.OTHER),
        ({"message": {"type": "hologram"}}, Kind.OTHER),
        ({"source": {"type": "planet", "planetId": "P1"}}, Kind.OTHER),
        # What is broken.
        ({"message": {"type": "text"}}, Kind.OTHER),
        ({"message": {"type": "text", "text": 7}}, Kind.OTHER),
        ({"message": None}, Kind.OTHER),
        ({"type": "postback", "postback": {}}, Kind.OTHER),
        (
            {
                "type": "postback",
                "postback": {
                    "data": "x",
                    "params": {"newRichMenuAliasId": "a", "status": "SUCCESS"},
                },
            },
            Kind.OTHER,
        ),
        ({"source": None}, Kind.OTHER),
        ({"source": {"type": "user", "userId": ["U1"]}}, Kind.OTHER),
        ({"source": {"type": "user", "userId": "U" * 65}}, Kind.OTHER),
    ],
)
def test_each_event_has_its_kind(own: dict[str, Any], kind: Kind) -> None:
    assert [incoming.kind for incoming in read(event(**own))] == [kind]


def test_a_broken_event_does_not_harm_its_neighbours() -> None:
    broken = [None, 7, [], {}, {"type": "message"}, event(webhookEventId=3), event("x" * 65)]

    found = read(event("01A"), *broken, event("01B"))

    assert [incoming.event_id for incoming in found] == ["01A", "01B"]


@pytest.mark.parametrize("stamp", [None, "soon", True, 10**30, -(10**30), float("nan")])
def test_a_time_that_cannot_be_read_is_the_time_of_arrival(stamp: Any) -> None:
    assert read(event(timestamp=stamp))[0].at == NOW


def test_a_repeated_delivery_says_so() -> None:
    assert read(event(deliveryContext={"isRedelivery": True}))[0].redelivered


@pytest.mark.parametrize(("mode", "active"), [("active", True), ("standby", False), ("new", False)])
def test_only_an_active_channel_may_speak(mode: str, active: bool) -> None:
    assert read(event(mode=mode))[0].active is active


def test_a_group_is_a_chat_of_its_own() -> None:
    source = {"type": "group", "groupId": "G1", "userId": "U1"}

    incoming = read(event(source=source))[0]

    assert (incoming.chat_id, incoming.user_id) == ("G1", "U1")
    assert incoming.in_group
    assert not incoming.mentioned


@pytest.mark.parametrize(
    ("words", "mentionees", "left", "mentioned"),
    [
        ("@師鐘 幾點", [{"index": 0, "length": 3, "isSelf": True}], "幾點", True),
        # Emoji before it count two each.
        ("👩‍🏫👍 @師鐘 幾點", [{"index": 8, "length": 3, "isSelf": True}], "👩‍🏫👍  幾點", True),
        ("幾點 @師鐘", [{"index": 3, "length": 3, "isSelf": True}], "幾點", True),
        # Somebody else's name stays: it may matter to the question.
        (
            "@師鐘 @王老師 幾點",
            [
                {"index": 0, "length": 3, "isSelf": True},
                {"index": 4, "length": 4, "isSelf": False, "userId": "U2"},
            ],
            "@王老師 幾點",
            True,
        ),
        ("@All 幾點", [{"index": 0, "length": 4, "type": "all"}], "@All 幾點", False),
        # Places that are not in the text take nothing out.
        ("@師鐘 幾點", [{"index": 0, "length": 99, "isSelf": True}], "@師鐘 幾點", True),
        ("@師鐘 幾點", [{"index": -3, "length": 3, "isSelf": True}], "@師鐘 幾點", True),
        ("@師鐘 幾點", [{"isSelf": True}], "@師鐘 幾點", True),
        ("幾點", "nobody", "幾點", False),
    ],
)
def test_a_mention_is_heard_and_taken_out(
    words: str, mentionees: Any, left: str, mentioned: bool
) -> None:
    message = text(words, mention={"mentionees": mentionees})

    incoming = read(event(message=message))[0]

    assert (incoming.text, incoming.mentioned) == (left, mentioned)


def test_halves_of_characters_and_nul_do_not_come_in() -> None:
    raw = body(event()).replace(
        json.dumps("什麼時候報名？").encode(), rb'"a\ud83d b\u0000c \ud83d\ude00"'
    )

    found = read_webhook(raw, sign(raw, SECRET), CHANNEL, NOW)

    assert found[0].text == "a\ufffd bc 😀"


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["type", "mode", "timestamp", "source", "message", "text", "userId", "mention",
             "mentionees", "index", "length", "isSelf", "postback", "data", "deliveryContext"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None)
@given(changes=st.dictionaries(st.sampled_from(sorted(event())), ANY_JSON, max_size=4))
def test_no_event_however_odd_stops_the_one_after_it(changes: dict[str, Any]) -> None:
    found = read({**event("01A"), **changes}, event("01B"))

    assert found[-1] == read(event("01B"))[0]
    found[-1].text.encode()


ACCOUNT = "U8e742f61d673b39c7fff3cecb7536ef0"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (f'{{"destination":"{ACCOUNT}","events":[]}}', ACCOUNT),
        (f'{{ "destination" : "{ACCOUNT}" }}', ACCOUNT),
        (f'{{"events":[{{"text":"\\"destination\\":\\"{ACCOUNT}\\""}}]}}', ""),  # only said
        (f'"destination":"{ACCOUNT}', ""),  # cut off
        ('{"destination":"U1","events":[]}', ""),  # no account's id
        ("{{{ not JSON", ""),
        ("", ""),
    ],
)
def test_whom_a_call_is_for_is_found_without_parsing_it(raw: str, found: str) -> None:
    assert destination_of(raw.encode()) == found
