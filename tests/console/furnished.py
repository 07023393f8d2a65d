"""A console in which every page has something to show: names, long words, states of all kinds."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy import select, update

from benchmarks.matrix_sample import fill
from bot.console.door import PREFIX, TOKEN_FIELD
from bot.model.roster import Completion, fact_of
from bot.store import channels, completions, people, roster
from bot.store.account_tables import WayIn
from bot.store.channels import KeptChannel
from bot.store.people import Role
from bot.store.tables import OutboxRow, OutboxState, Question
from bot.understand.reader import Reader
from tests.console.announcing import TEACHERS, all_of, announcing, work
from tests.console.asked import people_of
from tests.console.office import CHANNEL, Browser, OfficeOfTests
from tests.console.submissions.schools import (  # fmt: skip
    DAZHI,
    EDITION,
    SCHOOL,
    SLOT,
    sent,
    with_contact,
    with_schools,
)
from tests.handlers.whole_bot import PASS_ON, button
from tests.understand.plans import real_library

ODD = "酷課師實體研習可以帶孩子去嗎"
LIST = "學校代碼,學校名稱,縣市,行政區\n353309,市立南港高中,臺北市,南港區\n1,壞的,臺北市,\n"
EVERYBODY = json.dumps({"is": "everybody"})
CARD = {
    "text": "各位承辦人好：期末成果報告開始收件，請在6月30日前上傳，已經交的學校不用再交。",
    "card_plan": "臺北111酷課師認證",
    "card_lead": "期末資料開始收件",
    "card_state": "6月30日(四)前",
    "card_facts": "計畫網站上傳\nhttps://example.tw/a-very-long-address/that-nobody-breaks/into-lines",
    "kind1": "entry",
    "target1": "臺北111酷課師認證｜課程報名截止",
    "kind2": "report",
    "target2": "107國中小行動學習｜成果報告書",
}


SCHOOL_PAGE = f"/schools/{DAZHI.code}"
PATHS = {  # in braces: ids
    "today": "",
    "new_broadcast": "/broadcasts/new",
    "content": "/broadcasts/{draft}/content",
    "audience": "/broadcasts/{draft}/audience",
    "broadcasts": "/broadcasts",
    "broadcast": "/broadcasts/{running}",
    "line_link": "/own/line",
    "submissions": "/submissions",
    "submissions_of": EDITION,
    "submissions_school": SCHOOL,
    "submissions_slot": f"{SCHOOL}/slot?slot={SLOT}",
    "submissions_reminding": f"{EDITION}/reminding",
    "participations": f"{EDITION}/participations",
    "year_end": "/year-end?plan=cooc-teacher/111",
    "questions": "/questions",
    "question": "/questions/{question}",
    "knowledge": "/knowledge",
    "edition": "/knowledge/plans/cooc-teacher/111",
    "differences": "/knowledge/differences?old=portfolio/108&new=portfolio/109",
    "entries": "/knowledge/entries",
    "schools": "/schools",
    "school": SCHOOL_PAGE,
    "members": f"{SCHOOL_PAGE}/members",
    "member": f"{SCHOOL_PAGE}/members/{{member}}",
    "staff": "/staff",
    "invitations": "/invitations",
    "imports": "/imports",
    "import_run": "/imports/{run}",
    "delivery": "/delivery?state=dead",
    "message": "/delivery/{message}",
    "own": "/own",
    "set_factor": "/own/factor",
    "accounts": "/accounts",
    "audit": "/audit",
    "settings": "/settings",
    "channels": "/channels",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Where a page is found, and how far somebody must be on the way in to see it."""

    path: str
    stage: WayIn | None = WayIn.FULL  # None: a stranger


@cache
def two_years() -> Reader:
    """The real plans, one of them with a second edition that says some days otherwise."""
    library = real_library()
    old = next(one for one in library.editions if one.key == "portfolio/108")
    dates = tuple(replace(one, title=f"{one.title}（改期）") for one in old.dates[:3])
    new = replace(old, edition="109", dates=(*dates, *old.dates[4:]))
    return Reader(replace(library, editions=(*library.editions, new)))


def furnished(database_url: str) -> tuple[OfficeOfTests, Mapping[str, Sample]]:
    """The office, and an address of every page by its endpoint."""
    office = announcing(database_url, "http://127.0.0.1")
    office.reader = two_years()
    office.rebuild()
    fill(office.engine, CHANNEL, office.reader, 8, office.now)
    with_contact(with_schools(office))
    for turn in (1, 2):
        sent(office, f"progress-sheet||{turn}|1")
    browser = office.signed_in()
    member_id = _on_the_list(office)
    question_id = _asked(office)
    draft, running = _announced(office, browser)
    run_id = _imported(browser)
    _kept_answer(browser)
    browser.post("/invitations", which="open", days="7", **{"as": "page"})
    office.first("a.rather.long.address.of.a.colleague@education.taipei.example.tw")
    message_id = _stuck(office)
    _beside(office)
    office.later(hours=1)
    ids = (member_id, question_id, draft, running, run_id, message_id)
    return office, _pages(*ids)


def _beside(office: OfficeOfTests) -> None:
    """Official accounts beside the settings' own; one of them is served no more."""
    for name, retired_at in (("south", None), ("retired", office.now)):
        kept = KeptChannel(
            channel_id=name,
            title="一個名稱很長的縣市政府教育局教師專業發展官方帳號",
            destination=f"U{name:0>32}",
            secret="x",
            token="x",
            plans=["cooc-teacher", "portfolio"],
            made_at=office.now,
            changed_at=office.now,
            retired_at=retired_at,
        )
        with office.engine.begin() as db:
            channels.put(db, kept)


def _pages(*ids: str) -> dict[str, Sample]:
    names = ("member", "question", "draft", "running", "run", "message")
    given = dict(zip(names, ids, strict=True))
    found = {name: Sample(path.format(**given)) for name, path in PATHS.items()}
    return found | {
        "draft": Sample(f"/broadcasts/{given['draft']}"),  # the same page, before it is sent
        "factor": Sample("/factor", WayIn.FACTOR),
        "first_password": Sample("/first-password", WayIn.PASSWORD),
        "sign_in": Sample("/sign-in", None),
        "signed_out": Sample("/signed-out", None),
    }


def _on_the_list(office: OfficeOfTests) -> str:
    """A linked teacher with a completion; gives the id of the member."""
    made = [roster.new_member(DAZHI.code, name) for name in ("王小明", "伊斯瑪哈單·布妮·拉法爾")]
    done = Completion(
        member_id=made[1].id, plan="cooc-teacher", edition="111", track="certificate-track",
        requirement="item-async", part="groups", on=date(2022, 6, 8),
        fact=fact_of("item-async", "groups", date(2022, 6, 8), ""), course="線上分組教學小技巧",
    )  # fmt: skip
    with office.engine.begin() as db:
        roster.put_many(db, CHANNEL, made, office.now)
        roster.link(db, CHANNEL, made[1].id, TEACHERS[0], office.now)
        completions.put_many(db, CHANNEL, [done], office.now)
        people.give_role(db, CHANNEL, TEACHERS[2], Role.STAFF)
    return made[1].id


def _asked(office: OfficeOfTests) -> str:
    bot = people_of(office)
    bot.press(button(bot.ask(ODD), PASS_ON))
    bot.ask("火星怎麼去")
    with office.engine.connect() as db:
        return db.scalars(
            select(Question.webhook_event_id).where(Question.text.contains("孩子"))
        ).one()


def _announced(office: OfficeOfTests, browser: Browser) -> tuple[str, str]:
    """A draft, and one that runs: their ids."""
    for _ in range(2):
        browser.post("/broadcasts/new", **CARD)
        office.later(minutes=1)
    draft, running = all_of(office)
    for one in (draft, running):
        browser.post(f"/broadcasts/{one.id}/audience", do="keep", audience=EVERYBODY)
    browser.post(f"/broadcasts/{running.id}/do", do="send", revision=str(running.revision + 1))
    assert work(office)
    return draft.id, running.id


def _imported(browser: Browser) -> str:
    form = {
        TOKEN_FIELD: browser.token(),
        "kind": "schools",
        "file": (io.BytesIO(LIST.encode()), "各校名單-111學年度第二學期-最終版-0615.csv"),
    }
    tried = browser.client.post(
        f"{PREFIX}/imports", data=form, base_url=browser.address, content_type="multipart/form-data"
    )
    return tried.location.rpartition("/")[2]


def _kept_answer(browser: Browser) -> None:
    kept = {
        "answer": "宣講當天供應午餐，素食請在報名時註明。", "edition": "cooc-teacher/111",
        "title": "宣講當天的午餐", "says": "宣講有便當嗎", "source": "111年6月1日局內會議",
        "until": "2022-12-31",
    }  # fmt: skip
    assert browser.post("/knowledge/entries", **kept).status_code == 303


def _stuck(office: OfficeOfTests) -> str:
    """A message that LINE did not take: its id."""
    with office.engine.begin() as db:
        ids = db.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all()
        values = {
            "state": OutboxState.DEAD,
            "error": "400: The property, 'to', in the request body is invalid",
        }
        db.execute(update(OutboxRow).where(OutboxRow.id == ids[0]).values(**values))
    return ids[0]
