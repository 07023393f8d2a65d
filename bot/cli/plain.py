"""An answer as text for the terminal."""

from collections.abc import Iterator

from bot.messages import Answer, Button, Card, Row, Text


def plain(answer: Answer) -> str:
    """The answer as lines to read: title, lead, facts, state, clauses, then what can be pressed."""
    blocks = ["\n".join(_part(part)) for part in answer.parts]
    if answer.quick:
        keys = "　".join(f"[{i}] {b.label}" for i, b in enumerate(answer.quick, start=1))
        blocks.append(keys)
    return "\n\n".join(blocks) or "（不回應）"


def _part(part: Text | Card | Row) -> Iterator[str]:
    match part:
        case Text(text):
            yield text
        case Row(cards):
            for i, card in enumerate(cards):
                yield from ([""] if i else [])
                yield from _card(card)
        case Card():
            yield from _card(part)


def _card(card: Card) -> Iterator[str]:
    yield from filter(None, (card.title and f"【{card.title}】", card.lead))
    yield from (f"{bar.drawn} {bar.title}：{bar.words}" for bar in card.bars)
    yield from (f"・{fact}" for fact in card.facts)
    if card.state:
        yield f"〔{card.state}〕"
    for section in card.sections:
        yield f"◆ {section.heading}"
        for line in section.lines:
            yield f"・{line.text}" + (f"（{line.more}）" if line.more else "")
            if line.button:
                yield f"  → {_button(line.button)}"
    if card.document or card.sources:
        document = f"《{card.document}》" if card.document else ""
        yield f"依據：{document}{'；'.join(card.sources)}"
    yield from (f"→ {_button(button)}" for button in card.buttons)


def _button(button: Button) -> str:
    return f"{button.label}：{button.url}" if button.url else button.label
