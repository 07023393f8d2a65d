"""我的進度: a card for each track that is followed, with what is next to press."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.own_lines import PAGE
from bot.answers.progress_lines import name_of, progress_card
from bot.answers.standing import is_past
from bot.handlers.desk import Handled
from bot.handlers.progress.orders import (
    ANY_PLAN,
    DID,
    JOIN,
    MISSED,
    PICK,
    TODAY,
    Order,
    button,
    data_of,
)
from bot.handlers.progress.own import MY_PROGRESS, Own, office_of, order_of, show_button
from bot.handlers.vouching import CODE, ask_for_check
from bot.messages import Answer, Button, Card, Outcome, Row, Text
from bot.model.deeds import Pick, Vouched
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Part
from bot.rules.next_steps import Step, StepKind, next_steps
from bot.rules.progress import TrackStanding
from bot.rules.sessions import Session
from bot.store.deeds import Report
from bot.understand.small_talk import bare

MOST_BUTTONS = 4  # for what is next; beside them stand the page and what staff confirm
MOST_PARTS = 3  # more are asked for one by one, once something of them was done
MOST_TAPS = 9
MOST_TRACKS = 4  # more are asked for plan by plan
OTHER_PLANS = "其他計畫"
_CHECK = re.compile(
    r"(?:我?想?要)?請(?:學校|教育局)?承辦(?:人員?)?(?:幫我)?確認(?:進度)?|我的(?:確認)?代碼"
)
_OF_ONE = re.compile(r".{2,12}?的?進度")  # 5年1班的進度
_SHOW = re.compile(
    r"(?:請|幫我|我?想?)?(?:看|查|查看|查詢|顯示|給我看|打開)?(?:一下)?(?:我的(?P<what>.{0,16}?)(?:的)?進度|進度)"
    r"(?:如何|怎麼樣|怎樣|呢|到哪(?:裡)?了?|多少)?"
)
_LEFT = re.compile(
    r"(?:那|請問)?我?(?:現在|目前)?(?:還差|還缺|還要做|還剩|還有)(?P<what>.{0,8}?)(?:什麼|哪些|多少)"
    r"(?:要做|沒做|要完成|沒完成|還沒做)?(?:呢|了)?|我?下1?步(?:要)?(?:做什麼|是什麼)?"
    r"|(?:我|這樣|都|全部|已經)*(?:做|弄|上)?完(?:成)?了?(?:嗎|沒有?)|我?(?:做|完成|進行)到哪(?:裡)?了?"
    r"|(?:我|這樣)*還?差多少(?:才?能?(?:完成|拿到?(?:證書|證照)))?"
)


def asks_for_progress(folded: str) -> bool:
    """Whether a message is 我的進度 and no more."""
    return bool(_SHOW.fullmatch(bare(folded)))


def asks_what_is_left(folded: str) -> bool:
    """Whether a message is 還差什麼, which somebody who follows nothing asks of a plan."""
    return bool(_LEFT.fullmatch(bare(folded)))


def show_by_words(own: Own, folded: str) -> Handled | None:
    """The cards of all that is followed, or of what is named; None for all else."""
    is_shown, left = asks_for_progress(folded), asks_what_is_left(folded)
    of_one = _OF_ONE.fullmatch(bare(folded))
    if not is_shown and not ((left or of_one) and own.standings):
        return None
    if not own.standings:
        return _nothing_yet(own)
    plans = own.desk.reader.question(folded, own.incoming.at).plans
    named = [s for s in own.standings if s.edition.plan in plans or _labelled(s, folded)]
    if of_one and not is_shown and not named:
        return None
    handled = progress_answer(own, named or own.standings)
    shown = {s.edition.plan: s.edition for s in named or own.standings}
    return own.turned_to(handled, *shown.values()) if len(shown) == 1 else handled


def check_by_words(own: Own, folded: str) -> Handled | None:
    """The code for staff of what is followed; None for other words, and of who follows nothing."""
    if not _CHECK.fullmatch(bare(folded)) or not own.standings:
        return None
    waiting = [s for s in own.standings if s.account.deeds]
    if not waiting:
        return own.text("還沒有回報過的項目，先不用請承辦確認。", show_button())
    if len(waiting) == 1:
        return ask_for_check(own.incoming, own.desk, waiting[0].account.enrolment.id)
    choice = [Button(name_of(s), data=f"{CODE}={s.account.enrolment.id}") for s in waiting]
    return own.text("要請承辦確認哪一項？", *choice)


def progress_answer(
    own: Own, found: Sequence[TrackStanding], before: tuple[Text, ...] = ()
) -> Handled:
    """The cards of these tracks, with what is next to press."""
    cards = tuple(card_of(own, s) for s in found)
    shown = cards if len(cards) == 1 else (Row(cards),)
    return own.said(Answer((*before, *shown), outcome=Outcome.CHAT))


def card_of(own: Own, found: TrackStanding) -> Card:
    """The card of one track."""
    if found.lacks:
        facet = found.edition.facets[found.lacks[0]]
        ask = button(f"選{facet.title}", data_of(JOIN, order_of(found)))
        return Card(
            title=f"{found.edition.about.short}｜{MY_PROGRESS}",
            lead=f"{found.track.title}：請先告訴我{facet.title}，才能計算進度。",
            buttons=(ask,),
        )
    card = progress_card(found, own.incoming.at, office_of(found.edition))
    return replace(card, buttons=(*_buttons(own, found), *_beside(own, found)))


def _beside(own: Own, found: TrackStanding) -> tuple[Button, ...]:
    """To staff with what nobody has confirmed yet, and to one's own page where there are pages."""
    waits = any(d.vouched is Vouched.SELF for d in found.account.deeds)
    check = Button("請承辦確認", data=f"{CODE}={found.account.enrolment.id}")
    page = Button(PAGE, say=PAGE)
    return (*((check,) if waits else ()), *((page,) if own.desk.links else ()))


def _buttons(own: Own, found: TrackStanding) -> tuple[Button, ...]:
    """What is next, to be pressed: which session, that it is done, that it was missed."""
    if is_past(found.edition, own.incoming.at):
        return ()
    made: list[Button] = []
    for step in next_steps(found, own.incoming.at):
        made += buttons_of(order_of(found), step)
    return tuple(made[:MOST_BUTTONS])


def buttons_of(order: Order, step: Step) -> list[Button]:
    """What can be pressed for one step: choose, tell that one was there, that it is done."""
    item = step.item.item
    if step.kind is StepKind.TELL and step.part and step.session:
        on = step.session.span.end.last
        report = Report(requirement=item.id, part=step.part.id, on=on)
        pick = Pick(requirement=item.id, part=step.part.id, session=step.session.key)
        done = data_of(DID, replace(order, reports=(report,)))
        missed = data_of(MISSED, replace(order, picks=(pick,)))
        day = f"{on.month}/{on.day}"
        return [button(f"{day}那場上完了", done), button(f"{day}那場沒上到", missed)]
    if step.kind is StepKind.CHOOSE and step.part:
        return [pick_button(order, item.id, step.part, o.session) for o in step.offers[:2]]
    if step.kind is StepKind.ATTEND and step.part:
        return []
    if len(item.parts) - len(step.item.done_parts) > MOST_PARTS:
        reports = [(item.title, Report(requirement=item.id, on=TODAY))]
    elif item.parts:
        left = [p for p in item.parts if p.id not in step.item.done_parts]
        reports = [(p.title, Report(requirement=item.id, part=p.id, on=TODAY)) for p in left]
    else:
        reports = [(item.title, Report(requirement=item.id, on=TODAY))]
    most = max(item.goals, key=lambda g: g.least)
    if not item.parts and most.least > MOST_TAPS:
        return []  # nobody taps 51 times: it is told with its number
    tells = "完成了" if item.parts or most.least == 1 else f"記1{most.unit}"
    return [button(f"{tells}：{t}", data_of(DID, replace(order, reports=(r,)))) for t, r in reports]


def pick_button(order: Order, item: str, part: Part, session: Session) -> Button:
    """The button that chooses a session."""
    day = session.span.end.last
    pick = Pick(requirement=item, part=part.id, session=session.key)
    return button(
        f"選{day.month}/{day.day} {part.title}", data_of(PICK, replace(order, picks=(pick,)))
    )


def _labelled(found: TrackStanding, folded: str) -> bool:
    label = found.account.enrolment.label
    return bool(label) and label.lower() in folded


def _nothing_yet(own: Own) -> Handled:
    """What progress is, and which tracks can be followed."""
    tracks = own.tracks()
    lead = (
        "您還沒有加入任何進度。加入之後，完成一項就告訴我，我會記下來，"
        "並告訴您還差什麼、什麼時候要完成。"
    )
    if not tracks:
        return own.text("目前收錄的計畫沒有可以追蹤的進度。")
    of_talk = [(e, t) for e, t in tracks if e.plan == own.desk.talk.as_of(own.incoming.at).plan]
    return offer_tracks(own, of_talk or tracks, lead)


def offer_tracks(own: Own, tracks: Sequence[tuple[Edition, Track]], lead: str) -> Handled:
    """Asks which track is to be joined: of many, first of which plan."""
    editions = list({e.key: e for e, _ in tracks}.values())
    if len(tracks) > MOST_TRACKS and len(editions) > 1:
        choice = [(e.about.short, data_of(JOIN, Order(e.key, ""))) for e in editions]
        facts = [
            f"{e.about.short}：{'、'.join(t.title for o, t in tracks if o is e)}" for e in editions
        ]
        return own.ask(MY_PROGRESS, lead, choice, *facts, "請先選計畫：")
    choice = [(t.title, data_of(JOIN, Order(e.key, t.id))) for e, t in tracks]
    facts = [f"{e.about.short}：{t.title}（{t.who}）" for e, t in tracks]
    others = len({e.plan for e, _ in own.tracks()} - {e.plan for e in editions})
    if others and len(editions) == 1:
        choice.append((OTHER_PLANS, data_of(JOIN, Order(ANY_PLAN, ""))))
    return own.ask(MY_PROGRESS, lead, choice, *facts, "點下面的按鈕就會加入：")
