"""未繳名單: staff see in the chat which schools have not handed in; the console has all of it."""

from bot.answers.owing_lines import (
    ALL_IN,
    NONE_TAKES_PART,
    STANDINGS,
    TITLE,
    Owes,
    owing_card,
)
from bot.collecting.standing import Seen, Sieve, editions_taken, seen
from bot.handlers.desk import Desk
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row
from bot.store import schools

ASKS = (TITLE, "哪些學校還沒繳", "哪些學校還沒交")


def owing_schools(incoming: Incoming, desk: Desk) -> Answer:
    """A card for each plan in which schools take part; plans in which all is in come last."""
    taken = editions_taken(desk.db, incoming.channel_id, desk.reader.edition)
    if not taken:
        return _said(Card(title=TITLE, lead=NONE_TAKES_PART, buttons=_to(desk, "imports", "匯入")))
    known = {s.code: s for s in schools.all_schools(desk.db, incoming.channel_id)}
    whole = [
        seen(desk.db, (incoming.channel_id, edition), known, Sieve(), incoming.at)
        for edition in taken
    ]
    found = [(one, _owing(one)) for one in whole]
    if not any(owing for _, owing in found):
        buttons = _to(desk, "submissions", "看全部")
        return _said(Card(title=TITLE, lead=ALL_IN, buttons=buttons))
    found.sort(key=lambda pair: not pair[1])
    return _said(*(owing_card(one.edition, owing, _buttons(desk, one)) for one, owing in found))


def _owing(one: Seen) -> list[Owes]:
    counted = [
        Owes(row.school, {standing: row.row.total.of(standing) for standing in STANDINGS})
        for row in one.rows
    ]
    return [owes for owes in counted if any(owes.counts.values())]


def _buttons(desk: Desk, one: Seen) -> tuple[Button, ...]:
    path = f"submissions/{one.edition.plan}/{one.edition.edition}"
    return (*_to(desk, path, "看全部"), *_to(desk, f"{path}/reminding", "提醒這些學校"))


def _to(desk: Desk, path: str, label: str) -> tuple[Button, ...]:
    """A button to the console; none where there are no pages."""
    return (Button(label, url=desk.links.console(path)),) if desk.links else ()


def _said(*cards: Card) -> Answer:
    return Answer(cards if len(cards) == 1 else (Row(cards),), outcome=Outcome.CHAT)
