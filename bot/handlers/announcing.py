"""/公告: staff announce from their own chat: words, audience, a preview with its cost, and go."""

from dataclasses import replace
from datetime import datetime

from bot import broadcast_work as work
from bot.answers.audience_words import audience_words
from bot.answers.broadcast_lines import (
    after_words,
    answer_of,
    forecast_lines,
    named,
    report_lines,
    state_words,
)
from bot.broadcasts.forecast import forecast
from bot.broadcasts.sources import sources_of
from bot.clock import minute_words
from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Button, Card, Incoming, Kind, Outcome, Row, Text, Tone
from bot.model.audience import AnyOf
from bot.model.broadcast_counts import Forecast
from bot.model.broadcasts import Broadcast, BroadcastState, Clerk, Draft, TextPiece
from bot.store import account_links, audiences, broadcast_report, broadcasts, people, schools
from bot.store.people import Role
from bot.understand.audience_reading import AudienceReader

COMMAND = ("/公告", "／公告")
ANNOUNCE = "announce"  # a button's data: announce=<what>:<broadcast id>:<revision>
_TEXT, _WHO = f"{ANNOUNCE}:text:", f"{ANNOUNCE}:who:"  # what the chat expects, and of which one
TITLE, PREVIEW = "公告", "公告預覽"
NOT_STAFF = "公告由計畫承辦人員發送，您這邊沒有這個功能。想知道計畫的事，直接打字問我就可以。"
NOT_IN_GROUPS = "公告只能在一對一的聊天裡發，請直接傳訊息給我。"
ASK_WORDS = "請傳公告的內容（純文字，一則訊息）。要放棄請輸入「取消」。"
MORE = "圖片、卡片、按鈕和預定時間在主控台的「公告」寫；這裡只能發純文字。"
ASK_WHO = (
    "要傳給誰？可以說：全部、某計畫的老師、學校承辦人、高雄市國小的學校承辦人、"
    "差一門非同步課的老師、某計畫還沒繳附件1的學校承辦人。"
)
STOP_WORDS = ("取消", "算了", "不要了", "放棄")
LISTED = 5
_LISTED = (BroadcastState.APPROVAL, BroadcastState.SCHEDULED, BroadcastState.RUNNING,
           BroadcastState.PAUSED)  # fmt: skip


def announce(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is said to /公告 and to what follows it; None for all else."""
    said = incoming.text.strip() if incoming.kind is Kind.TEXT else ""
    command = next((c for c in COMMAND if said.startswith(c)), "")
    name, _, order = incoming.data.partition("=")
    pressed = order if incoming.kind is Kind.POSTBACK and name == ANNOUNCE else ""
    expects = "" if incoming.in_group else desk.talk.as_of(incoming.at).expects
    expected = expects if said and expects.startswith(f"{ANNOUNCE}:") else ""
    if not (command or pressed or expected) or incoming.user_id is None:
        return None
    if incoming.in_group:
        return _said(desk, NOT_IN_GROUPS)
    if people.role_of(desk.db, incoming.channel_id, incoming.user_id) is not Role.STAFF:
        return _said(desk, NOT_STAFF)
    office = _Office(incoming, desk)
    try:
        with desk.db.begin_nested():  # a refused deed leaves nothing half done
            return office.heard(said, command, pressed, expected)
    except AskAgain as err:
        return Handled(answer=Answer((Text(err.say),), outcome=Outcome.CHAT), talk=desk.talk)


class _Office:
    """One event of one member of staff."""

    def __init__(self, incoming: Incoming, desk: Desk) -> None:
        self.incoming = incoming
        self.desk = desk
        user_id = incoming.user_id or ""
        self.clerk = Clerk(
            channel_id=incoming.channel_id,
            id=user_id,
            also=account_links.accounts_of(desk.db, incoming.channel_id, user_id),
            name=f"LINE {people.alias(user_id)}",
        )
        self.work = work.Shift(
            db=desk.db,
            clerk=self.clerk,
            now=incoming.at,
            reader=desk.reader,
            sources=sources_of(desk.reader.edition),
            note=work.note_in_audit,
        )

    def heard(self, said: str, command: str, pressed: str, expected: str) -> Handled:
        """What is said to it: a button, the command, or what the chat waits for."""
        if pressed:
            return self.pressed(pressed)
        if command:
            words = said.removeprefix(command).strip()
            return self.words(words, "") if words else self.opening()
        if said in STOP_WORDS:
            return _said(self.desk, "好，沒有送出任何東西。")
        what, _, broadcast_id = expected.removeprefix(f"{ANNOUNCE}:").partition(":")
        return self.words(said, broadcast_id) if what == "text" else self.who(said, broadcast_id)

    def opening(self) -> Handled:
        """What waits and runs, and where a new one begins."""
        found = broadcasts.in_states(self.desk.db, self.clerk.channel_id, _LISTED, LISTED)
        row = (Row(tuple(map(self._card, found))),) if found else ()
        links = self.desk.links
        more = (Button("到主控台寫", url=links.console("broadcasts")),) if links else ()
        lead = "要發新的公告，" + ASK_WORDS
        first = Card(title=TITLE, lead=lead, facts=(MORE,), tone=Tone.ASK, buttons=more)
        return self._asking((first, *row), _TEXT)

    def words(self, text: str, broadcast_id: str) -> Handled:
        """The words are said: of a new one, or others of an old one."""
        if not broadcast_id:
            nobody_yet = Draft(pieces=(TextPiece(text),), audience=AnyOf(()))
            made = work.compose(self.work, nobody_yet)
            return self._asking((Text(ASK_WHO),), _WHO + made.id, self._who_buttons())
        found = self._found(broadcast_id)
        changed = work.edit(self.work, found.id, replace(found.draft, pieces=(TextPiece(text),)))
        return self.preview(changed)

    def who(self, text: str, broadcast_id: str) -> Handled:
        """The audience is named; what is not understood is asked once more."""
        found = self._found(broadcast_id)
        try:
            wanted = self._audiences().read(text)
            self._forecast(replace(found.draft, audience=wanted))
        except AskAgain as err:
            return self._asking((Text(err.say),), _WHO + found.id, self._who_buttons())
        changed = work.edit(self.work, found.id, replace(found.draft, audience=wanted))
        return self.preview(changed)

    def _audiences(self) -> AudienceReader:
        where = (self.desk.db, self.clerk.channel_id)
        saved = [(s.name, s.audience) for s in audiences.all_saved(*where)]
        listed = schools.all_schools(*where)
        return AudienceReader(self.desk.reader, self.incoming.at, saved, listed)

    def preview(self, found: Broadcast) -> Handled:
        """As its people will see it, with whom it reaches and what it costs."""
        cost = self._forecast(found.draft)
        above = work.approval_above(self.desk.db, found.channel_id)
        facts = [*forecast_lines(cost)]
        if cost.people > above:
            facts.append(f"超過{above:,}人，確認後還要另一位承辦人員核可")
        until = work.quiet_until(self.incoming.at)
        if until:
            facts.append(f"現在是不打擾的時間，可以改在{minute_words(until)}送出")
        card = Card(
            title=PREVIEW,
            lead=f"傳給：{audience_words(found.draft.audience, self.desk.reader)}",
            facts=tuple(facts),
            tone=Tone.ASK,
            buttons=self._preview_buttons(found, until),
        )
        return self._done(*answer_of(found.id, found.draft.pieces).parts, card)

    def pressed(self, order: str) -> Handled:
        """A button: what, of which one, and of which revision where that matters."""
        what, _, rest = order.partition(":")
        broadcast_id, _, revision = rest.partition(":")
        found = self._found(broadcast_id)
        match what:
            case "words":
                return self._asking((Text(ASK_WORDS),), _TEXT + found.id)
            case "who":
                return self._asking((Text(ASK_WHO),), _WHO + found.id, self._who_buttons())
            case "look":
                return self._full(found)
            case "report":
                return self._report(found)
        done = self._do(what, found, int(revision) if revision.isdecimal() else 0)
        return self._done(Text(after_words(done)))

    def _do(self, what: str, found: Broadcast, revision: int) -> Broadcast:
        match what:
            case "send":
                return work.hand_in(self.work, found.id, revision)
            case "later":
                return self._send_later(found, revision)
            case "approve":
                return work.approve(self.work, found.id, revision)
            case "back":
                return work.send_back(self.work, found.id, "")
            case "pause":
                return work.pause(self.work, found.id)
            case "resume":
                return work.resume(self.work, found.id)
            case "cancel":
                return work.cancel(self.work, found.id)
        raise AskAgain("這個按鈕是較早的內容，現在已經用不了。請輸入「/公告」看最新的狀況。")

    def _send_later(self, found: Broadcast, revision: int) -> Broadcast:
        if found.revision != revision:
            raise AskAgain(work.CHANGED)
        starts_at = work.quiet_until(self.incoming.at)
        changed = work.edit(self.work, found.id, replace(found.draft, starts_at=starts_at))
        return work.hand_in(self.work, changed.id, changed.revision)

    def _full(self, found: Broadcast) -> Handled:
        own = self.clerk.is_one_of(found.author, found.changed_by)
        approve = Button("核可", data=f"{ANNOUNCE}=approve:{found.id}:{found.revision}")
        back = Button("退回", data=f"{ANNOUNCE}=back:{found.id}")
        waits = found.state is BroadcastState.APPROVAL
        card = Card(
            title=PREVIEW,
            lead=f"傳給：{audience_words(found.draft.audience, self.desk.reader)}",
            facts=forecast_lines(self._forecast(found.draft)),
            state=state_words(found),
            tone=Tone.ASK,
            buttons=(() if own else (approve,)) + (back,) if waits else (),
        )
        return self._done(*answer_of(found.id, found.draft.pieces).parts, card)

    def _report(self, found: Broadcast) -> Handled:
        lines = report_lines(broadcast_report.report(self.desk.db, found), found.draft.pieces)
        return self._done(
            Card(title=TITLE, lead=named(found.draft.pieces), facts=lines, state=state_words(found))
        )

    def _card(self, found: Broadcast) -> Card:
        people_of = found.recipients or found.reach
        return Card(
            title=TITLE,
            lead=named(found.draft.pieces),
            facts=(
                f"傳給：{audience_words(found.draft.audience, self.desk.reader)}",
                f"{people_of:,}人",
            ),
            state=state_words(found),
            buttons=tuple(
                Button(label, data=f"{ANNOUNCE}={what}:{found.id}")
                for label, what in _BUTTONS[found.state]
            ),
        )

    def _preview_buttons(self, found: Broadcast, until: datetime | None) -> tuple[Button, ...]:
        of_this = f"{found.id}:{found.revision}"
        later = (Button("等早上再送", data=f"{ANNOUNCE}=later:{of_this}"),) if until else ()
        return (
            Button("現在就送出" if until else "確認送出", data=f"{ANNOUNCE}=send:{of_this}"),
            *later,
            Button("改內容", data=f"{ANNOUNCE}=words:{found.id}"),
            Button("改對象", data=f"{ANNOUNCE}=who:{found.id}"),
            Button("取消", data=f"{ANNOUNCE}=cancel:{found.id}"),
        )

    def _who_buttons(self) -> tuple[Button, ...]:
        reader, at = self.desk.reader, self.incoming.at
        plans = [reader.edition_at(plan, at).about.short for plan in reader.plans]
        named_by = ["全部", *(f"{short}的老師" for short in plans), "學校承辦人"]
        return tuple(Button(words[:20], say=words) for words in named_by)

    def _forecast(self, draft: Draft) -> Forecast:
        where = (self.desk.db, self.clerk.channel_id)
        return forecast(*where, draft.audience, self.work.sources, self.incoming.at)

    def _found(self, broadcast_id: str) -> Broadcast:
        found = broadcasts.find(self.desk.db, self.clerk.channel_id, broadcast_id)
        if found is None:
            raise AskAgain(work.GONE)
        return found

    def _asking(
        self, parts: tuple[Text | Card | Row, ...], expects: str, quick: tuple[Button, ...] = ()
    ) -> Handled:
        talk = replace(self.desk.talk.as_of(self.incoming.at), expects=expects, at=self.incoming.at)
        return Handled(answer=Answer(parts, quick=quick, outcome=Outcome.CHAT), talk=talk)

    def _done(self, *parts: Text | Card | Row) -> Handled:
        talk = replace(self.desk.talk.as_of(self.incoming.at), expects="")
        return Handled(answer=Answer(parts, outcome=Outcome.CHAT), talk=talk)


_BUTTONS = {
    BroadcastState.APPROVAL: (("看全文和核可", "look"), ("取消", "cancel")),
    BroadcastState.SCHEDULED: (("看全文", "look"), ("取消", "cancel")),
    BroadcastState.RUNNING: (("看結果", "report"), ("暫停", "pause"), ("停止傳送", "cancel")),
    BroadcastState.PAUSED: (("看結果", "report"), ("繼續", "resume"), ("停止傳送", "cancel")),
}


def _said(desk: Desk, words: str) -> Handled:
    talk = desk.talk
    if talk.expects.startswith(f"{ANNOUNCE}:"):
        talk = replace(talk, expects="")
    return Handled(answer=Answer((Text(words),), outcome=Outcome.CHAT), talk=talk)
