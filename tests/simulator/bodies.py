"""Messages that LINE takes, and ones that it refuses with the property that it names."""

from typing import Any

from tests.simulator.stand_in import bubble, button, component, flex, text

SAY = {"type": "message", "label": "再問", "text": "再問一次"}
PRESS = {"type": "postback", "label": "提醒我", "data": "remind=1"}
OPEN = {"type": "uri", "label": "網站", "uri": "https://example.com/"}


def quick(count: int) -> list[dict[str, Any]]:
    """So many quick replies."""
    return [{"type": "message", "label": f"第{n}個", "text": str(n)} for n in range(count)]


def template(**more: Any) -> dict[str, Any]:
    """A template message."""
    return {"type": "template", "altText": "選單", "template": more}


def boxed(*contents: Any, layout: str = "vertical", **look: Any) -> dict[str, Any]:
    """A Flex message whose body is this box."""
    body = {"type": "box", "layout": layout, "contents": list(contents), **look}
    return flex({"type": "bubble", "body": body})


GOOD = {
    "a text": [text("您好")],
    "a text of exactly 5,000 units": [text("字" * 5000)],
    "an emoji counts two": [text("🍎" * 2500)],
    "13 quick replies": [text("請選", *quick(13))],
    "a bubble with buttons": [flex(bubble("截止", button("問", SAY), button("網站", OPEN)))],
    "12 bubbles": [flex({"type": "carousel", "contents": [bubble("一")] * 12})],
    "spans": [boxed({"type": "text", "contents": [{"type": "span", "text": "紅"}]})],
    "sizes in pixels and percent": [boxed(component("一", size="15px"), paddingAll="5%")],
    "a transparent colour": [boxed(component("一", color="#11223344"))],
    "an icon in a baseline box": [
        boxed({"type": "icon", "url": "https://example.com/i.png"}, layout="baseline")
    ],
    "a gradient": [
        boxed(
            component("一"),
            background={
                "type": "linearGradient",
                "angle": "90deg",
                "startColor": "#000000",
                "endColor": "#ffffff",
            },
        )
    ],
    "a telephone link": [boxed(button("撥號", {"type": "uri", "uri": "tel:0227208889"}))],
    "a confirm template": [template(type="confirm", text="好嗎？", actions=[SAY, PRESS])],
    "five messages": [text("一")] * 5,
    "a postback of 300 units": [boxed(button("按", {**PRESS, "data": "x" * 300}))],
    "a label of 20 characters with joined emoji": [text("請選", {**SAY, "label": "👨‍👩‍👧" * 20})],
}

BAD = {
    "no message": ([], "messages"),
    "six messages": ([text("一")] * 6, "messages"),
    "an empty text": ([text("")], "messages[0].text"),
    "a text without text": ([{"type": "text"}], "messages[0].text"),
    "a text of 5,001": ([text("字" * 5001)], "messages[0].text"),
    "2,501 emoji": ([text("🍎" * 2501)], "messages[0].text"),
    "an unknown kind": ([{"type": "texts", "text": "a"}], "messages[0].type"),
    "an unknown property": ([{**text("a"), "tekst": "b"}], "messages[0].tekst"),
    "14 quick replies": ([text("a", *quick(14))], "messages[0].quickReply.items"),
    "no quick reply at all": (
        [{**text("a"), "quickReply": {"items": []}}],
        "messages[0].quickReply.items",
    ),
    "a quick reply without label": (
        [text("a", {"type": "message", "text": "b"})],
        "messages[0].quickReply.items[0].action.label",
    ),
    "a quick reply's label of 21": (
        [text("a", {**SAY, "label": "字" * 21})],
        "messages[0].quickReply.items[0].action.label",
    ),
    "a quick reply that switches menus": (
        [text("a", {"type": "richmenuswitch", "label": "a", "richMenuAliasId": "a", "data": "b"})],
        "messages[0].quickReply.items[0].action.type",
    ),
    "no alt text": ([{"type": "flex", "contents": bubble("a")}], "messages[0].altText"),
    "an alt text of 1,501": ([flex(bubble("a"), "字" * 1501)], "messages[0].altText"),
    "13 bubbles": (
        [flex({"type": "carousel", "contents": [bubble("一")] * 13})],
        "messages[0].contents.contents",
    ),
    "bubbles of two sizes": (
        [flex({"type": "carousel", "contents": [bubble("一"), bubble("二", size="kilo")]})],
        "messages[0].contents.contents",
    ),
    "a bubble over 30 KB": ([flex(bubble("字" * 5001))], "messages[0].contents"),
    "a carousel over 50 KB": (
        [flex({"type": "carousel", "contents": [bubble("字" * 2500)] * 4})],
        "messages[0].contents",
    ),
    "an unknown size of bubble": ([flex(bubble("a", size="huge"))], "messages[0].contents.size"),
    "a bubble without blocks": ([flex({"type": "bubble"})], "messages[0].contents"),
    "an unknown component": (
        [boxed({"type": "txt"})],
        "messages[0].contents.body.contents[0].type",
    ),
    "an unknown look": (
        [boxed(component("a", colour="#000000"))],
        "messages[0].contents.body.contents[0].colour",
    ),
    "a colour by name": (
        [boxed(component("a", color="red"))],
        "messages[0].contents.body.contents[0].color",
    ),
    "a size that is none": (
        [boxed(component("a", size="large"))],
        "messages[0].contents.body.contents[0].size",
    ),
    "a space that is none": (
        [boxed(component("a"), spacing="5")],
        "messages[0].contents.body.spacing",
    ),
    "an empty component": ([boxed(component(""))], "messages[0].contents.body.contents[0].text"),
    "a button in a baseline box": (
        [boxed(button("a", SAY), layout="baseline")],
        "messages[0].contents.body.contents[0].type",
    ),
    "a span outside of a text": (
        [boxed({"type": "span", "text": "a"})],
        "messages[0].contents.body.contents[0].type",
    ),
    "a text as hero": ([flex(bubble("a", hero=component("b")))], "messages[0].contents.hero"),
    "an image over HTTP": (
        [boxed({"type": "image", "url": "http://example.com/a.png"})],
        "messages[0].contents.body.contents[0].url",
    ),
    "an image three times too high": (
        [boxed({"type": "image", "url": "https://example.com/a.png", "aspectRatio": "1:4"})],
        "messages[0].contents.body.contents[0].aspectRatio",
    ),
    "a button without label": (
        [boxed({"type": "button", "action": {"type": "message", "text": "a"}})],
        "messages[0].contents.body.contents[0].action.label",
    ),
    "a button's label of 41": (
        [boxed(button("字" * 41, {"type": "message", "text": "a"}))],
        "messages[0].contents.body.contents[0].action.label",
    ),
    "a postback of 301 units": (
        [boxed(button("a", {**PRESS, "data": "字" * 301}))],
        "messages[0].contents.body.contents[0].action.data",
    ),
    "a postback of 151 emoji": (
        [boxed(button("a", {**PRESS, "data": "🍎" * 151}))],
        "messages[0].contents.body.contents[0].action.data",
    ),
    "a script as link": (
        [boxed(button("a", {**OPEN, "uri": "javascript:alert(1)"}))],
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "a link that is not percent-encoded": (
        [boxed(button("a", {**OPEN, "uri": "https://example.com/計畫"}))],
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "a link of 1,001": (
        [boxed(button("a", {**OPEN, "uri": "https://example.com/" + "a" * 981}))],
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "five actions in a buttons template": (
        [template(type="buttons", text="a", actions=[SAY] * 5)],
        "messages[0].template.actions",
    ),
    "a confirm template with one action": (
        [template(type="confirm", text="a", actions=[SAY])],
        "messages[0].template.actions",
    ),
    "a titled template with a text of 61": (
        [template(type="buttons", title="a", text="字" * 61, actions=[SAY])],
        "messages[0].template.text",
    ),
    "a sender called LINE": (
        [{**text("a"), "sender": {"name": "LINE"}}],
        "messages[0].sender.name",
    ),
    "a sticker without a package": (
        [{"type": "sticker", "stickerId": "1"}],
        "messages[0].packageId",
    ),
}
