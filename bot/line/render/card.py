"""A card as Flex bubbles: one, or as many as its words need."""

from collections.abc import Iterator
from typing import Any

from bot.line.limits import BUBBLE_BYTES, BUTTON_LABEL, json_bytes, shortened
from bot.line.render.action import action_of, in_words
from bot.line.render.colour import FAINT_INK, INK, LINE, OF_TONE, SOFT_INK, Colours
from bot.line.render.sections import listed
from bot.line.render.text import NAME, clause_line, is_blank, pieces
from bot.messages import Bar, Button, Card

Component = dict[str, Any]

# A piece of text that surely has room in a bubble, even if each unit takes six bytes.
LONGEST_PIECE = 2_500
HEADER_TITLE = 60  # characters; a longer title goes on in the body
CONTINUED = "（續）"
PICTURE = "看大圖"


def bubbles(card: Card) -> list[Component]:
    """The bubbles of one card, in reading order; none where the card says nothing."""
    pressed = [(button, action_of(button, BUTTON_LABEL)) for button in card.buttons]
    unpressable = [in_words(button) for button, action in pressed if action is None]
    body = list(_body(card, unpressable))
    footer = [_button(action, button) for button, action in pressed if action is not None]
    if not body and not footer:
        return []
    found = [_Page(card, first=True)]
    for where, components in (("body", body), ("footer", footer)):
        for component in components:
            if not found[-1].takes(where, component):
                found.append(_Page(card, first=False))
                found[-1].takes(where, component)
    return [page.bubble() for page in found]


class _Page:
    """One bubble while it is filled."""

    def __init__(self, card: Card, *, first: bool) -> None:
        colours = OF_TONE[card.tone]
        title = card.title.strip() or NAME
        self.parts: dict[str, list[Component]] = {"body": [], "footer": []}
        self.header = _header(
            shortened(title, HEADER_TITLE) + ("" if first else CONTINUED), colours
        )
        self.picture = _picture(card) if first and card.picture else {}
        self.size = json_bytes(self.bubble())

    def takes(self, where: str, component: Component) -> bool:
        """Add the component and say True, or leave the page as it is and say False.

        An empty page takes anything: no single component is larger than a bubble.
        """
        added = json_bytes(component) + 1
        if self.size + added > BUBBLE_BYTES and any(self.parts.values()):
            return False
        self.parts[where].append(component)
        self.size += added
        return True

    def bubble(self) -> Component:
        """The page as LINE wants it; all bubbles are of one size, as a carousel demands."""
        body, footer = self.parts["body"], self.parts["footer"]
        whole = {
            "body": _box(body, spacing="md", paddingAll="16px"),
            "footer": _box(footer, spacing="sm", paddingAll="12px", paddingTop="2px"),
        }
        # An empty page counts both boxes, so that filling it needs no second measure.
        seen = {k: v for k, v in whole.items() if v["contents"]} or whole
        top = {"header": self.header, **self.picture}
        return {"type": "bubble", "size": "mega", **top, **seen}


def _picture(card: Card) -> dict[str, Component]:
    """All of it is seen whatever its shape; pressed, it opens in its full size."""
    image = {
        "type": "image",
        "url": card.picture,
        "size": "full",
        "aspectRatio": "20:13",
        "aspectMode": "fit",
        "action": {"type": "uri", "label": PICTURE, "uri": card.picture},
    }
    return {"hero": image}


def _header(title: str, colours: Colours) -> Component:
    text = _text(title, size="sm", weight="bold", color="#FFFFFF")
    return _box(
        [text],
        backgroundColor=colours.strong,
        paddingTop="9px",
        paddingBottom="9px",
        paddingStart="16px",
        paddingEnd="16px",
    )


def _body(card: Card, unpressable: list[str]) -> Iterator[Component]:
    colours = OF_TONE[card.tone]
    if len(card.title) > HEADER_TITLE:
        yield from _texts(card.title, size="sm", color=FAINT_INK)
    yield from _texts(card.lead, size="md", weight="bold", color=INK)
    for part in _seen(card.state):
        text = _text(part, size="sm", weight="bold", color=colours.strong)
        yield _box([text], backgroundColor=colours.pale, cornerRadius="6px", paddingAll="7px")
    for bar in card.bars:
        yield _bar(bar, colours)
    for fact in (*card.facts, *unpressable):
        for part in _seen(fact):
            yield _bullet(part, colours)
    for section in card.sections:
        yield from listed(section, colours)
    clauses = list(_texts(clause_line(card), size="xs", color=FAINT_INK))
    if clauses:
        yield {"type": "separator", "color": LINE, "margin": "lg"}
        yield from clauses


def _bar(bar: Bar, colours: Colours) -> Component:
    """A title, how much of it is done, and the same drawn below: LINE has no bars of its own."""
    title = _text(bar.title, size="sm", color=INK, flex=1)
    words = {"type": "text", "text": bar.words, "size": "sm", "color": SOFT_INK, "flex": 0}
    top = {"type": "box", "layout": "horizontal", "spacing": "md", "contents": [title, words]}
    drawn = {"type": "text", "text": bar.drawn, "size": "xl", "color": colours.strong}
    return _box([top, drawn], spacing="xs")


def _bullet(text: str, colours: Colours) -> Component:
    point = {"type": "text", "text": "•", "size": "sm", "color": colours.strong, "flex": 0}
    words = _text(text, size="sm", color=SOFT_INK, margin="sm")
    return {
        "type": "box",
        "layout": "horizontal",
        "contents": [point, words],
    }


def _button(action: dict[str, Any], button: Button) -> Component:
    # Pages open outside of the chat: a link; what goes on inside of it looks like a key.
    style = "link" if button.url else "secondary"
    return {
        "type": "button",
        "style": style,
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        "action": action,
    }


def _texts(text: str, **look: str) -> Iterator[Component]:
    for part in _seen(text):
        yield _text(part, **look)


def _text(text: str, **look: str | int) -> Component:
    return {"type": "text", "text": text, "wrap": True, **look}


def _box(contents: list[Component], **look: str) -> Component:
    return {"type": "box", "layout": "vertical", "contents": contents, **look}


def _seen(text: str) -> Iterator[str]:
    for part in pieces(text, LONGEST_PIECE):
        if not is_blank(part):
            yield part
